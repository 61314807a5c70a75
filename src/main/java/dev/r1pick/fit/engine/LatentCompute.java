package dev.r1pick.fit.engine;

import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.Attention.FullHeads;

/// Compute buffers of the 671B in both layouts.
///
/// There is one shape of it, so what the dense variants express in widths is here a figure per
/// token of the micro-batch, fitted on the measured rows of that shape. With full heads CUDA has no
/// flash attention (K heads of 192, V heads of 128 values).
final class LatentCompute implements ComputeBuffers {
  /// Matrices that rotate a quantized cache of full heads.
  private static final long ROTATIONS = 32_768;

  private static final long METAL_SUMS = 128L * 128 * 32;

  private final Weights weights;
  private final Attention attention;
  private final boolean full;
  private final int heads;
  private final long width;
  private final int layers;
  private final long logitWidth;

  LatentCompute(Weights weights, Attention attention) {
    this.weights = weights;
    this.attention = attention;
    this.full = attention instanceof FullHeads;
    this.heads = attention.heads();
    this.width = weights.architecture().embeddingLength();
    this.layers = weights.layers();
    this.logitWidth = 4 * (weights.architecture().vocabularySize() + width);
  }

  private long inputs(ComputeForm form, LoadShape shape, long logitRows) {
    long batch = shape.microBatch();
    long common = ComputeBuffers.commonInputs(form, shape, logitRows);
    if (!full) {
      return common;
    }
    long valueSlots =
        switch (shape.attention()) {
          case FLASH -> form.pad(8 * batch);
          case FLASH_IMPOSSIBLE -> 8 * batch;
          case PLAIN -> 8 * batch * attention.valueWidth();
        };
    return common + valueSlots + (shape.quantized() ? ROTATIONS : 0);
  }

  private long residual(LoadShape shape) {
    return 4 * shape.microBatch() * width;
  }

  private static boolean likeCuda(ComputeForm form) {
    return form == ComputeForm.CUDA || form == ComputeForm.VULKAN;
  }

  @Override
  public long device(ComputeForm form, LoadShape shape, DevicePosition position, int blocks) {
    long inputs = inputs(form, shape, position.hasOutput() ? shape.logitRows() : 0);
    long hidden =
        switch (form) {
          case CUDA, VULKAN -> full ? fullOnCuda(form, shape) : latentOnCuda(form, shape);
          case METAL -> full ? fullOnMetal(shape) : latentOnMetal(shape);
          case CPU -> cpu(shape);
        };
    // the planner's figure holds the inputs of the device with the output; others have less
    long extra = inputs - inputs(form, shape, shape.logitRows());
    if (!position.pipelined()) {
      return hidden;
    }
    long batch = shape.microBatch();
    long pipelined = hidden + extra + (PIPELINE_COPIES - 1) * inputs;
    if (full && shape.flash() && likeCuda(form)) {
      return pipelined + PIPELINE_COPIES * 65_536L * batch * blocks;
    }
    return pipelined
        + (position == DevicePosition.FIRST ? 4 : 8) * residual(shape)
        + (position == DevicePosition.FIRST && !full ? 32_768 * batch : 0);
  }

  private long latentOnCuda(ComputeForm form, LoadShape shape) {
    long batch = shape.microBatch();
    long plainKv = 2 * shape.cells() * attention.keyWidth();
    boolean kept = shape.flash() && shape.quantized() && plainKv > 98_304 * batch;
    return inputs(form, shape, shape.logitRows())
        + 774_144 * batch
        + shape.scores(heads)
        + (kept ? 262_144 * batch + plainKv : 0);
  }

  /// Forced flash attention is computed on the CPU, and the logits may then need the most.
  private long fullOnCuda(ComputeForm form, LoadShape shape) {
    long batch = shape.microBatch();
    if (shape.flash()) {
      long hidden =
          form.pad(4 * batch)
              + form.pad(8 * batch)
              + 8 * batch
              + (shape.quantized() ? 544_768 * batch + ROTATIONS : 548_864 * batch);
      return Math.max(hidden, logitWidth * shape.logitRows() + 2 * residual(shape) + 4 * batch);
    }
    long copied = shape.attention() == LoadShape.AttentionPath.FLASH_IMPOSSIBLE ? 2 : 0;
    return inputs(form, shape, shape.logitRows())
        + 282_624 * batch
        + shape.scores(heads)
        + copied * shape.cells() * attention.valueWidth();
  }

  private long fullOnMetal(LoadShape shape) {
    long batch = shape.microBatch();
    long inputs = inputs(ComputeForm.METAL, shape, shape.logitRows());
    if (!shape.flash()) {
      return inputs + 393_472 * batch + shape.scores(heads);
    }
    long bothWidths = (long) attention.keyWidth() + attention.valueWidth();
    long rows = shape.quantized() ? bothWidths : bothWidths * heads;
    return inputs
        + (shape.quantized() ? 557_440 : 459_136) * batch
        + 2 * shape.cells() * bothWidths
        + maskMap(shape)
        + shape.sequences() * (metalSums(shape, 128 + 2) + 128 * rows);
  }

  private long latentOnMetal(LoadShape shape) {
    long batch = shape.microBatch();
    long inputs = inputs(ComputeForm.METAL, shape, shape.logitRows());
    if (!shape.flash()) {
      return inputs + 751_616 * batch + shape.scores(heads);
    }
    long scratch =
        2 * shape.cells() * attention.keyWidth()
            + maskMap(shape)
            + shape.sequences() * (metalSums(shape, 512 + 2) + 128L * 2 * attention.keyWidth());
    boolean reused = scratch <= 2 * 98_304 * batch;
    return inputs + 751_616 * batch + (reused ? 0 : 262_272 * batch + scratch);
  }

  private static long metalSums(LoadShape shape, int perHead) {
    long queries = Math.min(shape.microBatch() / shape.sequences(), 32);
    return METAL_SUMS / 32 * queries * perHead;
  }

  private static long maskMap(LoadShape shape) {
    long perSequence = shape.microBatch() / shape.sequences();
    return (shape.context() + 63) / 64 * ((perSequence + 7) / 8) * shape.sequences();
  }

  /// The largest tensor in system memory, as a rule the experts of one block, passes through the
  /// GPU; its size is what matters here.
  @Override
  public long partly(ComputeForm form, LoadShape shape, int hostBlocks, long kvPerLayer) {
    long batch = shape.microBatch();
    long inputs = inputs(form, shape, shape.logitRows());
    long streamed =
        inputs + weights.largestTensorOf(hostBlocks) + (full ? 346_112 : 560_128) * batch;
    long whole = device(form, shape, DevicePosition.ONLY, 0);
    if (!full) {
      return Math.max(streamed, whole + 2 * kvPerLayer);
    }
    if (shape.flash()) {
      return Math.max(streamed, whole);
    }
    long attended = inputs + shape.scores(heads) + kvPerLayer * 6 / 5 + 200_704 * batch;
    return Math.max(streamed, attended);
  }

  @Override
  public long besideGpus(
      ComputeForm form, LoadShape shape, int hostBlocks, int gpus, long kvPerLayer) {
    long batch = shape.microBatch();
    long inputs = inputs(ComputeForm.CPU, shape, shape.logitRows());
    long tokens = ComputeForm.CPU.pad(4 * batch);
    boolean pipelined = gpus > 1 && hostBlocks == 0;
    int copies = pipelined ? PIPELINE_COPIES : 1;
    long plain = 2 * residual(shape) + (inputs + tokens) * copies;
    if (!full || !likeCuda(form)) {
      return plain;
    }
    if (shape.flash()) {
      return pipelined
          ? plain + (long) PIPELINE_COPIES * layers * (kvPerLayer + 98_304 * batch)
          : plain + 135_168 * batch + kvPerLayer;
    }
    return hostBlocks > 0 ? plain + 135_168 * batch : plain;
  }

  @Override
  public long cpu(LoadShape shape) {
    long batch = shape.microBatch();
    long inputs = inputs(ComputeForm.CPU, shape, shape.logitRows()) + 4 * batch;
    if (full) {
      long perToken = !shape.flash() ? 311_296 : shape.quantized() ? 573_440 : 606_208;
      long hidden = inputs + perToken * batch + shape.scores(heads);
      return Math.max(hidden, logitWidth * shape.logitRows() + residual(shape) + 4 * batch);
    }
    return inputs + (shape.flash() ? 835_584 : 802_816) * batch + shape.scores(heads);
  }
}
