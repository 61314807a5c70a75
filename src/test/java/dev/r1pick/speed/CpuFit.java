package dev.r1pick.speed;

import dev.r1pick.speed.CpuSpeed.Cores;
import dev.r1pick.speed.CpuSpeed.Prompt;
import dev.r1pick.speed.SpeedConstants.ErrorRange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Fits the formulas of processors, in the same way as [GenerationFit]: what is expected before any
/// row is seen, and how far it may be from there, is typed in. ik_llama.cpp and llamafile have
/// factors of their own.
final class CpuFit {
  private static final ErrorRange NONE = new ErrorRange(0, 0);
  private static final double GIGA = 1e9;

  private final RobustFit generation = new RobustFit(0.15, 0.2);
  private final RobustFit prompt = new RobustFit(0.2, 0.3);
  private final List<Integer> ofGeneration = new ArrayList<>();
  private final List<Integer> ofPrompt = new ArrayList<>();
  private final double secondsPerToken;
  private int rows;
  private int promptRows;

  private CpuFit(List<MeasuredRun> runs, double secondsPerToken) {
    this.secondsPerToken = secondsPerToken;
    generation("efficiency", 0.65, 0.2);
    for (ProcessorKind kind : ProcessorKind.values()) {
      generation("efficiency " + kind.label(), 1, 0.2);
    }
    generation("two sockets", 0.233, 0.2);
    generation("measured", 0.8, 0.15);
    for (InstructionSet set : InstructionSet.values()) {
      generation("unpack " + set.label(), unpackExpected(set) * GIGA, 0.3);
      prompt("rate " + set.label(), promptExpected(set) * GIGA, 0.4);
    }
    generation("factor Q4_0", 1.2, 0.1);
    generation("factor Q6_K", 1.1, 0.1);
    generation("factor Q8_0", 1.7, 0.2);
    generation("factor F16", 2.6, 0.2);
    generation("layer", 40e-6, 0.5);
    generation("cores", StrictMath.exp(0.5), 0.15);
    generation("context", 1.2, 0.2);
    generation("cache", 2 * GIGA, 0.4);
    generation("quantized cache", 0.3, 0.3);
    generation("ik", 1.1, 0.05);
    generation("ik unpack", 1.5, 0.2);
    generation("llamafile", 1, 0.1);
    prompt("attention", 30 * GIGA, 0.5);
    prompt("ik", 1.4, 0.2);
    prompt("llamafile", 1, 0.3);
    for (MeasuredRun run : runs) {
      add(run);
    }
    generation.solve();
    prompt.solve();
  }

  /// Bytes of a K-quant in 10^9 per second and core.
  private static double unpackExpected(InstructionSet set) {
    return switch (set) {
      case SSE -> 1.6;
      case AVX -> 4;
      case AVX2 -> 6.5;
      case AVX512, AMX -> 7.5;
      case NEON -> 4.5;
    };
  }

  /// Operations in 10^9 per second and core.
  private static double promptExpected(InstructionSet set) {
    return switch (set) {
      case SSE -> 15;
      case AVX -> 40;
      case AVX2 -> 90;
      case AVX512 -> 100;
      case AMX -> 180;
      case NEON -> 40;
    };
  }

  private void generation(String name, double expected, double deviation) {
    ofGeneration.add(generation.parameter(name, StrictMath.log(expected), deviation));
  }

  private void prompt(String name, double expected, double deviation) {
    ofPrompt.add(prompt.parameter(name, StrictMath.log(expected), deviation));
  }

  private void add(MeasuredRun run) {
    boolean ik = run.text("engine").equals("ik");
    boolean llamafile = run.age().equals("llamafile");
    List<Integer> factors = new ArrayList<>();
    if (ik) {
      factors.add(generation.parameter("ik", 0, 1));
    }
    if (llamafile) {
      factors.add(generation.parameter("llamafile", 0, 1));
    }
    int unpacks = generation.parameter("ik unpack", 0, 1);
    CpuBandwidth memory = run.memory();
    Cores cores = run.cores();
    rows++;
    generation.numericRow(
        parameters -> {
          CpuSpeed speed = speed(parameters, ik ? StrictMath.exp(parameters[unpacks]) : 1);
          double reached = memory.expected().bytesPerSecond() * speed.efficiency(memory);
          double seconds =
              speed.seconds(run.cpuWork(), cores, reached) / GenerationFit.exp(parameters, factors);
          return StrictMath.log(seconds + (run.served() ? secondsPerToken : 0));
        },
        ofGeneration,
        1 / run.rate(),
        run.weight() * run.currency());
    if (run.optional("prompt_tps").isPresent() && run.number("prompt_tps") > 1.5) {
      promptRows++;
      List<Integer> promptFactors = new ArrayList<>();
      if (ik) {
        promptFactors.add(prompt.parameter("ik", 0, 1));
      }
      if (llamafile) {
        promptFactors.add(prompt.parameter("llamafile", 0, 1));
      }
      prompt.numericRow(
          parameters ->
              StrictMath.log(
                  promptSeconds(run, prompt(parameters))
                      / GenerationFit.exp(parameters, promptFactors)),
          ofPrompt,
          1 / run.number("prompt_tps"),
          run.weight() * run.currency());
    }
  }

  /// With prompts all cores work, whatever the row says of generating.
  static double promptSeconds(MeasuredRun run, Prompt prompt) {
    var cores = new Cores((int) run.number("cores"), run.cores().instructions());
    var work = run.promptWork();
    return prompt.seconds(cores, 2 * work.parameters(), work.attentionOperations());
  }

  private double of(double[] parameters, String name) {
    return StrictMath.exp(parameters[generation.parameter(name, 0, 1)]);
  }

  private CpuSpeed speed(double[] parameters, double faster) {
    Map<ProcessorKind, Double> efficiencies = new EnumMap<>(ProcessorKind.class);
    for (ProcessorKind kind : ProcessorKind.values()) {
      efficiencies.put(
          kind, of(parameters, "efficiency") * of(parameters, "efficiency " + kind.label()));
    }
    Map<InstructionSet, Double> unpack = new EnumMap<>(InstructionSet.class);
    for (InstructionSet set : InstructionSet.values()) {
      unpack.put(set, of(parameters, "unpack " + set.label()) * faster);
    }
    Map<String, Double> factors = new LinkedHashMap<>();
    for (String quantization : SpeedConstantsReader.QUANTIZATIONS) {
      factors.put(quantization, of(parameters, "factor " + quantization));
    }
    return new CpuSpeed(
        efficiencies,
        of(parameters, "two sockets"),
        of(parameters, "measured"),
        unpack,
        factors,
        of(parameters, "layer"),
        parameters[generation.parameter("cores", 0, 1)],
        of(parameters, "context"),
        of(parameters, "cache"),
        of(parameters, "quantized cache"),
        0,
        NONE,
        new Prompt(Map.of(InstructionSet.AVX2, 1.0), 1, 0, NONE));
  }

  private Prompt prompt(double[] parameters) {
    Map<InstructionSet, Double> rates = new EnumMap<>(InstructionSet.class);
    for (InstructionSet set : InstructionSet.values()) {
      rates.put(set, StrictMath.exp(parameters[prompt.parameter("rate " + set.label(), 0, 1)]));
    }
    return new Prompt(
        rates, StrictMath.exp(parameters[prompt.parameter("attention", 0, 1)]), 0, NONE);
  }

  /// The constants without ranges, to four digits.
  static CpuSpeed withoutRanges(List<MeasuredRun> runs, double secondsPerToken) {
    var fit = new CpuFit(runs, secondsPerToken);
    CpuSpeed speed = fit.speed(fit.generation.values(), 1);
    Prompt prompt = fit.prompt(fit.prompt.values());
    speed.efficiencies();
    return new CpuSpeed(
        rounded(speed.efficiencies(), 1),
        FitSpeedConstants.rounded(speed.twoSocketEfficiency()),
        FitSpeedConstants.rounded(speed.measuredEfficiency()),
        rounded(speed.unpackRates(), GIGA),
        rounded(speed.unpackFactors(), 1),
        FitSpeedConstants.rounded(speed.secondsPerLayer() * 1e6) / 1e6,
        FitSpeedConstants.rounded(speed.coresExponent()),
        FitSpeedConstants.rounded(speed.contextWeight()),
        FitSpeedConstants.rounded(speed.cacheRate() / GIGA) * GIGA,
        FitSpeedConstants.rounded(speed.quantizedCacheFactor()),
        fit.rows,
        NONE,
        new Prompt(
            rounded(prompt.rates(), GIGA),
            FitSpeedConstants.rounded(prompt.attentionRate() / GIGA) * GIGA,
            fit.promptRows,
            NONE));
  }

  private static <K> Map<K, Double> rounded(Map<K, Double> values, double unit) {
    Map<K, Double> rounded = new LinkedHashMap<>();
    values.forEach((k, v) -> rounded.put(k, FitSpeedConstants.rounded(v / unit) * unit));
    return rounded;
  }

  static CpuSpeed with(CpuSpeed speed, ErrorRange error, ErrorRange promptError) {
    return new CpuSpeed(
        speed.efficiencies(),
        speed.twoSocketEfficiency(),
        speed.measuredEfficiency(),
        speed.unpackRates(),
        speed.unpackFactors(),
        speed.secondsPerLayer(),
        speed.coresExponent(),
        speed.contextWeight(),
        speed.cacheRate(),
        speed.quantizedCacheFactor(),
        speed.rows(),
        error,
        new Prompt(
            speed.prompt().rates(),
            speed.prompt().attentionRate(),
            speed.prompt().rows(),
            promptError));
  }

  /// A row and constants that were fitted without any row of its processor.
  record Unseen(MeasuredRun run, CpuSpeed speed, int fold) {
    /// As the program would say it.
    double seconds(double secondsPerToken) {
      double reached = run.memory().expected().bytesPerSecond() * speed.efficiency(run.memory());
      return speed.seconds(run.cpuWork(), run.cores(), reached)
          + (run.served() ? secondsPerToken : 0);
    }
  }

  /// Cross-validation by processor.
  static List<Unseen> unseen(List<MeasuredRun> runs, double secondsPerToken) {
    Map<String, Integer> folds = FitSpeedConstants.folds(runs);
    List<Unseen> unseen = new ArrayList<>();
    for (int fold = 0; fold < FitSpeedConstants.FOLDS; fold++) {
      List<MeasuredRun> training = new ArrayList<>();
      List<MeasuredRun> held = new ArrayList<>();
      for (MeasuredRun run : runs) {
        (folds.getOrDefault(run.text("gpu"), 0) == fold ? held : training).add(run);
      }
      CpuSpeed speed = withoutRanges(training, secondsPerToken);
      for (MeasuredRun run : held) {
        unseen.add(new Unseen(run, speed, fold));
      }
    }
    return unseen;
  }

  /// The constants with ranges from cross-validation.
  static CpuSpeed withRanges(List<MeasuredRun> runs, double secondsPerToken) {
    List<Unseen> unseen = unseen(runs, secondsPerToken);
    return with(
        withoutRanges(runs, secondsPerToken),
        errors(unseen, secondsPerToken),
        promptErrors(unseen));
  }

  static ErrorRange errors(List<Unseen> unseen, double secondsPerToken) {
    List<Double> errors = new ArrayList<>();
    for (Unseen one : unseen) {
      errors.add(StrictMath.log(one.run.rate() * one.seconds(secondsPerToken)));
    }
    return SeenErrors.range(errors);
  }

  static ErrorRange promptErrors(List<Unseen> unseen) {
    List<Double> errors = new ArrayList<>();
    for (Unseen one : unseen) {
      if (one.run.optional("prompt_tps").isPresent() && one.run.number("prompt_tps") > 1.5) {
        double seconds = promptSeconds(one.run, one.speed.prompt());
        errors.add(StrictMath.log(one.run.number("prompt_tps") * seconds));
      }
    }
    return SeenErrors.range(errors);
  }
}
