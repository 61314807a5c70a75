package dev.r1pick.policy;

import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Evaluation;
import dev.r1pick.advice.Verdict.Reason;
import dev.r1pick.units.Bytes;
import java.util.Optional;

/// A tag that does not do for a rule.
///
/// @param judged the best way to load it
/// @param rule the id of the rule of the book that puts it out, or `max-wait`
/// @param reason why
/// @param shortfall what is missing, where the reason is a size
record TagShortfall(Evaluation judged, String rule, Reason reason, Optional<Bytes> shortfall) {
  Candidate candidate() {
    return judged.candidate();
  }

  /// Whether it is only not known that it does.
  boolean isUnknown() {
    return switch (reason.id()) {
      case "speed-unknown", "speed-unknown-and-in-ram", "speed-not-known" -> true;
      // of which only bounds are known, and the low one counts there
      case "too-slow", "below-floor" -> candidate().answerTime().isEmpty();
      default -> false;
    };
  }

  /// How far it is from doing, among tags that the same rule puts out; less is nearer.
  double distance() {
    return switch (rule) {
      case "max-wait", "bearable-wait", "readable-speed", "soon-enough", "fast-enough" ->
          -candidate().generationRate().orElse(0);
      case "fits-memory" -> candidate().fit().plan().total().count();
      case "fits-disk", "within-download-limit" -> candidate().tag().download().count();
      default -> -judged.points();
    };
  }
}
