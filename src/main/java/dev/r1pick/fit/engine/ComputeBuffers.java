package dev.r1pick.fit.engine;

import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.Attention.GroupedHeads;

/// The scratch memory of one micro-batch, as the engine's planner lays it out.
///
/// Closed forms found on measured rows of llama.cpp v0.5.0; `docs/estimates.md` has them with their
/// errors. All sizes are bytes.
public sealed interface ComputeBuffers permits DenseCompute, LatentCompute {

  /// Copies of the inputs that a split over several GPUs keeps in flight (GGML_SCHED_MAX_COPIES).
  int PIPELINE_COPIES = 4;

  /// Where a GPU stands when a model is split over several.
  enum DevicePosition {
    ONLY,
    FIRST,
    MIDDLE,
    LAST;

    boolean hasOutput() {
      return this == ONLY || this == LAST;
    }

    boolean pipelined() {
      return this != ONLY;
    }
  }

  /// On a GPU, everything offloaded.
  ///
  /// @param layers blocks on that GPU
  long device(ComputeForm form, LoadShape shape, DevicePosition position, int layers);

  /// On a GPU, where the first blocks or their experts stay in system memory.
  ///
  /// @param hostBlocks blocks with weights in system memory, 1 or more
  /// @param kvPerLayer bytes of the KV cache of one layer
  long partly(ComputeForm form, LoadShape shape, int hostBlocks, long kvPerLayer);

  /// In system memory beside GPUs.
  ///
  /// @param hostBlocks blocks with weights in system memory
  /// @param gpus GPUs that take part, 1 or more
  /// @param kvPerLayer bytes of the KV cache of one layer
  long besideGpus(ComputeForm form, LoadShape shape, int hostBlocks, int gpus, long kvPerLayer);

  /// In system memory where no GPU takes part.
  long cpu(LoadShape shape);

  /// The inputs of a graph that every attention has: positions, K slots, mask, output ids.
  static long commonInputs(ComputeForm form, LoadShape shape, long logitRows) {
    long batch = shape.microBatch();
    return form.pad(4 * batch)
        + form.pad(8 * batch)
        + shape.context() * batch * (shape.flash() ? 2 : 4)
        + form.pad(4 * logitRows);
  }

  /// The forms that belong to the attention of a file.
  static ComputeBuffers of(Weights weights) {
    Attention attention = weights.attention();
    return attention instanceof GroupedHeads heads
        ? new DenseCompute(weights, heads)
        : new LatentCompute(weights, attention);
  }
}
