package dev.r1pick.plan;

import dev.r1pick.advice.quality.Quality;
import java.util.List;

/// What hardware each size of R1 takes for a use.
///
/// @param question what was asked
/// @param steps the usual tag of each size, smallest first
public record UseCasePlan(PlanQuestion question, List<Step> steps) {
  public UseCasePlan {
    steps = List.copyOf(steps);
  }

  /// One size.
  ///
  /// @param quality how good it is for the use
  /// @param plan its hardware
  public record Step(Quality quality, HardwarePlan plan) {}

  /// Whether something is known to do one of them.
  public boolean isMet() {
    for (Step step : steps) {
      if (step.plan().isMet()) {
        return true;
      }
    }
    return false;
  }
}
