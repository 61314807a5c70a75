package dev.r1pick.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.speed.ErrorTable.Line;
import dev.r1pick.speed.FitSpeedConstants.Unseen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The formulas against published measurements; the tables it prints stand in `docs/speed.md`.
class SpeedAgainstMeasurementsTest {
  private static List<MeasuredRun> all = List.of();
  private static List<Unseen> unseen = List.of();
  private static Map<Integer, SpeedConstants> ranges = Map.of();

  /// For each fold, constants and ranges from which the rows of its GPUs were kept away.
  @BeforeAll
  static void fitWithoutEachFold() {
    all = MeasuredRun.all();
    unseen = FitSpeedConstants.unseen(all);
    ranges = FitSpeedConstants.rangesWithoutEachFold(all, unseen);
  }

  @Test
  void fittingTheRowsGivesTheShippedFile() throws IOException {
    String shipped = Files.readString(Path.of("catalog", "speed.json"), StandardCharsets.UTF_8);
    assertEquals(shipped, FitSpeedConstants.file(all));
  }

  @Test
  void oneGpuIsWithinEightPercentWithoutHavingSeenItsKind() {
    var table = new ErrorTable();
    for (Unseen one : unseen) {
      if (one.run().core() && one.run().oneGpu()) {
        table.add(line(one));
      }
    }
    print(table.text("class (one GPU, unseen)"));
    assertTrue(table.size() > 330, "rows: " + table.size());
    assertTrue(table.median() <= 0.08, "median " + table.median());
    assertTrue(table.inside() >= 0.80, "inside " + table.inside());
    assertTrue(table.median() < table.usualMedian() / 2, "usual rule " + table.usualMedian());
  }

  @Test
  void currentBuildsAreWithinEightPercent() {
    var table = new ErrorTable();
    for (Unseen one : unseen) {
      if (one.run().core() && one.run().oneGpu() && one.run().age().equals("new")) {
        table.add(line(one, one.run().backend()));
      }
    }
    print(table.text("backend (one GPU, unseen, builds of 2026)"));
    assertTrue(table.median() <= 0.08, "median " + table.median());
    assertTrue(table.inside() >= 0.77, "inside " + table.inside());
  }

  @Test
  void longContextsAreNoWorse() {
    var table = new ErrorTable();
    for (Unseen one : unseen) {
      if (one.run().core() && one.run().oneGpu() && one.run().number("context") >= 2000) {
        table.add(line(one, one.run().backend()));
      }
    }
    print(table.text("backend (one GPU, unseen, context of 2000 and more)"));
    assertTrue(table.median() <= 0.10, "median " + table.median());
  }

  @Test
  void severalGpusAreTheSumOfTheirParts() {
    var table = new ErrorTable();
    SpeedConstants constants = SpeedConstantsReader.shipped();
    for (Unseen one : unseen) {
      if (one.run().core() && one.run().kind("multi")) {
        table.add(line(new Unseen(one.run(), constants), one.run().speedClass()));
      }
    }
    print(table.text("class (several GPUs)"));
    assertTrue(table.median() <= 0.06, "median " + table.median());
    assertTrue(table.inside() >= 0.80, "inside " + table.inside());
  }

  @Test
  void severalGpusStayCloseWithoutHavingSeenTheirKind() {
    var table = new ErrorTable();
    for (Unseen one : unseen) {
      if (one.run().core() && one.run().kind("multi")) {
        table.add(line(one, one.run().text("model")));
      }
    }
    print(table.text("variant (several GPUs, unseen)"));
    assertTrue(table.median() <= 0.08, "median " + table.median());
  }

  /// They are among the rows behind the constants, so this tells how well the formula bends to
  /// them.
  @Test
  void ratesThatPeopleMeasuredWithOllamaAreMet() {
    var table = new ErrorTable();
    SpeedConstants constants = SpeedConstantsReader.shipped();
    for (MeasuredRun run : MeasuredRun.gpuRows(all)) {
      if (run.text("id").startsWith("p")) {
        double measured = run.rate();
        table.add(
            new Line(
                run.backend(),
                measured,
                run.predictedRate(constants),
                0.55 * run.bandwidth().bytesPerSecond() / run.work().weightBytes(),
                measured >= run.slowRate(constants) && measured <= run.fastRate(constants)));
      }
    }
    print(table.text("measured with Ollama (whole on GPUs, seen)"));
    assertTrue(table.size() >= 40, "rows: " + table.size());
    assertTrue(table.median() <= 0.03, "median " + table.median());
    assertTrue(table.inside() >= 0.9, "inside " + table.inside());
  }

  @Test
  void promptsAreWithinAFifth() {
    var table = new ErrorTable();
    for (Unseen one : unseen) {
      MeasuredRun run = one.run();
      if (run.core() && run.oneGpu() && run.hasPrompt()) {
        double estimated = run.predictedPromptRate(one.constants());
        double measured = run.number("prompt_tps");
        SpeedConstants own = constantsFor(run);
        var range = own.of(run.backend(), run.speedClass()).own().promptError();
        boolean inside =
            measured >= estimated * range.lowFactor() && measured <= estimated * range.highFactor();
        table.add(new Line(run.speedClass(), measured, estimated, estimated, inside));
      }
    }
    print(table.withoutUsualRule("class (prompt rate, one GPU, unseen)"));
    assertTrue(table.median() <= 0.20, "median " + table.median());
    assertTrue(table.inside() >= 0.75, "inside " + table.inside());
  }

  private static Line line(Unseen one) {
    return line(one, one.run().speedClass());
  }

  private static Line line(Unseen one, String group) {
    MeasuredRun run = one.run();
    SpeedConstants own = constantsFor(run);
    double measured = run.rate();
    boolean inside = measured >= run.slowRate(own) && measured <= run.fastRate(own);
    double usual = 0.55 * run.bandwidth().bytesPerSecond() / run.work().weightBytes();
    return new Line(group, measured, run.predictedRate(one.constants()), usual, inside);
  }

  private static SpeedConstants constantsFor(MeasuredRun run) {
    int fold = FitSpeedConstants.folds(MeasuredRun.gpuRows(all)).getOrDefault(run.text("gpu"), 0);
    return ranges.getOrDefault(fold, SpeedConstantsReader.shipped());
  }

  /// The tables are the point of these tests: `docs/speed.md` shows them.
  private static void print(String table) {
    System.out.println(table);
  }

  @Test
  void everyRowHasASource() {
    List<String> missing = new ArrayList<>();
    Map<String, String> sources = MeasuredRun.sources();
    for (MeasuredRun run : all) {
      if (!sources.containsKey(run.text("source"))) {
        missing.add(run.text("id"));
      }
    }
    assertEquals(List.of(), missing);
  }
}
