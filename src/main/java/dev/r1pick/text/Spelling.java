package dev.r1pick.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// How alike two names are, and which of many was meant.
public final class Spelling {
  private Spelling() {}

  /// Letters to insert, delete or exchange to get from one to the other (Levenshtein).
  public static int distance(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int exchanged = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(exchanged, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[other.length()];
  }

  /// The known names that a slip of typing could have turned into the given one, nearest first: one
  /// letter in three may differ, two always; or it is the beginning of the name. Case does not
  /// count.
  public static List<String> slips(String given, List<String> known, int most) {
    return slips(given, known, most, 3);
  }

  /// The same for names that have much in common.
  ///
  /// @param one letter in so many may differ, two always
  public static List<String> slips(String given, List<String> known, int most, int one) {
    String word = given.toLowerCase(Locale.ROOT);
    int letters = Math.max(2, word.length() / one);
    var near = new ArrayList<Ranked>();
    for (String name : known) {
      String low = name.toLowerCase(Locale.ROOT);
      int apart = distance(word, low);
      if (apart <= letters || (!word.isEmpty() && low.startsWith(word))) {
        near.add(new Ranked(name, 0, apart));
      }
    }
    return first(near, most);
  }

  /// All names, the most alike first, abbreviated ones before others; no slip is asked for.
  public static List<String> nearest(String given, List<String> names, int most) {
    String word = given.toLowerCase(Locale.ROOT);
    var ranked = new ArrayList<Ranked>();
    for (String name : names) {
      String low = name.toLowerCase(Locale.ROOT);
      ranked.add(new Ranked(name, isAbbreviation(word, low) ? 0 : 1, distance(word, low)));
    }
    return first(ranked, most);
  }

  private record Ranked(String name, int form, int letters) {}

  private static List<String> first(List<Ranked> ranked, int most) {
    ranked.sort(Comparator.comparingInt(Ranked::form).thenComparingInt(Ranked::letters));
    var names = new ArrayList<String>();
    for (Ranked name : ranked) {
      if (names.size() < most) {
        names.add(name.name());
      }
    }
    return List.copyOf(names);
  }

  /// Whether all letters of `brief` stand in `full` in the same order.
  public static boolean isAbbreviation(String brief, String full) {
    int at = 0;
    for (int i = 0; i < full.length() && at < brief.length(); i++) {
      if (full.charAt(i) == brief.charAt(at)) {
        at++;
      }
    }
    return at == brief.length();
  }
}
