package dev.r1pick.text;

/// Text from outside, made harmless for the format it goes into. Names of GPUs, processors, files
/// and machines come from drivers and from documents that anybody may have written.
public final class Escaping {
  /// Begins a color of ours on its way to a terminal, where an escape begins it: a noncharacter,
  /// which Unicode keeps for use inside a program. So no escape of a text from outside is taken for
  /// one of ours.
  public static final char COLOR = '\uFDD0';

  private static final char ESCAPE = '\u001b';

  private Escaping() {}

  /// The beginning of a text, and a sign that there was more.
  ///
  /// @param most characters that are left as they are
  public static String shortened(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }

  /// On one line, without control characters and without signs that turn the direction of the text
  /// around it.
  public static String line(String text) {
    boolean clean = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      clean &= (c >= ' ' && c < 0x7f) || (c >= '\u4e00' && c <= '\u9fff');
    }
    if (clean) {
      return text;
    }
    var safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        safe.append(c).append(text.charAt(++i));
      } else if (c == '\t' || c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029') {
        safe.append(' ');
      } else if (isHarmful(c)) {
        safe.append('\uFFFD');
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }

  /// A whole output for a terminal or a log, whatever of it came from outside: no control character
  /// but line ends, nothing that turns the direction of text, no `##[`, which log readers take for
  /// a command wherever it stands.
  ///
  /// @param commands whether lines may begin with `::`, a command to GitHub's runner
  public static String output(String text, boolean commands) {
    return output(text, commands, false);
  }

  /// The same for a terminal that shows colors: each [#COLOR] is drawn.
  public static String screen(String text) {
    return output(text, false, true);
  }

  private static String output(String text, boolean commands, boolean colors) {
    var safe = new StringBuilder(text.length());
    boolean begun = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        safe.append(c);
        begun = false;
        continue;
      }
      if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
        safe.append(c);
        continue;
      }
      int color = colors && c == COLOR ? colorAt(text, i) : 0;
      if (color > 0) {
        safe.append(ESCAPE).append(text, i + 1, i + color);
        i += color - 1;
        continue;
      }
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        safe.append(c).append(text.charAt(++i));
        begun = true;
      } else if (c == '\t' || c == '\r' || c == '\u2028' || c == '\u2029') {
        safe.append(' ');
      } else if (isHarmful(c)) {
        safe.append('\uFFFD');
        begun = true;
      } else if (c == ':'
          && !begun
          && !commands
          && i + 1 < text.length()
          && text.charAt(i + 1) == ':') {
        safe.append(": ");
        begun = true;
      } else if (c == '[' && endsWithHashes(safe)) {
        safe.append('(');
      } else {
        safe.append(c);
        begun |= !Character.isWhitespace(c);
      }
    }
    return safe.toString();
  }

  private static boolean endsWithHashes(StringBuilder text) {
    int end = text.length();
    return end >= 2 && text.charAt(end - 1) == '#' && text.charAt(end - 2) == '#';
  }

  /// The length of a color as `Style` sets it, 0 where there is none: no more than one number.
  private static int colorAt(String text, int at) {
    int end = at + 2;
    if (end >= text.length() || text.charAt(at + 1) != '[') {
      return 0;
    }
    while (end < text.length()
        && end < at + 4
        && text.charAt(end) >= '0'
        && text.charAt(end) <= '9') {
      end++;
    }
    return end > at + 2 && end < text.length() && text.charAt(end) == 'm' ? end + 1 - at : 0;
  }

  private static boolean isHarmful(char c) {
    return Character.isISOControl(c)
        || Character.isSurrogate(c)
        || Character.getType(c) == Character.FORMAT
        || (c >= '\uFDD0' && c <= '\uFDEF')
        || c == '\uFFFE'
        || c == '\uFFFF';
  }

  /// For element text and attributes of XML 1.0.
  public static String xml(String text) {
    var safe = new StringBuilder(text.length() + 16);
    String line = line(text);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&apos;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  /// For a cell of a Markdown table: nothing in it is taken for markup or HTML.
  public static String markdown(String text) {
    var safe = new StringBuilder(text.length() + 16);
    String line = line(text);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      switch (c) {
        case '\\', '`', '*', '_', '[', ']', '|', '#', '~', '!' -> safe.append('\\').append(c);
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  /// A field of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an
  /// apostrophe in front (OWASP, CSV injection).
  public static String csv(String text) {
    String line = line(text);
    String first = line.stripLeading();
    boolean formula = !first.isEmpty() && "=+-@".indexOf(first.charAt(0)) >= 0 && !isNumber(first);
    String plain = formula ? "'" + line : line;
    boolean quoted =
        plain.indexOf(',') >= 0
            || plain.indexOf('"') >= 0
            || plain.indexOf(';') >= 0
            || !plain.equals(plain.strip());
    return quoted ? "\"" + plain.replace("\"", "\"\"") + "\"" : plain;
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && c != '.' && !(i == 0 && (c == '-' || c == '+'))) {
        return false;
      }
    }
    return text.length() > 1;
  }

  /// The message of a GitHub workflow command.
  public static String workflowMessage(String text) {
    return line(text).replace("%", "%25");
  }

  /// A property of a GitHub workflow command, such as its file or title.
  public static String workflowProperty(String text) {
    return workflowMessage(text).replace(":", "%3A").replace(",", "%2C");
  }
}
