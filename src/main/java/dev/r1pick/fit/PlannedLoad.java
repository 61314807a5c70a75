package dev.r1pick.fit;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.LoadAssumptions.ChosenContext;
import dev.r1pick.fit.LoadAssumptions.Figures;
import dev.r1pick.fit.LoadAssumptions.FlashAttentionOrigin;
import dev.r1pick.fit.LoadAssumptions.GpuChoice;
import dev.r1pick.fit.LoadAssumptions.LoadFailure;
import dev.r1pick.fit.LoadAssumptions.LoadMode;
import dev.r1pick.fit.engine.ComputeForm;
import dev.r1pick.fit.engine.GpuSlot;
import dev.r1pick.fit.engine.Layout;
import dev.r1pick.fit.engine.LoadShape;
import dev.r1pick.fit.engine.MemoryEstimator;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.hardware.Machine;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.Era;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.ollama.OllamaRules;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A load that was planned, and what it comes to.
///
/// @param planner the machine
/// @param tag what is loaded
/// @param estimator its memory
/// @param request what was asked for
/// @param settings what it is loaded with
/// @param shape the same, as the formulas take it
/// @param decisions what was decided on the way
/// @param slots the GPUs that were chosen, with their margins
/// @param layout where the layers go
record PlannedLoad(
    MachinePlanner planner,
    ModelTag tag,
    MemoryEstimator estimator,
    FitRequest request,
    RunSettings settings,
    LoadShape shape,
    Decisions decisions,
    List<GpuSlot> slots,
    Layout layout) {

  /// What was decided on the way.
  record Decisions(
      ChosenContext context,
      GpuSelection selection,
      long predicted,
      FlashAttentionOrigin flashAttention,
      MicroBatch microBatch) {}

  private static final long GIB = 1L << 30;

  /// Left to the rest of the system: our policy, since Ollama checks nothing here since 0.30. A
  /// small machine has no 2 GiB to spare.
  private static final long LEAST_RESERVE = 2 * GIB;

  /// What the engine takes beside its buffers: tokenizer, threads, its server (54 to 64 MiB seen).
  private static final long ENGINE = 60L << 20;

  private static final int RESERVE_PERCENT = 10;
  private static final int SMALL_RESERVE_PERCENT = 12;

  /// llama_server.go: what must be free beside a mapped file.
  private static final long MAPPING_HEADROOM = 8_000_000_000L;

  /// Whether it fits whole.
  boolean isWhole() {
    return layout.missing() == 0 && fit() instanceof Fit.Whole;
  }

  Fit fit() {
    LoadPlan plan = plan();
    if (failure().isPresent()) {
      return new Fit.DoesNotFit(plan, Bytes.ZERO, Fit.Where.GPU);
    }
    if (!planner.rules().ollama().fitsLayers() && layout.missing() > 0) {
      return new Fit.DoesNotFit(plan, Bytes.of(layout.missing()), Fit.Where.GPU);
    }
    Bytes ramShortfall = plan.host().shortfall();
    boolean ramKnown = plan.host().free().isPresent();
    boolean whole = layout.missing() == 0 && !gpusUnknown();
    if (ramKnown ? !ramShortfall.isZero() : !(whole && layout.usedGpus() > 0)) {
      return new Fit.DoesNotFit(plan, ramShortfall, Fit.Where.RAM);
    }
    return whole
        ? new Fit.Whole(plan)
        : new Fit.Partly(plan, Bytes.of(Math.max(1, layout.missing())));
  }

  /// There are usable GPUs, but nothing is known of their memory.
  private boolean gpusUnknown() {
    return slots.isEmpty() && !planner.usable().isEmpty();
  }

  LoadPlan plan() {
    List<DeviceLoad> devices = new ArrayList<>(layout.shares().size());
    long sharedWithRam = 0;
    for (int gpu = 0; gpu < layout.shares().size(); gpu++) {
      Layout.Share share = layout.shares().get(gpu);
      GpuSlot slot = slots.get(gpu);
      if (share.layers() > 0) {
        devices.add(deviceLoad(slot, share));
        sharedWithRam += slot.sharesRam() ? share.total() : 0;
      }
    }
    return new LoadPlan(tag, settings, placement(), devices, hostLoad(sharedWithRam));
  }

  private static DeviceLoad deviceLoad(GpuSlot slot, Layout.Share share) {
    boolean known = slot.device().memory().free().isPresent() || slot.free() != slot.total();
    return new DeviceLoad(
        slot.device(),
        share.layers(),
        Bytes.of(share.weights()),
        Bytes.of(share.kvCache()),
        Bytes.of(share.compute()),
        known ? Optional.of(Bytes.of(slot.free())) : Optional.empty(),
        Bytes.of(slot.margin()),
        Bytes.of(slot.driverShare()));
  }

  private Placement placement() {
    int layers = estimator.weights().layers() + 1;
    return switch (layout.kind()) {
      case WHOLE ->
          layout.usedGpus() > 1
              ? new Placement.SplitAcrossGpus(layers, layout.usedGpus())
              : new Placement.AllOnGpu(layers);
      case PARTLY -> new Placement.PartlyOffloaded(layout.gpuBlocks() + 1, layout.hostBlocks());
      case PARTLY_WITHOUT_OUTPUT ->
          new Placement.PartlyOffloaded(layout.gpuBlocks(), layout.hostBlocks() + 1);
      case EXPERTS_IN_RAM ->
          new Placement.ExpertsInRam(layout.gpuBlocks() + 1, layout.hostBlocks());
      case CPU_ONLY -> new Placement.CpuOnly(layers);
    };
  }

  private HostLoad hostLoad(long sharedWithRam) {
    Machine machine = planner.machine();
    Optional<Bytes> available =
        machine.ram().available().isPresent() ? machine.ram().available() : machine.ram().total();
    Optional<Bytes> free =
        available.isPresent()
            ? Optional.of(available.get().minusOrZero(Bytes.of(sharedWithRam)))
            : available;
    ComputeForm form = slots.isEmpty() ? ComputeForm.CPU : slots.getFirst().form();
    long compute =
        layout.usedGpus() == 0
            ? estimator.cpuCompute(shape)
            : estimator.hostCompute(form, shape, layout.hostBlocks(), slots.size());
    return new HostLoad(
        Bytes.of(layout.hostWeights() + addedByAmx(machine)),
        Bytes.of(estimator.kvCache(ComputeForm.CPU, shape, layout.hostKvLayers())),
        Bytes.of(compute),
        Bytes.of(estimator.output(shape)),
        free,
        Bytes.of(reserve(available)));
  }

  private long addedByAmx(Machine machine) {
    return layout.usedGpus() == 0 && machine.cpu().features().contains("amx_int8")
        ? estimator.weights().addedByAmx()
        : 0;
  }

  /// Taken from what is available before GPUs of the same memory get theirs.
  private static long reserve(Optional<Bytes> available) {
    long percent = available.orElse(Bytes.ZERO).count() / 100;
    return ENGINE
        + Math.max(
            percent * RESERVE_PERCENT, Math.min(LEAST_RESERVE, percent * SMALL_RESERVE_PERCENT));
  }

  LoadAssumptions assumptions() {
    LoadRules rules = planner.rules();
    boolean flash = settings.flashAttention();
    return new LoadAssumptions(
        rules.ollama().era(),
        rules.ollama().version(),
        decisions.context().origin(),
        decisions.context().trainedLimitApplied(),
        planner.totalVram(),
        rules.kvCacheOrigin(request, tag, flash),
        decisions.flashAttention(),
        decisions.microBatch().origin(),
        rules.parallelOrigin(request),
        decisions.selection().choice(),
        Bytes.of(decisions.predicted()),
        rules.ollama().marginOrigin(),
        loadMode(),
        figures(),
        failure());
  }

  /// The engine ends such a load with an error, whatever memory there is.
  private Optional<LoadFailure> failure() {
    return settings.kvCacheType() != KvCacheType.F16 && !settings.flashAttention()
        ? Optional.of(LoadFailure.QUANTIZED_CACHE_WITHOUT_FLASH_ATTENTION)
        : Optional.empty();
  }

  private Figures figures() {
    for (GpuSlot slot : slots) {
      if (!ComputeForm.measured(slot.backend())) {
        return Figures.NEAREST_BACKEND;
      }
    }
    return Figures.MEASURED;
  }

  /// sched.go, disableMmapDefaultReason.
  private LoadMode loadMode() {
    OsFamily family = planner.machine().os().family();
    if (decisions.selection().choice() == GpuChoice.NONE) {
      return LoadMode.COPIED;
    }
    Backend backend = slots.getFirst().backend();
    boolean integrated = slots.getFirst().integrated();
    if (planner.rules().ollama().era() != Era.C) {
      boolean tight = family == OsFamily.LINUX && ramBelow(tag.download());
      return backend == Backend.VULKAN || tight ? LoadMode.COPIED : LoadMode.MAPPED;
    }
    if ((family == OsFamily.WINDOWS && backend == Backend.CUDA)
        || (backend == Backend.METAL && decisions.predicted() > freeOfAll())) {
      return LoadMode.COPIED;
    }
    if (family == OsFamily.LINUX && !integrated && predictedGoes() && ramBelow(mapped())) {
      return LoadMode.COPIED;
    }
    boolean direct =
        integrated
            && family == OsFamily.LINUX
            && (backend == Backend.CUDA || backend == Backend.ROCM)
            && planner.rules().ollama().readsDirectly();
    return direct ? LoadMode.DIRECT : LoadMode.MAPPED;
  }

  private boolean predictedGoes() {
    return decisions.predicted() <= freeOfAll() / 100 * OllamaRules.SINGLE_GPU_PERCENT;
  }

  private long freeOfAll() {
    long sum = 0;
    for (GpuSlot slot : slots) {
      sum += slot.free();
    }
    return sum;
  }

  private Bytes mapped() {
    Bytes tenth =
        planner
            .machine()
            .ram()
            .total()
            .map(total -> Bytes.of(total.count() / 10))
            .orElse(Bytes.ZERO);
    return tag.download().plus(tenth.max(Bytes.of(MAPPING_HEADROOM)));
  }

  private boolean ramBelow(Bytes wanted) {
    return planner.machine().ram().available().map(free -> !wanted.atMost(free)).orElse(false);
  }
}
