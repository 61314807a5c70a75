package dev.r1pick.advice;

import dev.r1pick.advice.Advice.Confidence;
import dev.r1pick.advice.Advice.Confidence.Level;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.speed.SpeedEstimate.Basis;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How sure a pick is: the weakest of what it stands on.
final class ConfidenceRating {
  /// What moves while a desktop is used.
  private static final Bytes THIN = MemorySensitivity.STEP;

  private static final int FEW_ROWS = 5;

  /// What other programs may hold where nobody could look.
  private static final Bytes ROOM = Bytes.ofGiB(2);

  /// Further behind than this, in points, another one would not be the pick at the end of the
  /// doubt.
  private static final double CONTENDER = 10;

  private ConfidenceRating() {}

  /// Low where another pick is as likely, medium where the doubt reaches another one, high else.
  /// What is not known but could not change the pick is no reason.
  ///
  /// @param otherLanguage whether rows of another language stand in
  /// @param borders what a little less or more free memory would change
  static Confidence of(
      Evaluation best,
      List<Evaluation> pool,
      boolean otherLanguage,
      List<MemorySensitivity> borders,
      Question question) {
    var low = new ArrayList<ConfidenceLimit>();
    var medium = new ArrayList<ConfidenceLimit>();
    Candidate pick = best.candidate();
    speed(pick, question, low, medium);
    if (!borders.isEmpty()) {
      low.add(ConfidenceLimit.NEAR_BORDER);
    }
    boolean contested = pool.stream().anyMatch(other -> isContender(other, best));
    if (Rivals.nearest(best, pool, question)
        .filter(other -> Rivals.isTie(best, other, question))
        .isPresent()) {
      low.add(ConfidenceLimit.CLOSE_RUNNER_UP);
    }
    if (contested) {
      switch (pick.quality().strength()) {
        case LOW -> medium.add(ConfidenceLimit.THIN_EVIDENCE);
        case MEDIUM -> medium.add(ConfidenceLimit.SOME_EVIDENCE);
        case HIGH -> {}
      }
      if (otherLanguage) {
        medium.add(ConfidenceLimit.LANGUAGE_NOT_MEASURED);
      }
    }
    memory(pick.fit().plan(), medium);
    Flip flip = flip(best, pool, borders, question);
    if (!low.isEmpty()) {
      low.addAll(medium);
      return new Confidence(Level.LOW, low, flip);
    }
    return new Confidence(medium.isEmpty() ? Level.HIGH : Level.MEDIUM, medium, flip);
  }

  /// Whether another variant could be better: it is as good within the doubt and no worse placed.
  private static boolean isContender(Evaluation other, Evaluation best) {
    return !Rivals.isSameVariant(other, best)
        && other.candidate().isAsGoodAs(best.candidate())
        && best.points() - other.points() < CONTENDER;
  }

  /// The one assumption that would change the pick: memory where it is at a border or thin, speed
  /// where nothing backs it, else the quality of the runner-up.
  private static Flip flip(
      Evaluation best, List<Evaluation> pool, List<MemorySensitivity> borders, Question question) {
    LoadPlan plan = best.candidate().fit().plan();
    for (MemorySensitivity border : borders) {
      if (border.instead().isPresent()) {
        ModelTag instead = border.instead().get();
        return border.more()
            ? new Flip.MoreMemory(border.by(), instead)
            : new Flip.LessMemory(border.by(), instead);
      }
    }
    if (plan.headroom().atMost(THIN)) {
      return new Flip.NoRoomLeft(plan.headroom());
    }
    Optional<Evaluation> second = Rivals.nearest(best, pool, question);
    if (best.candidate().speed() instanceof SpeedEstimate.Unknown) {
      return new Flip.Slower(question.useCase().leastRate());
    }
    return second
        .<Flip>map(
            other ->
                new Flip.RunnerUp(other.candidate().tag(), Rivals.distance(best, other, question)))
        .orElseGet(() -> new Flip.OnlyOne(plan.headroom()));
  }

  /// Few runs behind a speed are a reason where its range reaches below what the use can bear.
  private static void speed(
      Candidate pick, Question question, List<ConfidenceLimit> low, List<ConfidenceLimit> medium) {
    switch (pick.speed()) {
      case SpeedEstimate.Unknown _ -> low.add(ConfidenceLimit.SPEED_UNKNOWN);
      case SpeedEstimate.Bounds _ -> low.add(ConfidenceLimit.CHIP_UNKNOWN);
      case SpeedEstimate.Known(_, _, _, Basis.MeasuredHere()) -> {}
      case SpeedEstimate.Known(_, _, _, Basis.ByBackend _) -> low.add(ConfidenceLimit.CHIP_UNKNOWN);
      case SpeedEstimate.Known(var rate, _, _, Basis.FromBandwidth(_, int rows)) -> {
        boolean matters = rate.low().compareTo(question.useCase().leastRate()) < 0;
        if (rows < FEW_ROWS && matters) {
          medium.add(ConfidenceLimit.FEW_MEASURED_RUNS);
        }
      }
    }
  }

  private static void memory(LoadPlan plan, List<ConfidenceLimit> medium) {
    if (plan.headroom().atMost(THIN)) {
      medium.add(ConfidenceLimit.THIN_HEADROOM);
    } else if (plan.headroom().atMost(ROOM) && isFreeUnknown(plan)) {
      medium.add(ConfidenceLimit.FREE_MEMORY_UNKNOWN);
    }
  }

  private static boolean isFreeUnknown(LoadPlan plan) {
    for (DeviceLoad device : plan.devices()) {
      if (device.free().isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
