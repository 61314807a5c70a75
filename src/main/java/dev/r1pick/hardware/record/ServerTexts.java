package dev.r1pick.hardware.record;

import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.ollama.ServerSettings;
import dev.r1pick.ollama.UnitEnvironment;
import dev.r1pick.ollama.log.SeenProcess;
import dev.r1pick.ollama.log.ServerStart;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a recording keeps of a server's processes, unit and log: the variables that are read, each
/// by the rule for it, and nothing of the rest, which is its owner's.
record ServerTexts(Redaction redaction) {
  /// The answer to a question about a server; empty where it is no such question.
  Optional<String> answer(String id, String output) {
    return switch (id) {
      case "ollama-processes-json" -> Optional.of(processes(output));
      case "systemctl-show-ollama" -> Optional.of(unit(output));
      default -> Optional.empty();
    };
  }

  private Map<String, String> kept(Map<String, String> variables) {
    var kept = new TreeMap<String, String>();
    for (String name : ServerSettings.READ) {
      String value = variables.get(name);
      if (value != null) {
        kept.put(name, redaction.variable(name, value));
      }
    }
    return kept;
  }

  private String processes(String output) {
    var rows = new ArrayList<JsonValue>();
    for (JsonValue row : Text.json(output).map(JsonValue::items).orElse(List.of())) {
      SeenProcess process = SeenProcess.of(row);
      var words = new ArrayList<String>();
      for (String word : process.command()) {
        words.add(redaction.line(word));
      }
      var kept = JsonValue.object().put("command", JsonValue.texts(words));
      if (process.environment().isPresent()) {
        var environment = JsonValue.object();
        kept(process.environment().get()).forEach(environment::put);
        kept.put("environment", environment.build());
      }
      rows.add(kept.build());
    }
    return JsonWriter.pretty(new JsonValue.Items(rows));
  }

  private String unit(String output) {
    var kept = new StringBuilder();
    for (String line : Text.lines(output)) {
      if (!line.startsWith("Environment=")) {
        kept.append(redaction.line(line)).append('\n');
      }
    }
    var pairs = new ArrayList<String>();
    kept(UnitEnvironment.read(output).orElse(Map.of()))
        .forEach((name, value) -> pairs.add('"' + escaped(name + "=" + value) + '"'));
    return kept.append("Environment=").append(String.join(" ", pairs)).append('\n').toString();
  }

  /// The two lines of the newest start that are read.
  String log(String text) {
    Optional<ServerStart> start = ServerStart.newest(text);
    if (start.isEmpty()) {
      return "";
    }
    var pairs = new ArrayList<String>();
    kept(start.get().environment()).forEach((name, value) -> pairs.add(name + ":" + value));
    String config = "msg=\"server config\" env=\"map[" + escaped(String.join(" ", pairs)) + "]\"\n";
    return start
        .get()
        .version()
        .map(version -> config + "msg=\"Listening (version " + version + ")\"\n")
        .orElse(config);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
