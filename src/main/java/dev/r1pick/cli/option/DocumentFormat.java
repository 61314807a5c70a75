package dev.r1pick.cli.option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How a command answers that has no formats for scripts.
public enum DocumentFormat {
  TEXT,
  JSON,
  HTML;

  /// All of them, by word, in the order in which an error names them.
  public static Map<String, DocumentFormat> words() {
    var words = new LinkedHashMap<String, DocumentFormat>();
    for (DocumentFormat format : values()) {
      words.put(format.name().toLowerCase(Locale.ROOT), format);
    }
    return words;
  }

  /// The format that `--format` names; text where it names none.
  public static DocumentFormat read(Arguments arguments) {
    Map<String, DocumentFormat> words = words();
    return arguments.oneOf("--format", words, List.copyOf(words.keySet())).orElse(TEXT);
  }
}
