package dev.r1pick.text;

/// How many there are of something, as people write it: `2`, `双`, `十二`.
public final class Counts {
  private static final String DIGITS = "一二三四五六七八九";

  private Counts() {}

  /// The number that a text is, 1 to 99; 0 where it is none.
  public static int of(String text) {
    return switch (text) {
      case "单", "single" -> 1;
      case "双", "两", "dual" -> 2;
      case "quad" -> 4;
      case "octa" -> 8;
      default -> isNumber(text) ? Integer.parseInt(text) : chinese(text);
    };
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= 2;
  }

  /// `十二` is 12, `二十四` is 24.
  private static int chinese(String text) {
    int ten = text.indexOf('十');
    if (ten < 0) {
      return text.length() == 1 ? DIGITS.indexOf(text) + 1 : 0;
    }
    int tens = ten == 0 ? 1 : chinese(text.substring(0, ten));
    String rest = text.substring(ten + 1);
    int ones = rest.isEmpty() ? 0 : chinese(rest);
    return tens == 0 || tens > 9 || ones > 9 || (ones == 0 && !rest.isEmpty())
        ? 0
        : 10 * tens + ones;
  }
}
