package dev.r1pick.plan;

import dev.r1pick.fit.Fit;
import dev.r1pick.hardware.Machine;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.units.TokenRate;
import java.util.Optional;

/// Hardware with what the tag would do on it.
///
/// @param build the hardware
/// @param machine the same as it is planned with
/// @param fit how the tag fits at the context
/// @param standing what that is worth
/// @param speed in the middle of a typical answer
/// @param atFirst while the context is empty
/// @param whenFull with the context full
/// @param answerTime of a typical answer; empty where the speed is not known
public record Planned(
    Build build,
    Machine machine,
    Fit fit,
    Standing standing,
    SpeedEstimate speed,
    SpeedEstimate atFirst,
    SpeedEstimate whenFull,
    Optional<AnswerTime> answerTime) {

  /// What hardware is worth for a question.
  public enum Standing {
    /// It is as fast as asked at the low end of its range.
    DOES_IT,
    /// The speed that is asked for lies inside its range.
    MAY_DO_IT,
    /// It holds the tag and is too slow at the high end of its range.
    TOO_SLOW,
    /// It holds the tag, and nothing backs a speed.
    SPEED_UNKNOWN,
    /// It does not hold the tag.
    TOO_SMALL
  }

  /// The same for another target: what holds the tag is judged anew.
  Planned judged(TokenRate target) {
    return new Planned(build, machine, fit, standing(target), speed, atFirst, whenFull, answerTime);
  }

  private Standing standing(TokenRate target) {
    if (standing == Standing.TOO_SMALL || speed instanceof SpeedEstimate.Unknown) {
      return standing;
    }
    if (low() >= target.tokensPerSecond()) {
      return Standing.DOES_IT;
    }
    return high() >= target.tokensPerSecond() ? Standing.MAY_DO_IT : Standing.TOO_SLOW;
  }

  /// The low end of its range, in tokens per second; zero where nothing is known.
  public double low() {
    return switch (speed) {
      case SpeedEstimate.Known known -> known.generation().low().tokensPerSecond();
      case SpeedEstimate.Bounds bounds -> bounds.low().tokensPerSecond();
      case SpeedEstimate.Unknown _ -> 0;
    };
  }

  /// The high end of its range, in tokens per second; zero where nothing is known.
  public double high() {
    return switch (speed) {
      case SpeedEstimate.Known known -> known.generation().high().tokensPerSecond();
      case SpeedEstimate.Bounds bounds -> bounds.high().tokensPerSecond();
      case SpeedEstimate.Unknown _ -> 0;
    };
  }
}
