package dev.r1pick.advice;

import dev.r1pick.advice.Advice.Alternative;
import dev.r1pick.advice.Advice.Trade;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.units.ContextLength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// What somebody could rather want than the pick.
final class Alternatives {
  /// Less than this is no gain that a reader would notice; the ranges of the estimates are wider.
  private static final double FASTER = 1.5;

  private static final double LONGER = 2;

  /// Better answers are offered up to this many times the acceptable wait.
  private static final int LONGEST_WAIT = 6;

  private Alternatives() {}

  /// At most that many, one of each trade first, in the order of [Trade].
  ///
  /// @param fill whether there shall be that many, as far as there are: then those with most points
  ///   follow, another variant before another quantization
  static List<Alternative> of(Evaluation best, Judged judged, int most, boolean fill) {
    Question question = judged.question();
    List<Evaluation> pool = bestOfEachVariant(judged.pool());
    List<Evaluation> slower = bestOfEachVariant(judged.all());
    var found = new ArrayList<Alternative>();
    add(
        found,
        slower.stream().filter(other -> isBetterAndBearable(other, best, question)),
        Trade.BETTER_BUT_SLOWER,
        Alternatives::score);
    add(
        found,
        pool.stream().filter(other -> isFaster(other, best, question)),
        Trade.FASTER_BUT_WEAKER,
        Alternatives::quality);
    if (found.stream().noneMatch(other -> isLonger(other.judged(), best))) {
      add(
          found,
          pool.stream().filter(other -> isLonger(other, best) && !isSameVariant(other, best)),
          Trade.LONGER_CONTEXT,
          Evaluation::points);
    }
    if (fill) {
      addNextBest(found, pool, best, most);
      addNextBest(found, judged.pool(), best, most);
    }
    return found.size() > most ? found.subList(0, most) : found;
  }

  /// Without one for a longer context that the pick can have as well.
  static List<Alternative> beyond(
      Evaluation best, List<Alternative> found, FitEstimator fits, Question question) {
    var beyond = new ArrayList<Alternative>();
    for (Alternative other : found) {
      if (other.trade() != Trade.LONGER_CONTEXT
          || context(other.judged()) >= LONGER * longest(best.candidate(), fits, question)) {
        beyond.add(other);
      }
    }
    return List.copyOf(beyond);
  }

  private static int longest(Candidate pick, FitEstimator fits, Question question) {
    return fits.largestWholeContext(pick.tag(), Adviser.request(pick), question.machine())
        .map(ContextLength::tokens)
        .orElse(pick.contextLength().tokens());
  }

  private static void addNextBest(
      List<Alternative> found, List<Evaluation> pool, Evaluation best, int most) {
    var byPoints = new ArrayList<>(pool);
    byPoints.sort((a, b) -> Double.compare(b.points(), a.points()));
    for (Evaluation other : byPoints) {
      boolean named =
          isSameTag(other, best) || found.stream().anyMatch(f -> isSameTag(f.judged(), other));
      if (!named && found.size() < most) {
        found.add(new Alternative(other, Trade.NEXT_BEST));
      }
    }
  }

  /// Quantizations of one variant are no choice to offer: the one with the most points stands for
  /// it.
  private static List<Evaluation> bestOfEachVariant(List<Evaluation> pool) {
    var byVariant = new LinkedHashMap<String, Evaluation>();
    for (Evaluation judged : pool) {
      byVariant.merge(
          judged.candidate().tag().variant().id(),
          judged,
          (a, b) -> a.points() >= b.points() ? a : b);
    }
    return List.copyOf(byVariant.values());
  }

  /// The largest gain that is worth waiting for: what only time puts out is offered too, and says
  /// how long it takes.
  private static boolean isBetterAndBearable(Evaluation other, Evaluation best, Question question) {
    return score(other) > score(best)
        && !isSameVariant(other, best)
        && isSlower(other, best)
        && breaksOnlyTime(other, best)
        && isBearable(other, question);
  }

  private static boolean breaksOnlyTime(Evaluation other, Evaluation best) {
    for (var entry : other.verdicts()) {
      Rule rule = entry.getKey();
      boolean time =
          switch (rule) {
            case WHOLE_OR_SOON, BEARABLE_WAIT, ENDURABLE_WAIT, READABLE_SPEED -> true;
            default -> false;
          };
      if (entry.getValue() instanceof Verdict.Reject && !time && !best.breaks(rule)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBearable(Evaluation other, Question question) {
    Duration longest = question.useCase().acceptableWait().multipliedBy(LONGEST_WAIT);
    return other
        .candidate()
        .answerTime()
        .map(time -> time.typical().expected().compareTo(longest) <= 0)
        .orElse(other.candidate().fit() instanceof Fit.Whole);
  }

  private static void add(
      List<Alternative> found,
      Stream<Evaluation> offered,
      Trade trade,
      ToDoubleFunction<Evaluation> gain) {
    Optional<Evaluation> first =
        offered
            .filter(other -> found.stream().noneMatch(f -> isSameVariant(f.judged(), other)))
            .max(Comparator.comparingDouble(gain));
    first.ifPresent(judged -> found.add(new Alternative(judged, trade)));
  }

  private static boolean isLonger(Evaluation other, Evaluation best) {
    return context(other) >= LONGER * context(best);
  }

  private static boolean isSameVariant(Evaluation a, Evaluation b) {
    return a.candidate().tag().variant().id().equals(b.candidate().tag().variant().id());
  }

  /// Where a speed is not known, nothing in RAM is offered as merely slower.
  private static boolean isSlower(Evaluation other, Evaluation best) {
    OptionalDouble rate = other.candidate().generationRate();
    OptionalDouble bestRate = best.candidate().generationRate();
    if (rate.isEmpty() || bestRate.isEmpty()) {
      return other.candidate().fit() instanceof Fit.Whole;
    }
    return rate.getAsDouble() < bestRate.getAsDouble();
  }

  /// Nothing is offered as faster than a reader reads.
  private static boolean isFaster(Evaluation other, Evaluation best, Question question) {
    OptionalDouble rate = other.candidate().generationRate();
    OptionalDouble bestRate = best.candidate().generationRate();
    double reader = question.useCase().readerRate().tokensPerSecond();
    return rate.isPresent()
        && bestRate.isPresent()
        && !isSameVariant(other, best)
        && bestRate.getAsDouble() < reader
        && rate.getAsDouble() >= FASTER * bestRate.getAsDouble();
  }

  private static boolean isSameTag(Evaluation a, Evaluation b) {
    return a.candidate().tag().name().equals(b.candidate().tag().name());
  }

  private static double score(Evaluation judged) {
    return judged.candidate().quality().score();
  }

  private static double quality(Evaluation judged) {
    return judged.candidate().worth();
  }

  private static int context(Evaluation judged) {
    return judged.candidate().contextLength().tokens();
  }
}
