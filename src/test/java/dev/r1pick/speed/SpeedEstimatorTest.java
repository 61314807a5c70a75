package dev.r1pick.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.ollama.Backend;
import dev.r1pick.speed.Plans.Size;
import dev.r1pick.speed.SpeedEstimate.Basis;
import dev.r1pick.speed.SpeedEstimate.Known;
import dev.r1pick.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedEstimatorTest {
  private static final GpuModel RTX_3060 =
      Plans.gpu("NVIDIA GeForce RTX 3060", "Ampere", 360, 51.2);
  private static final GpuModel RTX_3090 =
      Plans.gpu("NVIDIA GeForce RTX 3090", "Ampere", 936.2, 142);
  private static final GpuModel RTX_4090 = Plans.gpu("NVIDIA GeForce RTX 4090", "Ada", 1008, 330.3);
  private static final GpuModel M3_MAX = Plans.gpu("Apple M3 Max", "M3", 409.6, 14.1);
  private final CpuBandwidth ddr5 =
      CpuBandwidthEstimator.shipped()
          .estimate(
              Plans.machine(
                  Plans.cpu("AMD Ryzen 9 9950X 16-Core Processor", "x86_64", 16), Plans.LINUX));
  private final SpeedEstimator estimator = new SpeedEstimator(SpeedConstantsReader.shipped());

  private Known on(LoadPlan plan, int context, GpuModel... gpus) {
    return on(plan, ddr5, context, gpus);
  }

  private Known on(LoadPlan plan, CpuBandwidth cpu, int context, GpuModel... gpus) {
    return assertInstanceOf(
        Known.class, estimator.estimate(plan, Plans.machine(), known(gpus), cpu, context));
  }

  private static List<Optional<GpuModel>> known(GpuModel... gpus) {
    List<Optional<GpuModel>> models = new ArrayList<>();
    for (GpuModel gpu : gpus) {
      models.add(Optional.of(gpu));
    }
    return models;
  }

  private static double rate(Known known) {
    return known.generation().expected().tokensPerSecond();
  }

  /// Rows of single cards with R1's own architectures, through the whole estimator.
  @ParameterizedTest
  @CsvSource({
    "3060, 14b, 32.0, 64",
    "3090, 8b-llama, 111.7, 256",
    "4090, 8b-llama, 127.7, 256",
  })
  void aPlanGivesTheRateThatWasMeasured(String gpu, String size, double measured, int context) {
    GpuModel model =
        switch (gpu) {
          case "3060" -> RTX_3060;
          case "3090" -> RTX_3090;
          default -> RTX_4090;
        };
    LoadPlan plan = Plans.whole(size.equals("14b") ? Size.FOURTEEN : Size.EIGHT, 1);
    assertEquals(measured, rate(on(plan, context, model)), 0.2 * measured);
  }

  @Test
  void moreBandwidthIsNeverSlower() {
    double before = 0;
    for (double bandwidth = 100; bandwidth < 3000; bandwidth *= 1.3) {
      double now =
          rate(on(Plans.whole(Size.FOURTEEN, 1), 4096, Plans.gpu("x", "Ada", bandwidth, 100)));
      assertTrue(now > before, bandwidth + " GB/s: " + now);
      before = now;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CUDA", "METAL", "ROCM", "VULKAN"})
  void aFullerContextIsNeverFaster(String backend) {
    LoadPlan plan = Plans.on(Backend.valueOf(backend), Plans.whole(Size.EIGHT, 1));
    Known before = on(plan, 0, RTX_4090);
    for (int context = 512; context <= 32768; context *= 2) {
      Known now = on(plan, context, RTX_4090);
      assertTrue(now.generation().low().compareTo(before.generation().low()) < 0);
      assertTrue(now.generation().expected().compareTo(before.generation().expected()) < 0);
      assertTrue(now.generation().high().compareTo(before.generation().high()) < 0);
      before = now;
    }
  }

  @Test
  void partialOffloadLiesBetweenGpuAndProcessor() {
    double gpu = rate(on(Plans.whole(Size.THIRTY_TWO, 1), 4096, RTX_4090));
    double cpu = rate(on(Plans.cpu(Size.THIRTY_TWO), 4096));
    double before = cpu;
    for (double share : new double[] {0.2, 0.4, 0.6, 0.8, 0.95}) {
      double now = rate(on(Plans.partly(Size.THIRTY_TWO, share), 4096, RTX_4090));
      assertTrue(now > before && now < gpu, share + ": " + now);
      before = now;
    }
  }

  /// Seven published points of one 14B on a 16 GB card: the card's end is estimated, the
  /// processor's bandwidth is taken from the point without layers on the card.
  @Test
  void aSweepOfOffloadedLayersIsFollowed() {
    GpuModel card = Plans.gpu("NVIDIA GeForce RTX 5060 Ti", "Blackwell", 448, 95);
    double none = 2.89;
    CpuBandwidth ram = ramOfRate(none);
    int[] layers = {8, 16, 24, 32, 40};
    double[] measured = {3.58, 4.24, 5.61, 7.26, 12.5};
    List<Double> errors = new ArrayList<>();
    for (int i = 0; i < layers.length; i++) {
      double now = rate(on(Plans.partly(Size.FOURTEEN, layers[i] / 49.0), ram, 200, card));
      errors.add(Math.abs(now / measured[i] - 1));
    }
    assertTrue(ErrorTable.percentile(errors, 0.5) < 0.10, errors.toString());
  }

  /// The bandwidth at which the processor alone reaches that rate.
  private CpuBandwidth ramOfRate(double wanted) {
    double low = 1e9;
    double high = 1e12;
    while (high / low > 1.0001) {
      double middle = Math.sqrt(low * high);
      double rate = rate(on(Plans.cpu(Size.FOURTEEN), exactly(middle), 200));
      low = rate < wanted ? middle : low;
      high = rate < wanted ? high : middle;
    }
    return exactly(high);
  }

  private static CpuBandwidth exactly(double bytesPerSecond) {
    var bandwidth = new Bandwidth(Math.round(bytesPerSecond));
    return new CpuBandwidth(
        bandwidth, bandwidth, bandwidth, CpuBandwidth.Origin.PLATFORM, ProcessorKind.DESKTOP, 1);
  }

  @Test
  void twoEqualGpusAreNotFasterThanOne() {
    double one = rate(on(Plans.whole(Size.THIRTY_TWO, 1), 4096, RTX_3090));
    double two = rate(on(Plans.whole(Size.THIRTY_TWO, 2), 4096, RTX_3090, RTX_3090));
    assertTrue(two < one, two + " of " + one);
    assertTrue(two > 0.95 * one, two + " of " + one);
  }

  @Test
  void anUnequalPairIsAsFastAsTheTwoHalvesAfterOneAnother() {
    double fast = rate(on(Plans.whole(Size.THIRTY_TWO, 2), 4096, RTX_3090, RTX_3090));
    double slow = rate(on(Plans.whole(Size.THIRTY_TWO, 2), 4096, RTX_3060, RTX_3060));
    double mixed = rate(on(Plans.whole(Size.THIRTY_TWO, 2), 4096, RTX_3090, RTX_3060));
    assertEquals(2 / (1 / fast + 1 / slow), mixed, 1e-6 * mixed);
  }

  @Test
  void aGpuThatTheCatalogDoesNotKnowHasNoSpeed() {
    SpeedEstimate estimate =
        estimator.estimate(
            Plans.whole(Size.SEVEN, 1), Plans.machine(), List.of(Optional.empty()), ddr5, 0);
    assertEquals(new SpeedEstimate.Unknown("gpu-not-in-catalog"), estimate);
  }

  @Test
  void aGenerationWithoutRowsIsEstimatedByItsBackendAndWider() {
    Known known = on(Plans.whole(Size.SEVEN, 1), 4096, RTX_4090);
    Known unknown = on(Plans.whole(Size.SEVEN, 1), 4096, Plans.gpu("x", "Rubin", 1008, 330));
    assertEquals(new Basis.FromBandwidth("cuda-ada", 50), known.basis());
    assertEquals(new Basis.ByBackend("cuda"), unknown.basis());
    assertTrue(width(unknown) > 1.5 * width(known), width(unknown) + " " + width(known));
  }

  private static double width(Known known) {
    return Math.log(
        known.generation().high().tokensPerSecond() / known.generation().low().tokensPerSecond());
  }

  @Test
  void bandwidthMeasuredHereIsSaidAndNarrower() {
    LoadPlan plan = Plans.cpu(Size.SEVEN);
    Cpu processor = Plans.cpu("", "x86_64", 8);
    CpuBandwidth guess =
        CpuBandwidthEstimator.shipped().estimate(Plans.machine(processor, Plans.LINUX));
    Known guessed = on(plan, guess, 4096);
    Known measured = on(plan, CpuBandwidth.measured(Bandwidth.ofGBPerSecond(70)), 4096);
    assertEquals(new Basis.MeasuredHere(), measured.basis());
    assertInstanceOf(Basis.FromBandwidth.class, guessed.basis());
    assertTrue(width(measured) < width(guessed));
  }

  @Test
  void partsOfTwoKindsNameBoth() {
    Known partly = on(Plans.partly(Size.FOURTEEN, 0.5), 4096, RTX_3060);
    assertEquals("cuda-ampere+cpu", ((Basis.FromBandwidth) partly.basis()).speedClass());
  }

  @Test
  void askingForMoreThanTheContextIsAskingForAFullOne() {
    assertEquals(32768, on(Plans.whole(Size.SEVEN, 1), 100_000, RTX_4090).atContextTokens());
  }

  @Test
  void everyGpuOfAPlanNeedsItsKind() {
    LoadPlan plan = Plans.whole(Size.SEVEN, 2);
    assertThrows(
        IllegalArgumentException.class,
        () -> estimator.estimate(plan, Plans.machine(), known(RTX_4090), ddr5, 0));
  }

  @Test
  void promptsAreReadFasterThanAnswersAreWritten() {
    Known known = on(Plans.whole(Size.FOURTEEN, 1), 4096, RTX_4090);
    double prompt = known.prompt().orElseThrow().expected().tokensPerSecond();
    assertTrue(prompt > 20 * rate(known), prompt + " " + rate(known));
  }

  @Test
  void anAnswerTakesItsPromptAndItsTokens() {
    LoadPlan plan = Plans.whole(Size.FOURTEEN, 1);
    var length = new AnswerTime.Length(1000, 2000, 8000);
    AnswerTime time =
        estimator.answerTime(plan, Plans.machine(), known(RTX_4090), ddr5, length).orElseThrow();
    double middle = rate(on(plan, 2000, RTX_4090));
    double reading =
        1000 / on(plan, 1000, RTX_4090).prompt().orElseThrow().expected().tokensPerSecond();
    assertEquals(2000 / middle + reading, time.typical().expected().toNanos() / 1e9, 0.01);
    assertTrue(time.typical().low().compareTo(time.typical().expected()) < 0);
    assertTrue(time.typical().expected().compareTo(time.typical().high()) < 0);
    double times = (double) time.heavy().expected().toNanos() / time.typical().expected().toNanos();
    assertTrue(times > 4, "rate falls as the context fills: " + times);
  }

  /// What the closing table of the documents shows.
  @Test
  void theTableOfKnownMachines() {
    var text = new StringBuilder("| at 4k | 7b | 14b | 32b | 70b |\n|---|---|---|---|---|\n");
    row(text, "RTX 3060 12GB", Backend.CUDA, 1, RTX_3060, 12);
    row(text, "RTX 4090", Backend.CUDA, 1, RTX_4090, 24);
    row(text, "M3 Max 64 GB", Backend.METAL, 1, M3_MAX, 48);
    row(text, "2 × RTX 3090", Backend.CUDA, 2, RTX_3090, 48);
    text.append("| Ryzen 9 9950X (16 cores, DDR5) |");
    for (Size size : SIZES) {
      text.append(cell(on(Plans.cpu(size), 4096)));
    }
    System.out.println(text.append('\n'));
    assertTrue(rate(on(Plans.cpu(Size.SEVEN), 4096)) < 25);
  }

  private static final List<Size> SIZES =
      List.of(Size.SEVEN, Size.FOURTEEN, Size.THIRTY_TWO, Size.SEVENTY);

  /// Where it does not fit, the share of the layers that does; a GiB and a half is not for layers.
  private void row(
      StringBuilder text, String name, Backend backend, int gpus, GpuModel gpu, int gib) {
    text.append("| ").append(name).append(" |");
    for (Size size : SIZES) {
      double share = (gib - 1.5 * gpus) * 1073741824.0 / (size.read() + size.kvCache() / 8.0);
      GpuModel[] models = new GpuModel[share >= 1 ? gpus : 1];
      java.util.Arrays.fill(models, gpu);
      LoadPlan plan = share >= 1 ? Plans.whole(size, gpus) : Plans.partly(size, share);
      text.append(cell(on(Plans.on(backend, plan), 4096, models)));
    }
    text.append('\n');
  }

  private static String cell(Known known) {
    return String.format(
        Locale.ROOT,
        " %.1f (%.1f–%.1f)%s |",
        rate(known),
        known.generation().low().tokensPerSecond(),
        known.generation().high().tokensPerSecond(),
        ((Basis.FromBandwidth) known.basis()).speedClass().contains("+cpu")
            ? " partly in RAM"
            : "");
  }
}
