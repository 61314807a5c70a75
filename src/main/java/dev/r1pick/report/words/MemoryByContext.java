package dev.r1pick.report.words;

import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.engine.ComputeForm;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;

/// What a tag takes on one CUDA device by context, everything on the device, one sequence, with
/// flash attention where its layout can have it.
public final class MemoryByContext {
  private static final int[] CONTEXTS = {4096, 8192, 16384, 32768, 65536, 131072, 163840};

  private MemoryByContext() {}

  /// The usual contexts that a tag was trained for, the shortest first.
  public static List<ContextLength> contexts(ModelTag tag) {
    var contexts = new ArrayList<ContextLength>();
    for (int tokens : CONTEXTS) {
      if (tokens <= tag.variant().trainedContext().tokens()) {
        contexts.add(ContextLength.of(tokens));
      }
    }
    return contexts;
  }

  /// CUDA has none for keys and values of unequal width, as in the full-head layout of the 671B.
  private static boolean hasFlashAttention(ModelTag tag) {
    return !(tag.variant().architecture().attention() instanceof Attention.FullHeads);
  }

  /// The KV cache types that can be had.
  public static List<KvCacheType> types(ModelTag tag) {
    return hasFlashAttention(tag)
        ? List.of(KvCacheType.F16, KvCacheType.Q8_0)
        : List.of(KvCacheType.F16);
  }

  /// The bytes of one context and KV cache type.
  public static FitEstimator.Need need(ModelTag tag, ContextLength context, KvCacheType type) {
    return FitEstimator.need(
        tag,
        new RunSettings(
            context, 1, type, hasFlashAttention(tag), FitEstimator.usualMicroBatch(context)),
        ComputeForm.CUDA);
  }
}
