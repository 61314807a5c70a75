package dev.r1pick.speed;

import dev.r1pick.json.JsonWriter;
import dev.r1pick.speed.SeenErrors.Seen;
import dev.r1pick.speed.SpeedConstants.BackendSpeed;
import dev.r1pick.speed.SpeedConstants.ClassSpeed;
import dev.r1pick.speed.SpeedConstants.ErrorRange;
import dev.r1pick.speed.SpeedConstants.MixtureSpeed;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.CRC32;

/// Fits `catalog/speed.json` on the rows of `measured/speed.csv`. Add rows there, run this from the
/// top of the project, and read what changed in the diff.
final class FitSpeedConstants {
  static final int FOLDS = 5;
  private static final ErrorRange NONE = new ErrorRange(0, 0);

  private FitSpeedConstants() {}

  /// Typed in: no row was measured after minutes of work on a Mac without a fan.
  private static final SpeedConstants.Sustained WITHOUT_FAN =
      new SpeedConstants.Sustained(0.88, 0.75);

  /// Writes the file.
  public static void main(String[] arguments) throws IOException {
    Files.writeString(
        Path.of("catalog", "speed.json"), file(MeasuredRun.all()), StandardCharsets.UTF_8);
  }

  /// The text of the file that those rows give.
  static String file(List<MeasuredRun> all) {
    return JsonWriter.pretty(SpeedConstantsText.of(constants(all)));
  }

  /// The constants that those rows give, with ranges from cross-validation.
  static SpeedConstants constants(List<MeasuredRun> all) {
    List<Unseen> unseen = unseen(all);
    SeenErrors generation = generationErrors(unseen);
    SeenErrors prompt = promptErrors(unseen);
    return withProcessors(all, with(withoutRanges(all), generation, prompt));
  }

  private static SpeedConstants with(
      SpeedConstants plain, SeenErrors generation, SeenErrors prompt) {
    Map<String, BackendSpeed> backends = new LinkedHashMap<>();
    plain
        .backends()
        .forEach(
            (id, b) ->
                backends.put(
                    id,
                    new BackendSpeed(
                        id,
                        with(
                            b.fallback(),
                            generation.rows(run -> run.backend().equals(id)),
                            generation.ofBackend(id),
                            prompt.rows(run -> run.backend().equals(id)),
                            prompt.ofBackend(id)),
                        b.contextWeight(),
                        b.byteFactors(),
                        b.prompt())));
    Map<String, ClassSpeed> classes = new LinkedHashMap<>();
    plain
        .classes()
        .forEach(
            (id, c) ->
                classes.put(
                    id,
                    with(
                        c,
                        generation.rows(run -> run.speedClass().equals(id)),
                        generation.of(id),
                        prompt.rows(run -> run.speedClass().equals(id)),
                        prompt.of(id))));
    return new SpeedConstants(
        backends,
        classes,
        plain.cpu(),
        plain.mixture(),
        plain.secondsPerBoundary(),
        plain.secondsPerToken(),
        plain.secondsPerTokenBefore(),
        plain.withoutFan(),
        plain.sources());
  }

  private static ClassSpeed with(
      ClassSpeed c, int rows, ErrorRange error, int promptRows, ErrorRange promptError) {
    return new ClassSpeed(
        c.id(),
        c.backend(),
        c.efficiency(),
        c.bandwidthExponent(),
        c.secondsPerLayer(),
        rows,
        error,
        c.promptEfficiency(),
        promptRows,
        promptError);
  }

  /// A row and constants that were fitted without any row of its GPU.
  record Unseen(MeasuredRun run, SpeedConstants constants) {}

  /// Cross-validation by GPU.
  static List<Unseen> unseen(List<MeasuredRun> all) {
    List<MeasuredRun> rows = MeasuredRun.gpuRows(all);
    Map<String, Integer> folds = folds(rows);
    List<Unseen> unseen = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      List<MeasuredRun> training = new ArrayList<>(all);
      List<MeasuredRun> held = new ArrayList<>();
      for (MeasuredRun run : rows) {
        if (folds.getOrDefault(run.text("gpu"), 0) == fold) {
          held.add(run);
        }
      }
      training.removeAll(held);
      SpeedConstants constants = withoutRanges(training);
      held.forEach(run -> unseen.add(new Unseen(run, constants)));
    }
    return unseen;
  }

  /// What the figures shown for rows of a GPU were off by when no row of that GPU was fitted: core
  /// rows with one GPU, old builds as they stand.
  static SeenErrors generationErrors(List<Unseen> unseen) {
    List<Seen> seen = new ArrayList<>();
    for (Unseen one : unseen) {
      MeasuredRun run = one.run;
      if (run.core() && run.oneGpu()) {
        seen.add(new Seen(run, StrictMath.log(run.rate() / run.predictedRate(one.constants))));
      }
    }
    return new SeenErrors(seen);
  }

  /// The same for prompt rates.
  static SeenErrors promptErrors(List<Unseen> unseen) {
    List<Seen> seen = new ArrayList<>();
    for (Unseen one : unseen) {
      MeasuredRun run = one.run;
      if (run.core() && run.oneGpu() && run.hasPrompt()) {
        double estimated = run.predictedPromptRate(one.constants);
        seen.add(new Seen(run, StrictMath.log(run.number("prompt_tps") / estimated)));
      }
    }
    return new SeenErrors(seen);
  }

  /// Constants for each fold in which neither the constants nor the ranges have seen a row of its
  /// GPUs.
  static Map<Integer, SpeedConstants> rangesWithoutEachFold(
      List<MeasuredRun> all, List<Unseen> unseen) {
    Map<String, Integer> folds = folds(MeasuredRun.gpuRows(all));
    Map<Integer, SpeedConstants> constants = new HashMap<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      List<Unseen> others = new ArrayList<>();
      for (Unseen one : unseen) {
        if (folds.getOrDefault(one.run.text("gpu"), 0) == fold) {
          constants.put(fold, one.constants);
        } else {
          others.add(one);
        }
      }
      SpeedConstants plain = constants.getOrDefault(fold, others.getFirst().constants);
      constants.put(fold, with(plain, generationErrors(others), promptErrors(others)));
    }
    return constants;
  }

  /// Which fold a GPU is in: in the order of a checksum of its name, one after the other.
  static Map<String, Integer> folds(List<MeasuredRun> rows) {
    var byChecksum = new TreeSet<String>((a, b) -> Long.compare(checksum(a), checksum(b)));
    for (MeasuredRun run : rows) {
      byChecksum.add(run.text("gpu"));
    }
    Map<String, Integer> folds = new HashMap<>();
    for (String gpu : byChecksum) {
      folds.put(gpu, folds.size() % FOLDS);
    }
    return folds;
  }

  private static long checksum(String text) {
    var checksum = new CRC32();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }

  /// The constants without the ranges, which need cross-validation.
  static SpeedConstants withoutRanges(List<MeasuredRun> all) {
    List<MeasuredRun> rows = MeasuredRun.gpuRows(all);
    var generation = new GenerationFit(rows);
    var prompt = new PromptFit(rows);
    Map<String, BackendSpeed> backends = new LinkedHashMap<>();
    Map<String, ClassSpeed> classes = new LinkedHashMap<>();
    for (String backend : FitGroups.BACKENDS) {
      backends.put(
          backend,
          new BackendSpeed(
              backend,
              plain(backend, backend, generation, prompt),
              generation.contextWeightOf(backend),
              generation.byteFactorsOf(backend),
              prompt.of(backend)));
      for (String speedClass : FitGroups.classes(backend)) {
        classes.put(speedClass, plain(backend, speedClass, generation, prompt));
      }
    }
    return new SpeedConstants(
        backends,
        classes,
        CpuFit.with(CpuFit.withoutRanges(List.of(), 0), NONE, NONE),
        MixtureFit.none(),
        rounded(generation.secondsPerBoundary() * 1e6) / 1e6,
        rounded(generation.secondsPerToken() * 1e6) / 1e6,
        rounded(generation.secondsPerTokenBefore() * 1e6) / 1e6,
        WITHOUT_FAN,
        sources(all));
  }

  /// The rows of processors and mixtures are no part of the cross-validation by GPU.
  private static SpeedConstants withProcessors(List<MeasuredRun> all, SpeedConstants gpus) {
    CpuSpeed cpu = CpuFit.withRanges(MeasuredRun.cpuRows(all), gpus.secondsPerToken());
    SpeedConstants dense = with(gpus, cpu, MixtureFit.none());
    return with(gpus, cpu, MixtureFit.of(all, dense));
  }

  private static SpeedConstants with(SpeedConstants c, CpuSpeed cpu, MixtureSpeed mixture) {
    return new SpeedConstants(
        c.backends(),
        c.classes(),
        cpu,
        mixture,
        c.secondsPerBoundary(),
        c.secondsPerToken(),
        c.secondsPerTokenBefore(),
        c.withoutFan(),
        c.sources());
  }

  private static ClassSpeed plain(
      String backend, String speedClass, GenerationFit generation, PromptFit prompt) {
    return new ClassSpeed(
        speedClass,
        backend,
        rounded(generation.efficiencyOf(backend, speedClass)),
        rounded(generation.bandwidthExponentOf(speedClass)),
        rounded(generation.overheadOf(backend, speedClass) * 1e6) / 1e6,
        0,
        NONE,
        rounded(prompt.efficiencyOf(backend, speedClass)),
        0,
        NONE);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static List<String> sources(List<MeasuredRun> all) {
    Map<String, String> where = MeasuredRun.sources();
    List<String> sources = new ArrayList<>();
    for (MeasuredRun run : all) {
      String source = where.getOrDefault(run.text("source"), "");
      String page =
          source.startsWith("https://www.localscore.ai") ? "https://www.localscore.ai" : source;
      if (!sources.contains(page)) {
        sources.add(page);
      }
    }
    return sources;
  }

  /// To four digits: more is noise.
  static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }
}
