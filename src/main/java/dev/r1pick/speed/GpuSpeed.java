package dev.r1pick.speed;

import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.units.Bandwidth;

/// The two formulas for one GPU, with the constants of its class.
///
/// Time of a generated token: every weight and the KV cache are read once, at a share of the
/// memory's peak bandwidth, and each layer costs a fixed time in which nothing is read:
///
/// ```
/// seconds = (factor(quantization) · weights + contextWeight · kvCache)
///             / (bandwidth · efficiency · (bandwidth / 1500 GB/s)^-bandwidthExponent)
///           + layers · secondsPerLayer
/// ```
///
/// Time of a prompt token: two operations per active parameter, and attention to the tokens before
/// it, at a share of the FP16 rate:
///
/// ```
/// seconds = (2 · parameters + attentionWeight · 4 · layers · attentionWidth · depth)
///           / (flops · efficiency · (flops / 100 TFLOPS)^-saturation · factor(quantization))
/// ```
///
/// @param backend what all chips of the backend have in common
/// @param own what this class does
public record GpuSpeed(SpeedConstants.BackendSpeed backend, SpeedConstants.ClassSpeed own) {
  private static final double REFERENCE_FLOPS = 100e12;
  private static final double REFERENCE_BANDWIDTH = 1500e9;

  /// Whether a chip is sold in computers without a fan: Apple's that are neither Pro nor Max nor
  /// Ultra mostly are.
  static boolean mayLackFan(GpuModel gpu) {
    String name = gpu.name();
    return gpu.vendor().equals("Apple")
        && !name.contains(" Pro")
        && !name.contains(" Max")
        && !name.contains(" Ultra");
  }

  /// Whether measured runs of its own class are behind the constants.
  public boolean hasRows() {
    return own.rows() > 0 && !own.id().equals(backend.id());
  }

  /// Seconds per generated token, as expected.
  double seconds(Work work, Bandwidth bandwidth) {
    return seconds(work, bandwidth, backend.contextWeight().expected());
  }

  /// Seconds per generated token at the slow end of the range.
  double slowSeconds(Work work, Bandwidth bandwidth) {
    return seconds(work, bandwidth, backend.contextWeight().high()) / own.error().lowFactor();
  }

  /// Seconds per generated token at the fast end of the range.
  double fastSeconds(Work work, Bandwidth bandwidth) {
    return seconds(work, bandwidth, backend.contextWeight().low()) / own.error().highFactor();
  }

  private double seconds(Work work, Bandwidth bandwidth, double contextWeight) {
    double bytes =
        backend.byteFactor(work.quantization()) * work.weightBytes()
            + contextWeight * work.kvCacheBytes();
    return bytes / reached(bandwidth) + work.layers() * own.secondsPerLayer();
  }

  /// Bytes per second that weights are read with.
  double reached(Bandwidth bandwidth) {
    double peak = bandwidth.bytesPerSecond();
    double share =
        own.bandwidthExponent() == 0
            ? own.efficiency()
            : own.efficiency() * Math.pow(peak / REFERENCE_BANDWIDTH, -own.bandwidthExponent());
    return peak * share;
  }

  /// Seconds per prompt token, as expected.
  ///
  /// @param tflops the chip's dense FP16 rate
  double promptSeconds(PromptWork work, double tflops) {
    SpeedConstants.PromptSpeed common = backend.prompt();
    double flops = tflops * 1e12;
    double operations =
        2 * work.parameters() + common.attentionWeight() * work.attentionOperations();
    double rate =
        flops
            * own.promptEfficiency()
            * Math.pow(flops / REFERENCE_FLOPS, -common.saturation())
            * common.factor(work.quantization())
            * (work.flashAttention() ? common.flashAttention() : 1);
    return operations / rate;
  }

  /// What one generated token makes a device read.
  ///
  /// @param quantization as llama.cpp writes it
  /// @param weightBytes of weights that are read
  /// @param kvCacheBytes of KV cache that is filled
  /// @param layers transformer blocks there
  record Work(String quantization, double weightBytes, double kvCacheBytes, double layers) {}

  /// What one prompt token makes a machine compute.
  ///
  /// @param quantization as llama.cpp writes it
  /// @param parameters that work on a token
  /// @param attentionOperations of attention to the tokens before it
  /// @param flashAttention whether it is on
  record PromptWork(
      String quantization, double parameters, double attentionOperations, boolean flashAttention) {

    /// Four operations (two for K, two for V) for each value of each head, token before it, layer.
    ///
    /// @param layers transformer blocks
    /// @param attentionWidth values of all query heads
    /// @param depth tokens before it
    static double attention(int layers, int attentionWidth, double depth) {
      return 4.0 * layers * attentionWidth * depth;
    }
  }
}
