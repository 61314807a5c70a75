package dev.r1pick.advice;

import dev.r1pick.catalog.AnswerLength;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.Variant;
import dev.r1pick.speed.AnswerTime;
import java.util.Optional;

/// How much a variant reads and writes for a use, thinking included.
public final class AnswerTokens {
  private AnswerTokens() {}

  /// How full the context is in the middle of a typical answer.
  public static int typicalFill(AnswerTime.Length length) {
    return length.promptTokens() + length.typicalTokens() / 2;
  }

  /// Measured lengths of that variant where there are median and 90th percentile of a task like it,
  /// else those of the use case. A mean alone is not taken: it is neither of the two.
  public static AnswerTime.Length of(UseCases useCases, UseCaseProfile useCase, Variant variant) {
    Optional<AnswerLength> measured =
        useCases
            .answerLength(useCase, variant.id())
            .filter(l -> l.medianTokens().isPresent() && l.p90Tokens().isPresent());
    return new AnswerTime.Length(
        useCase.promptTokens(),
        measured.map(l -> l.medianTokens().getAsInt()).orElse(useCase.typicalAnswerTokens()),
        measured.map(l -> l.p90Tokens().getAsInt()).orElse(useCase.heavyAnswerTokens()));
  }
}
