package dev.r1pick.doctor;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The variables of the server, which are not those of the shell that asks.
///
/// @param running what the server that runs has
/// @param runningFrom who told it; empty: nobody
/// @param configured what it will have when it is started again
/// @param configuredIn who told that; empty: nobody
public record ServerEnvironment(
    Map<String, String> running,
    Optional<Source> runningFrom,
    Map<String, String> configured,
    Optional<Source> configuredIn) {
  public ServerEnvironment {
    running = Map.copyOf(running);
    configured = Map.copyOf(configured);
  }

  /// Who tells the environment.
  public enum Source {
    /// The process itself, all of it.
    PROCESS,
    /// The line that the server logs when it starts.
    LOG,
    /// The command line of an engine that it started, which gives away some of it.
    ENGINE,
    UNIT,
    CONTAINER,
    LAUNCHD,
    REGISTRY
  }

  /// Whether anything is known of what the server has.
  public boolean isKnown() {
    return runningFrom.isPresent() || configuredIn.isPresent();
  }

  /// Whether it is known if the server has a variable and what it is.
  public boolean tells(String name) {
    return configuredIn.isPresent()
        || running.containsKey(name)
        || runningFrom.filter(source -> source != Source.ENGINE).isPresent();
  }

  /// What it has, as far as that is known; else what it will have.
  public Map<String, String> effective() {
    if (runningFrom.isEmpty()) {
      return configured;
    }
    var all = new HashMap<String, String>();
    if (runningFrom.get() != Source.PROCESS) {
      // the log lacks variables of the engine and of the drivers, and an engine most
      boolean some = runningFrom.get() == Source.ENGINE;
      configured.forEach(
          (name, value) -> {
            if (some || !name.startsWith("OLLAMA_")) {
              all.put(name, value);
            }
          });
    }
    all.putAll(running);
    return all;
  }
}
