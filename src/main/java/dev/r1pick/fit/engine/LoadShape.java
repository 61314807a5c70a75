package dev.r1pick.fit.engine;

import dev.r1pick.ollama.KvCacheType;

/// The numbers that the buffer formulas work with.
///
/// @param context cells of one sequence: its tokens rounded up to 256
/// @param cells cells over all sequences
/// @param microBatch tokens computed at once, never more than the context holds
/// @param sequences sequences served at once
/// @param logitRows rows of logits reserved
/// @param kvCacheType number format of the KV cache
/// @param attention how attention is computed
public record LoadShape(
    long context,
    long cells,
    long microBatch,
    long sequences,
    long logitRows,
    KvCacheType kvCacheType,
    AttentionPath attention) {

  /// Contexts are rounded up to this many cells (llama-context.cpp).
  public static final int CELL_STEP = 256;

  /// How attention is computed.
  public enum AttentionPath {
    FLASH,
    /// Asked for as `auto` and found impossible by the engine.
    FLASH_IMPOSSIBLE,
    PLAIN
  }

  /// Rows of logits that are reserved.
  public enum Outputs {
    /// One per sequence: llama-server since June 2026.
    SERVER,
    /// Every token of the micro-batch: before that.
    ALL
  }

  public static LoadShape of(RunSettings settings, AttentionPath attention, Outputs outputs) {
    long tokens = settings.contextLength().tokens();
    long sequences = settings.parallel();
    long context = (tokens + CELL_STEP - 1) / CELL_STEP * CELL_STEP;
    long microBatch = Math.min(settings.microBatch(), tokens * sequences);
    return new LoadShape(
        context,
        Math.multiplyExact(context, sequences),
        microBatch,
        sequences,
        outputs == Outputs.SERVER ? Math.min(sequences, microBatch) : microBatch,
        settings.kvCacheType(),
        attention);
  }

  public boolean flash() {
    return attention == AttentionPath.FLASH;
  }

  boolean quantized() {
    return kvCacheType != KvCacheType.F16;
  }

  /// The attention scores of a micro-batch in F32, which flash attention never writes out.
  long scores(int heads) {
    return flash() ? 0 : 4 * microBatch * context * heads;
  }
}
