package dev.r1pick.speed;

import dev.r1pick.speed.SpeedConstants.ErrorRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// Errors that a formula made on rows it was not fitted to, and the ranges that follow.
record SeenErrors(List<Seen> seen) {
  /// Rows of all GPUs weigh as much as this many rows of a class: a class with few rows leans on
  /// them.
  private static final double LEAN = 8;

  /// Percentiles of few errors are narrower than those of the errors to come.
  private static final double UNSEEN = 1.15;

  /// One row.
  ///
  /// @param run the row
  /// @param error logarithm of measured by estimated
  record Seen(MeasuredRun run, double error) {}

  private record Weighted(double error, double weight) {}

  /// The range of a class.
  ErrorRange of(String speedClass) {
    return range(run -> run.speedClass().equals(speedClass));
  }

  /// The range for chips of a backend whose class is not known.
  ErrorRange ofBackend(String backend) {
    ErrorRange all = range(run -> run.backend().equals(backend));
    return new ErrorRange(
        FitSpeedConstants.rounded(2 * all.low()), FitSpeedConstants.rounded(2 * all.high()));
  }

  int rows(Predicate<MeasuredRun> which) {
    int rows = 0;
    for (Seen one : seen) {
      rows += which.test(one.run) ? 1 : 0;
    }
    return rows;
  }

  /// The 10th and 90th percentile of the rows asked for, current builds counting most, leaning on
  /// all others where they are few, and wider by 4 / (3 + rows): twice as wide and more where there
  /// is none.
  private ErrorRange range(Predicate<MeasuredRun> which) {
    int own = rows(which);
    List<Weighted> errors = new ArrayList<>();
    for (Seen one : seen) {
      double weight = which.test(one.run) ? 1 : LEAN / seen.size();
      errors.add(new Weighted(one.error, weight * one.run.currency()));
    }
    double wider = UNSEEN + 4.0 / (3 + own);
    return new ErrorRange(
        FitSpeedConstants.rounded(StrictMath.min(-0.05, wider * percentile(errors, 0.1))),
        FitSpeedConstants.rounded(StrictMath.max(0.05, wider * percentile(errors, 0.9))));
  }

  static ErrorRange range(List<Double> errors) {
    List<Weighted> weighted = new ArrayList<>();
    errors.forEach(e -> weighted.add(new Weighted(e, 1)));
    return new ErrorRange(
        FitSpeedConstants.rounded(UNSEEN * percentile(weighted, 0.1)),
        FitSpeedConstants.rounded(UNSEEN * percentile(weighted, 0.9)));
  }

  private static double percentile(List<Weighted> errors, double share) {
    List<Weighted> sorted = new ArrayList<>(errors);
    sorted.sort(Comparator.comparingDouble(Weighted::error));
    double total = 0;
    for (Weighted one : sorted) {
      total += one.weight;
    }
    double sum = 0;
    for (Weighted one : sorted) {
      sum += one.weight;
      if (sum >= share * total) {
        return one.error;
      }
    }
    return sorted.getLast().error;
  }
}
