package dev.r1pick.advice;

import dev.r1pick.advice.Advice.Alternative;
import dev.r1pick.advice.Advice.Trade;
import dev.r1pick.fit.Fit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/// What somebody could rather want than the pick: only tags that no other one beats in both quality
/// and speed.
final class Alternatives {
  /// Less than this is no gain that a reader would notice; the ranges of the estimates are wider.
  private static final double FASTER = 1.25;

  private static final double LONGER = 2;
  private static final double SLOWEST = 4;

  private Alternatives() {}

  /// At most that many, one of each trade first, in the order of [Trade].
  ///
  /// @param fill whether there shall be that many, as far as there are: then those with most points
  ///   follow, another variant before another quantization
  static List<Alternative> of(Evaluation best, List<Evaluation> pool, int most, boolean fill) {
    List<Evaluation> ofVariants = bestOfEachVariant(pool);
    List<Evaluation> others =
        ofVariants.stream()
            .filter(other -> !isSameVariant(other, best))
            .filter(other -> ofVariants.stream().noneMatch(third -> dominates(third, other)))
            .filter(other -> !dominates(best, other))
            .sorted((a, b) -> Double.compare(b.points(), a.points()))
            .toList();
    var found = new ArrayList<Alternative>();
    add(found, others, Trade.BETTER_BUT_SLOWER, other -> isBetterAndBearable(other, best));
    add(found, others, Trade.FASTER_BUT_WEAKER, other -> isFaster(other, best));
    if (found.stream().noneMatch(other -> isLonger(other.judged(), best))) {
      add(found, others, Trade.LONGER_CONTEXT, other -> isLonger(other, best));
    }
    if (fill) {
      addNextBest(found, ofVariants, best, most);
      addNextBest(found, pool, best, most);
    }
    return found.size() > most ? found.subList(0, most) : found;
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

  private static boolean isBetterAndBearable(Evaluation other, Evaluation best) {
    return best.dropsNeeded() == 0
        && quality(other) > quality(best)
        && isSlower(other, best)
        && !isCrawling(other, best);
  }

  private static void add(
      List<Alternative> found, List<Evaluation> others, Trade trade, Predicate<Evaluation> offers) {
    Optional<Evaluation> first =
        others.stream()
            .filter(offers)
            .filter(other -> found.stream().noneMatch(f -> isSameVariant(f.judged(), other)))
            .findFirst();
    first.ifPresent(judged -> found.add(new Alternative(judged, trade)));
  }

  private static boolean dominates(Evaluation a, Evaluation b) {
    OptionalDouble rateOfA = a.candidate().generationRate();
    OptionalDouble rateOfB = b.candidate().generationRate();
    if (isSameTag(a, b) || rateOfA.isEmpty() || rateOfB.isEmpty()) {
      return false;
    }
    boolean atLeast =
        quality(a) >= quality(b)
            && rateOfA.getAsDouble() >= rateOfB.getAsDouble()
            && context(a) >= context(b);
    boolean better = quality(a) > quality(b) || rateOfA.getAsDouble() > rateOfB.getAsDouble();
    return atLeast && better;
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

  private static boolean isSameTag(Evaluation a, Evaluation b) {
    return a.candidate().tag().name().equals(b.candidate().tag().name());
  }

  private static boolean isFaster(Evaluation other, Evaluation best) {
    OptionalDouble rate = other.candidate().generationRate();
    OptionalDouble bestRate = best.candidate().generationRate();
    return rate.isPresent()
        && bestRate.isPresent()
        && rate.getAsDouble() >= FASTER * bestRate.getAsDouble();
  }

  /// So much slower that nobody would trade.
  private static boolean isCrawling(Evaluation other, Evaluation best) {
    OptionalDouble rate = other.candidate().generationRate();
    OptionalDouble bestRate = best.candidate().generationRate();
    return rate.isPresent()
        && bestRate.isPresent()
        && rate.getAsDouble() * SLOWEST < bestRate.getAsDouble();
  }

  private static double quality(Evaluation judged) {
    return judged.candidate().worth();
  }

  private static int context(Evaluation judged) {
    return judged.candidate().contextLength().tokens();
  }
}
