package dev.r1pick.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Scores of several variants in one benchmark, run by one harness at one time: only such scores
/// compare.
///
/// @param id benchmark and harness
/// @param title for people
/// @param unit of the scores
/// @param lowerIsBetter whether it counts faults
/// @param language of the questions, where it matters (`en`, `zh`, `ja`)
/// @param conditions how it was run, as far as known
/// @param evidence how sure the scores are
/// @param scores by variant id
/// @param standIns by variant id: another model's score where the variant has none
public record BenchmarkTable(
    String id,
    String title,
    Unit unit,
    boolean lowerIsBetter,
    Optional<String> language,
    String conditions,
    Evidence evidence,
    Map<String, Double> scores,
    Map<String, StandIn> standIns) {

  public BenchmarkTable {
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    standIns = Collections.unmodifiableMap(new LinkedHashMap<>(standIns));
  }

  /// What the scores are counted in.
  public enum Unit {
    /// 0 to 100.
    PERCENT,
    /// A rating among players.
    ELO,
    /// An index of its own.
    INDEX
  }

  /// A model of the same size and kin.
  ///
  /// @param model its name
  /// @param value its score
  /// @param factor how the distills of this table compare to such models, at most 1
  public record StandIn(String model, double value, double factor) {}

  /// The variant's own score.
  public OptionalDouble score(String variantId) {
    return scores.containsKey(variantId)
        ? OptionalDouble.of(scores.getOrDefault(variantId, 0.0))
        : OptionalDouble.empty();
  }

  /// Merit grows with quality: the score, or what a count of faults leaves of 100.
  public double merit(double score) {
    return lowerIsBetter ? 100 - score : score;
  }
}
