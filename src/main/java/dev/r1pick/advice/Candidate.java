package dev.r1pick.advice;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.units.ContextLength;
import java.util.Optional;
import java.util.OptionalDouble;

/// A tag with what it would be loaded with, and what that gives on the machine asked about.
///
/// @param tag the tag
/// @param fit whether and how it fits
/// @param speed how fast it answers
/// @param answerTime how long an answer takes, thinking included; empty where the speed is not
///   known, or only bounds of it
/// @param quality how good it is for the use
/// @param changes what has to be told to Ollama for that; empty where its defaults do
public record Candidate(
    ModelTag tag,
    Fit fit,
    SpeedEstimate speed,
    Optional<AnswerTime> answerTime,
    Quality quality,
    Changes changes) {

  /// How much of the range below a score counts against it; a judgement.
  private static final double DOUBT = 1.0 / 3;

  /// What it is loaded with.
  public RunSettings settings() {
    return fit.plan().settings();
  }

  public ContextLength contextLength() {
    return settings().contextLength();
  }

  /// What its quality counts for: the score, less a part of what it may be below it. Of two equals
  /// the measured one counts for more than the estimated one.
  public double worth() {
    return quality.score() - DOUBT * (quality.score() - quality.low());
  }

  /// Tokens generated per second that can be counted on: the middle of the range, the low end where
  /// only bounds are known; empty where nothing is.
  public OptionalDouble generationRate() {
    return switch (speed) {
      case SpeedEstimate.Known known ->
          OptionalDouble.of(known.generation().expected().tokensPerSecond());
      case SpeedEstimate.Bounds bounds -> OptionalDouble.of(bounds.low().tokensPerSecond());
      case SpeedEstimate.Unknown _ -> OptionalDouble.empty();
    };
  }

  /// What differs from what Ollama does by itself.
  ///
  /// @param contextLength the context has to be set
  /// @param kvCacheType the KV cache format has to be set
  /// @param parallel how many requests are served at once has to be set
  public record Changes(boolean contextLength, boolean kvCacheType, boolean parallel) {
    /// Nothing has to be set.
    public static final Changes NONE = new Changes(false, false, false);

    public boolean any() {
      return contextLength || isOfServer();
    }

    /// Whether something has to be set that counts for the whole server.
    public boolean isOfServer() {
      return kvCacheType || parallel;
    }
  }
}
