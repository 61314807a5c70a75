package dev.r1pick.fit;

import static dev.r1pick.fit.Machines.at;
import static dev.r1pick.fit.Machines.card;
import static dev.r1pick.fit.Machines.gpu;
import static dev.r1pick.fit.Machines.linux;
import static dev.r1pick.fit.Machines.machine;
import static dev.r1pick.fit.Machines.tag;
import static dev.r1pick.fit.Machines.withCapability;
import static dev.r1pick.fit.Machines.withOllama;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.fit.FitRequest.FlashAttention;
import dev.r1pick.fit.LoadAssumptions.FlashAttentionOrigin;
import dev.r1pick.fit.LoadAssumptions.GpuChoice;
import dev.r1pick.fit.LoadAssumptions.LoadMode;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each figure at which a load is placed otherwise, one step under its border and one over it.
class PlacementBordersTest {
  private static final Bytes RAM = Bytes.ofGiB(64);
  private static final long GIB = 1L << 30;

  private final FitEstimator estimator = new FitEstimator();

  private LoadAssumptions assumptions(String tag, FitRequest request, Machine machine) {
    return estimator.assumptions(tag(tag), request, machine);
  }

  private LoadPlan plan(String tag, FitRequest request, Machine machine) {
    return estimator.estimate(tag(tag), request, machine).plan();
  }

  /// A card with that much free, to the byte.
  private static Accelerator free(Backend backend, long bytes) {
    return gpu(
        backend,
        Kind.DISCRETE,
        Pool.DEDICATED,
        Bytes.of(bytes + GIB),
        Optional.of(Bytes.of(bytes)));
  }

  private static Machine onCard(long free) {
    return linux(RAM, free(Backend.CUDA, free));
  }

  /// The least value for which it holds, given that it then holds for all larger ones.
  private static long least(long from, long to, LongPredicate holds) {
    long low = from;
    long high = to;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /// What Ollama guesses a load to take, which goes by tag and context alone.
  private long predicted(String tag, int context) {
    return assumptions(tag, at(context), onCard(24 * GIB)).predicted().count();
  }

  /// The least free memory of which that share, in whole percents, holds so many bytes.
  private static long freeFor(long bytes, int percent) {
    return (bytes + percent - 1) / percent * 100;
  }

  // --- which GPU

  @Test
  void oneGpuOfTwoIsEnoughWherePredictionIsWithin80Percent() {
    long free = freeFor(predicted("14b", 4096), 80);
    for (long less : new long[] {0, 1}) {
      Machine two =
          linux(RAM, free(Backend.CUDA, free - less), free(Backend.CUDA, free - less - 1000));
      assertEquals(
          less == 0 ? GpuChoice.ONE_IS_ENOUGH : GpuChoice.ALL_OF_ONE_LIBRARY,
          assumptions("14b", at(4096), two).gpuChoice());
    }
  }

  private static Accelerator integrated(Backend backend, int gib) {
    return gpu(
        backend, Kind.INTEGRATED, Pool.SHARED, Bytes.ofGiB(gib), Optional.of(Bytes.ofGiB(gib)));
  }

  /// 7b goes on either alone, 70b on none: then its library is chosen.
  @ParameterizedTest
  @CsvSource({"7b, CUDA", "7b, VULKAN", "70b, VULKAN", "70b, ROCM"})
  void aCardComesBeforeAnIntegratedGpuWithMoreMemory(String tag, Backend inProcessor) {
    for (boolean cardFirst : new boolean[] {true, false}) {
      Accelerator own = card(Backend.CUDA, 12_288);
      Accelerator shared = integrated(inProcessor, 40);
      Machine machine = cardFirst ? linux(RAM, own, shared) : linux(RAM, shared, own);
      LoadPlan plan = plan(tag, at(4096), machine);
      assertEquals(own, plan.devices().getFirst().device());
    }
  }

  @Test
  void ofTwoCardsTheOneWithMoreFreeMemoryIsTaken() {
    Accelerator small = card(Backend.CUDA, 16_384, 12_000);
    Accelerator large = card(Backend.CUDA, 16_384, 12_001);
    for (Machine machine : List.of(linux(RAM, small, large), linux(RAM, large, small))) {
      LoadPlan plan = plan("7b", at(4096), machine);
      assertEquals(1, plan.devices().size());
      assertEquals(large, plan.devices().getFirst().device());
    }
  }

  @Test
  void ofTwoLibrariesTheOneWithMoreFreeMemoryIsTaken() {
    for (int mib : new int[] {11_999, 12_001}) {
      Accelerator cuda = card(Backend.CUDA, 16_384, 12_000);
      Accelerator rocm = card(Backend.ROCM, 16_384, mib);
      LoadPlan plan = plan("32b", at(4096), linux(RAM, cuda, rocm));
      assertEquals(1, plan.devices().size());
      assertEquals(mib > 12_000 ? rocm : cuda, plan.devices().getFirst().device());
    }
  }

  // --- eras

  /// The prediction is beyond 80 % of a card, the load is not.
  @ParameterizedTest
  @CsvSource({"0.6.6, 1", "0.15.4, 1", "0.15.5, 1", "0.24.0, 1", "0.30.0, 2", "'', 2"})
  void ollamaBefore030MeasuresBeforeItSpreadsALoadOverTwoCards(String version, int gpus) {
    Accelerator card = card(Backend.CUDA, 24_564, 24_064);
    Machine machine = withOllama(linux(RAM, card, card), version);
    Fit fit = estimator.estimate(tag("32b"), at(2048), machine);
    assertInstanceOf(Fit.Whole.class, fit);
    assertEquals(gpus, fit.plan().devices().size());
  }

  @ParameterizedTest
  @CsvSource({"0.15.4", "0.24.0"})
  void ollamaBefore030UsesBothCardsForWhatOneCannotHold(String version) {
    Accelerator card = card(Backend.CUDA, 24_564, 24_064);
    Machine machine = withOllama(linux(RAM, card, card), version);
    Fit fit = estimator.estimate(tag("70b"), at(2048), machine);
    assertEquals(2, fit.plan().devices().size());
    Machine spread = withOllama(linux(RAM, card, card), version, "OLLAMA_SCHED_SPREAD=1");
    assertEquals(2, plan("7b", at(2048), spread).devices().size());
  }

  // --- flash attention

  @ParameterizedTest
  @CsvSource({
    // asked for, Ollama 0.30 and later takes it on any card
    "0.30.0, 5.2, ON, REQUEST, true",
    "0.30.0, 7.2, ON, REQUEST, true",
    "0.24.0, 7.2, ON, GPU_TOO_OLD, false",
    "0.24.0, 7.1, ON, REQUEST, true",
    // left to it, only on cards that can
    "0.30.0, 6.9, AUTO, GPU_TOO_OLD, false",
    "0.30.0, 7.0, AUTO, AUTO_ON, true",
    "0.31.1, 6.9, AUTO, GPU_TOO_OLD, false",
    "0.31.2, 5.9, AUTO, GPU_TOO_OLD, false",
    "0.31.2, 6.0, AUTO, AUTO_ON, true",
    "0.31.2, 7.2, AUTO, GPU_TOO_OLD, false",
    "0.31.2, 7.3, AUTO, AUTO_ON, true",
    "0.31.2, 8.9, OFF, REQUEST, false"
  })
  void flashAttentionGoesByVersionCardAndRequest(
      String version,
      String capability,
      FlashAttention wanted,
      FlashAttentionOrigin origin,
      boolean on) {
    Machine machine =
        withOllama(linux(RAM, withCapability(card(Backend.CUDA, 24_564), capability)), version);
    FitRequest request = at(4096).withFlashAttention(wanted);
    assertEquals(origin, assumptions("7b", request, machine).flashAttentionOrigin());
    assertEquals(on, plan("7b", request, machine).settings().flashAttention());
  }

  @ParameterizedTest
  @CsvSource({
    "0.30.0, ON, REQUEST, true",
    "0.30.0, AUTO, NOT_FOR_THIS_LAYOUT, false",
    "0.24.0, ON, NOT_FOR_THIS_LAYOUT, false"
  })
  void the671bHasFlashAttentionOnCardsOnlyWhereItIsAskedForSince030(
      String version, FlashAttention wanted, FlashAttentionOrigin origin, boolean on) {
    Machine machine = withOllama(linux(Bytes.ofGiB(768), card(Backend.CUDA, 81_920)), version);
    FitRequest request = at(4096).withFlashAttention(wanted);
    assertEquals(origin, assumptions("671b", request, machine).flashAttentionOrigin());
    assertEquals(on, plan("671b", request, machine).settings().flashAttention());
  }

  // --- how weights are read

  @ParameterizedTest
  @CsvSource({
    "CUDA, 0.32.1, MAPPED",
    "CUDA, 0.32.2, DIRECT",
    "ROCM, 0.32.1, MAPPED",
    "ROCM, 0.32.2, DIRECT",
    "VULKAN, 0.32.2, MAPPED",
    "CUDA, '', DIRECT",
    "CUDA, 0.24.0, MAPPED"
  })
  void weightsAreReadDirectlyIntoAnIntegratedGpuFromRelease0322On(
      Backend backend, String version, LoadMode mode) {
    Machine machine =
        withOllama(machine(OsFamily.LINUX, RAM, Bytes.ofGiB(60), integrated(backend, 60)), version);
    assertEquals(mode, assumptions("7b", at(4096), machine).loadMode());
    Machine card = withOllama(linux(RAM, card(backend, 24_564)), version);
    assertEquals(LoadMode.MAPPED, assumptions("7b", at(4096), card).loadMode());
  }

  /// The file, and beside it a tenth of RAM or 8 GB, whichever is more.
  @ParameterizedTest
  @CsvSource({"64, 8000000000", "128, 13743895347"})
  void weightsAreCopiedWhereRamIsTooShortToMapThem(int totalGib, long headroom) {
    long needed = tag("7b").download().count() + headroom;
    for (long less : new long[] {0, 1}) {
      Machine machine =
          machine(
              OsFamily.LINUX,
              Bytes.ofGiB(totalGib),
              Bytes.of(needed - less),
              card(Backend.CUDA, 24_564));
      assertEquals(
          less == 0 ? LoadMode.MAPPED : LoadMode.COPIED,
          assumptions("7b", at(4096), machine).loadMode());
    }
  }

  @Test
  void aMacCopiesWeightsWhereThePredictionIsBeyondFreeMemory() {
    long predicted = predicted("7b", 4096);
    for (long less : new long[] {0, 1}) {
      Machine mac =
          machine(
              OsFamily.MACOS,
              RAM,
              Bytes.ofGiB(60),
              gpu(
                  Backend.METAL,
                  Kind.INTEGRATED,
                  Pool.SHARED,
                  Bytes.ofGiB(48),
                  Optional.of(Bytes.of(predicted - less))));
      assertEquals(
          less == 0 ? LoadMode.MAPPED : LoadMode.COPIED,
          assumptions("7b", at(4096), mac).loadMode());
    }
  }

  // --- layers

  /// A load over two cards keeps copies for its pipeline only where it goes whole. Where it goes
  /// whole without them alone, llama.cpp leaves one block in RAM.
  @Test
  void aLoadThatGoesWholeWithoutPipelineCopiesAloneLeavesOneBlockInRam() {
    long whole = least(16 * GIB, 48 * GIB, free -> isWhole(twoCards(free)));
    LoadPlan full = plan("70b", at(8192), twoCards(whole));
    assertEquals(new Placement.SplitAcrossGpus(81, 2), full.placement());
    LoadPlan short1 = plan("70b", at(8192), twoCards(whole - 1));
    assertEquals(new Placement.PartlyOffloaded(80, 1), short1.placement());
    int layers = 0;
    for (DeviceLoad device : short1.devices()) {
      layers += device.layers();
      assertTrue(device.total().atMost(device.budget()), device.toString());
    }
    assertEquals(80, layers);
  }

  private static Machine twoCards(long free) {
    return linux(RAM, free(Backend.CUDA, free), free(Backend.CUDA, free));
  }

  private boolean isWhole(Machine machine) {
    return estimator.estimate(tag("70b"), at(8192), machine) instanceof Fit.Whole;
  }

  @Test
  void aCardHoldsAsManyLayersAsItsBudgetAndNotOneMore() {
    long whole =
        least(
            4 * GIB,
            24 * GIB,
            free -> estimator.estimate(tag("14b"), at(4096), onCard(free)) instanceof Fit.Whole);
    Fit.Partly fit =
        assertInstanceOf(
            Fit.Partly.class, estimator.estimate(tag("14b"), at(4096), onCard(whole - 1)));
    assertEquals(Bytes.of(1), fit.shortfall());
    DeviceLoad at = plan("14b", at(4096), onCard(whole)).devices().getFirst();
    assertEquals(at.budget(), at.total());
  }
}
