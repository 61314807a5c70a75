package dev.r1pick.fit.engine;

/// How llama.cpp stores the numbers of a tensor (block sizes of ggml-common.h).
enum TensorType {
  F32(1, 4),
  F16(1, 2),
  Q8_0(32, 34),
  Q5_0(32, 22),
  Q4_K(256, 144),
  Q5_K(256, 176),
  Q6_K(256, 210);

  /// Rows on CUDA are read in pieces of this many values (ggml-cuda.cu, MATRIX_ROW_PADDING).
  private static final int CUDA_ROW_VALUES = 512;

  /// Tensors in a CUDA buffer start at multiples of this (ggml-cuda.cu, get_alignment).
  private static final int CUDA_ALIGNMENT = 128;

  private final int blockValues;
  private final int blockBytes;

  TensorType(int blockValues, int blockBytes) {
    this.blockValues = blockValues;
    this.blockBytes = blockBytes;
  }

  int blockBytes() {
    return blockBytes;
  }

  /// Whether rows of that many values can be stored: they must be whole blocks.
  boolean holdsRowsOf(long rowLength) {
    return rowLength % blockValues == 0;
  }

  /// Bytes of a tensor as it is in the file.
  long bytes(long rowLength, long rows) {
    return rowLength / blockValues * blockBytes * rows;
  }

  /// Bytes of a tensor in a CUDA buffer, where the last row of a quantized tensor is padded.
  long bytesOnCuda(long rowLength, long rows) {
    return aligned(bytes(rowLength, rows) + cudaPadding(rowLength));
  }

  private long cudaPadding(long rowLength) {
    long beyond = rowLength % CUDA_ROW_VALUES;
    return this == F32 || this == F16 || beyond == 0 ? 0 : bytes(CUDA_ROW_VALUES - beyond, 1);
  }

  private static long aligned(long bytes) {
    return (bytes + CUDA_ALIGNMENT - 1) / CUDA_ALIGNMENT * CUDA_ALIGNMENT;
  }
}
