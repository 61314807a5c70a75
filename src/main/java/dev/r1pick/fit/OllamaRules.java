package dev.r1pick.fit;

import dev.r1pick.catalog.Architecture.Family;
import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.Attention.FullHeads;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.FitRequest.FlashAttention;
import dev.r1pick.fit.LoadAssumptions.ChosenContext;
import dev.r1pick.fit.LoadAssumptions.Era;
import dev.r1pick.fit.LoadAssumptions.FlashAttentionOrigin;
import dev.r1pick.fit.LoadAssumptions.KvCacheOrigin;
import dev.r1pick.fit.LoadAssumptions.MarginOrigin;
import dev.r1pick.fit.LoadAssumptions.MicroBatchOrigin;
import dev.r1pick.fit.LoadAssumptions.Origin;
import dev.r1pick.fit.engine.GpuSlot;
import dev.r1pick.fit.engine.LoadShape.AttentionPath;
import dev.r1pick.fit.engine.LoadShape.Outputs;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.OllamaVersion;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.List;
import java.util.Optional;

/// What the installed Ollama decides by itself before a load, by its era and its environment.
///
/// Facts are from Ollama's source up to 0.33.0-rc2 (August 2026); an unknown version gets the
/// newest rules. `docs/estimates.md` lists the rules with their place in the source.
public final class OllamaRules {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /// routes.go, Serve: total memory from which the default context is 32k, and 256k.
  private static final long LARGE_TIER = 47 * GIB;

  private static final long MIDDLE_TIER = 23 * GIB;

  /// api/types.go: the least context that is served.
  private static final int LEAST_CONTEXT = 4;

  /// More sequences than anyone serves; keeps a mistyped variable within range.
  private static final long MOST_PARALLEL = 1024;

  /// sched.go: the share of free memory that a prediction may take of one GPU, in percent.
  static final int SINGLE_GPU_PERCENT = 80;

  /// common/fit.cpp: what is left free on every device.
  private static final long FIT_TARGET_MIB = 1024;

  /// ml/device.go, MinimumMemory (up to 0.24.0).
  private static final long OWN_RESERVE_MIB = 457;

  private static final long OWN_RESERVE_METAL_MIB = 512;

  private final OllamaSetup setup;
  private final Optional<OllamaVersion> version;
  private final Era era;
  private final long overhead;
  private final long contextVariable;
  private final long parallelVariable;
  private final boolean fits;

  private OllamaRules(OllamaSetup setup) {
    this.setup = setup;
    this.version =
        setup.version().isPresent() ? OllamaVersion.parse(setup.version().get()) : Optional.empty();
    this.era = eraOf(version);
    this.overhead = number("OLLAMA_GPU_OVERHEAD");
    this.contextVariable = since(5, 13) ? number("OLLAMA_CONTEXT_LENGTH") : 0;
    this.parallelVariable = number("OLLAMA_NUM_PARALLEL");
    this.fits = era != Era.C || !saysOff(setup.variable("LLAMA_ARG_FIT").orElse(""));
  }

  /// The rules of an installation.
  public static OllamaRules of(OllamaSetup setup) {
    return new OllamaRules(setup);
  }

  private static Era eraOf(Optional<OllamaVersion> version) {
    if (version.isEmpty() || version.get().atLeast(0, 30, 0)) {
      return Era.C;
    }
    return version.get().atLeast(0, 15, 5) ? Era.B : Era.A;
  }

  /// Whose rules these are.
  public Era era() {
    return era;
  }

  /// The version they were chosen by; empty where it is not known.
  public Optional<OllamaVersion> version() {
    return version;
  }

  boolean since(int minor, int patch) {
    return version.isEmpty() || version.get().atLeast(0, minor, patch);
  }

  /// Memory of all usable GPUs that the default context goes by.
  public Bytes totalVram(List<Accelerator> usable) {
    long sum = 0;
    for (Accelerator gpu : usable) {
      long total = gpu.memory().total().orElse(Bytes.ZERO).count();
      sum += Math.max(0, total - overhead);
    }
    return Bytes.of(sum);
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
    if (era == Era.A) {
      return within(since(6, 7) ? 4096 : 2048, Origin.DEFAULT, trained);
    }
    long vram = totalVram(usable).count();
    int tier = vram >= LARGE_TIER ? 262_144 : vram >= MIDDLE_TIER ? 32_768 : 4096;
    return within(tier, Origin.VRAM_TIER, trained);
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
    return parallelVariable > 0 ? (int) Math.min(parallelVariable, MOST_PARALLEL) : 1;
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

  /// Whether all GPUs of a library are used even where one is enough.
  boolean spread() {
    return flag("OLLAMA_SCHED_SPREAD").orElse(false);
  }

  /// Whether layers that do not fit are left in RAM; with `LLAMA_ARG_FIT=off` the load fails.
  boolean fits() {
    return fits;
  }

  private static boolean saysOff(String value) {
    return value.equalsIgnoreCase("off") || value.equals("0") || value.equalsIgnoreCase("false");
  }

  MarginOrigin marginOrigin() {
    if (era != Era.C) {
      return MarginOrigin.OWN_LAYOUT;
    }
    if (!fits()) {
      return MarginOrigin.FIT_OFF;
    }
    return setup.variable("LLAMA_ARG_FIT_TARGET").isPresent()
        ? MarginOrigin.FIT_TARGET
        : MarginOrigin.ENGINE_DEFAULT;
  }

  /// Bytes left free on a GPU.
  ///
  /// @param index among the GPUs that take part
  /// @param firstLayer bytes of the first block and its KV cache, which older Ollama kept as a
  ///   buffer
  long margin(Backend backend, int index, long firstLayer) {
    return switch (marginOrigin()) {
      case OWN_LAYOUT ->
          (backend == Backend.METAL ? OWN_RESERVE_METAL_MIB : OWN_RESERVE_MIB) * MIB
              + overhead
              + firstLayer;
      case FIT_OFF -> 0;
      case FIT_TARGET -> fitTarget(index) * MIB;
      case ENGINE_DEFAULT -> FIT_TARGET_MIB * MIB;
    };
  }

  /// One value counts for all devices, a list goes by device; what cannot be read is the default.
  private long fitTarget(int index) {
    String[] values = setup.variable("LLAMA_ARG_FIT_TARGET").orElse("").split(",", -1);
    String value = values.length == 1 ? values[0] : index < values.length ? values[index] : "";
    long mib = parsed(value.strip());
    return mib >= 0 && mib < 1 << 24 ? mib : FIT_TARGET_MIB;
  }

  KvCacheOrigin kvCacheOrigin(FitRequest request, ModelTag tag, boolean flash) {
    Optional<String> variable = setup.variable("OLLAMA_KV_CACHE_TYPE");
    if (request.kvCacheType().isEmpty() && variable.isEmpty()) {
      return KvCacheOrigin.DEFAULT;
    }
    Optional<KvCacheType> wanted = wantedKvCacheType(request);
    if (wanted.isEmpty()) {
      return KvCacheOrigin.NOT_KNOWN;
    }
    if (wanted.get() != KvCacheType.F16 && !honoursQuantisedCache(tag, flash, request)) {
      return KvCacheOrigin.NOT_HONOURED;
    }
    return request.kvCacheType().isPresent() ? KvCacheOrigin.REQUEST : KvCacheOrigin.VARIABLE;
  }

  /// The type that the engine really uses.
  KvCacheType kvCacheType(FitRequest request, ModelTag tag, boolean flash) {
    return switch (kvCacheOrigin(request, tag, flash)) {
      case DEFAULT, NOT_HONOURED, NOT_KNOWN -> KvCacheType.F16;
      case REQUEST, VARIABLE -> wantedKvCacheType(request).orElse(KvCacheType.F16);
    };
  }

  private Optional<KvCacheType> wantedKvCacheType(FitRequest request) {
    if (request.kvCacheType().isPresent()) {
      return request.kvCacheType();
    }
    String name = setup.variable("OLLAMA_KV_CACHE_TYPE").orElse("");
    for (KvCacheType type : KvCacheType.values()) {
      if (type.label().equalsIgnoreCase(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /// Since 0.30 the type is passed on as it is. Before, it needed flash attention, and from 0.13.4
  /// for the architectures of the bundled llama.cpp an explicit `OLLAMA_FLASH_ATTENTION=1`.
  private boolean honoursQuantisedCache(ModelTag tag, boolean flash, FitRequest request) {
    if (era == Era.C) {
      return true;
    }
    if (!flash || !since(5, 0)) {
      return false;
    }
    boolean ownEngine = tag.variant().architecture().family() == Family.QWEN3 && since(12, 0);
    return ownEngine || !since(13, 4) || wantedFlashAttention(request) == FlashAttention.ON;
  }

  private FlashAttention wantedFlashAttention(FitRequest request) {
    if (request.flashAttention().isPresent()) {
      return request.flashAttention().get();
    }
    Optional<Boolean> variable = flag("OLLAMA_FLASH_ATTENTION");
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
    if (wanted == FlashAttention.AUTO && !onByItself(tag)) {
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

  /// Up to 0.13.3 only for listed architectures, of which qwen3 is one since 0.12.11.
  private boolean onByItself(ModelTag tag) {
    return since(13, 4) || (tag.variant().architecture().family() == Family.QWEN3 && since(12, 11));
  }

  private boolean allQualify(List<GpuSlot> slots) {
    for (GpuSlot slot : slots) {
      if (slot.backend() == Backend.CUDA && !qualifies(slot.device())) {
        return false;
      }
    }
    return true;
  }

  /// ml/device.go, FlashAttentionSupported: 7.2 never; from 7.0 in 0.30, from 6.0 since 0.31.2. A
  /// card that does not tell its compute capability is taken for one that can.
  private boolean qualifies(Accelerator gpu) {
    Optional<String> told = gpu.identity().computeCapability();
    if (told.isEmpty()) {
      return true;
    }
    double capability;
    try {
      capability = Double.parseDouble(told.get());
    } catch (NumberFormatException _) {
      return true;
    }
    double floor = era != Era.C ? 0 : since(31, 2) ? 6.0 : 7.0;
    return capability != 7.2 && capability >= floor;
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

  /// A whole number of 0 or more; 0 where it is not set or not readable.
  private long number(String name) {
    return Math.max(0, parsed(setup.variable(name).orElse("")));
  }

  private static long parsed(String digits) {
    if (digits.isEmpty()) {
      return -1;
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /// A switch as Ollama reads it: what is not readable counts as on.
  private Optional<Boolean> flag(String name) {
    Optional<String> value = setup.variable(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return switch (value.get()) {
      case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
      default -> Optional.of(true);
    };
  }
}
