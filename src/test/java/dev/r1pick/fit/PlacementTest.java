package dev.r1pick.fit;

import static dev.r1pick.fit.Machines.appleM3With16GiB;
import static dev.r1pick.fit.Machines.at;
import static dev.r1pick.fit.Machines.card;
import static dev.r1pick.fit.Machines.gpu;
import static dev.r1pick.fit.Machines.linux;
import static dev.r1pick.fit.Machines.machine;
import static dev.r1pick.fit.Machines.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.Vendor;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final Bytes RAM = Bytes.ofGiB(64);
  private final FitEstimator estimator = new FitEstimator();

  private Fit fit(String tag, FitRequest request, Machine machine) {
    return estimator.estimate(tag(tag), request, machine);
  }

  @Test
  void the32bSpillsOn24GiBAtTheContextThatOllamaOpens() {
    Machine machine = linux(RAM, card(Backend.CUDA, 24_564, 24_064));
    Fit.Partly fit = assertInstanceOf(Fit.Partly.class, fit("32b", FitRequest.DEFAULTS, machine));
    assertEquals(32_768, fit.plan().settings().contextLength().tokens());
    assertEquals(3.8, fit.shortfall().inGiB(), 0.1);
    Placement.PartlyOffloaded placement =
        assertInstanceOf(Placement.PartlyOffloaded.class, fit.plan().placement());
    assertEquals(65, placement.gpuLayers() + placement.cpuLayers());
    assertTrue(placement.gpuLayers() >= 50, placement::toString);
  }

  @Test
  void the32bFitsWholeOn24GiBUpToAboutSeventeenThousandTokens() {
    Machine machine = linux(RAM, card(Backend.CUDA, 24_564, 24_064));
    ContextLength largest =
        estimator.largestWholeContext(tag("32b"), FitRequest.DEFAULTS, machine).orElseThrow();
    assertTrue(largest.tokens() >= 12_288 && largest.tokens() <= 18_432, largest::toString);
    assertInstanceOf(Fit.Whole.class, fit("32b", at(largest.tokens()), machine));
    assertInstanceOf(Fit.Partly.class, fit("32b", at(largest.tokens() + 256), machine));
  }

  @Test
  void the70bOnTwo24GiBCardsOpens128kAndSpills() {
    Machine machine = linux(RAM, card(Backend.CUDA, 24_576), card(Backend.CUDA, 24_576));
    Fit fit = fit("70b", FitRequest.DEFAULTS, machine);
    assertInstanceOf(Fit.Partly.class, fit);
    assertEquals(131_072, fit.plan().settings().contextLength().tokens());
    Bytes kvCache = fit.plan().host().kvCache();
    for (DeviceLoad device : fit.plan().devices()) {
      kvCache = kvCache.plus(device.kvCache());
    }
    assertEquals(Bytes.ofGiB(40), kvCache);
    assertInstanceOf(Fit.Whole.class, fit("70b", at(8192), machine));
    assertEquals(
        new Placement.SplitAcrossGpus(81, 2), fit("70b", at(8192), machine).plan().placement());
  }

  @Test
  void mixedCardsGetLayersInProportionToTheirFreeMemory() {
    Machine machine = linux(RAM, card(Backend.CUDA, 24_576), card(Backend.CUDA, 12_288));
    Fit.Whole fit = assertInstanceOf(Fit.Whole.class, fit("32b", at(32_768), machine));
    assertEquals(44, fit.plan().devices().get(0).layers());
    assertEquals(21, fit.plan().devices().get(1).layers());
  }

  @Test
  void twoVendorsNeverShareOneTag() {
    Machine machine = linux(RAM, card(Backend.CUDA, 12_288), card(Backend.ROCM, 24_576));
    Fit fit = fit("32b", at(32_768), machine);
    assertInstanceOf(Fit.Partly.class, fit);
    assertEquals(1, fit.plan().devices().size());
    assertEquals(Vendor.AMD, fit.plan().devices().getFirst().device().vendor());
  }

  @Test
  void rocmAndVulkanStandOnTheNearestForm() {
    for (Backend backend : Backend.values()) {
      LoadAssumptions assumptions =
          estimator.assumptions(tag("7b"), at(4096), linux(RAM, card(backend, 24_576)));
      boolean measured = backend == Backend.CUDA || backend == Backend.METAL;
      assertEquals(
          measured ? LoadAssumptions.Figures.MEASURED : LoadAssumptions.Figures.NEAREST_BACKEND,
          assumptions.figures());
    }
  }

  @Test
  void sameBytesOfAnAppleChipAreCountedOnce() {
    Machine machine = appleM3With16GiB();
    Fit.Whole fit = assertInstanceOf(Fit.Whole.class, fit("8b", at(4096), machine));
    DeviceLoad device = fit.plan().devices().getFirst();
    Bytes available = machine.ram().available().orElseThrow();
    assertEquals(available.minusOrZero(device.total()), fit.plan().host().free().orElseThrow());
    assertEquals(4096, fit.plan().settings().contextLength().tokens());
  }

  @Test
  void the14bDoesNotGoIntoWhatABusy16GiBMacHasLeft() {
    Fit.DoesNotFit fit =
        assertInstanceOf(Fit.DoesNotFit.class, fit("14b", FitRequest.DEFAULTS, appleM3With16GiB()));
    assertEquals(Fit.Where.RAM, fit.where());
  }

  @Test
  void memoryOfASparkIsNotAddedToItsRam() {
    Bytes available = Bytes.ofGiB(110);
    Machine machine =
        machine(
            OsFamily.LINUX,
            Bytes.ofGiB(120),
            available,
            gpu(
                Backend.CUDA,
                Kind.INTEGRATED,
                Pool.SHARED,
                Bytes.ofGiB(120),
                Optional.of(available)));
    Fit fit = fit("70b", at(65_536), machine);
    assertInstanceOf(Fit.Whole.class, fit);
    assertTrue(fit.plan().total().atMost(available));
    // the 70B in Q8_0 and its cache at 128k together are more than the one pool
    assertInstanceOf(Fit.DoesNotFit.class, fit("70b-llama-distill-q8_0", at(131_072), machine));
  }

  @Test
  void carveOutStandsBesideRam() {
    Machine machine =
        machine(
            OsFamily.LINUX,
            Bytes.ofGiB(32),
            Bytes.ofGiB(28),
            gpu(
                Backend.ROCM,
                Kind.INTEGRATED,
                Pool.CARVE_OUT,
                Bytes.ofGiB(96),
                Optional.of(Bytes.ofGiB(95))));
    Fit.Whole fit = assertInstanceOf(Fit.Whole.class, fit("70b", at(32_768), machine));
    assertEquals(Bytes.ofGiB(28), fit.plan().host().free().orElseThrow());
  }

  @Test
  void the671bRunsOnACpuWith512GiBButNotWith256() {
    Fit.Whole fit =
        assertInstanceOf(Fit.Whole.class, fit("671b", at(4096), linux(Bytes.ofGiB(512))));
    assertEquals(new Placement.CpuOnly(62), fit.plan().placement());
    Fit.DoesNotFit not =
        assertInstanceOf(Fit.DoesNotFit.class, fit("671b", at(4096), linux(Bytes.ofGiB(256))));
    assertEquals(Fit.Where.RAM, not.where());
    assertEquals(188, not.shortfall().inGiB(), 2);
  }

  @Test
  void expertsOfThe671bGoToRamFirst() {
    Machine machine = linux(Bytes.ofGiB(768), card(Backend.CUDA, 49_152));
    Fit.Partly fit = assertInstanceOf(Fit.Partly.class, fit("671b", at(4096), machine));
    Placement.ExpertsInRam placement =
        assertInstanceOf(Placement.ExpertsInRam.class, fit.plan().placement());
    assertEquals(62, placement.gpuLayers() + placement.cpuLayers());
    assertEquals(Bytes.ZERO, fit.plan().host().kvCache());
    assertEquals(62, fit.plan().devices().getFirst().layers());
  }

  @Test
  void olderOllamaMovesLayersNotExperts() {
    Machine machine =
        Machines.withOllama(linux(Bytes.ofGiB(768), card(Backend.CUDA, 49_152)), "0.24.0");
    assertInstanceOf(
        Placement.PartlyOffloaded.class, fit("671b", at(4096), machine).plan().placement());
  }

  @Test
  void fourSequencesOf32kOfThe8bSpillOn12GiB() {
    Machine machine = linux(RAM, card(Backend.CUDA, 12_288));
    Fit.Partly fit =
        assertInstanceOf(Fit.Partly.class, fit("8b", at(32_768).withParallel(4), machine));
    assertEquals(18, totalKvCache(fit).inGiB(), 0.001);
    assertEquals(12, fit.shortfall().inGiB(), 0.5);
  }

  private static Bytes totalKvCache(Fit fit) {
    Bytes sum = fit.plan().host().kvCache();
    for (DeviceLoad device : fit.plan().devices()) {
      sum = sum.plus(device.kvCache());
    }
    return sum;
  }

  @Test
  void cardThatIsNearlyFullIsPlannedWithWhatIsFree() {
    Machine full = linux(RAM, card(Backend.CUDA, 10_240, 900));
    Fit.Partly fit = assertInstanceOf(Fit.Partly.class, fit("7b", at(4096), full));
    assertInstanceOf(Placement.CpuOnly.class, fit.plan().placement());
    assertInstanceOf(Fit.Whole.class, fit("7b", at(4096), linux(RAM, card(Backend.CUDA, 10_240))));
  }

  @Test
  void freeMemoryThatIsNotKnownIsTheTotalLessTheDriversShare() {
    Accelerator silent =
        gpu(Backend.CUDA, Kind.DISCRETE, Pool.DEDICATED, Bytes.ofMiB(12_288), Optional.empty());
    Fit fit = fit("14b", at(4096), linux(RAM, silent));
    DeviceLoad device = fit.plan().devices().getFirst();
    assertEquals(Optional.empty(), device.free());
    assertEquals(Bytes.ofMiB(749), device.driverShare());
    assertEquals(Bytes.ofMiB(12_288 - 749 - 1024), device.budget());
  }

  @Test
  void gpuOfUnknownMemoryIsPromisedNothing() {
    Accelerator card = card(Backend.CUDA, 12_288);
    Accelerator blank = card.withMemory(Accelerator.Memory.unknown(Pool.DEDICATED, false));
    assertInstanceOf(Fit.Partly.class, fit("7b", at(4096), linux(RAM, blank)));
  }

  @Test
  void integratedGpuWaitsBehindACard() {
    Machine machine =
        linux(
            RAM,
            gpu(
                Backend.VULKAN,
                Kind.INTEGRATED,
                Pool.SHARED,
                Bytes.ofGiB(32),
                Optional.of(Bytes.ofGiB(30))),
            card(Backend.CUDA, 12_288));
    Fit fit = fit("14b", at(4096), machine);
    assertEquals(Vendor.NVIDIA, fit.plan().devices().getFirst().device().vendor());
  }

  @Test
  void integratedGpuAloneIsPlannedWithinRam() {
    Machine machine =
        machine(
            OsFamily.LINUX,
            Bytes.ofGiB(32),
            Bytes.ofGiB(28),
            gpu(
                Backend.VULKAN,
                Kind.INTEGRATED,
                Pool.SHARED,
                Bytes.ofGiB(16),
                Optional.of(Bytes.ofGiB(16))));
    assertInstanceOf(Fit.Whole.class, fit("14b", at(4096), machine));
    assertInstanceOf(Fit.Partly.class, fit("32b", at(4096), machine));
  }

  @Test
  void smallMachineWithoutGpuRunsTheSmallTagInRam() {
    Machine machine = machine(OsFamily.LINUX, Bytes.ofGiB(8), Bytes.ofGiB(5));
    assertInstanceOf(Fit.Whole.class, fit("1.5b", FitRequest.DEFAULTS, machine));
    assertInstanceOf(Fit.DoesNotFit.class, fit("7b", FitRequest.DEFAULTS, machine));
  }

  /// 2 GiB used to be kept free of 2.2.
  @Test
  void aLaptopOfFourGigabytesHoldsTheSmallestTag() {
    Machine laptop = machine(OsFamily.LINUX, Bytes.ofGiB(4), Bytes.ofMiB(2253));
    assertInstanceOf(Fit.Whole.class, fit("1.5b", FitRequest.DEFAULTS, laptop));
    Machine fuller = machine(OsFamily.LINUX, Bytes.ofGiB(4), Bytes.ofMiB(1450));
    assertInstanceOf(Fit.DoesNotFit.class, fit("1.5b", FitRequest.DEFAULTS, fuller));
  }

  @Test
  void ramThatIsNotKnownPromisesNothingButDoesNotForbidAGpu() {
    Ram unknown =
        new Ram(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "");
    Machine machine = linux(RAM, card(Backend.CUDA, 12_288)).withRam(unknown);
    assertInstanceOf(Fit.Whole.class, fit("7b", at(4096), machine));
    assertInstanceOf(Fit.DoesNotFit.class, fit("32b", at(4096), machine));
    assertInstanceOf(Fit.DoesNotFit.class, fit("1.5b", at(4096), linux(RAM).withRam(unknown)));
  }

  @Test
  void windowsWithCudaCopiesWeightsAndLinuxMapsThem() {
    Machine windows = machine(OsFamily.WINDOWS, RAM, Bytes.ofGiB(50), card(Backend.CUDA, 24_564));
    assertEquals(
        LoadAssumptions.LoadMode.COPIED,
        estimator.assumptions(tag("7b"), at(4096), windows).loadMode());
    assertEquals(
        LoadAssumptions.LoadMode.MAPPED,
        estimator
            .assumptions(tag("7b"), at(4096), linux(RAM, card(Backend.CUDA, 24_564)))
            .loadMode());
    assertEquals(
        LoadAssumptions.LoadMode.COPIED,
        estimator.assumptions(tag("7b"), at(4096), linux(RAM)).loadMode());
  }
}
