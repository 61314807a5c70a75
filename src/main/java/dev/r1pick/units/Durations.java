package dev.r1pick.units;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Times as people write them, in options and in policies alike.
public final class Durations {
  /// Longer than a year is a slip of typing.
  private static final double LONGEST_SECONDS = 366 * 24 * 3600.0;

  private Durations() {}

  /// Reads `90s`, `90 sec`, `3min`, `3m`, `1.5h`, of either case, and `90秒`, `3分钟`, `1.5小时`; a bare
  /// number is seconds.
  ///
  /// @return to the millisecond; empty if it is no time above zero and below 366 days
  public static Optional<Duration> parse(String text) {
    String trimmed = text.strip().toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < trimmed.length() && isOfNumber(trimmed.charAt(end))) {
      end++;
    }
    double scale =
        switch (trimmed.substring(end).strip()) {
          case "", "s", "sec", "second", "seconds", "秒", "秒钟" -> 1;
          case "m", "min", "minute", "minutes", "分", "分钟" -> 60;
          case "h", "hour", "hours", "小时", "个小时", "钟头" -> 3600;
          default -> 0;
        };
    try {
      double seconds = Double.parseDouble(trimmed.substring(0, end)) * scale;
      long millis = Math.round(seconds * 1000);
      return millis > 0 && seconds < LONGEST_SECONDS
          ? Optional.of(Duration.ofMillis(millis))
          : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static boolean isOfNumber(char c) {
    return c == '.' || (c >= '0' && c <= '9');
  }
}
