package dev.r1pick.catalog;

import dev.r1pick.units.ContextLength;
import java.util.List;
import java.util.OptionalDouble;

/// One R1 model: the 671B itself or one of the distills.
///
/// @param id for example `distill-qwen-14b`
/// @param name as published, for example `DeepSeek-R1-Distill-Qwen-14B`
/// @param sizeLabel as in the short tag, for example `14b`
/// @param baseModel what it was distilled into, or trained from
/// @param distill false for the 671B
/// @param releaseDate ISO date
/// @param weightsLicense licence of the weights
/// @param baseLicense licence of the base model, which still binds
/// @param trainedContext the most tokens it was trained for
/// @param architecture its dimensions
/// @param benchmarks published scores
public record Variant(
    String id,
    String name,
    String sizeLabel,
    String baseModel,
    boolean distill,
    String releaseDate,
    String weightsLicense,
    String baseLicense,
    ContextLength trainedContext,
    Architecture architecture,
    List<Benchmark> benchmarks) {

  public Variant {
    benchmarks = List.copyOf(benchmarks);
  }

  /// The score in that benchmark, if one was published.
  public OptionalDouble score(String benchmarkId) {
    for (Benchmark benchmark : benchmarks) {
      if (benchmark.id().equals(benchmarkId)) {
        return OptionalDouble.of(benchmark.value());
      }
    }
    return OptionalDouble.empty();
  }
}
