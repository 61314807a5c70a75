package dev.r1pick.fit.engine;

import dev.r1pick.catalog.Attention;
import dev.r1pick.fit.engine.ComputeBuffers.DevicePosition;
import dev.r1pick.ollama.KvCacheType;

/// What the engine allocates for one file: KV cache, compute buffers, output buffer.
///
/// Everything is a closed form over the dimensions of the model; the sizes are exact for weights,
/// KV cache and output, and within the errors of `docs/estimates.md` for compute buffers. The
/// largest case (671B, 160k tokens, 16 sequences, F16) is about 1.3 * 10^13 bytes, far from
/// overflow.
public final class MemoryEstimator {
  /// KV tensors on CUDA are read in rows of this many values, as weights are.
  private static final int CUDA_ROW_VALUES = 512;

  private final Weights weights;
  private final ComputeBuffers compute;
  private final int keyWidth;
  private final int valueWidth;

  public MemoryEstimator(Weights weights) {
    this.weights = weights;
    this.compute = ComputeBuffers.of(weights);
    Attention attention = weights.attention();
    this.keyWidth = attention.keyWidth();
    this.valueWidth = attention.valueWidth();
  }

  public Weights weights() {
    return weights;
  }

  /// KV cache of one layer.
  public long kvPerLayer(LoadShape shape) {
    KvCacheType type = shape.kvCacheType();
    return Math.multiplyExact(shape.cells(), type.bytesOf(keyWidth) + type.bytesOf(valueWidth));
  }

  /// KV cache of some layers on one device.
  public long kvCache(ComputeForm form, LoadShape shape, int layers) {
    long padding =
        form == ComputeForm.CUDA && shape.quantized()
            ? rowPadding(shape.kvCacheType(), keyWidth)
                + rowPadding(shape.kvCacheType(), valueWidth)
            : 0;
    return Math.multiplyExact(layers, kvPerLayer(shape) + padding);
  }

  private static long rowPadding(KvCacheType type, int width) {
    int beyond = width % CUDA_ROW_VALUES;
    return beyond == 0 ? 0 : ComputeForm.CUDA.pad(type.bytesOf(CUDA_ROW_VALUES - beyond));
  }

  /// The logits that are handed out, in system memory: one row per sequence.
  public long output(LoadShape shape) {
    return 4 * shape.sequences() * weights.architecture().vocabularySize();
  }

  /// Compute buffer of a GPU, everything offloaded.
  public long deviceCompute(
      ComputeForm form, LoadShape shape, DevicePosition position, int blocks) {
    return compute.device(form, shape, position, blocks);
  }

  /// Compute buffer of a GPU, the first blocks (or their experts) in system memory.
  public long partlyDeviceCompute(ComputeForm form, LoadShape shape, int hostBlocks) {
    return compute.partly(form, shape, hostBlocks, kvPerLayer(shape));
  }

  /// Compute buffer in system memory beside GPUs.
  public long hostCompute(ComputeForm form, LoadShape shape, int hostBlocks, int gpus) {
    return compute.besideGpus(form, shape, hostBlocks, gpus, kvPerLayer(shape));
  }

  /// Compute buffer in system memory without a GPU.
  public long cpuCompute(LoadShape shape) {
    return compute.cpu(shape);
  }
}
