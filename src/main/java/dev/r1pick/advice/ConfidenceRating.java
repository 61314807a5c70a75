package dev.r1pick.advice;

import dev.r1pick.advice.Advice.Confidence;
import dev.r1pick.advice.Advice.Confidence.Level;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.speed.SpeedEstimate.Basis;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;

/// How sure a pick is: the weakest of what it stands on.
final class ConfidenceRating {
  /// Free memory moves by about this much while a desktop is used.
  private static final Bytes THIN = Bytes.ofMiB(200);

  /// Two tags closer than this are a matter of taste.
  private static final double NEAR = 2;

  private static final int FEW_ROWS = 5;

  private ConfidenceRating() {}

  /// @param otherLanguage whether rows of another language stand in
  static Confidence of(Judged best, List<Judged> pool, boolean otherLanguage) {
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
    if (!low.isEmpty()) {
      low.addAll(medium);
      return new Confidence(Level.LOW, low);
    }
    return medium.isEmpty()
        ? new Confidence(Level.HIGH, medium)
        : new Confidence(Level.MEDIUM, medium);
  }

  private static String variant(Judged judged) {
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
