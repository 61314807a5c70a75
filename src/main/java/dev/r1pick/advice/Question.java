package dev.r1pick.advice;

import dev.r1pick.catalog.License;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What is asked: for which use, on which machine, within which limits.
///
/// @param useCase what the answers are for
/// @param language of the prompts, `en` or `zh`: the evidence differs
/// @param priority what matters most
/// @param machine where it shall run
/// @param wishes limits set by the user
public record Question(
    UseCaseProfile useCase,
    String language,
    Priority priority,
    Machine machine,
    Constraints wishes) {

  /// The same asked of another machine.
  Question on(Machine other) {
    return new Question(useCase, language, priority, other, wishes);
  }

  /// Limits set by the user; what is left open is decided by the use case and by Ollama.
  ///
  /// @param contextLength exactly this context; empty: what the use case needs
  /// @param kvCacheType exactly this format; empty: what serves best
  /// @param parallel sequences at once; empty: what the environment says
  /// @param minSpeed tokens per second below which a tag is no answer; empty: a soft limit by use
  ///   case
  /// @param maxDownload the largest download
  /// @param licenses those that may bind a tag; none: any
  /// @param maxWait the longest wait for a typical answer; empty: a soft limit by use case
  /// @param atTokens how full the context is for the rate that is told; empty: as it is in the
  ///   middle of a typical answer
  public record Constraints(
      Optional<ContextLength> contextLength,
      Optional<KvCacheType> kvCacheType,
      Optional<Integer> parallel,
      OptionalDouble minSpeed,
      Optional<Bytes> maxDownload,
      List<License> licenses,
      Optional<Duration> maxWait,
      OptionalInt atTokens) {
    /// Nothing is set: use case and Ollama decide.
    public static final Constraints NONE =
        new Constraints(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            OptionalInt.empty());

    public Constraints {
      licenses = List.copyOf(licenses);
    }
  }
}
