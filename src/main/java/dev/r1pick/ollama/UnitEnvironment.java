package dev.r1pick.ollama;

import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What systemd tells of Ollama's service to everybody.
public final class UnitEnvironment {
  /// The question; its answer has a line `NAME=value` for each property.
  public static final List<String> COMMAND =
      List.of(
          "systemctl",
          "show",
          "ollama",
          "--property=LoadState,ActiveState,SubState,NRestarts,User,Environment");

  private UnitEnvironment() {}

  /// The properties; empty where there is no such unit.
  public static Optional<Map<String, String>> properties(String output) {
    Map<String, String> properties = variables(Text.lines(output));
    return "loaded".equals(properties.get("LoadState"))
        ? Optional.of(properties)
        : Optional.empty();
  }

  /// The variables that its files set; empty where there is no such unit.
  public static Optional<Map<String, String>> read(String output) {
    return properties(output)
        .map(properties -> variables(quoted(properties.getOrDefault("Environment", ""))));
  }

  /// `NAME=value` as pairs; what has no `=` is left out.
  public static Map<String, String> variables(Iterable<String> pairs) {
    var variables = new HashMap<String, String>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        variables.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return variables;
  }

  /// Words between blanks, in quotes where they have blanks themselves.
  private static List<String> quoted(String text) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean inQuotes = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        word.append(text.charAt(++i));
      } else if (c == '"') {
        inQuotes = !inQuotes;
      } else if (c == ' ' && !inQuotes) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    words.add(word.toString());
    return words;
  }
}
