package dev.r1pick.speed;

import dev.r1pick.units.TokenRate;
import java.time.Duration;
import java.util.Optional;

/// How long a person waits for a finished answer: the prompt is read, then thinking and answer are
/// generated.
///
/// @param typical for an answer of usual length
/// @param heavy for an answer of which nine in ten are shorter
/// @param length the tokens behind it
/// @param promptCounted whether the time of reading the prompt is known and in it
public record AnswerTime(Span typical, Span heavy, Length length, boolean promptCounted) {

  /// With rates that are those in the middle of the answer, as the default context of a use case
  /// is.
  ///
  /// @param promptTokens tokens of the prompt
  /// @param typicalTokens tokens of thinking and answer, median
  /// @param heavyTokens the same, 90th percentile
  public static AnswerTime of(
      SpeedEstimate.Known speed, int promptTokens, int typicalTokens, int heavyTokens) {
    return of(
        speed.prompt(),
        speed.generation(),
        speed.generation(),
        new Length(promptTokens, typicalTokens, heavyTokens));
  }

  /// With the rate in the middle of each answer.
  static AnswerTime of(
      Optional<SpeedEstimate.Range> prompt,
      SpeedEstimate.Range typical,
      SpeedEstimate.Range heavy,
      Length length) {
    return new AnswerTime(
        Span.of(prompt, length.promptTokens(), typical, length.typicalTokens()),
        Span.of(prompt, length.promptTokens(), heavy, length.heavyTokens()),
        length,
        prompt.isPresent());
  }

  /// How much is read and generated.
  ///
  /// @param promptTokens tokens of the prompt, 0 or more
  /// @param typicalTokens tokens of thinking and answer, median
  /// @param heavyTokens the same, 90th percentile
  /// @param measured whether the usual length was measured with that model; else it is assumed
  public record Length(int promptTokens, int typicalTokens, int heavyTokens, boolean measured) {
    /// Lengths that are assumed.
    public Length(int promptTokens, int typicalTokens, int heavyTokens) {
      this(promptTokens, typicalTokens, heavyTokens, false);
    }

    /// Checks the order.
    ///
    /// @throws IllegalArgumentException if not in order
    public Length {
      if (promptTokens < 0 || typicalTokens < 0 || heavyTokens < typicalTokens) {
        throw new IllegalArgumentException(
            "not in order: " + promptTokens + " " + typicalTokens + " " + heavyTokens);
      }
    }
  }

  /// A time with its range.
  ///
  /// @param low if everything is as fast as the range says
  /// @param expected as expected
  /// @param high if everything is as slow as the range says
  public record Span(Duration low, Duration expected, Duration high) {
    private static final double NANOS = 1e9;

    private static Span of(
        Optional<SpeedEstimate.Range> prompt,
        int promptTokens,
        SpeedEstimate.Range generation,
        int tokens) {
      return new Span(
          time(prompt.map(SpeedEstimate.Range::high), promptTokens, generation.high(), tokens),
          time(
              prompt.map(SpeedEstimate.Range::expected),
              promptTokens,
              generation.expected(),
              tokens),
          time(prompt.map(SpeedEstimate.Range::low), promptTokens, generation.low(), tokens));
    }

    private static Duration time(
        Optional<TokenRate> prompt, int promptTokens, TokenRate generation, int tokens) {
      double reading = prompt.isPresent() ? prompt.get().secondsFor(promptTokens) : 0;
      return Duration.ofNanos(Math.round((reading + generation.secondsFor(tokens)) * NANOS));
    }
  }
}
