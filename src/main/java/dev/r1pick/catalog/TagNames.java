package dev.r1pick.catalog;

import dev.r1pick.text.Spelling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Reads tag names as people type them and finds the ones they meant.
public final class TagNames {
  /// What may stand before the model's name: Ollama fills these in by itself.
  private static final List<String> HOSTS =
      List.of("https://ollama.com/", "registry.ollama.ai/", "ollama.com/", "library/");

  private TagNames() {}

  /// `deepseek-r1:14b` → `14b`; the model alone → `latest`.
  static String withoutModel(String text) {
    String name = text.strip();
    for (String host : HOSTS) {
      if (startsWith(name, host)) {
        name = name.substring(host.length());
      }
    }
    if (name.equalsIgnoreCase(ModelTag.MODEL)) {
      return "latest";
    }
    String prefix = ModelTag.MODEL + ":";
    return startsWith(name, prefix) ? name.substring(prefix.length()) : name;
  }

  private static boolean startsWith(String text, String prefix) {
    return text.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  /// The names nearest to `wanted`, nearest first: by size where it has one, then by letters.
  public static List<String> nearest(String wanted, List<String> names, int most) {
    String low = wanted.toLowerCase(Locale.ROOT);
    OptionalDouble size = size(low);
    List<String> alike = Spelling.nearest(low, names, names.size());
    if (size.isEmpty()) {
      return alike.size() > most ? alike.subList(0, most) : alike;
    }
    boolean bareSize = low.indexOf('-') < 0;
    var sized = new ArrayList<String>();
    for (String name : alike) {
      if (size(name).isPresent() && bareSize == (name.indexOf('-') < 0)) {
        sized.add(name);
      }
    }
    sized.sort(
        Comparator.comparingDouble(
            name -> Math.abs(Math.log(size.getAsDouble() / size(name).orElseThrow()))));
    return List.copyOf(sized.size() > most ? sized.subList(0, most) : sized);
  }

  /// The size at the start of a name in billions of parameters: `14b-…` → 14.
  private static OptionalDouble size(String name) {
    int end = 0;
    while (end < name.length()
        && (name.charAt(end) == '.' || (name.charAt(end) >= '0' && name.charAt(end) <= '9'))) {
      end++;
    }
    boolean unit = end == name.length() || name.charAt(end) == 'b' || name.charAt(end) == 'B';
    if (end == 0 || !unit) {
      return OptionalDouble.empty();
    }
    try {
      double size = Double.parseDouble(name.substring(0, end));
      return size > 0 ? OptionalDouble.of(size) : OptionalDouble.empty();
    } catch (NumberFormatException _) {
      return OptionalDouble.empty();
    }
  }
}
