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

  /// Two tags closer than this are a matter of taste.
  private static final double NEAR = 2;

  private static final int FEW_ROWS = 5;

  private ConfidenceRating() {}

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
    speed(best.candidate().speed(), low, medium);
    memory(best.candidate().fit().plan(), medium);
    switch (best.candidate().quality().strength()) {
      case LOW -> low.add(ConfidenceLimit.THIN_EVIDENCE);
      case MEDIUM -> medium.add(ConfidenceLimit.SOME_EVIDENCE);
      case HIGH -> {}
    }
    if (otherLanguage) {
      medium.add(ConfidenceLimit.LANGUAGE_NOT_MEASURED);
    }
    boolean near =
        pool.stream()
            .anyMatch(
                other ->
                    !variant(other).equals(variant(best))
                        && Math.abs(other.points() - best.points()) < NEAR);
    if (near) {
      medium.add(ConfidenceLimit.CLOSE_RUNNER_UP);
    }
    if (!borders.isEmpty()) {
      medium.add(ConfidenceLimit.NEAR_BORDER);
    }
    Flip flip = flip(best, pool, borders, question);
    if (!low.isEmpty()) {
      low.addAll(medium);
      return new Confidence(Level.LOW, low, flip);
    }
    return new Confidence(medium.isEmpty() ? Level.HIGH : Level.MEDIUM, medium, flip);
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
    Optional<Evaluation> second = runnerUp(best, pool, question.priority());
    if (best.candidate().speed() instanceof SpeedEstimate.Unknown) {
      return new Flip.Slower(question.useCase().leastRate());
    }
    return second
        .<Flip>map(
            other ->
                new Flip.RunnerUp(
                    other.candidate().tag(), distance(best, other, question.priority())))
        .orElseGet(() -> new Flip.OnlyOne(plan.headroom()));
  }

  private static Optional<Evaluation> runnerUp(
      Evaluation best, List<Evaluation> pool, Priority priority) {
    Evaluation second = best;
    for (Evaluation other : pool) {
      boolean another = !variant(other).equals(variant(best));
      if (another
          && (variant(second).equals(variant(best))
              || distance(best, other, priority) < distance(best, second, priority))) {
        second = other;
      }
    }
    return variant(second).equals(variant(best)) ? Optional.empty() : Optional.of(second);
  }

  /// How far behind another one is in what decides: quality where that was asked for, else points.
  private static double distance(Evaluation best, Evaluation other, Priority priority) {
    return priority == Priority.QUALITY
        ? best.candidate().quality().beforeLoss() - other.candidate().quality().beforeLoss()
        : best.points() - other.points();
  }

  private static String variant(Evaluation judged) {
    return judged.candidate().tag().variant().id();
  }

  private static void speed(
      SpeedEstimate speed, List<ConfidenceLimit> low, List<ConfidenceLimit> medium) {
    switch (speed) {
      case SpeedEstimate.Unknown _ -> low.add(ConfidenceLimit.SPEED_UNKNOWN);
      case SpeedEstimate.Bounds _ -> low.add(ConfidenceLimit.CHIP_UNKNOWN);
      case SpeedEstimate.Known(_, _, _, Basis.MeasuredHere()) -> {}
      case SpeedEstimate.Known(_, _, _, Basis.ByBackend _) -> low.add(ConfidenceLimit.CHIP_UNKNOWN);
      case SpeedEstimate.Known(_, _, _, Basis.FromBandwidth(_, int rows)) -> {
        if (rows < FEW_ROWS) {
          medium.add(ConfidenceLimit.FEW_MEASURED_RUNS);
        }
      }
    }
  }

  private static void memory(LoadPlan plan, List<ConfidenceLimit> medium) {
    for (DeviceLoad device : plan.devices()) {
      if (device.free().isEmpty()) {
        medium.add(ConfidenceLimit.FREE_MEMORY_UNKNOWN);
        return;
      }
    }
    if (plan.headroom().atMost(THIN)) {
      medium.add(ConfidenceLimit.THIN_HEADROOM);
    }
  }
}
