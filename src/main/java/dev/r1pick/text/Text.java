package dev.r1pick.text;

import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads what files and tools print: every method takes any text and answers empty rather than
/// failing.
public final class Text {
  /// No machine has a memory of 1 PiB; whatever claims more is noise, and sums stay far below 2^63.
  private static final long MOST_BYTES = 1L << 50;

  private static final int LONGEST_NAME = 160;
  private static final int MOST_LINES = 200_000;

  private Text() {}

  /// With the full-width forms of Chinese and Japanese keyboards as plain letters, digits and
  /// signs.
  public static String narrow(String text) {
    var narrow = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '！' && c <= '～') {
        narrow.append((char) (c - '！' + '!'));
      } else {
        narrow.append(c == '\u3000' ? ' ' : c);
      }
    }
    return narrow.toString();
  }

  /// The parts of what somebody typed as a list, in plain letters, with commas or the Chinese marks
  /// of lists between them: `mit，apache-2.0`, `14b、32b`.
  public static List<String> list(String typed) {
    return split(narrow(typed).replace('、', ',').replace('､', ','), ',');
  }

  /// The lines of a text without their line ends; a text of more than 200,000 lines is cut there.
  public static List<String> lines(String text) {
    var lines = new ArrayList<String>();
    int start = 0;
    while (start < text.length() && lines.size() < MOST_LINES) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      boolean carriageReturn = end > start && text.charAt(end - 1) == '\r';
      lines.add(text.substring(start, carriageReturn ? end - 1 : end));
      start = end + 1;
    }
    return lines;
  }

  /// The parts between separators, each stripped of blanks; at least one, which may be empty.
  public static List<String> split(String text, char separator) {
    var parts = new ArrayList<String>();
    int start = 0;
    while (true) {
      int end = text.indexOf(separator, start);
      if (end < 0 || parts.size() >= MOST_LINES) {
        parts.add(text.substring(start).strip());
        return parts;
      }
      parts.add(text.substring(start, end).strip());
      start = end + 1;
    }
  }

  /// The words of a text: what stands between blanks.
  public static List<String> words(String text) {
    var words = new ArrayList<String>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean blank = i == text.length() || Character.isWhitespace(text.charAt(i));
      if (!blank && start < 0) {
        start = i;
      } else if (blank && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      }
    }
    return words;
  }

  /// A whole number of up to 18 decimal digits, blanks around it ignored.
  public static OptionalLong whole(String text) {
    String digits = text.strip();
    if (digits.isEmpty() || digits.length() > 18) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return OptionalLong.empty();
      }
      number = number * 10 + digit;
    }
    return OptionalLong.of(number);
  }

  /// The decimal digits at the start of a text as a number.
  public static OptionalLong leadingWhole(String text) {
    String stripped = text.strip();
    int end = 0;
    while (end < stripped.length() && stripped.charAt(end) >= '0' && stripped.charAt(end) <= '9') {
      end++;
    }
    return whole(stripped.substring(0, end));
  }

  /// A hexadecimal number of up to 8 digits, with or without `0x`.
  public static OptionalLong hex(String text) {
    String digits = text.strip();
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      digits = digits.substring(2);
    }
    if (digits.isEmpty() || digits.length() > 8) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) < 128 ? Character.digit(digits.charAt(i), 16) : -1;
      if (digit < 0) {
        return OptionalLong.empty();
      }
      number = number * 16 + digit;
    }
    return OptionalLong.of(number);
  }

  /// A count of units as bytes; empty above 1 PiB.
  public static Optional<Bytes> bytes(OptionalLong count, long unit) {
    return count.isPresent() && count.getAsLong() <= MOST_BYTES / unit
        ? Optional.of(Bytes.of(count.getAsLong() * unit))
        : Optional.empty();
  }

  /// A number of bytes written in decimal digits.
  public static Optional<Bytes> bytes(String text) {
    return bytes(whole(text), 1);
  }

  /// A number in a JSON document, whether written as number or as text.
  public static OptionalLong wholeAt(JsonValue value, String name) {
    OptionalLong number = value.wholeAt(name);
    if (number.isPresent()) {
      return number.getAsLong() >= 0 ? number : OptionalLong.empty();
    }
    Optional<String> text = value.textAt(name);
    return text.isPresent() ? whole(text.get()) : OptionalLong.empty();
  }

  /// A JSON document, also behind lines of warnings that a tool prints before it.
  public static Optional<JsonValue> json(String text) {
    int object = text.indexOf('{');
    int array = text.indexOf('[');
    int start = object < 0 ? array : array < 0 ? object : Math.min(object, array);
    if (start < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonReader.read("tool output", text.substring(start)));
    } catch (InvalidJson _) {
      return start == array && object > array ? json(text.substring(object)) : Optional.empty();
    }
  }

  /// A name fit to be shown: no control characters and no characters that change the direction of
  /// writing, single blanks, at most 160 characters.
  public static String clean(String text) {
    return clean(text, LONGEST_NAME);
  }

  /// A text fit to be shown, as a name is, of at most so many characters.
  public static String clean(String text, int most) {
    var cleaned = new StringBuilder(Math.min(text.length(), most));
    boolean gap = false;
    for (int i = 0; i < text.length() && cleaned.length() < most; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        gap = !cleaned.isEmpty();
      } else if (isShown(c)) {
        if (gap) {
          cleaned.append(' ');
          gap = false;
        }
        cleaned.appendCodePoint(c);
      }
    }
    return cleaned.toString();
  }

  /// The cleaned text, unless nothing is left of it.
  public static Optional<String> cleaned(String text) {
    String cleaned = clean(text);
    return cleaned.isEmpty() ? Optional.empty() : Optional.of(cleaned);
  }

  private static boolean isShown(int c) {
    int type = Character.getType(c);
    return c != 0xFFFD
        && type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.PRIVATE_USE
        && type != Character.UNASSIGNED;
  }
}
