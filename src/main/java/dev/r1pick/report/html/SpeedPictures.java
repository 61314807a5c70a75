package dev.r1pick.report.html;

import dev.r1pick.report.html.Picture.Range;
import dev.r1pick.speed.SpeedEstimate;
import java.util.Optional;

/// Speeds as the pictures take them.
final class SpeedPictures {
  private SpeedPictures() {}

  /// Tokens per second; empty where nothing backs a figure. Bounds without a middle are drawn with
  /// one halfway, and told without it.
  static Optional<Range> range(SpeedEstimate speed) {
    return switch (speed) {
      case SpeedEstimate.Known known ->
          Optional.of(
              new Range(
                  known.generation().low().tokensPerSecond(),
                  known.generation().expected().tokensPerSecond(),
                  known.generation().high().tokensPerSecond()));
      case SpeedEstimate.Bounds bounds ->
          Optional.of(
              new Range(
                  bounds.low().tokensPerSecond(),
                  (bounds.low().tokensPerSecond() + bounds.high().tokensPerSecond()) / 2,
                  bounds.high().tokensPerSecond()));
      case SpeedEstimate.Unknown _ -> Optional.empty();
    };
  }
}
