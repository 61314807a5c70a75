package dev.r1pick.catalog.deployment;

import dev.r1pick.catalog.Certainty;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// One way to run the 671B with an engine other than Ollama, as somebody documented it.
///
/// @param id for example `sglang-2x8-h100-fp8`
/// @param engine as its maker writes it, for example `SGLang`
/// @param nodes machines that take part
/// @param hardware of one node, in words of makers: `8 x H100 80GB`
/// @param weights format of the weights, for example `FP8`
/// @param weightsGib of all nodes together
/// @param gpuGibPerNode memory of the GPUs of one node; empty where there is none
/// @param ramGibPerNode RAM that one node needs, where the way tells
/// @param certainty of these figures
/// @param split how the model is cut, for example `tensor 16`; empty where it is not
/// @param notes ids of what has to be said
/// @param rates measured on it; none where nobody published one
/// @param command as documented, line by line
/// @param sources ids of the sources
public record Deployment(
    String id,
    String engine,
    int nodes,
    String hardware,
    String weights,
    int weightsGib,
    OptionalInt gpuGibPerNode,
    OptionalInt ramGibPerNode,
    Certainty certainty,
    Optional<String> split,
    List<String> notes,
    List<Rate> rates,
    List<String> command,
    List<String> sources) {
  public Deployment {
    notes = List.copyOf(notes);
    rates = List.copyOf(rates);
    command = List.copyOf(command);
    sources = List.copyOf(sources);
  }

  /// A speed that somebody published.
  ///
  /// @param engine and version, where it is not that of the way
  /// @param low tokens per second of one stream
  /// @param high the same at most, where a range is told
  /// @param streams that ran at once; empty: one
  /// @param on the hardware it was measured on
  /// @param date ISO date or year and month, as precisely as known
  /// @param source id of the source
  public record Rate(
      Optional<String> engine,
      double low,
      OptionalDouble high,
      OptionalInt streams,
      String on,
      String date,
      String source) {}
}
