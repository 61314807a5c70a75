package dev.r1pick.ollama;

import dev.r1pick.units.Bytes;
import java.util.Optional;

/// What an installed Ollama decides by itself, by its version and its environment, before it knows
/// the load.
///
/// Facts are from Ollama's source up to 0.33.0-rc2 (August 2026); an unknown version gets the
/// newest rules. `docs/estimates.md` lists the rules with their place in the source.
public final class OllamaRules {
  /// The first version that runs qwen3, the base of the 8B of R1-0528 (release notes of 0.6.6).
  public static final OllamaVersion FIRST_WITH_QWEN3 = new OllamaVersion(0, 6, 6);

  /// The oldest version that a rule here tells apart: KV cache types came with it. DeepSeek-R1 is
  /// younger.
  public static final OllamaVersion OLDEST = new OllamaVersion(0, 5, 0);

  /// sched.go: the share of free memory that a prediction may take of one GPU, in percent.
  public static final int SINGLE_GPU_PERCENT = 80;

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /// routes.go, Serve: total memory from which the default context is 32k, and 256k.
  private static final long LARGE_TIER = 47 * GIB;

  private static final long MIDDLE_TIER = 23 * GIB;

  /// More sequences than anyone serves; keeps a mistyped variable within range.
  private static final long MOST_PARALLEL = 1024;

  /// common/fit.cpp: what is left free on every device.
  private static final long FIT_TARGET_MIB = 1024;

  /// ml/device.go, MinimumMemory (up to 0.24.0).
  private static final long OWN_RESERVE_MIB = 457;

  private static final long OWN_RESERVE_METAL_MIB = 512;

  private final OllamaSetup setup;
  private final Optional<OllamaVersion> version;
  private final Era era;
  private final long overhead;

  private OllamaRules(OllamaSetup setup) {
    this.setup = setup;
    this.version = setup.release();
    this.era = Era.of(setup);
    this.overhead = setup.number("OLLAMA_GPU_OVERHEAD");
  }

  /// The rules of an installation.
  public static OllamaRules of(OllamaSetup setup) {
    return new OllamaRules(setup);
  }

  /// Whether a version is older than all whose rules are known here.
  public static boolean isOlderThanAll(String version) {
    Optional<OllamaVersion> read = OllamaVersion.parse(version);
    return read.isPresent() && read.get().compareTo(OLDEST) < 0;
  }

  /// Whose rules these are.
  public Era era() {
    return era;
  }

  /// The version they were chosen by; empty where it is not known.
  public Optional<OllamaVersion> version() {
    return version;
  }

  /// Whether it is 0.`minor`.`patch` or later; an unknown version is.
  public boolean isAtLeast(int minor, int patch) {
    return since(minor, patch);
  }

  private boolean since(int minor, int patch) {
    return OllamaVersion.isAtLeast(version, minor, patch);
  }

  /// Whether it can run models of the qwen3 family.
  public boolean runsQwen3() {
    return version.isEmpty() || version.get().compareTo(FIRST_WITH_QWEN3) >= 0;
  }

  /// Whether thinking can be switched off by request, from 0.9.0 on (ollama docs/api.md, `think`).
  public boolean hasThinkingSwitch() {
    return since(9, 0);
  }

  /// Whether a request can ask that a prompt which is too long be refused, from 0.12.6 on
  /// (`api/types.go`, Truncate); without that it is cut.
  public boolean hasTruncateSwitch() {
    return since(12, 6);
  }

  /// What counts of a GPU's memory towards the default context: its total less
  /// `OLLAMA_GPU_OVERHEAD`.
  public Bytes countedMemory(Bytes total) {
    return total.minusOrZero(Bytes.of(overhead));
  }

  /// The context that `OLLAMA_CONTEXT_LENGTH` sets, in tokens; 0 where it is not set, not readable
  /// or not known to that version.
  public long contextVariable() {
    return since(5, 13) ? setup.number("OLLAMA_CONTEXT_LENGTH") : 0;
  }

  /// Whether the default context goes by the memory of the GPUs.
  public boolean contextGoesByMemory() {
    return era != Era.A;
  }

  /// The context in tokens where neither request nor variable sets one.
  ///
  /// @param counted memory of all usable GPUs, as [#countedMemory] counts it
  public int defaultContext(Bytes counted) {
    if (!contextGoesByMemory()) {
      return since(6, 7) ? 4096 : 2048;
    }
    long vram = counted.count();
    return vram >= LARGE_TIER ? 262_144 : vram >= MIDDLE_TIER ? 32_768 : 4096;
  }

  /// Sequences served at once as `OLLAMA_NUM_PARALLEL` sets them, 1 to 1024; 0 where it does not.
  public int parallelVariable() {
    return (int) Math.min(setup.number("OLLAMA_NUM_PARALLEL"), MOST_PARALLEL);
  }

  /// Whether all GPUs of a library are used even where one is enough.
  public boolean spreads() {
    return setup.flag("OLLAMA_SCHED_SPREAD").orElse(false);
  }

  /// Whether layers that do not fit are left in RAM; with `LLAMA_ARG_FIT=off` the load fails.
  public boolean fitsLayers() {
    return era != Era.C || !saysOff(setup.variable("LLAMA_ARG_FIT").orElse(""));
  }

  private static boolean saysOff(String value) {
    return value.equalsIgnoreCase("off") || value.equals("0") || value.equalsIgnoreCase("false");
  }

  /// What decides how much is left free on each GPU.
  public MarginOrigin marginOrigin() {
    if (era != Era.C) {
      return MarginOrigin.OWN_LAYOUT;
    }
    if (!fitsLayers()) {
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
  public long margin(Backend backend, int index, long firstLayer) {
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
    long mib = OllamaSetup.parsed(value.strip());
    return mib >= 0 && mib < 1 << 24 ? mib : FIT_TARGET_MIB;
  }

  /// The name of the KV cache's type that `OLLAMA_KV_CACHE_TYPE` sets.
  public Optional<String> kvCacheVariable() {
    return setup.variable("OLLAMA_KV_CACHE_TYPE");
  }

  /// Whether a quantized KV cache is really used. Since 0.30 the type is passed on as it is.
  /// Before, it needed flash attention, and from 0.13.4 on the bundled llama.cpp an explicit
  /// `OLLAMA_FLASH_ATTENTION=1`.
  ///
  /// @param qwen3 whether the model is of the qwen3 family, which Ollama's own engine ran
  /// @param flash whether flash attention is on
  /// @param askedByName whether it was asked for by name
  public boolean honorsQuantizedCache(boolean qwen3, boolean flash, boolean askedByName) {
    if (era == Era.C) {
      return true;
    }
    if (!flash || !since(OLDEST.minor(), OLDEST.patch())) {
      return false;
    }
    boolean ownEngine = qwen3 && since(12, 0);
    return ownEngine || !since(13, 4) || askedByName;
  }

  /// Whether flash attention has to be asked for by name for a quantized KV cache to count.
  public boolean wantsFlashAttentionByName() {
    return era != Era.C;
  }

  /// What `OLLAMA_FLASH_ATTENTION` says; empty: Ollama decides.
  public Optional<Boolean> flashAttentionVariable() {
    return setup.flag("OLLAMA_FLASH_ATTENTION");
  }

  /// Whether flash attention is turned on without being asked for: up to 0.13.3 only for listed
  /// architectures, of which qwen3 is one since 0.12.11.
  public boolean turnsFlashAttentionOn(boolean qwen3) {
    return since(13, 4) || (qwen3 && since(12, 11));
  }

  /// Whether a CUDA chip can do flash attention. ml/device.go, FlashAttentionSupported: 7.2 never;
  /// from 7.0 in 0.30, from 6.0 since 0.31.2. A card that does not tell its compute capability is
  /// taken for one that can.
  public boolean canDoFlashAttention(Optional<String> computeCapability) {
    if (computeCapability.isEmpty()) {
      return true;
    }
    double capability;
    try {
      capability = Double.parseDouble(computeCapability.get());
    } catch (NumberFormatException _) {
      return true;
    }
    double floor = era != Era.C ? 0 : since(31, 2) ? 6.0 : 7.0;
    return capability != 7.2 && capability >= floor;
  }

  /// Whether a load on an integrated CUDA or ROCm GPU of Linux reads past the page cache (since
  /// 0.32.2, `llm/llama_server.go`, appendLoadModeArgs).
  public boolean readsDirectly() {
    return era == Era.C && since(32, 2);
  }
}
