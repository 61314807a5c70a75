package dev.r1pick.ollama.log;

import dev.r1pick.units.Bytes;
import java.util.Optional;

/// A device that the server says it computes on.
///
/// @param library `cuda`, `rocm`, `metal`, `vulkan`, `cpu` …, in lower case
/// @param description name of the card; empty where the version prints none
/// @param compute compute capability or gfx target
/// @param total its memory
/// @param available what of it was free then
public record LogDevice(
    String library,
    Optional<String> description,
    Optional<String> compute,
    Optional<Bytes> total,
    Optional<Bytes> available) {
  /// Whether it is the processor, which stands for "no GPU".
  public boolean isProcessor() {
    return library.equals("cpu");
  }
}
