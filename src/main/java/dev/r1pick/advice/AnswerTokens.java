package dev.r1pick.advice;

import dev.r1pick.catalog.AnswerLength;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.Variant;
import dev.r1pick.speed.AnswerTime;
import java.util.Optional;
import java.util.OptionalInt;

/// How much a variant reads and writes for a use, thinking included.
public final class AnswerTokens {
  private AnswerTokens() {}

  /// How full the context is in the middle of a typical answer.
  public static int typicalFill(AnswerTime.Length length) {
    return length.promptTokens() + length.typicalTokens() / 2;
  }

  /// Measured lengths of that variant where there are median or 90th percentile of a task like it,
  /// else those of the use case, longer for a variant that thinks longer. A mean alone is not
  /// taken: it is neither of the two.
  public static AnswerTime.Length of(UseCases useCases, UseCaseProfile useCase, Variant variant) {
    Optional<AnswerLength> measured = useCases.answerLength(useCase, variant.id());
    OptionalInt median = measured.map(AnswerLength::medianTokens).orElse(OptionalInt.empty());
    OptionalInt p90 = measured.map(AnswerLength::p90Tokens).orElse(OptionalInt.empty());
    double factor = useCases.lengthFactor(useCase, variant.id());
    int typical = median.orElse((int) Math.round(useCase.typicalAnswerTokens() * factor));
    int heavy = p90.orElse((int) Math.round(useCase.heavyAnswerTokens() * factor));
    return new AnswerTime.Length(
        useCase.promptTokens(), typical, Math.max(typical, heavy), median.isPresent());
  }
}
