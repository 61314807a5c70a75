package dev.r1pick.policy;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Times as people write them.
final class Durations {
  private static final double LONGEST_SECONDS = 7.0 * 24 * 3600;

  private Durations() {}

  /// Reads `90s`, `3min`, `1.5h`. A number without a unit is refused.
  ///
  /// @return empty if it is no time above zero and up to a week
  static Optional<Duration> parse(String text) {
    String trimmed = text.strip().toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < trimmed.length()
        && (trimmed.charAt(end) == '.'
            || (trimmed.charAt(end) >= '0' && trimmed.charAt(end) <= '9'))) {
      end++;
    }
    double scale =
        switch (trimmed.substring(end).strip()) {
          case "s" -> 1;
          case "min", "m" -> 60;
          case "h" -> 3600;
          default -> 0;
        };
    try {
      double seconds = Double.parseDouble(trimmed.substring(0, end)) * scale;
      return seconds > 0 && seconds <= LONGEST_SECONDS
          ? Optional.of(Duration.ofMillis(Math.round(seconds * 1000)))
          : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
