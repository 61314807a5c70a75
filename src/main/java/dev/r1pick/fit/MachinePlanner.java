package dev.r1pick.fit;

import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.LoadAssumptions.ChosenContext;
import dev.r1pick.fit.LoadAssumptions.FlashAttentionOrigin;
import dev.r1pick.fit.engine.ComputeForm;
import dev.r1pick.fit.engine.GpuSlot;
import dev.r1pick.fit.engine.LayerPlacer;
import dev.r1pick.fit.engine.Layout;
import dev.r1pick.fit.engine.LoadShape;
import dev.r1pick.fit.engine.LoadShape.AttentionPath;
import dev.r1pick.fit.engine.MemoryEstimator;
import dev.r1pick.fit.engine.OwnLayoutPlacer;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Usability;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.Era;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The GPUs of one machine and the rules of its Ollama, ready to plan loads.
final class MachinePlanner {
  private static final long MIB = 1L << 20;

  /// The most that logs show a driver and the engine's kernels to take per card (466, 467 and 749
  /// MiB seen with CUDA); other drivers tell nothing, so they get the same.
  static final long DRIVER_SHARE = 749 * MIB;

  private final Machine machine;
  private final LoadRules rules;
  private final List<Accelerator> usable;
  private final List<GpuSlot> slots;
  private final Bytes totalVram;

  MachinePlanner(Machine machine) {
    this.machine = machine;
    this.rules = LoadRules.of(machine.ollama());
    this.usable = machine.usableAccelerators();
    this.slots = slotsOf(usable, machine.ram().available());
    this.totalVram = rules.totalVram(usable);
  }

  /// Whether this was made for that very machine; comparing values would cost more than planning.
  @SuppressWarnings("ReferenceEquality")
  boolean isFor(Machine other) {
    return machine == other;
  }

  LoadRules rules() {
    return rules;
  }

  Machine machine() {
    return machine;
  }

  List<Accelerator> usable() {
    return usable;
  }

  Bytes totalVram() {
    return totalVram;
  }

  ChosenContext context(ModelTag tag, FitRequest request) {
    return rules.context(request.contextLength(), usable, tag.variant().trainedContext());
  }

  private static List<GpuSlot> slotsOf(List<Accelerator> usable, Optional<Bytes> ramAvailable) {
    List<GpuSlot> slots = new ArrayList<>(usable.size());
    for (Accelerator gpu : usable) {
      if (gpu.usability() instanceof Usability.Usable(Backend backend)) {
        Optional<GpuSlot> slot = slotOf(gpu, backend, ramAvailable);
        if (slot.isPresent()) {
          slots.add(slot.get());
        }
      }
    }
    return slots;
  }

  /// Empty where nothing is known of its memory: then no layer can be promised a place there.
  private static Optional<GpuSlot> slotOf(
      Accelerator gpu, Backend backend, Optional<Bytes> ramAvailable) {
    ComputeForm form = ComputeForm.of(backend);
    Optional<Bytes> total = gpu.memory().total();
    if (gpu.memory().free().isPresent()) {
      long free = gpu.memory().free().get().count();
      long within = total.isPresent() ? Math.min(free, total.get().count()) : free;
      return Optional.of(new GpuSlot(gpu, backend, form, within, 0, 0));
    }
    if (total.isEmpty()) {
      return Optional.empty();
    }
    boolean shared = gpu.memory().pool() == Pool.SHARED;
    long most = total.get().count();
    if (shared && ramAvailable.isPresent()) {
      most = Math.min(most, ramAvailable.get().count());
    }
    long share = backend == Backend.METAL ? 0 : DRIVER_SHARE;
    return Optional.of(new GpuSlot(gpu, backend, form, most, share, 0));
  }

  /// Plans one load.
  PlannedLoad load(ModelTag tag, MemoryEstimator estimator, FitRequest request) {
    return load(tag, estimator, request, rules.ollama().fitsLayers());
  }

  /// Whether that load fits whole: where it does not, nobody asks which layers stay in RAM.
  boolean isWhole(ModelTag tag, MemoryEstimator estimator, FitRequest request) {
    return load(tag, estimator, request, false).isWhole();
  }

  /// Plans one load.
  ///
  /// @param movesLayers whether layers may stay in RAM where it does not go whole
  private PlannedLoad load(
      ModelTag tag, MemoryEstimator estimator, FitRequest request, boolean movesLayers) {
    ChosenContext context = context(tag, request);
    int parallel = rules.parallel(request);
    long cells = Math.multiplyExact((long) context.length().tokens(), parallel);
    long predicted = predicted(tag, cells);
    if (rules.ollama().era() == Era.C) {
      GpuSelection selection = GpuSelection.of(slots, predicted, rules.ollama().spreads());
      return onGpus(tag, estimator, request, context, selection, predicted, movesLayers);
    }
    GpuSelection all = GpuSelection.ofOneLibrary(slots, rules.ollama().spreads());
    if (all.slots().size() > 1 && !rules.ollama().spreads()) {
      // older Ollama measures before it spreads a load
      for (GpuSlot slot : GpuSelection.bestFirst(all.slots())) {
        GpuSelection single = all.onlyWith(slot);
        PlannedLoad tried =
            onGpus(tag, estimator, request, context, single, predicted, movesLayers);
        if (tried.isWhole()) {
          return tried;
        }
      }
    }
    return onGpus(tag, estimator, request, context, all, predicted, movesLayers);
  }

  private PlannedLoad onGpus(
      ModelTag tag,
      MemoryEstimator estimator,
      FitRequest request,
      ChosenContext context,
      GpuSelection selection,
      long predicted,
      boolean movesLayers) {
    List<GpuSlot> chosen = selection.slots();
    int parallel = rules.parallel(request);
    FlashAttentionOrigin flashOrigin = rules.flashAttentionOrigin(request, tag, chosen);
    AttentionPath path = rules.attentionPath(flashOrigin, request);
    boolean flash = path == AttentionPath.FLASH;
    KvCacheType kvCacheType = rules.kvCacheType(request, tag, flash);
    long cells = (long) context.length().tokens() * parallel;
    MicroBatch batch = rules.microBatch(request, cells, predicted, path, chosen);
    RunSettings settings =
        new RunSettings(context.length(), parallel, kvCacheType, flash, batch.tokens());
    LoadShape shape = LoadShape.of(settings, path, rules.outputs());
    List<GpuSlot> withMargins = withMargins(chosen, estimator, shape);
    Layout layout =
        placesByOwnEstimate(tag)
            ? new OwnLayoutPlacer(estimator, shape, withMargins)
                .place(movesLayers, rules.ollama().spreads())
            : new LayerPlacer(estimator, shape, withMargins)
                .place(movesLayers, rules.ollama().era() == Era.C);
    return new PlannedLoad(
        this,
        tag,
        estimator,
        request,
        settings,
        shape,
        new PlannedLoad.Decisions(context, selection, predicted, flashOrigin, batch),
        withMargins,
        layout);
  }

  /// Whether layers are placed by Ollama's own estimate of attention without flash attention: up to
  /// 0.24 for all that ran in llama.cpp. Its own engine measures; it runs qwen3 since 0.12 and
  /// deepseek2 since 0.13 (fs/ggml/ggml.go, OllamaEngineRequired).
  private boolean placesByOwnEstimate(ModelTag tag) {
    if (rules.ollama().era() == Era.C) {
      return false;
    }
    return switch (tag.variant().architecture().family()) {
      case QWEN2, LLAMA -> true;
      case QWEN3 -> !rules.ollama().isAtLeast(12, 0);
      case DEEPSEEK2 -> !rules.ollama().isAtLeast(13, 0);
    };
  }

  private List<GpuSlot> withMargins(
      List<GpuSlot> chosen, MemoryEstimator estimator, LoadShape shape) {
    List<GpuSlot> result = new ArrayList<>(chosen.size());
    long firstLayer =
        rules.ollama().era() == Era.C
            ? 0
            : estimator.weights().block(0).count() + estimator.kvPerLayer(shape);
    for (int index = 0; index < chosen.size(); index++) {
      GpuSlot slot = chosen.get(index);
      result.add(slot.withMargin(rules.ollama().margin(slot.backend(), index, firstLayer)));
    }
    return result;
  }

  /// llama_server.go, PredictServerVRAM: file size and F16 KV cache, with a head size that is wrong
  /// for the 671B; no compute buffer.
  private static long predicted(ModelTag tag, long cells) {
    var architecture = tag.variant().architecture();
    Attention attention = architecture.attention();
    long kvHeads = kvHeads(attention);
    long headSize = architecture.embeddingLength() / attention.heads();
    return tag.download().count() + 4L * architecture.layers() * kvHeads * headSize * cells;
  }

  /// `instanceof` instead of a pattern switch, whose first use costs milliseconds at start-up.
  private static long kvHeads(Attention attention) {
    if (attention instanceof Attention.GroupedHeads heads) {
      return heads.kvHeads();
    }
    return attention instanceof Attention.FullHeads ? attention.heads() : 1;
  }
}
