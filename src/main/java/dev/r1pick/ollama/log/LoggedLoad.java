package dev.r1pick.ollama.log;

import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// One load of a model as its engine told it.
///
/// @param command that started the engine
/// @param layersOnGpu how many layers went to GPUs
/// @param layers how many there are, the output layer counted
/// @param context tokens of one request that it opened
/// @param kvCache bytes of the KV cache, of all requests together
/// @param kvCacheType number format of the keys, for example `q8_0`
/// @param weightsOnGpu bytes of weights on GPUs
/// @param weightsInRam bytes of weights in system memory
/// @param seconds until it was ready
/// @param rates tokens per second of the answers since, in their order
/// @param failures ids of the lines that tell why it failed
public record LoggedLoad(
    EngineCommand command,
    OptionalInt layersOnGpu,
    OptionalInt layers,
    OptionalInt context,
    Optional<Bytes> kvCache,
    Optional<String> kvCacheType,
    Bytes weightsOnGpu,
    Bytes weightsInRam,
    OptionalDouble seconds,
    List<Double> rates,
    List<String> failures) {
  public LoggedLoad {
    rates = List.copyOf(rates);
    failures = List.copyOf(failures);
  }

  /// Whether some layers stayed in system memory while others are on a GPU.
  public boolean isPartly() {
    return layersOnGpu.isPresent()
        && layers.isPresent()
        && layersOnGpu.getAsInt() > 0
        && layersOnGpu.getAsInt() < layers.getAsInt();
  }

  /// Whether no layer is on a GPU, as far as it is told.
  public boolean isOnProcessor() {
    return layersOnGpu.isPresent() && layersOnGpu.getAsInt() == 0;
  }

  /// The middle of the rates; empty where nothing was answered.
  public OptionalDouble usualRate() {
    if (rates.isEmpty()) {
      return OptionalDouble.empty();
    }
    List<Double> sorted = rates.stream().sorted().toList();
    return OptionalDouble.of(sorted.get(sorted.size() / 2));
  }
}
