package dev.r1pick.fit;

import dev.r1pick.catalog.Architecture.Family;
import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.Attention.FullHeads;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.FitRequest.FlashAttention;
import dev.r1pick.fit.LoadAssumptions.ChosenContext;
import dev.r1pick.fit.LoadAssumptions.FlashAttentionOrigin;
import dev.r1pick.fit.LoadAssumptions.KvCacheOrigin;
import dev.r1pick.fit.LoadAssumptions.MicroBatchOrigin;
import dev.r1pick.fit.LoadAssumptions.Origin;
import dev.r1pick.fit.engine.GpuSlot;
import dev.r1pick.fit.engine.LoadShape.AttentionPath;
import dev.r1pick.fit.engine.LoadShape.Outputs;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.Era;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.ollama.OllamaRules;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.List;
import java.util.Optional;

/// The settings of one load: what was asked for, joined with what Ollama decides by itself.
final class LoadRules {
  /// api/types.go: the least context that is served.
  private static final int LEAST_CONTEXT = 4;

  private final OllamaRules ollama;
  private final Era era;
  private final long contextVariable;
  private final int parallelVariable;

  private LoadRules(OllamaRules ollama) {
    this.ollama = ollama;
    this.era = ollama.era();
    this.contextVariable = ollama.contextVariable();
    this.parallelVariable = ollama.parallelVariable();
  }

  /// The rules of an installation.
  static LoadRules of(OllamaSetup setup) {
    return new LoadRules(OllamaRules.of(setup));
  }

  /// What Ollama decides by itself.
  OllamaRules ollama() {
    return ollama;
  }

  /// Memory of all usable GPUs that the default context goes by.
  Bytes totalVram(List<Accelerator> usable) {
    Bytes sum = Bytes.ZERO;
    for (Accelerator gpu : usable) {
      sum = sum.plus(ollama.countedMemory(gpu.memory().total().orElse(Bytes.ZERO)));
    }
    return sum;
  }

  /// The context that a request gets.
  ///
  /// @param asked what was asked for, if anything was
  /// @param trained the limit of the model
  ChosenContext context(
      Optional<ContextLength> asked, List<Accelerator> usable, ContextLength trained) {
    if (asked.isPresent()) {
      return within(asked.get().tokens(), Origin.REQUEST, trained);
    }
    if (contextVariable > 0) {
      return within(contextVariable, Origin.VARIABLE, trained);
    }
    Origin origin = ollama.contextGoesByMemory() ? Origin.VRAM_TIER : Origin.DEFAULT;
    return within(ollama.defaultContext(totalVram(usable)), origin, trained);
  }

  private static ChosenContext within(long tokens, Origin origin, ContextLength trained) {
    long wanted = Math.max(LEAST_CONTEXT, tokens);
    boolean cut = wanted > trained.tokens();
    ContextLength length = cut ? trained : ContextLength.of((int) wanted);
    return new ChosenContext(length, origin, cut);
  }

  /// Sequences served at once, where the request does not say; up to 0.9 Ollama tried four and fell
  /// back to one, and one is what has to fit.
  int parallel(FitRequest request) {
    if (request.parallel().isPresent()) {
      return request.parallel().get();
    }
    return parallelVariable > 0 ? parallelVariable : 1;
  }

  Origin parallelOrigin(FitRequest request) {
    if (request.parallel().isPresent()) {
      return Origin.REQUEST;
    }
    return parallelVariable > 0 ? Origin.VARIABLE : Origin.DEFAULT;
  }

  /// Rows of logits that the engine of that age reserves.
  Outputs outputs() {
    return era == Era.C ? Outputs.SERVER : Outputs.ALL;
  }

  KvCacheOrigin kvCacheOrigin(FitRequest request, ModelTag tag, boolean flash) {
    if (request.kvCacheType().isEmpty() && ollama.kvCacheVariable().isEmpty()) {
      return KvCacheOrigin.DEFAULT;
    }
    Optional<KvCacheType> wanted = wantedKvCacheType(request);
    if (wanted.isEmpty()) {
      return KvCacheOrigin.NOT_KNOWN;
    }
    boolean byName = wantedFlashAttention(request) == FlashAttention.ON;
    if (wanted.get() != KvCacheType.F16
        && !ollama.honorsQuantizedCache(isQwen3(tag), flash, byName)) {
      return KvCacheOrigin.NOT_HONORED;
    }
    return request.kvCacheType().isPresent() ? KvCacheOrigin.REQUEST : KvCacheOrigin.VARIABLE;
  }

  private static boolean isQwen3(ModelTag tag) {
    return tag.variant().architecture().family() == Family.QWEN3;
  }

  /// The type that the engine really uses.
  KvCacheType kvCacheType(FitRequest request, ModelTag tag, boolean flash) {
    return switch (kvCacheOrigin(request, tag, flash)) {
      case DEFAULT, NOT_HONORED, NOT_KNOWN -> KvCacheType.F16;
      case REQUEST, VARIABLE -> wantedKvCacheType(request).orElse(KvCacheType.F16);
    };
  }

  private Optional<KvCacheType> wantedKvCacheType(FitRequest request) {
    return request.kvCacheType().isPresent()
        ? request.kvCacheType()
        : KvCacheType.named(ollama.kvCacheVariable().orElse(""));
  }

  private FlashAttention wantedFlashAttention(FitRequest request) {
    if (request.flashAttention().isPresent()) {
      return request.flashAttention().get();
    }
    Optional<Boolean> variable = ollama.flashAttentionVariable();
    if (variable.isEmpty()) {
      return FlashAttention.AUTO;
    }
    return variable.get() ? FlashAttention.ON : FlashAttention.OFF;
  }

  /// Why flash attention is on or off for these GPUs.
  FlashAttentionOrigin flashAttentionOrigin(FitRequest request, ModelTag tag, List<GpuSlot> slots) {
    FlashAttention wanted = wantedFlashAttention(request);
    FlashAttentionOrigin asked =
        request.flashAttention().orElse(FlashAttention.AUTO) == FlashAttention.AUTO
            ? FlashAttentionOrigin.VARIABLE
            : FlashAttentionOrigin.REQUEST;
    Attention attention = tag.variant().architecture().attention();
    if (wanted == FlashAttention.OFF) {
      return asked;
    }
    if (era != Era.C && tag.variant().architecture().family() == Family.DEEPSEEK2) {
      return FlashAttentionOrigin.NOT_FOR_THIS_LAYOUT;
    }
    if (wanted == FlashAttention.ON && (era == Era.C || allQualify(slots))) {
      return asked;
    }
    if (wanted == FlashAttention.AUTO && !ollama.turnsFlashAttentionOn(isQwen3(tag))) {
      return FlashAttentionOrigin.OFF_BY_DEFAULT;
    }
    if (!allQualify(slots)) {
      return FlashAttentionOrigin.GPU_TOO_OLD;
    }
    boolean impossible = attention instanceof FullHeads && !slots.isEmpty() && !onlyMetal(slots);
    return impossible ? FlashAttentionOrigin.NOT_FOR_THIS_LAYOUT : FlashAttentionOrigin.AUTO_ON;
  }

  /// How attention is computed, given why.
  AttentionPath attentionPath(FlashAttentionOrigin origin, FitRequest request) {
    return switch (origin) {
      case AUTO_ON -> AttentionPath.FLASH;
      case REQUEST, VARIABLE ->
          wantedFlashAttention(request) == FlashAttention.ON
              ? AttentionPath.FLASH
              : AttentionPath.PLAIN;
      case NOT_FOR_THIS_LAYOUT ->
          era == Era.C ? AttentionPath.FLASH_IMPOSSIBLE : AttentionPath.PLAIN;
      case GPU_TOO_OLD, OFF_BY_DEFAULT -> AttentionPath.PLAIN;
    };
  }

  private boolean allQualify(List<GpuSlot> slots) {
    for (GpuSlot slot : slots) {
      if (slot.backend() == Backend.CUDA
          && !ollama.canDoFlashAttention(slot.device().identity().computeCapability())) {
        return false;
      }
    }
    return true;
  }

  private static boolean onlyMetal(List<GpuSlot> slots) {
    for (GpuSlot slot : slots) {
      if (slot.backend() != Backend.METAL) {
        return false;
      }
    }
    return true;
  }

  /// Tokens computed at once.
  ///
  /// @param cells context over all sequences
  /// @param predicted what Ollama guesses the load to take
  MicroBatch microBatch(
      FitRequest request,
      long cells,
      long predicted,
      AttentionPath attention,
      List<GpuSlot> slots) {
    if (request.microBatch().isPresent()) {
      return new MicroBatch(request.microBatch().get(), MicroBatchOrigin.REQUEST);
    }
    if (era != Era.C) {
      return new MicroBatch(MicroBatch.SMALL, MicroBatchOrigin.FIXED);
    }
    boolean plain = attention == AttentionPath.PLAIN;
    return MicroBatch.automatic(cells, predicted, plain, slots);
  }
}
