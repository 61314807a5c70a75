package dev.r1pick.speed;

import dev.r1pick.catalog.Architecture;
import dev.r1pick.catalog.Quantization;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;

/// What one generated token makes each device and RAM read under a plan.
///
/// Of a mixture of experts only the active share is read. The token embedding is a look-up of one
/// row, and it stays in RAM, so it is left out.
///
/// @param devices one for each GPU of the plan, in order
/// @param host RAM; zero where no layer is there
record TokenReads(List<Part> devices, Part host) {

  TokenReads {
    devices = List.copyOf(devices);
  }

  /// What is read from one memory.
  ///
  /// @param weights bytes of weights per token
  /// @param kvCachePerToken bytes of KV cache per token and token of context
  /// @param layers transformer blocks
  record Part(double weights, double kvCachePerToken, double layers) {
    private static final Part NOTHING = new Part(0, 0, 0);

    boolean isNothing() {
      return weights <= 0;
    }
  }

  static TokenReads of(LoadPlan plan) {
    Architecture architecture = plan.tag().variant().architecture();
    Shares shares = Shares.of(plan, architecture);
    double contexts =
        (double) plan.settings().contextLength().tokens() * Math.max(1, plan.settings().parallel());
    double blocksPerLayer = architecture.layers() / (architecture.layers() + 1.0);
    boolean expertsInRam = plan.placement() instanceof Placement.ExpertsInRam;
    List<Part> devices = new ArrayList<>(plan.devices().size());
    for (DeviceLoad load : plan.devices()) {
      double layers =
          expertsInRam
              ? (double) architecture.layers() / plan.devices().size()
              : load.layers() * blocksPerLayer;
      devices.add(
          new Part(
              load.weights().count() * shares.device(), load.kvCache().count() / contexts, layers));
    }
    return new TokenReads(devices, host(plan, architecture, shares, contexts, expertsInRam));
  }

  private static Part host(
      LoadPlan plan,
      Architecture architecture,
      Shares shares,
      double contexts,
      boolean expertsInRam) {
    int layers = plan.placement().cpuLayers();
    if (layers == 0) {
      return Part.NOTHING;
    }
    double read =
        plan.host().weights().minusOrZero(tokenEmbedding(plan, architecture)).count()
            * shares.host();
    return new Part(read, plan.host().kvCache().count() / contexts, expertsInRam ? 0 : layers);
  }

  private static Bytes tokenEmbedding(LoadPlan plan, Architecture architecture) {
    double values = (double) architecture.vocabularySize() * architecture.embeddingLength();
    return Bytes.of(Math.round(values * bytesPerValue(plan.tag().quantization())));
  }

  /// Of the token embedding: Q4_K_M files keep it in Q4_K, 144 bytes per block of 256 values;
  /// block_q8_0 has 34 per 32 (ggml-common.h).
  private static double bytesPerValue(Quantization quantization) {
    return switch (quantization) {
      case Q4_K_M -> 144.0 / 256;
      case Q8_0 -> 34.0 / 32;
      case F16 -> 2;
    };
  }

  /// Shares of the weights that one token reads; 1 in a dense model.
  ///
  /// @param device of what GPUs hold
  /// @param host of what RAM holds
  private record Shares(double device, double host) {

    static Shares of(LoadPlan plan, Architecture architecture) {
      if (architecture.experts().isEmpty()) {
        return new Shares(1, 1);
      }
      double active = (double) architecture.activeParameters() / architecture.parameters();
      if (!(plan.placement() instanceof Placement.ExpertsInRam)) {
        return new Shares(active, active);
      }
      Architecture.Experts experts = architecture.experts().get();
      double used = (double) experts.used() / experts.count();
      double inRam = plan.host().weights().minusOrZero(tokenEmbedding(plan, architecture)).count();
      double onGpu = 0;
      for (DeviceLoad load : plan.devices()) {
        onGpu += load.weights().count();
      }
      double read = active * (inRam + onGpu) - used * inRam;
      return new Shares(onGpu > 0 ? Math.clamp(read / onGpu, used, 1) : 1, used);
    }
  }
}
