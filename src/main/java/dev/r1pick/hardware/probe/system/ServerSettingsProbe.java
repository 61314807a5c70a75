package dev.r1pick.hardware.probe.system;

import dev.r1pick.hardware.probe.common.CommandRunner;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.CommandResult.Finished;
import dev.r1pick.host.OsFamily;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.Installation;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.RunningServer.Settings;
import dev.r1pick.ollama.RunningServer.Source;
import dev.r1pick.ollama.ServerSettings;
import dev.r1pick.ollama.UnitEnvironment;
import dev.r1pick.ollama.log.EngineCommand;
import dev.r1pick.ollama.server.ServerUrl;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The variables of a server on this Linux: those of its process where this user may see them, else
/// those that its unit sets, else what the command line of its engine gives away.
public final class ServerSettingsProbe {
  private static final List<String> PROCESSES = List.of("<processes>", "ollama", "llama-server");

  private ServerSettingsProbe() {}

  /// The setup with the variables of the server in place of the shell's, where they are known. It
  /// does not matter whether the server answers.
  public static OllamaSetup known(Host host, OllamaSetup own, CommandRunner commands) {
    return OllamaProbe.elsewhere(host, own).isPresent()
        ? own
        : applied(own, read(host, own, commands));
  }

  /// Asks.
  ///
  /// @param own variables of this shell, which say where the server listens
  static Settings read(Host host, OllamaSetup own, CommandRunner commands) {
    if (host.family() != OsFamily.LINUX) {
      return Settings.UNKNOWN;
    }
    int port = ServerUrl.of(own.variable("OLLAMA_HOST").orElse("")).port();
    var engines = new ArrayList<EngineCommand>();
    int servers = 0;
    for (JsonValue process : processes(commands)) {
      var command = new EngineCommand(words(process));
      if (command.isEngine()) {
        engines.add(command);
      } else if (command.words().contains("serve")) {
        servers++;
        Map<String, String> environment = environment(process);
        String listens = environment.getOrDefault("OLLAMA_HOST", "");
        if (process.member("environment").isPresent() && ServerUrl.of(listens).port() == port) {
          return new Settings(Source.PROCESS, read(environment));
        }
      }
    }
    Optional<Map<String, String>> unit = unit(host, commands);
    if (unit.isPresent()) {
      return new Settings(Source.UNIT, read(unit.get()));
    }
    // whose engine it is nobody tells where there are several servers
    return engines.isEmpty() || servers > 1
        ? Settings.UNKNOWN
        : new Settings(Source.ENGINE, ofEngine(host, engines.getFirst()));
  }

  private static List<JsonValue> processes(CommandRunner commands) {
    return commands.ask("ollama-processes-json", PROCESSES) instanceof Finished(_, var output, _)
        ? Text.json(output).map(JsonValue::items).orElse(List.of())
        : List.of();
  }

  private static List<String> words(JsonValue process) {
    var words = new ArrayList<String>();
    for (JsonValue word : process.member("command").map(JsonValue::items).orElse(List.of())) {
      if (word instanceof JsonValue.Text(var text)) {
        words.add(text);
      }
    }
    return words;
  }

  private static Map<String, String> environment(JsonValue process) {
    var variables = new HashMap<String, String>();
    if (process.member("environment").orElse(new JsonValue.Null())
        instanceof JsonValue.Members(var members)) {
      members.forEach(
          (name, value) -> {
            if (value instanceof JsonValue.Text(var text)) {
              variables.put(name, text);
            }
          });
    }
    return variables;
  }

  /// A service of systemd, which anybody may ask.
  private static Optional<Map<String, String>> unit(Host host, CommandRunner commands) {
    return OllamaProbe.installation(host).equals(Optional.of(Installation.SYSTEMD))
            && commands.ask("systemctl-show-ollama", UnitEnvironment.COMMAND)
                instanceof Finished(_, var output, _)
        ? UnitEnvironment.read(output)
        : Optional.empty();
  }

  /// The context is left out: a client may have asked for it, or a variant of the model has it.
  private static Map<String, String> ofEngine(Host host, EngineCommand engine) {
    var known = new HashMap<String, String>();
    known.put("OLLAMA_KV_CACHE_TYPE", engine.kvCacheType().orElse("f16"));
    known.put("OLLAMA_NUM_PARALLEL", String.valueOf(engine.parallel()));
    // inside a container the path is another one
    engine.store().filter(host::exists).ifPresent(store -> known.put("OLLAMA_MODELS", store));
    return known;
  }

  private static Map<String, String> read(Map<String, String> all) {
    var known = new HashMap<String, String>();
    for (String name : ServerSettings.READ) {
      String value = all.get(name);
      if (value != null) {
        known.put(name, OllamaProbe.printable(value));
      }
    }
    return known;
  }

  /// A setup with the variables of its server. Where it listens is what this shell was told.
  static OllamaSetup applied(OllamaSetup own, Settings settings) {
    var variables = new HashMap<String, String>(own.environment());
    if (settings.isWhole()) {
      // a unit says nothing of what the session manager passes on to drivers
      boolean all = settings.from() == Source.PROCESS;
      variables
          .keySet()
          .removeIf(name -> !name.equals("OLLAMA_HOST") && (all || name.startsWith("OLLAMA_")));
    }
    settings
        .variables()
        .forEach(
            (name, value) -> {
              if (!name.equals("OLLAMA_HOST")) {
                variables.put(name, value);
              }
            });
    return new OllamaSetup(own.version(), variables, own.installation(), own.server());
  }
}
