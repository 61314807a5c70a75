package dev.r1pick.advice;

import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;

/// What a rule says of a candidate.
public sealed interface Verdict {

  /// The rule has nothing against it.
  record Keep() implements Verdict {}

  /// The candidate is out.
  ///
  /// @param reason with its figures
  /// @param shortfall memory, disk or download that is missing, where the reason is a size
  record Reject(Reason reason, Optional<Bytes> shortfall) implements Verdict {}

  /// A preference, in points: one point is one point of quality (0 to 100).
  ///
  /// @param points below zero for a drawback
  /// @param reason with its figures
  record Prefer(double points, Reason reason) implements Verdict {}

  /// A sentence of the message bundle, `advice.reason.` and the id, with its figures.
  ///
  /// @param id kebab-case
  /// @param figures in the order of the sentence; sizes as [Bytes], so that the report words them
  record Reason(String id, List<Object> figures) {
    public Reason {
      figures = List.copyOf(figures);
    }

    public static Reason of(String id, Object... figures) {
      return new Reason(id, List.of(figures));
    }
  }
}
