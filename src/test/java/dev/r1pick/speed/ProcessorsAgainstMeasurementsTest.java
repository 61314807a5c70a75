package dev.r1pick.speed;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.speed.ErrorTable.Line;
import dev.r1pick.speed.SpeedConstants.ErrorRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The formulas of processors and of the 671B against published measurements, each processor and
/// machine unseen; the tables it prints stand in `docs/speed.md`.
class ProcessorsAgainstMeasurementsTest {
  private static final double TOKEN = SpeedConstantsReader.shipped().secondsPerToken();
  private static List<CpuFit.Unseen> unseen = List.of();
  private static final Map<Integer, CpuSpeed> WITHOUT_FOLD = new HashMap<>();

  /// For each fold, constants and ranges from which its processors were kept away.
  @BeforeAll
  static void fitWithoutEachFold() {
    unseen = CpuFit.unseen(MeasuredRun.cpuRows(MeasuredRun.all()), TOKEN);
    for (int fold = 0; fold < FitSpeedConstants.FOLDS; fold++) {
      List<CpuFit.Unseen> others = new ArrayList<>();
      for (CpuFit.Unseen one : unseen) {
        if (one.fold() == fold) {
          WITHOUT_FOLD.put(fold, one.speed());
        } else {
          others.add(one);
        }
      }
      ErrorRange error = CpuFit.errors(others, TOKEN);
      ErrorRange prompt = CpuFit.promptErrors(others);
      WITHOUT_FOLD.computeIfPresent(fold, (_, speed) -> CpuFit.with(speed, error, prompt));
    }
  }

  private static CpuSpeed without(int fold) {
    return WITHOUT_FOLD.getOrDefault(fold, SpeedConstantsReader.shipped().cpu());
  }

  @Test
  void processorsOfKnownMemoryAreWithinAQuarter() {
    var table = new ErrorTable();
    for (CpuFit.Unseen one : unseen) {
      MeasuredRun run = one.run();
      String group = run.text("processor") + (run.sockets() > 1 ? ", two sockets" : "");
      table.add(line(run, run.memory(), without(one.fold()), group));
    }
    System.out.println(
        table.text("processors (unseen), bandwidth of the platform as the row tells it"));
    assertTrue(table.median() <= 0.25, "median " + table.median());
    assertTrue(table.inside() >= 0.78, "inside " + table.inside());
  }

  @Test
  void processorsKnownByTheirNameAloneAreInsideTheirRange() {
    CpuBandwidthEstimator estimator = CpuBandwidthEstimator.shipped();
    var table = new ErrorTable();
    for (CpuFit.Unseen one : unseen) {
      CpuBandwidth guessed = estimator.estimate(Plans.machine(CpuRuns.cpu(one.run()), Plans.LINUX));
      String group = guessed.origin().toString().toLowerCase(Locale.ROOT);
      table.add(line(one.run(), guessed, without(one.fold()), group));
    }
    System.out.println(table.text("processors (unseen), bandwidth from the name alone"));
    assertTrue(table.inside() >= 0.80, "inside " + table.inside());
  }

  /// Before, a bandwidth measured on a machine with two cores made 16 of 17 rates fall below the
  /// range.
  @Test
  void measuringTheBandwidthMakesTheRangeNarrowerAndNotFalse() {
    var table = new ErrorTable();
    for (CpuFit.Unseen one : unseen) {
      MeasuredRun run = one.run();
      if (run.text("id").startsWith("o")) {
        table.add(
            line(
                run,
                run.memory(),
                SpeedConstantsReader.shipped().cpu(),
                run.text("model") + " " + run.quantization()));
      }
    }
    System.out.println(table.text("two cores of a server, bandwidth measured there"));
    assertTrue(table.inside() >= 0.80, "inside " + table.inside());
  }

  @Test
  void promptsOnProcessorsAreInsideTheirRange() {
    var table = new ErrorTable();
    for (CpuFit.Unseen one : unseen) {
      MeasuredRun run = one.run();
      if (run.optional("prompt_tps").isPresent() && run.number("prompt_tps") > 1.5) {
        double measured = run.number("prompt_tps");
        double estimated = 1 / CpuFit.promptSeconds(run, one.speed().prompt());
        ErrorRange error = without(one.fold()).prompt().error();
        boolean inside =
            measured >= estimated * error.lowFactor() && measured <= estimated * error.highFactor();
        table.add(new Line(run.text("instructions"), measured, estimated, estimated, inside));
      }
    }
    System.out.println(table.withoutUsualRule("processors (unseen), prompt rate"));
    assertTrue(table.median() <= 0.40, "median " + table.median());
    assertTrue(table.inside() >= 0.78, "inside " + table.inside());
  }

  @Test
  void the671bOnOneSocketIsWithinAFifth() {
    var table = new ErrorTable();
    var oneSocket = new ErrorTable();
    var mixture = SpeedConstantsReader.shipped().mixture();
    for (MixtureFit.Unseen one : MixtureFit.unseen()) {
      ErrorRange error = one.twoSockets() ? mixture.twoSocketError() : mixture.error();
      boolean inside =
          one.measured() >= one.estimated() * error.lowFactor()
              && one.measured() <= one.estimated() * error.highFactor();
      String group =
          (one.hybrid() ? "experts in RAM" : "processor only")
              + (one.twoSockets() ? ", two sockets" : "")
              + (one.shortContext() ? "" : ", over 2k");
      Line line = new Line(group, one.measured(), one.estimated(), one.estimated(), inside);
      table.add(line);
      if (!one.twoSockets() && one.shortContext()) {
        oneSocket.add(line);
      }
    }
    System.out.println(table.withoutUsualRule("671B (machine unseen)"));
    assertTrue(oneSocket.median() <= 0.20, "median " + oneSocket.median());
    assertTrue(oneSocket.inside() >= 0.80, "inside " + oneSocket.inside());
  }

  private static Line line(MeasuredRun run, CpuBandwidth memory, CpuSpeed speed, String group) {
    List<Double> rates = CpuRuns.rates(run, memory, speed, TOKEN);
    double usual = 0.55 * memory.expected().bytesPerSecond() / run.work().weightBytes();
    boolean inside = run.rate() >= rates.get(0) && run.rate() <= rates.get(2);
    return new Line(group, run.rate(), rates.get(1), usual, inside);
  }
}
