package dev.r1pick.text;

import java.util.Locale;

/// The name of a type or a constant as programs and message bundles write it: `long-wait`.
public final class Kebab {
  private Kebab() {}

  /// `LONG_WAIT` is `long-wait`.
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// `LongWait` is `long-wait`, of a nested type without the one around it.
  public static String of(Class<?> type) {
    String name = type.getSimpleName();
    var kebab = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        kebab.append(i == 0 ? "" : "-").append(Character.toLowerCase(c));
      } else {
        kebab.append(c);
      }
    }
    return kebab.toString();
  }
}
