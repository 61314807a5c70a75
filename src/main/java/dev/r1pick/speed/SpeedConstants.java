package dev.r1pick.speed;

import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.ollama.Backend;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was learnt from measured runs: the constants of the speed formulas, and how far off the
/// formulas were. They ship as `catalog/speed.json`, which a program of the test tree fits; nothing
/// in it is typed in by hand but what no row tells yet ([Sustained]).
///
/// @param backends by `cuda`, `rocm`, `metal`, `vulkan`, `sycl`
/// @param classes by class, for example `cuda-ada`
/// @param cpu for weights in system RAM
/// @param mixture for a mixture of experts (the 671B)
/// @param secondsPerBoundary what it costs to hand a token from one GPU to the next
/// @param secondsPerToken what a server does beside computing: choosing the token, sending it
/// @param secondsPerTokenBefore the same in Ollama up to 0.12
/// @param withoutFan what chips that may have no fan keep up
/// @param sources where the measured runs were published
public record SpeedConstants(
    Map<String, BackendSpeed> backends,
    Map<String, ClassSpeed> classes,
    CpuSpeed cpu,
    MixtureSpeed mixture,
    double secondsPerBoundary,
    double secondsPerToken,
    double secondsPerTokenBefore,
    Sustained withoutFan,
    List<String> sources) {

  public SpeedConstants {
    backends = Collections.unmodifiableMap(new LinkedHashMap<>(backends));
    classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
    sources = List.copyOf(sources);
    for (ClassSpeed one : classes.values()) {
      if (!backends.containsKey(one.backend())) {
        throw new IllegalArgumentException(one.id() + " has no backend " + one.backend());
      }
    }
  }

  /// The constants for a chip: those of its class, or those of the backend where the class is not
  /// known.
  public GpuSpeed of(Backend backend, GpuModel gpu) {
    return of(backend.label(), SpeedClass.of(backend, gpu));
  }

  /// The same by name.
  ///
  /// @throws IllegalArgumentException if the backend is none of the file's
  GpuSpeed of(String backend, String speedClass) {
    BackendSpeed common = backends.get(backend);
    if (common == null) {
      throw new IllegalArgumentException("no backend " + backend);
    }
    ClassSpeed own = classes.get(speedClass);
    return new GpuSpeed(common, own == null ? common.fallback() : own);
  }

  /// What a chip keeps up of the rate that a benchmark of seconds shows, as a factor.
  ///
  /// @param expected between those with a fan and those without
  /// @param low of those without a fan
  public record Sustained(double expected, double low) {}

  /// What all chips of a backend have in common.
  ///
  /// @param id for example `cuda`
  /// @param fallback for chips whose class is not known
  /// @param contextWeight how much dearer a byte of KV cache is than a byte of weights
  /// @param byteFactors how much dearer a byte of that quantization is than one of a K-quant
  /// @param prompt what reading a prompt has in common
  public record BackendSpeed(
      String id,
      ClassSpeed fallback,
      ContextWeight contextWeight,
      Map<String, Double> byteFactors,
      PromptSpeed prompt) {
    public BackendSpeed {
      byteFactors = Collections.unmodifiableMap(new LinkedHashMap<>(byteFactors));
    }

    /// How much dearer a byte of that quantization is; 1 where nothing is known.
    double byteFactor(String quantization) {
      return byteFactors.getOrDefault(quantization, 1.0);
    }
  }

  /// How much dearer a byte of KV cache is than a byte of weights, with its uncertainty: the runs
  /// at long context are few.
  ///
  /// @param low 10th percentile
  /// @param expected middle
  /// @param high 90th percentile
  public record ContextWeight(double low, double expected, double high) {
    public ContextWeight {
      if (!(0 < low && low <= expected && expected <= high)) {
        throw new IllegalArgumentException("not in order: " + low + " " + expected + " " + high);
      }
    }
  }

  /// What a class of chips does.
  ///
  /// @param id for example `cuda-ada`; the backend's id where the class is not known
  /// @param backend id of its backend
  /// @param efficiency share of the peak bandwidth that weights are read with
  /// @param bandwidthExponent how fast that share falls with the bandwidth: one token does not keep
  ///   a fast HBM chip busy; the share is that at 1,500 GB/s
  /// @param secondsPerLayer time per layer in which no weights are read
  /// @param rows measured runs with one GPU behind the error
  /// @param error how far off the formula was
  /// @param promptEfficiency share of the FP16 rate that is reached at 100 TFLOPS
  /// @param promptRows measured runs with one GPU behind the error of the prompt rate
  /// @param promptError how far off the formula of the prompt rate was
  public record ClassSpeed(
      String id,
      String backend,
      double efficiency,
      double bandwidthExponent,
      double secondsPerLayer,
      int rows,
      ErrorRange error,
      double promptEfficiency,
      int promptRows,
      ErrorRange promptError) {}

  /// What reading a prompt has in common on a backend.
  ///
  /// @param saturation exponent by which efficiency falls with the FP16 rate: large chips are not
  ///   filled by one micro-batch
  /// @param attentionWeight how much dearer an operation of attention is than one of a large matrix
  ///   product
  /// @param flashAttention factor of the rate with flash attention
  /// @param factors of the rate by quantization, K-quants 1
  public record PromptSpeed(
      double saturation,
      double attentionWeight,
      double flashAttention,
      Map<String, Double> factors) {
    public PromptSpeed {
      factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
    }

    /// Factor of the rate with that quantization; 1 where nothing is known.
    double factor(String quantization) {
      return factors.getOrDefault(quantization, 1.0);
    }
  }

  /// What becomes of a mixture of experts (the 671B), of which a token reads the active share.
  ///
  /// @param gpuFactors of the rate where all of it is on GPUs, by backend
  /// @param gpuRows measured runs behind them
  /// @param gpuError how far off that was
  /// @param efficiency share of the peak of one socket that experts in RAM are read with
  /// @param twoSocketEfficiency the same, of the sum of both sockets
  /// @param gpuEfficiency share of the peak of a GPU that reads the rest
  /// @param secondsPerLayer time per layer in which nothing is read
  /// @param rows measured runs behind it
  /// @param error how far off it was on machines it had not seen, with one socket
  /// @param twoSocketError the same with two
  /// @param promptFactor of the prompt rate that processors reach with dense models
  /// @param promptRows measured runs behind it
  /// @param promptError how far off that was
  public record MixtureSpeed(
      Map<String, Double> gpuFactors,
      int gpuRows,
      ErrorRange gpuError,
      double efficiency,
      double twoSocketEfficiency,
      double gpuEfficiency,
      double secondsPerLayer,
      int rows,
      ErrorRange error,
      ErrorRange twoSocketError,
      double promptFactor,
      int promptRows,
      ErrorRange promptError) {
    public MixtureSpeed {
      gpuFactors = Collections.unmodifiableMap(new LinkedHashMap<>(gpuFactors));
    }

    /// Factor of the rate where all of it is on GPUs of that backend.
    double gpuFactor(String backend) {
      return gpuFactors.getOrDefault(backend, gpuFactors.getOrDefault("cuda", 1.0));
    }
  }

  /// How far measured rates were from the estimate: the 10th and the 90th percentile of the
  /// logarithm of measured by estimated.
  ///
  /// @param low 0 or less
  /// @param high 0 or more
  public record ErrorRange(double low, double high) {
    public ErrorRange {
      if (!(low <= 0 && high >= 0)) {
        throw new IllegalArgumentException("does not hold the estimate: " + low + " " + high);
      }
    }

    /// What a rate must be multiplied with to get its low end.
    double lowFactor() {
      return Math.exp(low);
    }

    /// What a rate must be multiplied with to get its high end.
    double highFactor() {
      return Math.exp(high);
    }
  }
}
