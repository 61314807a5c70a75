package dev.r1pick.fit;

import dev.r1pick.fit.LoadAssumptions.MicroBatchOrigin;
import dev.r1pick.fit.engine.GpuSlot;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.OllamaRules;
import java.util.List;

/// The micro-batch of a load and why it is that (sched.go, automaticGenerationBatch, since 0.30).
///
/// @param tokens tokens computed at once
/// @param origin why
record MicroBatch(int tokens, MicroBatchOrigin origin) {
  static final int SMALL = 512;
  private static final int CONSTRAINED = 256;

  /// The least that a rule takes.
  static final int LEAST = CONSTRAINED;

  private static final int MEDIUM = 1024;
  private static final int LARGE = 2048;
  private static final long SMALL_CONTEXT = 4096;
  private static final long MEDIUM_CONTEXT = 32_768;
  private static final long GIB = 1L << 30;
  private static final long CONSTRAINED_CARD = 8 * GIB;

  static MicroBatch automatic(
      long cells, long predicted, boolean plainAttention, List<GpuSlot> slots) {
    if (plainAttention && hasCuda(slots)) {
      boolean constrained = cells > SMALL_CONTEXT && hasSmallCuda(slots);
      return new MicroBatch(constrained ? CONSTRAINED : SMALL, MicroBatchOrigin.NO_FLASH_ATTENTION);
    }
    int wanted = wanted(cells);
    long free = 0;
    for (GpuSlot slot : slots) {
      free += slot.free();
    }
    int batch = wanted;
    while (batch > SMALL && !hasRoom(batch, predicted, free)) {
      batch = batch > MEDIUM ? MEDIUM : SMALL;
    }
    return new MicroBatch(
        batch, batch == wanted ? MicroBatchOrigin.CONTEXT : MicroBatchOrigin.STEPPED_DOWN);
  }

  /// What the rule wants where memory is not short.
  ///
  /// @param cells tokens of context over all sequences
  static int wanted(long cells) {
    return cells > MEDIUM_CONTEXT ? LARGE : cells > SMALL_CONTEXT ? MEDIUM : SMALL;
  }

  /// A larger batch must leave room: the prediction within 75 % (medium) or 60 % (large) of free
  /// memory, and with a surcharge within 80 %. Without a GPU there is nothing to compare with.
  private static boolean hasRoom(int batch, long predicted, long free) {
    if (predicted == 0 || free == 0) {
      return true;
    }
    boolean large = batch >= LARGE;
    long surcharge = large ? 2 * GIB : 3 * GIB / 4;
    long threshold = free / 100 * OllamaRules.SINGLE_GPU_PERCENT;
    return predicted <= free / 100 * (large ? 60 : 75) && predicted + surcharge <= threshold;
  }

  private static boolean hasCuda(List<GpuSlot> slots) {
    for (GpuSlot slot : slots) {
      if (slot.backend() == Backend.CUDA) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasSmallCuda(List<GpuSlot> slots) {
    for (GpuSlot slot : slots) {
      long total = slot.total();
      long memory = slot.free() == 0 || (total > 0 && total < slot.free()) ? total : slot.free();
      if (slot.backend() == Backend.CUDA && memory > 0 && memory <= CONSTRAINED_CARD) {
        return true;
      }
    }
    return false;
  }
}
