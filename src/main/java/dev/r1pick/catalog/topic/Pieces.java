package dev.r1pick.catalog.topic;

import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cuts a text into its smallest pieces: words without their plural, figures with their unit,
/// single Han characters.
///
/// `8 GB`, `8G` and `8 GiB` are all `8gb`; `7 billion` is `7b`; `83.90 %` is `83.9`.
final class Pieces {
  private static final List<String> MEMORY_UNITS = List.of("g", "gb", "gib", "gbs");
  private static final List<String> OTHER_UNITS = List.of("b", "k", "tb", "pb", "亿");
  private static final int LONG_WORD = 4;

  /// What stands before a K that is 1024.
  private static final List<String> CONTEXTS =
      List.of("2", "4", "8", "16", "32", "64", "128", "160", "256");

  private static final int K = 1024;

  private Pieces() {}

  /// The pieces in their order.
  static List<String> of(String text) {
    String plain = Text.narrow(text).toLowerCase(Locale.ROOT);
    var raw = new ArrayList<String>();
    int at = 0;
    while (at < plain.length()) {
      int end = endOf(plain, at);
      if (end > at) {
        raw.add(plain.substring(at, end));
        at = end;
      } else {
        at++;
      }
    }
    return joined(raw);
  }

  private static int endOf(String text, int start) {
    char first = text.charAt(start);
    if (isHan(first)) {
      return start + 1;
    }
    int end = start;
    while (end < text.length() && isPart(text, start, end)) {
      end++;
    }
    while (end > start && text.charAt(end - 1) == '.') {
      end--;
    }
    return end;
  }

  private static boolean isPart(String text, int start, int at) {
    char c = text.charAt(at);
    if (isHan(c)) {
      return false;
    }
    boolean between = at > start && at + 1 < text.length();
    boolean digits =
        between && Character.isDigit(text.charAt(at - 1)) && Character.isDigit(text.charAt(at + 1));
    return switch (c) {
      case '.' -> between && !Character.isWhitespace(text.charAt(at + 1));
      case ',' -> digits;
      case '_' -> true;
      case '\'' -> between && Character.isLetter(text.charAt(at + 1));
      default -> Character.isLetterOrDigit(c);
    };
  }

  /// Figures with the unit behind them.
  private static List<String> joined(List<String> raw) {
    var pieces = new ArrayList<String>();
    for (int i = 0; i < raw.size(); i++) {
      String piece = factor(raw.get(i).replace(",", ""));
      int digits = leadingFigure(piece);
      String figure = figure(piece.substring(0, digits));
      String unit = piece.substring(digits);
      if (digits > 0 && unit.isEmpty() && i + 1 < raw.size() && isUnit(raw.get(i + 1))) {
        unit = raw.get(++i);
      }
      pieces.add(digits == 0 ? stem(piece) : measured(figure, unit(unit)));
    }
    return pieces;
  }

  /// `x2` is 2.
  private static String factor(String piece) {
    return piece.length() > 1 && piece.charAt(0) == 'x' && Character.isDigit(piece.charAt(1))
        ? piece.substring(1)
        : piece;
  }

  private static boolean isUnit(String word) {
    return MEMORY_UNITS.contains(word) || OTHER_UNITS.contains(word) || word.equals("billion");
  }

  /// A figure with its unit; `4k` is a context of 4096.
  private static String measured(String figure, String unit) {
    return unit.equals("k") && CONTEXTS.contains(figure)
        ? Integer.toString(Integer.parseInt(figure) * K)
        : figure + unit;
  }

  /// Whether a piece is a context in tokens, `32k` or `32768`.
  static boolean isContext(String piece) {
    for (String context : CONTEXTS) {
      if (measured(context, "k").equals(piece)) {
        return true;
      }
    }
    return false;
  }

  private static String unit(String unit) {
    if (MEMORY_UNITS.contains(unit)) {
      return "gb";
    }
    return switch (unit) {
      case "billion", "bn" -> "b";
      case "x", "s", "%" -> "";
      default -> unit;
    };
  }

  /// How many characters of a piece are a figure; none where letters and digits are a name.
  private static int leadingFigure(String piece) {
    int end = 0;
    while (end < piece.length()
        && (Character.isDigit(piece.charAt(end)) || (end > 0 && piece.charAt(end) == '.'))) {
      end++;
    }
    return end;
  }

  private static String figure(String digits) {
    int dot = digits.indexOf('.');
    if (dot < 0) {
      return digits;
    }
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.substring(0, digits.charAt(end - 1) == '.' ? end - 1 : end);
  }

  private static String stem(String word) {
    boolean plural = word.length() >= LONG_WORD && word.endsWith("s") && !word.endsWith("ss");
    return plural ? word.substring(0, word.length() - 1) : word;
  }

  static boolean hasHan(String text) {
    return text.chars().anyMatch(c -> isHan((char) c));
  }

  static boolean isHan(char c) {
    return c >= '\u3400' && c <= '\u9FFF';
  }
}
