package dev.r1pick.report.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Where a sentence may go on in the next line: at blanks, and beside Han.
///
/// Not before a closing mark nor after an opening one (避头尾), not between a number and its unit, and
/// not so that one character is left alone at the end.
final class LineBreaks {
  private static final String CLOSING = "，。、；：？！）】》〉」』〕］｝”’…—·％℃)]},.;:?!%/~";
  private static final String OPENING = "（【《〈「『〔［｛“‘([{";

  /// What belongs to the number that follows.
  private static final String BEFORE_NUMBER = "第约差";

  private static final Set<String> UNITS =
      Set.of(
          "GB",
          "GiB",
          "MB",
          "MiB",
          "GB/s",
          "tokens/s",
          "token",
          "tokens",
          "ms",
          "s",
          "min",
          "h",
          "d");

  /// A longer command may go on in the next line.
  private static final int LONGEST_COMMAND = 32;

  /// The last character and its full stop.
  private static final int ALONE = 4;

  private LineBreaks() {}

  /// The lines, of at most that many columns unless a part that cannot be broken is longer.
  static List<String> wrap(String text, int columns) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    int lineWidth = 0;
    int start = 0;
    while (start < text.length()) {
      int end = endOfPart(text, start);
      String part = text.substring(start, end);
      if (lineWidth > 0 && lineWidth + Table.width(part.stripTrailing()) > columns) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        lineWidth = 0;
      }
      line.append(part);
      lineWidth += Table.width(part);
      start = end;
    }
    if (!line.isEmpty()) {
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /// The next place after that one where a line may end, behind the blanks there.
  private static int endOfPart(String text, int start) {
    int at = start;
    while (true) {
      int before = text.codePointAt(at);
      at += Character.charCount(before);
      int next = afterBlanks(text, at);
      if (next == text.length()) {
        return next;
      }
      boolean breaks =
          next > at
              ? !isHeldTogether(before, text, next) && !isQuoted(text, at)
              : isBreakable(before, text.codePointAt(at)) && !isLast(text, at);
      if (breaks) {
        return next;
      }
      at = next;
    }
  }

  /// Whether a blank stands in a short command between quotation marks: it is read as one word.
  private static boolean isQuoted(String text, int at) {
    int open = -1;
    for (int i = 0; i < at; i++) {
      if (text.charAt(i) == '"') {
        open = open < 0 ? i : -1;
      }
    }
    int close = open < 0 ? -1 : text.indexOf('"', at);
    return close > 0 && close - open <= LONGEST_COMMAND;
  }

  private static int afterBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  /// Of two characters with a blank between them.
  private static boolean isHeldTogether(int before, String text, int at) {
    int next = text.codePointAt(at);
    if (next > '~' && isOneOf(CLOSING, next)) {
      return true;
    }
    return Character.isDigit(before)
        ? Character.isIdeographic(next) || isUnit(text, at)
        : isOneOf(BEFORE_NUMBER, before) && Character.isDigit(next);
  }

  private static boolean isUnit(String text, int from) {
    int to = from;
    while (to < text.length()
        && (text.charAt(to) == '/' || Character.isAlphabetic(text.charAt(to)))) {
      if (Character.isIdeographic(text.charAt(to))) {
        break;
      }
      to++;
    }
    return UNITS.contains(text.substring(from, to));
  }

  /// Of two characters side by side.
  private static boolean isBreakable(int before, int next) {
    return (EastAsianWidth.isWide(before) || EastAsianWidth.isWide(next))
        && !isOneOf(OPENING, before)
        && !isOneOf(CLOSING, next);
  }

  private static boolean isLast(String text, int at) {
    return text.length() - at <= ALONE && Table.width(text.substring(at)) <= ALONE;
  }

  private static boolean isOneOf(String characters, int codePoint) {
    return characters.indexOf(codePoint) >= 0;
  }
}
