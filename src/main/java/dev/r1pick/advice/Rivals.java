package dev.r1pick.advice;

import dev.r1pick.advice.quality.Quality;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The tags of other variants that could have been the pick.
final class Rivals {
  /// Closer than this, in points, is a matter of taste.
  private static final double NEAR = 2;

  private Rivals() {}

  /// The one that is nearest to the pick in what decides; empty where no other variant is left.
  static Optional<Evaluation> nearest(Evaluation best, List<Evaluation> pool, Question question) {
    Optional<Evaluation> nearest = Optional.empty();
    for (Evaluation other : pool) {
      if (!isSameVariant(other, best)
          && (nearest.isEmpty()
              || distance(best, other, question) < distance(best, nearest.get(), question))) {
        nearest = Optional.of(other);
      }
    }
    return nearest;
  }

  /// How far behind another one is: in quality where that was asked for, else in points.
  static double distance(Evaluation best, Evaluation other, Question question) {
    return question.priority() == Priority.QUALITY
        ? best.candidate().worth() - other.candidate().worth()
        : best.points() - other.points();
  }

  /// Whether another variant is as good within the doubt and as near as taste.
  static boolean isTie(Evaluation best, Evaluation other, Question question) {
    return !isSameVariant(best, other)
        && best.candidate().isAsGoodAs(other.candidate())
        && Math.abs(distance(best, other, question)) < NEAR;
  }

  static Optional<Caveat> nearTie(Evaluation best, List<Evaluation> pool, Question question) {
    return nearest(best, pool, question)
        .filter(other -> isTie(best, other, question))
        .map(other -> new Caveat.NearTie(other.candidate().tag()));
  }

  /// Why an asker of another language than English gets this pick: the weightiest benchmark that
  /// was run on it and on the best of the others.
  static Optional<Caveat> evidenceInLanguage(
      Evaluation best, List<Evaluation> pool, Question question) {
    boolean own = question.useCase().signalsByLanguage().containsKey(question.language());
    if (question.language().equals("en") || !own) {
      return Optional.empty();
    }
    Optional<Caveat> found = Optional.empty();
    double most = 0;
    for (Evaluation other : pool) {
      double worth = other.candidate().worth();
      Optional<Quality.Term> shared = shared(best, other);
      if (!isSameVariant(best, other) && shared.isPresent() && worth > most) {
        most = worth;
        found = Optional.of(evidence(best, other, shared.get(), question));
      }
    }
    return found;
  }

  private static Caveat evidence(
      Evaluation best, Evaluation other, Quality.Term term, Question question) {
    return new Caveat.EvidenceInLanguage(
        Locale.of(question.language()),
        term.benchmark(),
        term.title(),
        best.candidate().tag(),
        term.raw().orElseThrow(),
        other.candidate().tag(),
        measured(other, term.benchmark()).orElseThrow().raw().orElseThrow());
  }

  private static Optional<Quality.Term> shared(Evaluation best, Evaluation other) {
    Optional<Quality.Term> heaviest = Optional.empty();
    for (Quality.Term term : best.candidate().quality().terms()) {
      boolean both =
          term.basis() == Quality.Basis.MEASURED && measured(other, term.benchmark()).isPresent();
      if (both && (heaviest.isEmpty() || term.weight() > heaviest.get().weight())) {
        heaviest = Optional.of(term);
      }
    }
    return heaviest;
  }

  private static Optional<Quality.Term> measured(Evaluation judged, String benchmark) {
    for (Quality.Term term : judged.candidate().quality().terms()) {
      if (term.benchmark().equals(benchmark) && term.basis() == Quality.Basis.MEASURED) {
        return Optional.of(term);
      }
    }
    return Optional.empty();
  }

  static boolean isSameVariant(Evaluation one, Evaluation other) {
    return one.candidate().tag().variant().id().equals(other.candidate().tag().variant().id());
  }
}
