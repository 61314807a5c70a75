package dev.r1pick.fit.engine;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.ollama.Backend;

/// What the CUDA and ROCm backends take from their pool while they compute, beside the buffers that
/// are planned before: the largest of what is needed at one time.
///
/// Without flash attention the scores of a micro-batch are kept once more in F16. Chips without the
/// integer units of Turing multiply by matrices that are turned back into F16 first (into F32
/// before Pascal; ggml-cuda.cu, ggml_cuda_op_mul_mat_cublas); a Pascal card of compute capability
/// 6.1 does without. On two V100 a 14b took about 2.0 GiB beside its buffers.
final class RuntimePool {
  private static final int F16 = 2;
  private static final int F32 = 4;

  /// Up to so many rows a product is made vector by vector, from the quantized matrix.
  private static final int VECTOR_ROWS = 8;

  private RuntimePool() {}

  /// Bytes on one GPU.
  ///
  /// @param output whether the output layer is there
  static long of(GpuSlot slot, LoadShape shape, Weights weights, boolean output) {
    if (slot.backend() != Backend.CUDA && slot.backend() != Backend.ROCM) {
      return 0;
    }
    long scores = shape.scores(weights.attention().heads()) / 2;
    return Math.max(scores, matrices(slot.device(), shape, weights, output));
  }

  private static long matrices(Accelerator gpu, LoadShape shape, Weights weights, boolean output) {
    int bytes = bytesOfDequantized(gpu);
    if (bytes == 0) {
      return 0;
    }
    var architecture = weights.architecture();
    long width = architecture.embeddingLength();
    long inner = product(width, architecture.feedForwardLength(), shape.microBatch(), bytes);
    return output && shape.logitRows() > VECTOR_ROWS
        ? Math.max(inner, product(width, architecture.vocabularySize(), shape.logitRows(), bytes))
        : inner;
  }

  /// The matrix, the rows of its result, and the same rows in F32.
  private static long product(long width, long height, long rows, int bytes) {
    return bytes * width * height + rows * height * (bytes + F32);
  }

  /// 0 where the quantized matrix is used as it is.
  private static int bytesOfDequantized(Accelerator gpu) {
    String capability = gpu.identity().computeCapability().orElse("");
    return switch (capability) {
      case "7.0", "7.2", "6.0" -> F16;
      case "3.5", "3.7", "5.0", "5.2", "5.3" -> F32;
      default -> 0;
    };
  }
}
