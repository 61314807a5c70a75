package dev.r1pick.advice;

import dev.r1pick.units.Bytes;
import java.util.Optional;

/// What a rule says of a candidate.
public sealed interface Verdict {

  /// The rule has nothing against it.
  record Keep() implements Verdict {}

  /// The candidate is out.
  ///
  /// @param reason with its figures
  /// @param shortfall memory, disk or download that is missing, where the reason is a size
  record Reject(Reason reason, Optional<Bytes> shortfall) implements Verdict {
    /// For a reason that is no size.
    Reject(Reason reason) {
      this(reason, Optional.empty());
    }
  }

  /// A preference, in points: one point is one point of quality (0 to 100).
  ///
  /// @param points below zero for a drawback
  /// @param reason with its figures
  record Prefer(double points, Reason reason) implements Verdict {}
}
