package dev.r1pick.doctor.bench;

import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A bench beside what was predicted.
///
/// @param bench what was measured
/// @param predicted for each stage; empty where nothing backs a prediction
/// @param size memory that was predicted; empty where nothing is shown by that version
/// @param kept whether the factor is kept for later
public record BenchReport(
    Bench bench, List<Optional<Range>> predicted, Optional<Bytes> size, boolean kept) {
  public BenchReport {
    predicted = List.copyOf(predicted);
  }

  /// Tokens generated per second.
  public record Range(double low, double expected, double high) {}

  /// How much faster than predicted; empty where there is no prediction.
  public Optional<Double> factor() {
    var expected = new ArrayList<Double>();
    for (Optional<Range> range : predicted) {
      range.map(Range::expected).ifPresent(expected::add);
    }
    return expected.size() == bench.stages().size()
        ? Optional.of(bench.factor(expected))
        : Optional.empty();
  }
}
