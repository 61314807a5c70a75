package dev.r1pick.doctor.bench;

import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.List;
import java.util.Optional;

/// What a bench measured.
///
/// @param model that ran
/// @param version of its server
/// @param context that was asked for
/// @param opened that the server says it opened
/// @param stages one for each fill of the context
/// @param size all memory that the model holds
/// @param vram memory of it on GPUs
public record Bench(
    String model,
    String version,
    ContextLength context,
    Optional<ContextLength> opened,
    List<Stage> stages,
    Bytes size,
    Bytes vram) {
  public Bench {
    stages = List.copyOf(stages);
  }

  /// One run.
  ///
  /// @param promptTokens that were read
  /// @param promptRate of them, tokens per second
  /// @param generationRate tokens per second
  public record Sample(long promptTokens, double promptRate, double generationRate) {}

  /// Runs at one fill of the context.
  ///
  /// @param samples at least one
  public record Stage(List<Sample> samples) {
    public Stage {
      samples = List.copyOf(samples);
    }

    /// Tokens in the context in the middle of the answer, as the middle run had them.
    public int fill() {
      List<Long> fills = samples.stream().map(Sample::promptTokens).sorted().toList();
      return Math.toIntExact(fills.get(fills.size() / 2));
    }

    /// The middle of the rates of reading.
    public double promptRate() {
      return middle(samples.stream().map(Sample::promptRate).toList());
    }

    /// The middle of the rates of generation.
    public double generationRate() {
      return middle(samples.stream().map(Sample::generationRate).toList());
    }

    /// How far apart the runs are: the widest distance from the middle, as a share of it.
    public double spread() {
      double middle = generationRate();
      double widest = 0;
      for (Sample sample : samples) {
        widest = Math.max(widest, Math.abs(sample.generationRate() - middle));
      }
      return widest / middle;
    }

    private static double middle(List<Double> values) {
      List<Double> sorted = values.stream().sorted().toList();
      return sorted.get(sorted.size() / 2);
    }
  }

  /// How much faster it is than predicted: the middle, on a scale of factors, of what each fill
  /// says.
  ///
  /// @param predicted tokens generated per second at each stage, above 0
  public double factor(List<Double> predicted) {
    double sum = 0;
    for (int i = 0; i < stages.size(); i++) {
      sum += Math.log(stages.get(i).generationRate() / predicted.get(i));
    }
    return Math.exp(sum / stages.size());
  }
}
