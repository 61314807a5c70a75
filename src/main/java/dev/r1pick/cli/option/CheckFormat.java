package dev.r1pick.cli.option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How `check` answers.
public enum CheckFormat {
  TEXT,
  JSON,
  JUNIT,
  SARIF,
  GITHUB,
  MARKDOWN,
  CSV,
  HTML;

  /// As it is typed.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// All of them, by word, in the order in which an error names them.
  public static Map<String, CheckFormat> words() {
    var words = new LinkedHashMap<String, CheckFormat>();
    for (CheckFormat format : values()) {
      words.put(format.word(), format);
    }
    return words;
  }

  /// The format that `--format` names; text where it names none.
  public static CheckFormat read(Arguments arguments) {
    Map<String, CheckFormat> words = words();
    return arguments.oneOf("--format", words, List.copyOf(words.keySet())).orElse(TEXT);
  }
}
