package dev.r1pick.fit.engine;

import dev.r1pick.catalog.Architecture;
import dev.r1pick.catalog.Attention.GroupedHeads;

/// Compute buffers of the dense variants (qwen2, qwen3, llama).
///
/// Names as in `docs/estimates.md`: `E` is one micro-batch in the residual stream, `F` one in the
/// feed-forward, both F32.
final class DenseCompute implements ComputeBuffers {
  /// Matrices that rotate a quantized cache with heads of 128 values.
  private static final long ROTATIONS = 81_920;

  /// Tokens and heads that Metal's flash attention works on at once (ggml-metal-ops.cpp).
  private static final int METAL_TILE = 128;

  private static final int METAL_QUERIES = 32;
  private static final int METAL_CELLS = 64;

  private final Weights weights;
  private final GroupedHeads attention;
  private final long width;
  private final long innerWidth;
  private final long vocabulary;
  private final int heads;
  private final long kvWidth;

  DenseCompute(Weights weights, GroupedHeads attention) {
    Architecture architecture = weights.architecture();
    this.weights = weights;
    this.attention = attention;
    this.width = architecture.embeddingLength();
    this.innerWidth = architecture.feedForwardLength();
    this.vocabulary = architecture.vocabularySize();
    this.heads = attention.heads();
    this.kvWidth = attention.keyWidth();
  }

  private long inputs(ComputeForm form, LoadShape shape, long logitRows) {
    long batch = shape.microBatch();
    return ComputeBuffers.commonInputs(form, shape, logitRows)
        + (shape.flash() ? form.pad(8 * batch) : 8 * batch * kvWidth)
        + (shape.quantized() ? ROTATIONS : 0);
  }

  private long residual(LoadShape shape) {
    return 4 * shape.microBatch() * width;
  }

  private long inner(LoadShape shape) {
    return 4 * shape.microBatch() * innerWidth;
  }

  private long logits(LoadShape shape) {
    return 4 * shape.logitRows() * (vocabulary + width);
  }

  /// One layer of K and V turned back into F16.
  private long plainKv(LoadShape shape) {
    return 4 * shape.cells() * kvWidth;
  }

  @Override
  public long device(ComputeForm form, LoadShape shape, DevicePosition position, int layers) {
    long inputs = inputs(form, shape, position.hasOutput() ? shape.logitRows() : 0);
    long hidden = hidden(form, shape, inputs);
    if (!position.pipelined()) {
      return Math.max(hidden, logits(form, shape));
    }
    long whole = position.hasOutput() ? Math.max(hidden, logits(form, shape) + inputs) : hidden;
    long copied = (position == DevicePosition.FIRST ? 4 : 8) * residual(shape);
    return whole + (PIPELINE_COPIES - 1) * inputs + copied;
  }

  private long logits(ComputeForm form, LoadShape shape) {
    return logits(shape) + (form == ComputeForm.METAL ? residual(shape) : 0);
  }

  private long hidden(ComputeForm form, LoadShape shape, long inputs) {
    long e = residual(shape);
    long f = inner(shape);
    long q = shape.quantized() ? 1 : 0;
    return switch (form) {
      case CUDA ->
          Math.max(
              inputs + 3 * f + 3 * e,
              inputs + 4 * e + shape.scores(heads) + (shape.flash() ? q * plainKv(shape) : 0));
      case METAL ->
          Math.max(
              inputs + 3 * f + (2 + q) * e,
              shape.flash()
                  ? inputs + (3 + q) * e + 8 * q * shape.microBatch() * kvWidth + onMetal(shape)
                  : inputs + 2 * e + shape.scores(heads));
      case VULKAN -> Math.max(inputs + 3 * f + 2 * e, inputs + 4 * e + shape.scores(heads));
      case CPU -> cpu(shape);
    };
  }

  /// Scratch of Metal's flash attention: one layer of K and V in F16, which is reserved for an F16
  /// cache too, partial sums, and a map of the mask.
  private long onMetal(LoadShape shape) {
    long perSequence = shape.microBatch() / shape.sequences();
    long row =
        shape.quantized()
            ? 2L * attention.headSize() * attention.kvHeads()
            : 2 * kvWidth * attention.kvHeads();
    return plainKv(shape)
        + METAL_TILE
            * (long) heads
            * Math.min(perSequence, METAL_QUERIES)
            * shape.sequences()
            * (attention.headSize() + 2L)
        + roundedUp(shape.context(), METAL_CELLS) * roundedUp(perSequence, 8) * shape.sequences()
        + METAL_TILE * shape.sequences() * (row + perSequence);
  }

  private static long roundedUp(long count, long step) {
    return (count + step - 1) / step;
  }

  /// Between the measured bounds: matrices of blocks in system memory are copied to the GPU one at
  /// a time, and so is the KV cache of one or two layers.
  @Override
  public long partly(ComputeForm form, LoadShape shape, int hostBlocks, long kvPerLayer) {
    long inputs = inputs(form, shape, shape.logitRows());
    long e = residual(shape);
    // a copied matrix leaves room for one of three results, if it is large enough
    boolean tight = inner(shape) > weights.gate();
    long results = tight ? 3 * inner(shape) + 4 * e : 2 * inner(shape) + 3 * e + kvPerLayer / 2;
    long feedForward = inputs + results + weights.gate();
    long attended;
    if (shape.flash()) {
      long cached = hostBlocks > 1 ? kvPerLayer + kvPerLayer / 2 : kvPerLayer;
      attended = inputs + 3 * e + cached + (shape.quantized() ? plainKv(shape) + 2 * e : 0);
    } else {
      attended = inputs + shape.scores(heads) + kvPerLayer + 5 * e / 2;
    }
    long whole = device(form, shape, DevicePosition.ONLY, 0);
    return Math.max(whole, Math.max(feedForward, attended));
  }

  @Override
  public long besideGpus(
      ComputeForm form, LoadShape shape, int hostBlocks, int gpus, long kvPerLayer) {
    long inputs = inputs(ComputeForm.CPU, shape, shape.logitRows());
    boolean pipelined = gpus > 1 && hostBlocks == 0;
    return 2 * residual(shape)
        + inputs * (pipelined ? PIPELINE_COPIES : 1)
        + ComputeForm.CPU.pad(4 * shape.microBatch()) * (pipelined ? PIPELINE_COPIES : 1);
  }

  @Override
  public long cpu(LoadShape shape) {
    long e = residual(shape);
    long tokens = 4 * shape.microBatch();
    long inputs = inputs(ComputeForm.CPU, shape, shape.logitRows()) + tokens;
    long q = shape.quantized() ? 1 : 0;
    long feedForward = inputs + 3 * inner(shape) + (4 - q) * e;
    long attended = shape.flash() ? 0 : inputs + 5 * e + shape.scores(heads);
    return Math.max(Math.max(feedForward, attended), logits(shape) + (1 + q) * e + tokens);
  }
}
