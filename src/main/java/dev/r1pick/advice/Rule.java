package dev.r1pick.advice;

import java.util.function.BiFunction;

/// One rule of the book.
///
/// @param id kebab-case, the same in `--explain`, JSON and docs/rules.md
/// @param kind whether it can put a candidate out
/// @param judge reads only the candidate and the question
public record Rule(String id, Kind kind, BiFunction<Candidate, Question, Verdict> judge) {

  /// Whether a rule can put a candidate out.
  public enum Kind {
    /// A candidate that breaks it is out.
    HARD,
    /// A candidate that breaks it is out as long as another one keeps it (see [Rules]).
    SOFT,
    /// It only adds or takes points.
    PREFERENCE
  }
}
