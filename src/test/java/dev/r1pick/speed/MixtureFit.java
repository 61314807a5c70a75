package dev.r1pick.speed;

import dev.r1pick.speed.SpeedConstants.ErrorRange;
import dev.r1pick.speed.SpeedConstants.MixtureSpeed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fits what becomes of the 671B with experts in RAM, on the rows of `measured/671b.csv`, and on
/// GPUs alone, on those of `measured/speed.csv`.
///
/// Most rows are of files of other layouts and bit widths, run by other engines, so what such files
/// cost more, and their cheaper context, is fitted beside and not shipped.
final class MixtureFit {
  /// Of the 671.03 billion parameters, those that a token uses, and of these the routed experts.
  private static final double ACTIVE = 37.55 / 671.03;

  private static final double ROUTED = 20.43 / 671.03;
  private static final double LAYERS = 61;
  private static final double GIB = 1L << 30;
  private static final double GIGA = 1e9;

  /// Files of two and three bits, which cost more per byte.
  private static final double LOW_BIT_GIB = 340;

  /// A handful of rows of one model: never narrower than this.
  private static final double LEAST = 0.5;

  private static final ErrorRange NONE = new ErrorRange(0, 0);

  private final RobustFit fit = new RobustFit(0.1, 0.15);
  private final List<Integer> all = new ArrayList<>();

  private MixtureFit(List<Map<String, String>> rows) {
    parameter("efficiency", 0.567, 0.2);
    parameter("two sockets", 0.233, 0.3);
    parameter("gpu", 0.70, 0.05);
    parameter("layer", 346e-6, 0.4);
    parameter("low bits", 1.3, 0.2);
    parameter("context", 4.4e-6, 0.5);
    parameter("context on a gpu", 0.35e-6, 0.5);
    Map<String, Integer> machines = new LinkedHashMap<>();
    rows.forEach(row -> machines.merge(row.get("hardware"), 1, Integer::sum));
    for (Map<String, String> row : rows) {
      fit.numericRow(
          parameters -> StrictMath.log(seconds(row, parameters)),
          all,
          1 / number(row, "tps"),
          1 / StrictMath.sqrt(machines.getOrDefault(row.get("hardware"), 1)));
    }
    fit.solve();
  }

  private void parameter(String name, double expected, double deviation) {
    all.add(fit.parameter(name, StrictMath.log(expected), deviation));
  }

  private double of(double[] parameters, String name) {
    return StrictMath.exp(parameters[fit.parameter(name, 0, 1)]);
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.getOrDefault(column, ""));
  }

  private static boolean twoSockets(Map<String, String> row) {
    return number(row, "sockets") > 1;
  }

  private double seconds(Map<String, String> row, double[] parameters) {
    double file = number(row, "file_gib") * GIB;
    boolean gpu = row.getOrDefault("kind", "").equals("hybrid");
    double inRam = gpu ? ROUTED * number(row, "experts_in_ram") : ACTIVE;
    double bits = number(row, "file_gib") < LOW_BIT_GIB ? of(parameters, "low bits") : 1;
    double share = of(parameters, twoSockets(row) ? "two sockets" : "efficiency");
    double ram = bits * file * inRam / (number(row, "bandwidth_gbs") * GIGA * share);
    double device =
        gpu
            ? file
                * (ACTIVE - inRam)
                / (number(row, "gpu_bandwidth_gbs") * GIGA * of(parameters, "gpu"))
            : 0;
    return ram
        + device
        + LAYERS * of(parameters, "layer")
        + number(row, "context") * of(parameters, gpu ? "context on a gpu" : "context");
  }

  private double value(String name) {
    return FitSpeedConstants.rounded(StrictMath.exp(fit.value(name)));
  }

  /// A row with what a fit says that has not seen its machine.
  record Unseen(Map<String, String> row, double estimated) {
    double measured() {
      return number(row, "tps");
    }

    boolean twoSockets() {
      return MixtureFit.twoSockets(row);
    }

    boolean hybrid() {
      return row.getOrDefault("kind", "").equals("hybrid");
    }

    boolean shortContext() {
      return number(row, "context") <= 2048;
    }
  }

  static List<Map<String, String>> rows() {
    return MeasuredRun.table("/measured/671b.csv");
  }

  /// Each machine left out in turn.
  static List<Unseen> unseen() {
    List<Map<String, String>> rows = rows();
    Map<String, List<Map<String, String>>> machines = new LinkedHashMap<>();
    rows.forEach(
        row ->
            machines
                .computeIfAbsent(row.getOrDefault("hardware", ""), _ -> new ArrayList<>())
                .add(row));
    List<Unseen> unseen = new ArrayList<>();
    for (List<Map<String, String>> held : machines.values()) {
      List<Map<String, String>> training = new ArrayList<>(rows);
      training.removeAll(held);
      var fit = new MixtureFit(training);
      for (Map<String, String> row : held) {
        unseen.add(new Unseen(row, 1 / fit.seconds(row, fit.fit.values())));
      }
    }
    return unseen;
  }

  /// The constants with their ranges.
  ///
  /// @param dense those of dense models, in which nothing is said of mixtures yet
  static MixtureSpeed of(List<MeasuredRun> runs, SpeedConstants dense) {
    var fit = new MixtureFit(rows());
    List<Double> one = new ArrayList<>();
    List<Double> two = new ArrayList<>();
    for (Unseen row : unseen()) {
      (row.twoSockets() ? two : one).add(StrictMath.log(row.measured() / row.estimated()));
    }
    List<Double> cuda = new ArrayList<>();
    List<Double> metal = new ArrayList<>();
    for (MeasuredRun run : runs) {
      if (run.mixtureOfExperts() && (run.oneGpu() || run.kind("multi"))) {
        (run.backend().equals("metal") ? metal : cuda)
            .add(StrictMath.log(run.rate() / run.predictedRate(dense)));
      }
    }
    List<Double> around = new ArrayList<>();
    double middleOfCuda = FitSpeedConstants.median(cuda);
    cuda.forEach(error -> around.add(error - middleOfCuda));
    double middleOfMetal = metal.isEmpty() ? middleOfCuda : FitSpeedConstants.median(metal);
    metal.forEach(error -> around.add(error - middleOfMetal));
    List<Double> prompts = promptErrors(dense.cpu());
    double prompt = FitSpeedConstants.median(prompts);
    List<Double> promptErrors = new ArrayList<>();
    prompts.forEach(error -> promptErrors.add(error - prompt));
    return new MixtureSpeed(
        Map.of(
            "cuda", FitSpeedConstants.rounded(StrictMath.exp(middleOfCuda)),
            "metal", FitSpeedConstants.rounded(StrictMath.exp(middleOfMetal))),
        cuda.size() + metal.size(),
        wide(SeenErrors.range(around)),
        fit.value("efficiency"),
        fit.value("two sockets"),
        fit.value("gpu"),
        FitSpeedConstants.rounded(StrictMath.exp(fit.fit.value("layer")) * 1e6) / 1e6,
        rows().size(),
        SeenErrors.range(one),
        SeenErrors.range(two),
        FitSpeedConstants.rounded(StrictMath.exp(prompt)),
        prompts.size(),
        SeenErrors.range(promptErrors));
  }

  /// Measured by what a dense model of as many active parameters would be read with.
  private static List<Double> promptErrors(CpuSpeed cpu) {
    List<Double> errors = new ArrayList<>();
    for (Map<String, String> row : rows()) {
      Optional<CpuSpeed.Cores> cores = cores(row);
      if (cores.isPresent()
          && !row.getOrDefault("prompt_tps", "").isEmpty()
          && !row.getOrDefault("kind", "").equals("hybrid")) {
        double seconds = cpu.prompt().seconds(cores.get(), 2 * 37.55e9, 0);
        errors.add(StrictMath.log(number(row, "prompt_tps") * seconds));
      }
    }
    return errors;
  }

  private static Optional<CpuSpeed.Cores> cores(Map<String, String> row) {
    if (row.getOrDefault("cores", "").isEmpty()) {
      return Optional.empty();
    }
    String name = row.getOrDefault("hardware", "");
    InstructionSet set =
        name.contains("Xeon 6980P") || name.contains("6454S")
            ? InstructionSet.AMX
            : name.contains("Cobalt") || name.contains("Ampere")
                ? InstructionSet.NEON
                : InstructionSet.AVX512;
    int cores = (int) (number(row, "cores") * number(row, "sockets"));
    return Optional.of(new CpuSpeed.Cores(cores, set));
  }

  private static ErrorRange wide(ErrorRange seen) {
    return new ErrorRange(StrictMath.min(-LEAST, seen.low()), StrictMath.max(LEAST, seen.high()));
  }

  /// Before anything is known of mixtures.
  static MixtureSpeed none() {
    return new MixtureSpeed(
        Map.of("cuda", 1.0, "metal", 1.0), 0, NONE, 1, 1, 1, 0, 0, NONE, NONE, 1, 0, NONE);
  }
}
