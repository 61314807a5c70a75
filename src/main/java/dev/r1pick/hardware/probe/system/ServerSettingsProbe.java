package dev.r1pick.hardware.probe.system;

import dev.r1pick.hardware.probe.common.CommandRunner;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.CommandResult.Finished;
import dev.r1pick.host.Host.Listener;
import dev.r1pick.host.OsFamily;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.Installation;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.RunningServer.Settings;
import dev.r1pick.ollama.RunningServer.Source;
import dev.r1pick.ollama.ServerSettings;
import dev.r1pick.ollama.UnitEnvironment;
import dev.r1pick.ollama.log.EngineCommand;
import dev.r1pick.ollama.log.LogFiles;
import dev.r1pick.ollama.log.SeenProcess;
import dev.r1pick.ollama.log.ServerStart;
import dev.r1pick.ollama.server.ServerUrl;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The variables of a server on this machine. On Linux those of its process where this user may see
/// them, else those that its unit sets; elsewhere those that it wrote into its log when it started;
/// else what the command line of its engine gives away.
public final class ServerSettingsProbe {
  private static final List<String> PROCESSES = List.of("<processes>", "ollama", "llama-server");

  private ServerSettingsProbe() {}

  /// The setup with the variables of the server in place of the shell's, where they are known. It
  /// does not matter whether the server answers.
  public static OllamaSetup known(Host host, OllamaSetup own, CommandRunner commands) {
    return OllamaProbe.elsewhere(host, own).isPresent()
        ? own
        : applied(own, read(host, own, Optional.empty(), host.listener(port(own)), commands));
  }

  /// Asks.
  ///
  /// @param own variables of this shell, which say where the server listens
  /// @param version of the server that listens there; empty where it was not asked
  /// @param listener whose program that is
  static Settings read(
      Host host,
      OllamaSetup own,
      Optional<String> version,
      Listener listener,
      CommandRunner commands) {
    int port = port(own);
    return host.family() == OsFamily.LINUX
        ? onLinux(host, port, listener, commands)
        : logged(host, port, version);
  }

  /// Of a service of another user only the unit can be seen, and no process has to be looked for.
  private static Settings onLinux(Host host, int port, Listener listener, CommandRunner commands) {
    return listener == Listener.OTHER_USER
        ? unit(host, commands).orElseGet(() -> ofProcesses(host, port, commands))
        : ofProcesses(host, port, commands);
  }

  private static int port(OllamaSetup own) {
    return ServerUrl.of(own.variable("OLLAMA_HOST").orElse("")).port();
  }

  private static Settings ofProcesses(Host host, int port, CommandRunner commands) {
    var engines = new ArrayList<EngineCommand>();
    int servers = 0;
    for (JsonValue row : processes(commands)) {
      SeenProcess process = SeenProcess.of(row);
      var command = new EngineCommand(process.command());
      if (command.isEngine()) {
        engines.add(command);
      } else if (process.isServer()) {
        servers++;
        Optional<Map<String, String>> environment = process.environment();
        if (environment.isPresent()
            && ServerUrl.of(environment.get().getOrDefault("OLLAMA_HOST", "")).port() == port) {
          return new Settings(Source.PROCESS, read(environment.get()));
        }
      }
    }
    Optional<Settings> unit = unit(host, commands);
    if (unit.isPresent()) {
      return unit.get();
    }
    // whose engine it is nobody tells where there are several servers
    return engines.isEmpty() || servers > 1
        ? Settings.UNKNOWN
        : new Settings(Source.ENGINE, EngineCommand.settings(host, engines));
  }

  private static List<JsonValue> processes(CommandRunner commands) {
    return commands.ask("ollama-processes-json", PROCESSES) instanceof Finished(_, var output, _)
        ? Text.json(output).map(JsonValue::items).orElse(List.of())
        : List.of();
  }

  /// A service of systemd, which anybody may ask.
  private static Optional<Settings> unit(Host host, CommandRunner commands) {
    return OllamaProbe.installation(host).equals(Optional.of(Installation.SYSTEMD))
            && commands.ask("systemctl-show-ollama", UnitEnvironment.COMMAND)
                instanceof Finished(_, var output, _)
        ? UnitEnvironment.read(output).map(set -> new Settings(Source.UNIT, read(set)))
        : Optional.empty();
  }

  /// What the server that listens there wrote when it started; an older log, or that of another
  /// server, has another port or version.
  private static Settings logged(Host host, int port, Optional<String> version) {
    Optional<ServerStart> start =
        LogFiles.find(host, OllamaProbe.installation(host))
            .flatMap(file -> LogFiles.read(host, file))
            .flatMap(ServerStart::newest);
    if (start.isEmpty()) {
      return Settings.UNKNOWN;
    }
    Map<String, String> all = start.get().environment();
    boolean same =
        ServerUrl.of(all.getOrDefault("OLLAMA_HOST", "")).port() == port
            && (version.isEmpty() || version.equals(start.get().version()));
    return same ? new Settings(Source.LOG, read(ServerStart.set(all))) : Settings.UNKNOWN;
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
