package dev.r1pick.fit;

import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.units.ContextLength;
import java.util.Optional;

/// What a user asks of a load; what is left open is decided as Ollama would.
///
/// @param contextLength tokens per sequence; empty: what Ollama opens by itself
/// @param kvCacheType empty: what the environment says, else f16
/// @param parallel empty: what the environment says, else 1
/// @param flashAttention empty: what the environment says, else auto
/// @param microBatch empty: Ollama's rule
public record FitRequest(
    Optional<ContextLength> contextLength,
    Optional<KvCacheType> kvCacheType,
    Optional<Integer> parallel,
    Optional<FlashAttention> flashAttention,
    Optional<Integer> microBatch) {

  /// Everything as Ollama decides.
  public static final FitRequest DEFAULTS =
      new FitRequest(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public FitRequest withContextLength(ContextLength context) {
    return new FitRequest(Optional.of(context), kvCacheType, parallel, flashAttention, microBatch);
  }

  public FitRequest withKvCacheType(KvCacheType type) {
    return new FitRequest(contextLength, Optional.of(type), parallel, flashAttention, microBatch);
  }

  public FitRequest withMicroBatch(int tokens) {
    return new FitRequest(
        contextLength, kvCacheType, parallel, flashAttention, Optional.of(tokens));
  }

  public FitRequest withParallel(int sequences) {
    return new FitRequest(
        contextLength, kvCacheType, Optional.of(sequences), flashAttention, microBatch);
  }

  public FitRequest withFlashAttention(FlashAttention wanted) {
    return new FitRequest(contextLength, kvCacheType, parallel, Optional.of(wanted), microBatch);
  }

  /// `OLLAMA_FLASH_ATTENTION`: unset, true or false.
  public enum FlashAttention {
    AUTO,
    ON,
    OFF
  }
}
