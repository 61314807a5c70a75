package dev.r1pick.doctor.look;

import dev.r1pick.doctor.LogSeen;
import dev.r1pick.doctor.Running;
import dev.r1pick.doctor.ServerEnvironment;
import dev.r1pick.doctor.ServerEnvironment.Source;
import dev.r1pick.doctor.Service;
import dev.r1pick.host.Host;
import dev.r1pick.ollama.log.EngineCommand;
import dev.r1pick.ollama.log.ServerStart;
import dev.r1pick.text.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who knows the variables of the server: itself, its log, and what starts it.
final class EnvironmentLook {
  /// Variables that somebody sets for the application on macOS.
  private static final List<String> ASKED_OF_LAUNCHD =
      List.of(
          "OLLAMA_HOST",
          "OLLAMA_MODELS",
          "OLLAMA_CONTEXT_LENGTH",
          "OLLAMA_NUM_PARALLEL",
          "OLLAMA_KV_CACHE_TYPE",
          "OLLAMA_FLASH_ATTENTION",
          "OLLAMA_ORIGINS",
          "HTTPS_PROXY");

  private EnvironmentLook() {}

  static ServerEnvironment read(Host host, Service service, Running running, LogSeen log) {
    Map<String, String> configured = Map.of();
    Optional<Source> configuredIn = Optional.empty();
    if (service.container().isPresent()) {
      configured = service.container().get().environment();
      configuredIn = Optional.of(Source.CONTAINER);
    } else if (service.unit().isPresent()) {
      configured = service.unit().get().environment();
      configuredIn = Optional.of(Source.UNIT);
    } else {
      switch (host.family()) {
        case MACOS -> {
          configured = launchd(new Asking(host));
          configuredIn = Optional.of(Source.LAUNCHD);
        }
        case WINDOWS -> {
          configured = registry(new Asking(host));
          configuredIn = Optional.of(Source.REGISTRY);
        }
        case LINUX, ANDROID -> {}
      }
    }
    for (Running.Server server : running.servers()) {
      if (!server.environment().isEmpty()) {
        return new ServerEnvironment(
            server.environment(), Optional.of(Source.PROCESS), configured, configuredIn);
      }
    }
    Map<String, String> logged = log.log().environment();
    if (!logged.isEmpty()) {
      return new ServerEnvironment(
          ServerStart.set(logged), Optional.of(Source.LOG), configured, configuredIn);
    }
    // whose engine it is nobody tells where there are several servers
    boolean told = !running.engines().isEmpty() && running.servers().size() < 2;
    return new ServerEnvironment(
        told ? EngineCommand.settings(host, running.engines()) : Map.of(),
        told ? Optional.of(Source.ENGINE) : Optional.empty(),
        configured,
        configuredIn);
  }

  private static Map<String, String> launchd(Asking asking) {
    var variables = new HashMap<String, String>();
    for (String name : ASKED_OF_LAUNCHD) {
      asking
          .output("launchctl-" + name, "launchctl", "getenv", name)
          .map(String::strip)
          .filter(value -> !value.isEmpty())
          .ifPresent(value -> variables.put(name, value));
    }
    return variables;
  }

  /// Lines such as ` OLLAMA_MODELS REG_SZ D:\ollama`.
  private static Map<String, String> registry(Asking asking) {
    var variables = new HashMap<String, String>();
    for (String line :
        Text.lines(
            asking.output("reg-environment", "reg", "query", "HKCU\\Environment").orElse(""))) {
      int type = line.indexOf("    REG_");
      int value = type < 0 ? -1 : line.indexOf("    ", type + 4);
      if (value > 0) {
        variables.put(line.substring(0, type).strip(), line.substring(value).strip());
      }
    }
    return variables;
  }
}
