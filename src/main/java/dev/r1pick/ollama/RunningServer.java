package dev.r1pick.ollama;

import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Map;

/// What the server of a machine said when it was asked.
///
/// @param version as it says it
/// @param installed names of what it can run
/// @param loaded what it runs now
/// @param environment its variables, where what starts it tells them; empty where nothing does
public record RunningServer(
    String version, List<String> installed, List<Loaded> loaded, Map<String, String> environment) {
  public RunningServer {
    installed = List.copyOf(installed);
    loaded = List.copyOf(loaded);
    environment = Map.copyOf(environment);
  }

  /// A model in memory. Ollama unloads it when another one needs the place.
  ///
  /// @param name of it
  /// @param vram bytes of it on GPUs
  /// @param ram bytes of it in system memory
  public record Loaded(String name, Bytes vram, Bytes ram) {}
}
