package dev.r1pick.advice;

import dev.r1pick.fit.Placement;
import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Which of the tags that keep the rules is the pick.
///
/// Tags whose ranges of quality overlap are equal in quality. Among equals one that is whole where
/// it runs comes before one that is partly in RAM, and a small download before one over 100 GB; of
/// a near tie the one that is much sooner done; the points decide the rest.
final class Choice {
  /// A download of hours, and a machine's disk full: only a clear win is worth it.
  static final Bytes LARGE_DOWNLOAD = Bytes.of(100_000_000_000L);

  /// Fewer points of quality than these are no clear win.
  private static final double CLEAR_WIN = 5;

  private Choice() {}

  /// The best trade: most points, but for equals that are better placed.
  static Evaluation balanced(List<Evaluation> pool, Question question) {
    return among(pool, Evaluation::points, question);
  }

  /// The best quality. It is never less than that of the best trade.
  ///
  /// @param pool those that keep the rules asked for quality
  /// @param balanced the best trade, judged by the same rules
  static Evaluation forQuality(List<Evaluation> pool, Evaluation balanced, Question question) {
    double least = balanced.candidate().quality().score();
    var better = new ArrayList<Evaluation>();
    for (Evaluation one : pool) {
      if (one.candidate().quality().score() >= least) {
        better.add(one);
      }
    }
    Evaluation best =
        better.isEmpty() ? balanced : among(better, one -> one.candidate().worth(), question);
    return moreBits(best, better, question);
  }

  /// The same variant with more bits where there is room for them and the wait is borne: precision
  /// comes before speed there.
  private static Evaluation moreBits(Evaluation best, List<Evaluation> pool, Question question) {
    Evaluation most = best;
    for (Evaluation other : pool) {
      if (Rivals.isSameVariant(other, best)
          && byBurden(other, best, question) <= 0
          && other.points(Rule.PRECISION) > most.points(Rule.PRECISION)) {
        most = other;
      }
    }
    return most;
  }

  /// The fastest that is still of use. It is never slower than the best trade.
  static Evaluation forSpeed(List<Evaluation> pool, Evaluation balanced) {
    double least = balanced.candidate().generationRate().orElse(0);
    Evaluation best = balanced;
    for (Evaluation one : pool) {
      boolean faster = one.candidate().generationRate().orElse(0) >= least;
      best = faster && one.points() > best.points() ? one : best;
    }
    return best;
  }

  private static Evaluation among(
      List<Evaluation> pool, ToDoubleFunction<Evaluation> measure, Question question) {
    Evaluation first = pool.getFirst();
    for (Evaluation one : pool) {
      first = measure.applyAsDouble(one) > measure.applyAsDouble(first) ? one : first;
    }
    Evaluation best = first;
    for (Evaluation one : pool) {
      if (one.candidate().isAsGoodAs(first.candidate())) {
        int byBurden = byBurden(one, best, question);
        boolean better = byBurden != 0 ? byBurden < 0 : one.points() > best.points();
        best = better ? one : best;
      }
    }
    return best;
  }

  /// What weighs more than a difference inside the doubt: less is better.
  private static int byBurden(Evaluation one, Evaluation other, Question question) {
    int byPlacement = Boolean.compare(isPartly(one), isPartly(other));
    if (byPlacement != 0) {
      return byPlacement;
    }
    int byWait = Boolean.compare(isLate(one, question), isLate(other, question));
    if (byWait != 0) {
      return byWait;
    }
    double gain = Math.abs(one.candidate().worth() - other.candidate().worth());
    int byDownload = gain < CLEAR_WIN ? Boolean.compare(isLarge(one), isLarge(other)) : 0;
    boolean tie = Math.abs(one.points() - other.points()) < Rivals.NEAR;
    return byDownload == 0 && tie ? byDelay(one, other, question) : byDownload;
  }

  /// A matter of taste is not worth one accepted wait more than the other one takes; who asks for
  /// quality waits.
  private static int byDelay(Evaluation one, Evaluation other, Question question) {
    if (question.priority() == Priority.QUALITY) {
      return 0;
    }
    Duration accepted = question.useCase().acceptableWait();
    Duration difference = beyond(one, accepted).minus(beyond(other, accepted));
    return difference.abs().compareTo(accepted) > 0 ? difference.compareTo(Duration.ZERO) : 0;
  }

  /// How much longer than that a typical answer takes.
  private static Duration beyond(Evaluation judged, Duration accepted) {
    Duration beyond = Duration.ZERO;
    if (judged.candidate().answerTime().isPresent()) {
      beyond = judged.candidate().answerTime().get().typical().expected().minus(accepted);
    }
    return beyond.isNegative() ? Duration.ZERO : beyond;
  }

  private static boolean isPartly(Evaluation judged) {
    return switch (judged.candidate().fit().plan().placement()) {
      case Placement.PartlyOffloaded _, Placement.ExpertsInRam _ -> true;
      case Placement.AllOnGpu _, Placement.SplitAcrossGpus _, Placement.CpuOnly _ -> false;
    };
  }

  private static boolean isLate(Evaluation judged, Question question) {
    return judged
        .candidate()
        .answerTime()
        .filter(time -> !WaitRules.isBearable(time, question))
        .isPresent();
  }

  private static boolean isLarge(Evaluation judged) {
    return !judged.candidate().tag().download().atMost(LARGE_DOWNLOAD);
  }
}
