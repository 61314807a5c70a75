package dev.r1pick.ollama;

import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the server said when it was asked, and what its processes show.
///
/// @param version as it says it
/// @param elsewhere the other machine that it runs on; empty: this one
/// @param installed what it can run
/// @param loaded what it runs now
/// @param settings its variables
public record RunningServer(
    String version,
    Optional<String> elsewhere,
    List<Installed> installed,
    List<Loaded> loaded,
    Settings settings) {
  public RunningServer {
    installed = List.copyOf(installed);
    loaded = List.copyOf(loaded);
  }

  /// An installed model.
  ///
  /// @param digest sha256 of its manifest in 64 hex digits; empty where it is not told
  public record Installed(String name, String digest) {}

  /// A model in memory, which Ollama unloads when another one needs the place.
  ///
  /// @param vram its memory on GPUs
  /// @param ram the rest of its memory
  /// @param context that one request has; empty before Ollama 0.10
  public record Loaded(String name, Bytes vram, Bytes ram, Optional<ContextLength> context) {}

  /// The variables of the server, which are not those of the shell that asks.
  ///
  /// @param from who told them
  /// @param variables by name; those not set are absent
  public record Settings(Source from, Map<String, String> variables) {
    /// Nothing tells them.
    public static final Settings UNKNOWN = new Settings(Source.NOBODY, Map.of());

    public Settings {
      variables = Map.copyOf(variables);
    }

    /// Whether a variable that is absent is not set.
    public boolean isWhole() {
      return from == Source.PROCESS || from == Source.UNIT || from == Source.LOG;
    }
  }

  /// Who tells the variables of a server.
  public enum Source {
    /// The environment of its process.
    PROCESS,
    /// What its unit of systemd sets.
    UNIT,
    /// What it wrote into its log when it started.
    LOG,
    /// The command line of an engine that it started: the type of the KV cache and the requests at
    /// once. The context is not the server's: whoever loads a model may choose it.
    ENGINE,
    NOBODY
  }
}
