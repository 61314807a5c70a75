package dev.r1pick.ollama.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One line of the log. Ollama's own lines are `key=value` pairs (Go's `log/slog`, text handler),
/// those of its engine are plain words.
///
/// @param text the whole line
/// @param values of the pairs, without quotes
public record LogLine(String text, Map<String, String> values) {
  /// What is longer than any line that means something is cut there.
  private static final int LONGEST = 20_000;

  public LogLine {
    values = Map.copyOf(values);
  }

  /// Takes a line apart. Text that is no pair is passed over.
  public static LogLine of(String line) {
    String text = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    var values = new HashMap<String, String>();
    int at = 0;
    while (at < text.length()) {
      int start = at;
      while (at < text.length() && isNameSign(text.charAt(at))) {
        at++;
      }
      if (at > start && at < text.length() && text.charAt(at) == '=') {
        at = value(text, at + 1, text.substring(start, at), values);
      } else {
        while (at < text.length() && text.charAt(at) != ' ') {
          at++;
        }
      }
      at++;
    }
    return new LogLine(text, values);
  }

  private static boolean isNameSign(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.';
  }

  /// @return the place behind the value
  private static int value(String text, int from, String name, Map<String, String> values) {
    if (from < text.length() && text.charAt(from) == '"') {
      var value = new StringBuilder();
      int at = from + 1;
      while (at < text.length() && text.charAt(at) != '"') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
          value.append(text.charAt(at) == 'n' ? '\n' : text.charAt(at));
        } else {
          value.append(text.charAt(at));
        }
        at++;
      }
      values.putIfAbsent(name, value.toString());
      return at + 1;
    }
    int end = from;
    while (end < text.length() && text.charAt(end) != ' ') {
      end++;
    }
    values.putIfAbsent(name, text.substring(from, end));
    return end;
  }

  /// The value of a pair, where it says anything.
  public Optional<String> value(String name) {
    String value = values.get(name);
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(value);
  }

  /// What stands behind some words, up to the end of the line.
  public Optional<String> after(String words) {
    int at = text.indexOf(words);
    return at < 0 ? Optional.empty() : Optional.of(text.substring(at + words.length()));
  }
}
