package dev.r1pick.ollama.log;

import dev.r1pick.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A process as a host describes it: members `command` and `environment` of a JSON object.
///
/// @param command program and arguments
/// @param environment empty where this user may not see it
public record SeenProcess(List<String> command, Optional<Map<String, String>> environment) {
  public SeenProcess {
    command = List.copyOf(command);
    environment = environment.map(Map::copyOf);
  }

  /// Reads one.
  public static SeenProcess of(JsonValue row) {
    var words = new ArrayList<String>();
    for (JsonValue word : row.member("command").map(JsonValue::items).orElse(List.of())) {
      if (word instanceof JsonValue.Text(var text)) {
        words.add(text);
      }
    }
    return new SeenProcess(words, row.member("environment").map(SeenProcess::texts));
  }

  private static Map<String, String> texts(JsonValue object) {
    var variables = new HashMap<String, String>();
    if (object instanceof JsonValue.Members(var members)) {
      members.forEach(
          (name, value) -> {
            if (value instanceof JsonValue.Text(var text)) {
              variables.put(name, text);
            }
          });
    }
    return variables;
  }

  /// Whether it is a server; `ollama serve` says so.
  public boolean isServer() {
    return command.contains("serve");
  }
}
