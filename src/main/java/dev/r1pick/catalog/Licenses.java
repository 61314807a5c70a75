package dev.r1pick.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Every license of the catalog, and which of them a word means.
///
/// @param all in the order of the catalog
public record Licenses(List<License> all) {
  /// The word for every license that asks no more than to be named.
  public static final String PERMISSIVE = "permissive";

  /// Words that stand in many a license's name and tell none apart.
  private static final List<String> NOISE = List.of("license", "license", "community", "model");

  public Licenses {
    all = List.copyOf(all);
  }

  /// The licenses that a word means; none where it means nothing here.
  ///
  /// A word is an id (`apache-2.0`), a name, the beginning of one that ends at a version (`llama`,
  /// `llama 3`, `apache`), or [#PERMISSIVE]. Letters of either case, blanks and dashes do not
  /// matter.
  public List<License> matching(String word) {
    String wanted = letters(word);
    var found = new ArrayList<License>();
    for (License license : all) {
      boolean meant =
          wanted.equals(PERMISSIVE)
              ? license.permissive()
              : begins(letters(license.name()), wanted);
      if (meant || begins(letters(license.id()), wanted)) {
        found.add(license);
      }
    }
    return List.copyOf(found);
  }

  /// The licenses that bind who uses that variant: its own, and for a distill that of the model it
  /// was made from. The 671B was made from a model of the same maker, who published it anew.
  public List<License> binding(Variant variant) {
    var names = variant.bindingLicenses();
    var found = new ArrayList<License>();
    for (License license : all) {
      if (names.contains(license.name())) {
        found.add(license);
      }
    }
    return List.copyOf(found);
  }

  /// The words that an error can offer: every id, and the word for all permissive ones.
  public List<String> words() {
    var words = new ArrayList<String>();
    words.add(PERMISSIVE);
    for (License license : all) {
      words.add(license.id());
    }
    return List.copyOf(words);
  }

  private static boolean begins(String name, String wanted) {
    if (wanted.isEmpty() || !name.startsWith(wanted)) {
      return false;
    }
    return name.length() == wanted.length() || Character.isDigit(name.charAt(wanted.length()));
  }

  private static String letters(String text) {
    String low = text.toLowerCase(Locale.ROOT);
    for (String noise : NOISE) {
      low = low.replace(noise, "");
    }
    var letters = new StringBuilder(low.length());
    for (int i = 0; i < low.length(); i++) {
      if (Character.isLetterOrDigit(low.charAt(i))) {
        letters.append(low.charAt(i));
      }
    }
    return letters.toString();
  }
}
