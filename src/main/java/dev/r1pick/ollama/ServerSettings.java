package dev.r1pick.ollama;

import java.util.List;

/// The variables of the server's environment that this program knows.
public final class ServerSettings {
  private ServerSettings() {}

  /// Variables of Ollama and of the drivers that change which device or how much memory is used
  /// (`envconfig/config.go`, `docs/gpu.mdx`).
  public static final List<String> READ =
      List.of(
          "OLLAMA_HOST",
          "OLLAMA_MODELS",
          "OLLAMA_CONTEXT_LENGTH",
          "OLLAMA_NUM_PARALLEL",
          "OLLAMA_MAX_LOADED_MODELS",
          "OLLAMA_KEEP_ALIVE",
          "OLLAMA_KV_CACHE_TYPE",
          "OLLAMA_FLASH_ATTENTION",
          "OLLAMA_GPU_OVERHEAD",
          "OLLAMA_SCHED_SPREAD",
          "OLLAMA_IGPU_ENABLE",
          "OLLAMA_VULKAN",
          "OLLAMA_LLM_LIBRARY",
          "OLLAMA_NOPRUNE",
          "LLAMA_ARG_FIT",
          "LLAMA_ARG_FIT_TARGET",
          "CUDA_VISIBLE_DEVICES",
          "CUDA_DEVICE_ORDER",
          "HIP_VISIBLE_DEVICES",
          "ROCR_VISIBLE_DEVICES",
          "GPU_DEVICE_ORDINAL",
          "GGML_VK_VISIBLE_DEVICES",
          "NVIDIA_VISIBLE_DEVICES",
          "HSA_OVERRIDE_GFX_VERSION",
          "HSA_OVERRIDE_GFX_VERSION_0",
          "HSA_OVERRIDE_GFX_VERSION_1",
          "HSA_OVERRIDE_GFX_VERSION_2",
          "HSA_OVERRIDE_GFX_VERSION_3",
          "HSA_OVERRIDE_GFX_VERSION_4",
          "HSA_OVERRIDE_GFX_VERSION_5",
          "HSA_OVERRIDE_GFX_VERSION_6",
          "HSA_OVERRIDE_GFX_VERSION_7",
          "HSA_OVERRIDE_GFX_VERSION_8",
          "JETSON_JETPACK");

  /// Those of which Ollama reads a whole number of 0 or more, and takes its default for anything
  /// else (`envconfig/config.go`, Uint and Uint64).
  public static final List<String> NUMBERS =
      List.of(
          "OLLAMA_CONTEXT_LENGTH",
          "OLLAMA_NUM_PARALLEL",
          "OLLAMA_MAX_LOADED_MODELS",
          "OLLAMA_GPU_OVERHEAD");

  /// Those that hide devices.
  public static final List<String> VISIBILITY =
      List.of(
          "CUDA_VISIBLE_DEVICES",
          "HIP_VISIBLE_DEVICES",
          "ROCR_VISIBLE_DEVICES",
          "GGML_VK_VISIBLE_DEVICES",
          "OLLAMA_LLM_LIBRARY");
}
