package dev.r1pick.policy;

import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Evaluation;
import dev.r1pick.advice.Reason;
import dev.r1pick.advice.Rule;
import dev.r1pick.units.Bytes;
import java.util.Optional;

/// A tag that does not do for a rule.
///
/// @param judged the best way to load it
/// @param rule the rule that puts it out
/// @param reason why
/// @param shortfall what is missing, where the reason is a size
record TagShortfall(Evaluation judged, Rule rule, PolicyReason reason, Optional<Bytes> shortfall) {
  Candidate candidate() {
    return judged.candidate();
  }

  /// Whether it is only not known that it does.
  boolean isUnknown() {
    if (!(reason instanceof PolicyReason.OfRule(var why))) {
      return false;
    }
    return switch (why) {
      case Reason.SpeedUnknown _, Reason.SpeedUnknownAndInRam _, Reason.SpeedNotKnown _ -> true;
      // of which only bounds are known, and the low one counts there
      case Reason.TooSlow _, Reason.BelowFloor _ -> candidate().answerTime().isEmpty();
      default -> false;
    };
  }

  /// How far it is from doing, among tags that the same rule puts out; less is nearer.
  double distance() {
    return switch (rule) {
      case BEARABLE_WAIT, READABLE_SPEED, SOON_ENOUGH, FAST_ENOUGH ->
          -candidate().generationRate().orElse(0);
      case FITS_MEMORY -> candidate().fit().plan().total().count();
      case FITS_DISK, WITHIN_DOWNLOAD_LIMIT -> candidate().tag().download().count();
      default -> -judged.points();
    };
  }
}
