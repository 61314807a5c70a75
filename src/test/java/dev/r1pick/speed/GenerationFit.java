package dev.r1pick.speed;

import dev.r1pick.speed.GpuSpeed.Work;
import dev.r1pick.speed.SpeedConstants.ContextWeight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fits the formula of the generation rate. Everything is a factor, so its logarithm is fitted.
///
/// What is expected before any row is seen, and how far it may be from there, is the only thing
/// that is typed in. Old builds and llamafile have factors of their own, so that their rows teach
/// about chips, and the constants are those of current builds.
final class GenerationFit {
  private static final double P90 = 1.2816;
  private static final double REFERENCE_BANDWIDTH = 1500e9;

  private final RobustFit fit = new RobustFit(0.05, 0.08);

  GenerationFit(List<MeasuredRun> rows) {
    for (String backend : FitGroups.BACKENDS) {
      for (String speedClass : FitGroups.classes(backend)) {
        efficiency(backend, speedClass);
        overhead(backend, speedClass);
        bandwidthExponent(speedClass);
      }
      contextWeight(backend);
      for (String quantization : SpeedConstantsReader.QUANTIZATIONS) {
        byteFactor(backend, quantization);
      }
    }
    boundary();
    token(false);
    token(true);
    for (MeasuredRun run : rows) {
      add(run);
    }
    fit.solve();
  }

  private int backendEfficiency(String backend) {
    return fit.parameter("efficiency " + backend, StrictMath.log(0.8), 0.15);
  }

  private List<Integer> efficiency(String backend, String speedClass) {
    List<Integer> sum = new ArrayList<>();
    sum.add(backendEfficiency(backend));
    sum.add(fit.parameter("efficiency of class " + speedClass, 0, 0.15));
    FitGroups.of(speedClass)
        .ifPresent(group -> sum.add(fit.parameter("efficiency of group " + group, 0, 0.3)));
    return sum;
  }

  private int backendOverhead(String backend) {
    double expected =
        switch (backend) {
          case "cuda" -> 50e-6;
          case "metal" -> 150e-6;
          case "rocm" -> 100e-6;
          default -> 65e-6;
        };
    return fit.parameter("overhead " + backend, StrictMath.log(expected), 0.7);
  }

  private List<Integer> overhead(String backend, String speedClass) {
    List<Integer> sum = new ArrayList<>();
    sum.add(backendOverhead(backend));
    sum.add(fit.parameter("overhead of class " + speedClass, 0, 0.4));
    FitGroups.of(speedClass)
        .ifPresent(group -> sum.add(fit.parameter("overhead of group " + group, 0, 0.4)));
    return sum;
  }

  private int contextWeight(String backend) {
    return fit.parameter("context " + backend, StrictMath.log(1.25), 0.3);
  }

  private int byteFactor(String backend, String quantization) {
    double expected = quantization.equals("Q6_K") ? 0 : StrictMath.log(0.95);
    return fit.parameter("bytes " + backend + " " + quantization, expected, 0.06);
  }

  private int boundary() {
    return fit.parameter("boundary", StrictMath.log(400e-6), 0.5);
  }

  /// Choosing a token among 150,000 takes the better part of a millisecond; sending it some more.
  private int token(boolean before) {
    return before
        ? fit.parameter("token before", StrictMath.log(1500e-6), 0.4)
        : fit.parameter("token", StrictMath.log(700e-6), 0.5);
  }

  /// One token does not keep a fast chip with HBM busy, the less the faster its memory is.
  private Optional<Integer> bandwidthExponent(String speedClass) {
    return FitGroups.of(speedClass)
        .filter(group -> group.endsWith("-hbm"))
        .map(group -> fit.parameter("bandwidth exponent of group " + group, 0.2, 0.15));
  }

  private void add(MeasuredRun run) {
    String backend = run.backend();
    List<Integer> efficiency = efficiency(backend, run.speedClass());
    List<Integer> overhead = overhead(backend, run.speedClass());
    List<Integer> context = new ArrayList<>(List.of(contextWeight(backend)));
    List<Integer> bytes = new ArrayList<>();
    if (SpeedConstantsReader.QUANTIZATIONS.contains(run.quantization())) {
      bytes.add(byteFactor(backend, run.quantization()));
    }
    if (!run.age().equals("new")) {
      String age = backend + " " + run.age();
      efficiency.add(fit.parameter("efficiency of age " + age, 0, 0.03));
      overhead.add(fit.parameter("overhead of age " + age, 0, 0.25));
      context.add(fit.parameter("context of age " + age, 0, 0.3));
    }
    Work work = run.work();
    double bandwidth = run.bandwidth().bytesPerSecond();
    int token = token(!run.age().equals("new"));
    double boundaries = run.number("gpus") - 1;
    Optional<Integer> exponent = bandwidthExponent(run.speedClass());
    double size = StrictMath.log(bandwidth / REFERENCE_BANDWIDTH);
    fit.row(
        (parameters, gradient) -> {
          double smaller = exponent.isPresent() ? -size * parameters[exponent.get()] : 0;
          double effective = bandwidth * exp(parameters, efficiency) * StrictMath.exp(smaller);
          double weights = exp(parameters, bytes) * work.weightBytes() / effective;
          double kvCache = exp(parameters, context) * work.kvCacheBytes() / effective;
          double layers = exp(parameters, overhead) * work.layers();
          double handing = exp(parameters, List.of(boundary())) * boundaries;
          double serving = run.served() ? exp(parameters, List.of(token)) : 0;
          double total = weights + kvCache + layers + handing + serving;
          exponent.ifPresent(p -> gradient.add(p, size * (weights + kvCache) / total));
          gradient.add(token, serving / total);
          efficiency.forEach(p -> gradient.add(p, -(weights + kvCache) / total));
          bytes.forEach(p -> gradient.add(p, weights / total));
          context.forEach(p -> gradient.add(p, kvCache / total));
          overhead.forEach(p -> gradient.add(p, layers / total));
          gradient.add(boundary(), handing / total);
          return StrictMath.log(total);
        },
        1 / run.rate(),
        run.weight() * run.currency());
  }

  static double exp(double[] parameters, List<Integer> sum) {
    double logarithm = 0;
    for (int p : sum) {
      logarithm += parameters[p];
    }
    return StrictMath.exp(logarithm);
  }

  private double sum(String quantity, String backend, String speedClass) {
    double logarithm = fit.value(quantity + " " + backend);
    if (!speedClass.equals(backend)) {
      logarithm += fit.value(quantity + " of class " + speedClass);
      logarithm +=
          FitGroups.of(speedClass).map(g -> fit.value(quantity + " of group " + g)).orElse(0.0);
    }
    return StrictMath.exp(logarithm);
  }

  /// Efficiency of a class, or of the backend if that is named twice.
  double efficiencyOf(String backend, String speedClass) {
    return sum("efficiency", backend, speedClass);
  }

  /// Seconds per layer of a class, or of the backend if that is named twice.
  double overheadOf(String backend, String speedClass) {
    return sum("overhead", backend, speedClass);
  }

  double bandwidthExponentOf(String speedClass) {
    return FitGroups.of(speedClass)
        .filter(group -> group.endsWith("-hbm"))
        .map(group -> fit.value("bandwidth exponent of group " + group))
        .orElse(0.0);
  }

  double secondsPerToken() {
    return StrictMath.exp(fit.value("token"));
  }

  double secondsPerTokenBefore() {
    return StrictMath.exp(fit.value("token before"));
  }

  ContextWeight contextWeightOf(String backend) {
    double middle = fit.value("context " + backend);
    double spread = P90 * fit.deviation("context " + backend);
    return new ContextWeight(
        FitSpeedConstants.rounded(StrictMath.exp(middle - spread)),
        FitSpeedConstants.rounded(StrictMath.exp(middle)),
        FitSpeedConstants.rounded(StrictMath.exp(middle + spread)));
  }

  Map<String, Double> byteFactorsOf(String backend) {
    Map<String, Double> factors = new LinkedHashMap<>();
    for (String quantization : SpeedConstantsReader.QUANTIZATIONS) {
      double factor = StrictMath.exp(fit.value("bytes " + backend + " " + quantization));
      factors.put(quantization, FitSpeedConstants.rounded(factor));
    }
    return factors;
  }

  double secondsPerBoundary() {
    return StrictMath.exp(fit.value("boundary"));
  }
}
