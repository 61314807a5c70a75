package dev.r1pick.fit.engine;

import dev.r1pick.ollama.Backend;

/// The buffer rules of an engine backend, as far as they were measured.
public enum ComputeForm {
  /// NVIDIA cards with tensor cores; ROCm is built from the same sources.
  CUDA,
  METAL,
  /// Measured with small models on a software device only.
  VULKAN,
  CPU;

  /// The form that stands for a backend.
  public static ComputeForm of(Backend backend) {
    return switch (backend) {
      case CUDA, ROCM -> CUDA;
      case METAL -> METAL;
      case VULKAN -> VULKAN;
    };
  }

  /// Whether the figures of that backend were measured, or are those of the nearest form.
  public static boolean measured(Backend backend) {
    return switch (backend) {
      case CUDA, METAL -> true;
      case ROCM, VULKAN -> false;
    };
  }

  /// Buffers inside the compute buffer start at multiples of this.
  long alignment() {
    return this == CUDA ? 128 : 32;
  }

  long pad(long bytes) {
    long alignment = alignment();
    return (bytes + alignment - 1) / alignment * alignment;
  }
}
