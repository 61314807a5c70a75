package dev.r1pick.advice;

import dev.r1pick.advice.quality.Quality;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.ollama.ServerVariable;
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
/// @param neededContext what the use needs of this variant: some think longer
/// @param twin the tag of a plain instruct model that was measured beside it and does the use at
///   least as well; empty where none was
/// @param changes what has to be told to Ollama for that; empty where its defaults do
public record Candidate(
    ModelTag tag,
    Fit fit,
    SpeedEstimate speed,
    Optional<AnswerTime> answerTime,
    Quality quality,
    ContextLength neededContext,
    Optional<String> twin,
    Changes changes) {

  /// How much of the range below a score counts against it; a judgment.
  private static final double DOUBT = 0.5;

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

  /// Whether the ranges of quality overlap: a difference inside the doubt is none.
  public boolean isAsGoodAs(Candidate other) {
    return quality.low() <= other.quality.high() && other.quality.low() <= quality.high();
  }

  /// Whether it has the context that the use needs of it.
  public boolean hasNeededContext() {
    return contextLength().compareTo(neededContext) >= 0;
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
  /// @param visibleDevices cards that have to be hidden; empty where Ollama may see them all
  public record Changes(
      boolean contextLength,
      boolean kvCacheType,
      boolean parallel,
      Optional<ServerVariable> visibleDevices) {
    /// Nothing has to be set.
    public static final Changes NONE = new Changes(false, false, false, Optional.empty());

    public boolean any() {
      return contextLength || isOfServer();
    }

    /// Whether something has to be set that counts for the whole server.
    public boolean isOfServer() {
      return kvCacheType || parallel || visibleDevices.isPresent();
    }
  }
}
