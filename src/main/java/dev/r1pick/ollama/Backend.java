package dev.r1pick.ollama;

/// The library through which Ollama would drive an accelerator.
public enum Backend {
  CUDA,
  ROCM,
  METAL,
  VULKAN;

  /// In lower case, as on the command line and in JSON.
  public String label() {
    return switch (this) {
      case CUDA -> "cuda";
      case ROCM -> "rocm";
      case METAL -> "metal";
      case VULKAN -> "vulkan";
    };
  }
}
