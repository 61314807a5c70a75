package dev.r1pick.fit;

import dev.r1pick.ollama.Era;
import dev.r1pick.ollama.MarginOrigin;
import dev.r1pick.ollama.OllamaVersion;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.Optional;

/// Which rules of Ollama applied to a load, and why: codes and figures, the sentences are the
/// report's.
///
/// @param era whose rules were used
/// @param version the version they were chosen by; empty: not known, newest rules
/// @param contextOrigin where the context length came from
/// @param trainedLimitApplied whether it was cut to what the model was trained for
/// @param totalVram memory of all usable GPUs that the default context goes by, less
///   `OLLAMA_GPU_OVERHEAD` for each
/// @param kvCacheOrigin why the KV cache has its type
/// @param flashAttentionOrigin why flash attention is on or off
/// @param microBatchOrigin where the micro-batch came from
/// @param parallelOrigin where the number of sequences came from
/// @param gpuChoice which GPUs take part and why
/// @param predicted what Ollama guesses before loading: file and F16 KV cache
/// @param marginOrigin what decides how much is left free on each GPU
/// @param loadMode how weights come into memory
/// @param figures whether the compute buffers of this backend were measured
/// @param failure a load of these settings that the engine refuses
public record LoadAssumptions(
    Era era,
    Optional<OllamaVersion> version,
    Origin contextOrigin,
    boolean trainedLimitApplied,
    Bytes totalVram,
    KvCacheOrigin kvCacheOrigin,
    FlashAttentionOrigin flashAttentionOrigin,
    MicroBatchOrigin microBatchOrigin,
    Origin parallelOrigin,
    GpuChoice gpuChoice,
    Bytes predicted,
    MarginOrigin marginOrigin,
    LoadMode loadMode,
    Figures figures,
    Optional<LoadFailure> failure) {

  /// Where a setting came from.
  public enum Origin {
    /// The request.
    REQUEST,
    /// An environment variable.
    VARIABLE,
    /// The tier of all GPU memory together.
    VRAM_TIER,
    /// What every Ollama of that age does.
    DEFAULT
  }

  /// Why the KV cache has its type.
  public enum KvCacheOrigin {
    REQUEST,
    VARIABLE,
    DEFAULT,
    /// A quantized type was asked for and this Ollama ignores it without flash attention.
    NOT_HONORED,
    /// The type is none that is known here; F16 is planned.
    NOT_KNOWN
  }

  /// Why flash attention is on or off.
  public enum FlashAttentionOrigin {
    REQUEST,
    VARIABLE,
    /// On because every GPU that takes part can do it.
    AUTO_ON,
    /// Off because a GPU that takes part cannot do it.
    GPU_TOO_OLD,
    /// Off because the engine cannot do it for this layout on this backend.
    NOT_FOR_THIS_LAYOUT,
    /// Off because this Ollama does not turn it on by itself.
    OFF_BY_DEFAULT
  }

  /// Where the micro-batch came from.
  public enum MicroBatchOrigin {
    REQUEST,
    /// The tier of the context.
    CONTEXT,
    /// Lowered from the tier of the context because memory is short.
    STEPPED_DOWN,
    /// CUDA without flash attention.
    NO_FLASH_ATTENTION,
    /// Every Ollama before 0.30.
    FIXED
  }

  /// Which GPUs take part and why.
  public enum GpuChoice {
    /// There is none that is usable.
    NONE,
    ONLY_ONE,
    /// It is enough for the prediction.
    ONE_IS_ENOUGH,
    /// No single one is enough for the prediction.
    ALL_OF_ONE_LIBRARY,
    /// `OLLAMA_SCHED_SPREAD`.
    SPREAD
  }

  /// How weights come into memory.
  public enum LoadMode {
    /// The file is mapped; what stays in RAM can be dropped and read again.
    MAPPED,
    /// Copied into memory of the process.
    COPIED,
    /// Read past the page cache.
    DIRECT
  }

  /// Whether compute buffers of the backend were measured.
  public enum Figures {
    MEASURED,
    /// The formulas of the nearest backend stand in.
    NEAREST_BACKEND
  }

  /// A load that the engine refuses.
  public enum LoadFailure {
    /// A quantized V cache needs flash attention.
    QUANTIZED_CACHE_WITHOUT_FLASH_ATTENTION
  }

  /// The context of a load and where it came from.
  ///
  /// @param length within the trained limit
  /// @param origin where it came from
  /// @param trainedLimitApplied whether it was cut
  record ChosenContext(ContextLength length, Origin origin, boolean trainedLimitApplied) {}
}
