package dev.r1pick.speed;

import dev.r1pick.speed.GpuSpeed.PromptWork;
import dev.r1pick.speed.SpeedConstants.PromptSpeed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Fits the formula of the prompt rate, in the same way as [GenerationFit].
final class PromptFit {
  private final RobustFit fit = new RobustFit(0.1, 0.15);

  PromptFit(List<MeasuredRun> rows) {
    for (String backend : FitGroups.BACKENDS) {
      for (String speedClass : FitGroups.classes(backend)) {
        efficiency(backend, speedClass);
      }
      saturation(backend);
      attention(backend);
      flash(backend);
      for (String quantization : SpeedConstantsReader.QUANTIZATIONS) {
        factor(backend, quantization);
      }
    }
    for (MeasuredRun run : rows) {
      if (run.oneGpu() && run.hasPrompt()) {
        add(run);
      }
    }
    fit.solve();
  }

  private List<Integer> efficiency(String backend, String speedClass) {
    double expected =
        switch (backend) {
          case "cuda", "rocm" -> 0.38;
          case "metal" -> 0.7;
          case "vulkan" -> 0.25;
          default -> 0.1;
        };
    List<Integer> sum = new ArrayList<>();
    sum.add(fit.parameter("efficiency " + backend, StrictMath.log(expected), 0.3));
    sum.add(fit.parameter("efficiency of class " + speedClass, 0, 0.5));
    FitGroups.of(speedClass)
        .ifPresent(group -> sum.add(fit.parameter("efficiency of group " + group, 0, 0.4)));
    return sum;
  }

  /// Seen on CUDA, whose chips span a factor of a hundred; nowhere else is there enough to tell.
  private int saturation(String backend) {
    boolean wide = backend.equals("cuda");
    return fit.parameter("saturation " + backend, wide ? 0.15 : 0, wide ? 0.1 : 0.02);
  }

  private int attention(String backend) {
    return fit.parameter("attention " + backend, StrictMath.log(2), 0.5);
  }

  private int flash(String backend) {
    return fit.parameter("flash " + backend, 0, 0.1);
  }

  private int factor(String backend, String quantization) {
    return fit.parameter("factor " + backend + " " + quantization, 0, 0.2);
  }

  private void add(MeasuredRun run) {
    String backend = run.backend();
    List<Integer> efficiency = efficiency(backend, run.speedClass());
    if (SpeedConstantsReader.QUANTIZATIONS.contains(run.quantization())) {
      efficiency.add(factor(backend, run.quantization()));
    }
    PromptWork work = run.promptWork();
    if (work.flashAttention()) {
      efficiency.add(flash(backend));
    }
    if (!run.age().equals("new")) {
      efficiency.add(fit.parameter("efficiency of age " + backend + " " + run.age(), 0, 0.15));
    }
    double teraflops = run.number("fp16_tflops");
    double size = StrictMath.log(teraflops / 100);
    fit.row(
        (parameters, gradient) -> {
          double large = 2 * work.parameters();
          double attention =
              StrictMath.exp(parameters[attention(backend)]) * work.attentionOperations();
          double total = large + attention;
          efficiency.forEach(p -> gradient.add(p, -1));
          gradient.add(saturation(backend), size);
          gradient.add(attention(backend), attention / total);
          double rate =
              teraflops
                  * 1e12
                  * GenerationFit.exp(parameters, efficiency)
                  * StrictMath.exp(-size * parameters[saturation(backend)]);
          return StrictMath.log(total / rate);
        },
        1 / run.number("prompt_tps"),
        run.weight());
  }

  /// Efficiency of a class, or of the backend if that is named twice.
  double efficiencyOf(String backend, String speedClass) {
    double logarithm = fit.value("efficiency " + backend);
    if (!speedClass.equals(backend)) {
      logarithm += fit.value("efficiency of class " + speedClass);
      logarithm +=
          FitGroups.of(speedClass).map(g -> fit.value("efficiency of group " + g)).orElse(0.0);
    }
    return StrictMath.exp(logarithm);
  }

  PromptSpeed of(String backend) {
    Map<String, Double> factors = new LinkedHashMap<>();
    for (String quantization : SpeedConstantsReader.QUANTIZATIONS) {
      double factor = StrictMath.exp(fit.value("factor " + backend + " " + quantization));
      factors.put(quantization, FitSpeedConstants.rounded(factor));
    }
    return new PromptSpeed(
        FitSpeedConstants.rounded(fit.value("saturation " + backend)),
        FitSpeedConstants.rounded(StrictMath.exp(fit.value("attention " + backend))),
        FitSpeedConstants.rounded(StrictMath.exp(fit.value("flash " + backend))),
        factors);
  }
}
