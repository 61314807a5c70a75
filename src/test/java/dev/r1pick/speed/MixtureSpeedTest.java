package dev.r1pick.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.r1pick.catalog.Architecture;
import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.Attention.LatentSizes;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.HostLoad;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.speed.CpuBandwidth.Origin;
import dev.r1pick.speed.SpeedEstimate.Basis;
import dev.r1pick.speed.SpeedEstimate.Known;
import dev.r1pick.units.Bandwidth;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Loads of a made-up model in round figures: 10 layers, 10^9 parameters of which 35 % work on a
/// token; of 8 experts 2.
class MixtureSpeedTest {
  private static final int CONTEXT = 10_000;
  private static final long EMBEDDING = 256L * 256 * 144 / 256;
  private static final GpuModel CARD = Plans.gpu("NVIDIA Card", "Ampere", 1000, 100);
  private static final GpuModel OF_NO_CLASS = Plans.gpu("NVIDIA Card", "Ada", 1000, 100);

  private final SpeedEstimator estimator = new SpeedEstimator(RoundFigures.constants());

  private static Architecture architecture(Attention attention, boolean experts) {
    return new Architecture(
        Architecture.Family.DEEPSEEK2,
        1_000_000_000,
        10,
        256,
        1024,
        256,
        attention,
        Optional.empty(),
        false,
        false,
        experts
            ? Optional.of(new Architecture.Experts(8, 2, 1, 0, 64, 350_000_000))
            : Optional.empty());
  }

  private static Architecture mixture() {
    return architecture(new Attention.FullHeads(new LatentSizes(4, 1, 1, 32, 16, 32)), true);
  }

  private static Architecture dense() {
    return architecture(new Attention.GroupedHeads(4, 1, 48), false);
  }

  /// On each GPU 10^9 bytes of weights and a cache of 1000 bytes a token.
  private static LoadPlan plan(
      Architecture model, Placement placement, long host, Backend... backends) {
    List<DeviceLoad> devices = new ArrayList<>();
    for (Backend backend : backends) {
      devices.add(
          new DeviceLoad(
              Plans.accelerator(backend),
              placement.gpuLayers() / backends.length,
              Bytes.of(1_000_000_000),
              Bytes.of(32_768_000),
              Bytes.ZERO,
              Optional.empty(),
              Bytes.ZERO,
              Bytes.ZERO));
    }
    return new LoadPlan(
        Plans.tag("x", model),
        Plans.settings(),
        placement,
        devices,
        new HostLoad(
            Bytes.of(host + EMBEDDING),
            Bytes.ZERO,
            Bytes.ZERO,
            Bytes.ZERO,
            Optional.empty(),
            Bytes.ZERO));
  }

  private static CpuBandwidth memory(Origin origin, int sockets) {
    return new CpuBandwidth(
        Bandwidth.ofGBPerSecond(80),
        Bandwidth.ofGBPerSecond(100),
        Bandwidth.ofGBPerSecond(120),
        origin,
        ProcessorKind.SERVER,
        sockets);
  }

  private static Machine machine() {
    return Plans.machine(Plans.cpu("", "x86_64", 4), Plans.LINUX);
  }

  private Known known(LoadPlan plan, CpuBandwidth memory, GpuModel... models) {
    return known(plan, machine(), memory, models);
  }

  private Known known(LoadPlan plan, Machine machine, CpuBandwidth memory, GpuModel... models) {
    List<Optional<GpuModel>> kinds = new ArrayList<>();
    for (GpuModel model : models) {
      kinds.add(Optional.of(model));
    }
    return assertInstanceOf(Known.class, estimator.estimate(plan, machine, kinds, memory, CONTEXT));
  }

  private static void assertMillis(double low, double expected, double high, Known known) {
    assertEquals(low, 1e3 / known.generation().high().tokensPerSecond(), 1e-6, "fast end");
    assertEquals(expected, 1e3 / known.generation().expected().tokensPerSecond(), 1e-6);
    assertEquals(high, 1e3 / known.generation().low().tokensPerSecond(), 1e-6, "slow end");
  }

  // --- the mixture

  /// 35 % of the weights and twice the cache at half the peak, at half of the rate of a dense
  /// model.
  @Test
  void onGpusItReadsItsActiveShare() {
    LoadPlan plan = plan(mixture(), new Placement.AllOnGpu(11), 0, Backend.CUDA);
    Known known = known(plan, memory(Origin.PLATFORM, 1), CARD);
    assertMillis(1.41, 2.68, 8.04, known);
    assertEquals(new Basis.FromBandwidth("cuda-ampere", 3), known.basis());
  }

  /// Three quarters of what the card has and a quarter of the experts in RAM are read.
  @Test
  void withExpertsInRamItReadsTheUsedOnesThere() {
    LoadPlan plan =
        plan(mixture(), new Placement.ExpertsInRam(1, 10), 4_000_000_000L, Backend.CUDA);
    Known one = known(plan, memory(Origin.PLATFORM, 1), CARD);
    assertMillis(0.95 + 10.5 + 1, 1.9 + 21 + 1, 3.8 + 42 + 1, one);
    assertEquals(new Basis.FromBandwidth("cuda-ampere+cpu", 8), one.basis());
    Known two = known(plan, memory(Origin.PLATFORM, 2), CARD);
    assertMillis(0.95 + 6.5 + 1, 1.9 + 26 + 1, 3.8 + 104 + 1, two);
    // measured: 0.9 · 0.5 / 0.6 of it
    Known measured = known(plan, memory(Origin.MEASURED, 1), CARD);
    assertEquals(
        1.9 + 1000.0 / 75 + 1 + 1, 1e3 / measured.generation().expected().tokensPerSecond(), 1e-6);
    assertEquals(new Basis.MeasuredHere(), measured.basis());
  }

  /// The prompt's time is that of each part, by the weights that are read there.
  @Test
  void itsPromptIsComputedByBothParts() {
    LoadPlan plan =
        plan(mixture(), new Placement.ExpertsInRam(1, 10), 4_000_000_000L, Backend.CUDA);
    double attention = 4.0 * 10 * 4 * 48 * 5000;
    double onGpu = (2 * 350e6 + 3 * attention) / (100e12 * 0.5 * 1.25);
    double inRam = (2 * 350e6 / 1e10 + attention / 1e9) / 4 / 0.5;
    double seconds = (onGpu * 0.75 + inRam) / 1.75;
    double slow = (onGpu * 0.75 * 2 + inRam * 4) / 1.75;
    double fast = (onGpu * 0.75 / 2 + inRam / 4) / 1.75;
    SpeedEstimate.Range prompt =
        known(plan, memory(Origin.PLATFORM, 1), CARD).prompt().orElseThrow();
    assertEquals(1 / seconds, prompt.expected().tokensPerSecond(), 1e-6);
    assertEquals(1 / slow, prompt.low().tokensPerSecond(), 1e-6);
    assertEquals(1 / fast, prompt.high().tokensPerSecond(), 1e-6);
  }

  /// The other layout has as many values in its heads.
  @Test
  void theCompressedLayoutAttendsWithAsManyHeads() {
    Architecture latent =
        architecture(new Attention.Latent(new LatentSizes(4, 1, 1, 32, 16, 32)), true);
    Placement whole = new Placement.AllOnGpu(11);
    assertEquals(
        known(plan(mixture(), whole, 0, Backend.CUDA), memory(Origin.PLATFORM, 1), CARD).prompt(),
        known(plan(latent, whole, 0, Backend.CUDA), memory(Origin.PLATFORM, 1), CARD).prompt());
  }

  @Test
  void aBackendWithoutAFactorHasThatOfCuda() {
    assertEquals(0.25, RoundFigures.mixture().gpuFactor("metal"));
    assertEquals(0.5, RoundFigures.mixture().gpuFactor("cuda"));
    assertEquals(0.5, RoundFigures.mixture().gpuFactor("rocm"));
  }

  // --- a dense model

  /// All weights and twice the cache at half the peak, ten layers of 10 µs, 1 ms a token.
  @ParameterizedTest
  @CsvSource({"'', 1", "0.13.0, 1", "0.12.11, 3"})
  void ofADenseModelAllIsRead(String version, double token) {
    LoadPlan plan = plan(dense(), new Placement.AllOnGpu(11), 0, Backend.CUDA);
    Machine machine =
        machine()
            .withOllama(
                new OllamaSetup(
                    version.isEmpty() ? Optional.empty() : Optional.of(version), Map.of()));
    Known known = known(plan, machine, memory(Origin.PLATFORM, 1), CARD);
    assertMillis(2.12 / 2 + token, 2.14 + token, 2.18 * 2 + token, known);
  }

  @Test
  void eachStepFromOneGpuToTheNextCosts() {
    LoadPlan two =
        plan(dense(), new Placement.SplitAcrossGpus(11, 2), 0, Backend.CUDA, Backend.CUDA);
    Known known = known(two, memory(Origin.PLATFORM, 1), CARD, CARD);
    double each = 2.04 + 1e-2 * 5 * 10 / 11;
    assertEquals(2 * each + 10 + 1, 1e3 / known.generation().expected().tokensPerSecond(), 1e-6);
    assertEquals(new Basis.FromBandwidth("cuda-ampere", 8), known.basis());
  }

  @Test
  void aChipThatMayLackAFanSlowsDown() {
    LoadPlan plan = plan(dense(), new Placement.AllOnGpu(11), 0, Backend.METAL);
    GpuModel plain = Plans.gpu("Apple M9", "M9", 1000, 100);
    Known without = known(plan, memory(Origin.PLATFORM, 1), plain);
    assertMillis(2.12 / 2 + 1, 2.14 / 0.8 + 1, 2.18 * 2 / 0.5 + 1, without);
    GpuModel max = Plans.gpu("Apple M9 Max", "M9", 1000, 100);
    assertMillis(
        2.12 / 2 + 1, 2.14 + 1, 2.18 * 2 + 1, known(plan, memory(Origin.PLATFORM, 1), max));
    assertEquals(new Basis.ByBackend("metal"), without.basis());
  }

  @Test
  void aClassWithoutRowsIsSaidToBeOfItsBackend() {
    LoadPlan plan = plan(dense(), new Placement.AllOnGpu(11), 0, Backend.CUDA);
    assertEquals(
        new Basis.ByBackend("cuda"), known(plan, memory(Origin.PLATFORM, 1), OF_NO_CLASS).basis());
  }

  /// 2 · 10^9 bytes at 60 % of 100 GB/s and unpacked at 4 · 10^9 a second, ten layers.
  @Test
  void inRamTheProcessorReadsTheRest() {
    LoadPlan plan = plan(dense(), new Placement.CpuOnly(11), 2_000_000_000L);
    Known known = known(plan, memory(Origin.PLATFORM, 1));
    double read = Math.pow(Math.pow(2.0 / 60, 4) + Math.pow(0.5, 4), 0.25);
    double layers = 11 * 1e-4 * 2;
    double seconds = read + layers;
    assertMillis(1e3 * seconds / 2 + 1, 1e3 * seconds + 1, 1e3 * seconds * 2 + 1, known);
    assertEquals(new Basis.FromBandwidth("cpu", 20), known.basis());
    double prompt = (2e9 / 1e10 + 4.0 * 10 * 4 * 48 * 5000 / 1e9) / 4;
    assertEquals(1 / prompt, known.prompt().orElseThrow().expected().tokensPerSecond(), 1e-6);
  }

  /// The wider of what the formula is off and what the memory may have.
  @Test
  void memoryThatMayBeFarSlowerWidensTheRange() {
    LoadPlan plan = plan(dense(), new Placement.CpuOnly(11), 2_000_000_000L);
    var wide =
        new CpuBandwidth(
            Bandwidth.ofGBPerSecond(1),
            Bandwidth.ofGBPerSecond(2),
            Bandwidth.ofGBPerSecond(20),
            Origin.PLATFORM,
            ProcessorKind.SERVER,
            1);
    Known known = known(plan, wide);
    double layers = 11 * 1e-4 * 2;
    double slow = Math.pow(Math.pow(2 / 0.6, 4) + Math.pow(0.5, 4), 0.25) + layers;
    double middle = Math.pow(Math.pow(2 / 1.2, 4) + Math.pow(0.5, 4), 0.25) + layers;
    double fast = Math.pow(Math.pow(2.0 / 12, 4) + Math.pow(0.5, 4), 0.25) + layers;
    assertEquals(true, slow < 2 * middle && fast < middle / 2);
    assertMillis(1e3 * fast + 1, 1e3 * middle + 1, 1e3 * 2 * middle + 1, known);
  }

  // --- what drives them

  @Test
  void backendsAreNamedOnceEach() {
    Placement split = new Placement.SplitAcrossGpus(11, 3);
    assertEquals(
        "cuda+vulkan",
        SpeedEstimator.backends(
            plan(dense(), split, 0, Backend.CUDA, Backend.CUDA, Backend.VULKAN), machine()));
    assertEquals(
        "", SpeedEstimator.backends(plan(dense(), new Placement.CpuOnly(11), 1), machine()));
  }

  @Test
  void aDeviceThatIsNotDrivenHasNoSpeed() {
    LoadPlan driven = plan(dense(), new Placement.AllOnGpu(11), 0, Backend.CUDA);
    Accelerator idle =
        driven
            .devices()
            .getFirst()
            .device()
            .withUsability(NotUsable.because(WhyNot.DRIVER_MISSING));
    DeviceLoad load = driven.devices().getFirst();
    var plan =
        new LoadPlan(
            driven.tag(),
            driven.settings(),
            driven.placement(),
            List.of(
                new DeviceLoad(
                    idle,
                    load.layers(),
                    load.weights(),
                    load.kvCache(),
                    load.compute(),
                    load.free(),
                    load.margin(),
                    load.driverShare())),
            driven.host());
    assertEquals(
        new SpeedEstimate.Unknown("backend-not-known"),
        estimator.estimate(
            plan, machine(), List.of(Optional.of(CARD)), memory(Origin.PLATFORM, 1), CONTEXT));
  }

  // --- what was measured

  @ParameterizedTest
  @CsvSource({"true, 2, 1.5", "true, 0.5, ''", "false, '', 2"})
  void whatWasMeasuredHereScalesTheEstimate(boolean onGpus, String gpus, String processor) {
    LoadPlan plan =
        onGpus
            ? plan(dense(), new Placement.AllOnGpu(11), 0, Backend.CUDA)
            : plan(dense(), new Placement.CpuOnly(11), 2_000_000_000L);
    GpuModel[] models = onGpus ? new GpuModel[] {CARD} : new GpuModel[] {};
    Known plain = known(plan, memory(Origin.PLATFORM, 1), models);
    SpeedEstimate applied =
        new MeasuredFactor(number(gpus), number(processor)).applied(plan, plain);
    double rate =
        plain.generation().expected().tokensPerSecond()
            * (onGpus ? number(gpus) : number(processor)).orElseThrow();
    Known known = assertInstanceOf(Known.class, applied);
    assertEquals(rate, known.generation().expected().tokensPerSecond(), 1e-9);
    assertEquals(0.85 * rate, known.generation().low().tokensPerSecond(), 1e-9);
    assertEquals(1.15 * rate, known.generation().high().tokensPerSecond(), 1e-9);
    assertEquals(new Basis.MeasuredHere(), known.basis());
    assertEquals(plain.prompt(), known.prompt());
  }

  private static OptionalDouble number(String text) {
    return text == null || text.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(text));
  }

  @Test
  void whatIsPartlyInRamIsNotScaled() {
    LoadPlan plan =
        plan(dense(), new Placement.PartlyOffloaded(6, 5), 1_000_000_000L, Backend.CUDA);
    Known plain = known(plan, memory(Origin.PLATFORM, 1), CARD);
    var both = new MeasuredFactor(OptionalDouble.of(2), OptionalDouble.of(2));
    assertEquals(plain, both.applied(plan, plain));
    assertEquals(plain, MeasuredFactor.NONE.applied(plan, plain));
    var unknown = new SpeedEstimate.Unknown("x");
    LoadPlan whole = plan(dense(), new Placement.AllOnGpu(11), 0, Backend.CUDA);
    assertEquals(unknown, both.applied(whole, unknown));
  }
}
