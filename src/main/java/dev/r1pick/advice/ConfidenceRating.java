package dev.r1pick.advice;

import dev.r1pick.advice.Advice.Confidence;
import dev.r1pick.advice.Advice.Confidence.Level;
import dev.r1pick.advice.Verdict.Reason;
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
    var low = new ArrayList<String>();
    var medium = new ArrayList<String>();
    speed(best.candidate().speed(), low, medium);
    memory(best.candidate().fit().plan(), medium);
    switch (best.candidate().quality().strength()) {
      case LOW -> low.add("thin-evidence");
      case MEDIUM -> medium.add("some-evidence");
      case HIGH -> {}
    }
    if (otherLanguage) {
      medium.add("language-not-measured");
    }
    boolean near =
        pool.stream()
            .anyMatch(
                other ->
                    !variant(other).equals(variant(best))
                        && Math.abs(other.points() - best.points()) < NEAR);
    if (near) {
      medium.add("close-runner-up");
    }
    if (!borders.isEmpty()) {
      medium.add("near-border");
    }
    Reason flip = flip(best, pool, borders, question);
    if (!low.isEmpty()) {
      low.addAll(medium);
      return new Confidence(Level.LOW, low, flip);
    }
    return new Confidence(medium.isEmpty() ? Level.HIGH : Level.MEDIUM, medium, flip);
  }

  /// The one assumption that would change the pick: memory where it is at a border or thin, speed
  /// where nothing backs it, else the quality of the runner-up.
  private static Reason flip(
      Evaluation best, List<Evaluation> pool, List<MemorySensitivity> borders, Question question) {
    LoadPlan plan = best.candidate().fit().plan();
    for (MemorySensitivity border : borders) {
      if (border.instead().isPresent()) {
        String id = border.more() ? "more-memory" : "less-memory";
        return Reason.of(id, border.by(), border.instead().get().name());
      }
    }
    if (plan.headroom().atMost(THIN)) {
      return Reason.of("no-room-left", plan.headroom());
    }
    Optional<Evaluation> second = runnerUp(best, pool, question.priority());
    if (best.candidate().speed() instanceof SpeedEstimate.Unknown) {
      return Reason.of("slower", question.useCase().leastRate().tokensPerSecond());
    }
    return second
        .map(
            other ->
                Reason.of(
                    "runner-up",
                    other.candidate().tag().name(),
                    distance(best, other, question.priority())))
        .orElseGet(() -> Reason.of("only-one", plan.headroom()));
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

  private static void speed(SpeedEstimate speed, List<String> low, List<String> medium) {
    switch (speed) {
      case SpeedEstimate.Unknown _ -> low.add("speed-unknown");
      case SpeedEstimate.Bounds _ -> low.add("chip-unknown");
      case SpeedEstimate.Known(_, _, _, Basis.MeasuredHere()) -> {}
      case SpeedEstimate.Known(_, _, _, Basis.ByBackend _) -> low.add("chip-unknown");
      case SpeedEstimate.Known(_, _, _, Basis.FromBandwidth(_, int rows)) -> {
        if (rows < FEW_ROWS) {
          medium.add("few-measured-runs");
        }
      }
    }
  }

  private static void memory(LoadPlan plan, List<String> medium) {
    for (DeviceLoad device : plan.devices()) {
      if (device.free().isEmpty()) {
        medium.add("free-memory-unknown");
        return;
      }
    }
    if (plan.headroom().atMost(THIN)) {
      medium.add("thin-headroom");
    }
  }
}
