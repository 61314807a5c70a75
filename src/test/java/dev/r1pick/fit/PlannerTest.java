package dev.r1pick.fit;

import static dev.r1pick.fit.Machines.MIB;
import static dev.r1pick.fit.Machines.at;
import static dev.r1pick.fit.Machines.card;
import static dev.r1pick.fit.Machines.gpu;
import static dev.r1pick.fit.Machines.linux;
import static dev.r1pick.fit.Machines.machine;
import static dev.r1pick.fit.Machines.tag;
import static dev.r1pick.fit.Machines.withOllama;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.fit.FitRequest.FlashAttention;
import dev.r1pick.fit.LoadAssumptions.FlashAttentionOrigin;
import dev.r1pick.fit.LoadAssumptions.KvCacheOrigin;
import dev.r1pick.fit.LoadAssumptions.LoadMode;
import dev.r1pick.fit.LoadAssumptions.Origin;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.units.Bytes;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is known of a machine's memory, what Ollama predicts, and where settings come from.
class PlannerTest {
  private static final Bytes RAM = Bytes.ofGiB(64);
  private static final long GIB = 1L << 30;
  private static final Machine ONE_24 = linux(RAM, card(Backend.CUDA, 24_564));

  private final FitEstimator estimator = new FitEstimator();

  private LoadAssumptions assumptions(String tag, FitRequest request, Machine machine) {
    return estimator.assumptions(tag(tag), request, machine);
  }

  private DeviceLoad device(String tag, Accelerator gpu, Bytes ram) {
    return estimator
        .estimate(tag(tag), at(4096), machine(OsFamily.LINUX, RAM, ram, gpu))
        .plan()
        .devices()
        .getFirst();
  }

  private static Accelerator unknownFree(Backend backend, Pool pool, int gib) {
    return gpu(backend, Kind.INTEGRATED, pool, Bytes.ofGiB(gib), Optional.empty());
  }

  // --- memory

  @Test
  void noMoreIsFreeThanThereIs() {
    Accelerator odd =
        gpu(
            Backend.CUDA,
            Kind.DISCRETE,
            Pool.DEDICATED,
            Bytes.ofGiB(12),
            Optional.of(Bytes.ofGiB(13)));
    assertEquals(Optional.of(Bytes.ofGiB(12)), device("7b", odd, RAM).free());
  }

  /// Of shared memory no more than is available in RAM; the driver takes its share, on Metal none.
  @ParameterizedTest
  @CsvSource({
    "ROCM, SHARED, 40, 24, 24, 749",
    "ROCM, SHARED, 24, 40, 24, 749",
    "METAL, SHARED, 40, 24, 24, 0",
    "CUDA, DEDICATED, 40, 24, 40, 749",
  })
  void whereFreeMemoryIsNotKnownTheTotalStandsForIt(
      Backend backend, Pool pool, int total, int available, long budgetGib, long driverMib) {
    DeviceLoad load = device("7b", unknownFree(backend, pool, total), Bytes.ofGiB(available));
    assertEquals(Bytes.ofMiB(driverMib), load.driverShare());
    assertEquals(Bytes.of(budgetGib * GIB - driverMib * MIB - GIB), load.budget());
    assertEquals(
        budgetGib < total ? Optional.of(Bytes.ofGiB(budgetGib)) : Optional.empty(), load.free());
  }

  @Test
  void theHeadroomIsThatOfTheFullestGpuOrOfRam() {
    LoadPlan two =
        estimator
            .estimate(
                tag("32b"),
                at(4096),
                linux(RAM, card(Backend.CUDA, 16_384), card(Backend.CUDA, 12_288)))
            .plan();
    Bytes first = two.devices().getFirst().headroom();
    Bytes last = two.devices().getLast().headroom();
    assertTrue(!first.equals(last));
    assertEquals(first.min(last), two.headroom());
    LoadPlan inRam = estimator.estimate(tag("7b"), at(4096), linux(RAM)).plan();
    assertEquals(inRam.host().headroom(), inRam.headroom());
  }

  // --- a little more, a little less

  @ParameterizedTest
  @CsvSource({"CUDA, DEDICATED, 749", "ROCM, DEDICATED, 749", "METAL, SHARED, 0"})
  void aShiftStartsFromWhatIsPlannedWith(Backend backend, Pool pool, long driverMib) {
    Machine machine = linux(RAM, unknownFree(backend, pool, 12));
    Bytes step = Bytes.ofMiB(200);
    assertEquals(
        Optional.of(Bytes.ofMiB(12 * 1024 - driverMib + 200)),
        free(FreeMemoryShift.more(machine, step)));
    assertEquals(
        Optional.of(Bytes.ofMiB(12 * 1024 - driverMib - 200)),
        free(FreeMemoryShift.less(machine, step)));
    assertEquals(
        machine.ram().available().map(bytes -> bytes.plus(step)),
        FreeMemoryShift.more(machine, step).ram().available());
    assertEquals(
        machine.ram().available().map(bytes -> bytes.minusOrZero(step)),
        FreeMemoryShift.less(machine, step).ram().available());
  }

  private static Optional<Bytes> free(Machine machine) {
    return machine.accelerators().getFirst().memory().free();
  }

  @Test
  void lessThanNothingIsNothing() {
    Machine machine = linux(RAM, card(Backend.CUDA, 8192, 100));
    assertEquals(Optional.of(Bytes.ZERO), free(FreeMemoryShift.less(machine, Bytes.ofMiB(200))));
    assertEquals(
        Optional.of(Bytes.ofMiB(300)), free(FreeMemoryShift.more(machine, Bytes.ofMiB(200))));
  }

  // --- the prediction

  /// The file, and a cache in F16 with heads as wide as the model's width over its heads.
  @ParameterizedTest
  @CsvSource({
    "7b, 4096, 1, 234881024",
    "7b, 4096, 3, 704643072",
    "8b, 4096, 1, 603979776",
    "671b, 4096, 1, 7163871232",
  })
  void thePredictionIsTheFileAndItsCache(String tag, int context, int parallel, long cache) {
    assertEquals(
        tag(tag).download().count() + cache,
        assumptions(tag, at(context).withParallel(parallel), ONE_24).predicted().count());
  }

  @Test
  void theMicroBatchGoesByTheContextOfAllSequences() {
    assertEquals(
        512, estimator.estimate(tag("7b"), at(2048), ONE_24).plan().settings().microBatch());
    FitRequest four = at(2048).withParallel(4);
    assertEquals(1024, estimator.estimate(tag("7b"), four, ONE_24).plan().settings().microBatch());
  }

  // --- where settings come from

  @Test
  void aContextOfExactlyTheTrainedOneIsNotCut() {
    assertEquals(false, assumptions("7b", at(131_072), ONE_24).trainedLimitApplied());
    assertEquals(true, assumptions("7b", at(131_073), ONE_24).trainedLimitApplied());
  }

  @ParameterizedTest
  @CsvSource({"0.15.4, DEFAULT", "0.15.5, VRAM_TIER", "'', VRAM_TIER"})
  void theContextComesFromTheTierSinceItsRelease(String version, Origin origin) {
    assertEquals(
        origin,
        assumptions("7b", FitRequest.DEFAULTS, withOllama(ONE_24, version)).contextOrigin());
  }

  @Test
  void requestsComeBeforeVariablesAndThoseBeforeDefaults() {
    Machine set =
        withOllama(
            ONE_24,
            "0.32.0",
            "OLLAMA_NUM_PARALLEL=2",
            "OLLAMA_KV_CACHE_TYPE=q8_0",
            "OLLAMA_FLASH_ATTENTION=1");
    LoadAssumptions byVariable = assumptions("7b", at(4096), set);
    assertEquals(Origin.VARIABLE, byVariable.parallelOrigin());
    assertEquals(KvCacheOrigin.VARIABLE, byVariable.kvCacheOrigin());
    assertEquals(FlashAttentionOrigin.VARIABLE, byVariable.flashAttentionOrigin());
    FitRequest asked =
        at(4096)
            .withParallel(2)
            .withKvCacheType(KvCacheType.Q8_0)
            .withFlashAttention(FlashAttention.ON);
    LoadAssumptions byRequest = assumptions("7b", asked, set);
    assertEquals(Origin.REQUEST, byRequest.parallelOrigin());
    assertEquals(KvCacheOrigin.REQUEST, byRequest.kvCacheOrigin());
    assertEquals(FlashAttentionOrigin.REQUEST, byRequest.flashAttentionOrigin());
    LoadAssumptions plain = assumptions("7b", at(4096), ONE_24);
    assertEquals(Origin.DEFAULT, plain.parallelOrigin());
    assertEquals(KvCacheOrigin.DEFAULT, plain.kvCacheOrigin());
    assertEquals(FlashAttentionOrigin.AUTO_ON, plain.flashAttentionOrigin());
  }

  // --- how weights are read

  @ParameterizedTest
  @CsvSource({
    "0.24.0, LINUX, VULKAN, 60, COPIED",
    "0.24.0, LINUX, CUDA, 60, MAPPED",
    "0.24.0, LINUX, CUDA, 4, COPIED",
    "0.24.0, WINDOWS, CUDA, 4, MAPPED",
    "0.24.0, WINDOWS, CUDA, 60, MAPPED",
    "0.32.0, WINDOWS, CUDA, 60, COPIED",
    "0.32.0, WINDOWS, ROCM, 60, MAPPED",
    "0.32.0, WINDOWS, ROCM, 4, MAPPED",
    "0.32.0, LINUX, CUDA, 4, COPIED",
    "0.32.0, LINUX, CUDA, 60, MAPPED",
  })
  void weightsAreMappedUnlessTheSystemOrRamForbidsIt(
      String version, OsFamily family, Backend backend, int available, LoadMode mode) {
    Machine machine =
        withOllama(machine(family, RAM, Bytes.ofGiB(available), card(backend, 24_564)), version);
    assertEquals(mode, assumptions("7b", at(4096), machine).loadMode());
  }

  /// Only where the prediction is within 80 % of what is free.
  @Test
  void weightsOfALoadThatSpillsAreMappedHoweverLittleRamThereIs() {
    long predicted = assumptions("7b", at(4096), ONE_24).predicted().count();
    long free = (predicted + 79) / 80 * 100;
    for (long less : new long[] {0, 1}) {
      Accelerator card =
          gpu(
              Backend.CUDA,
              Kind.DISCRETE,
              Pool.DEDICATED,
              Bytes.ofGiB(24),
              Optional.of(Bytes.of(free - less)));
      Machine machine = machine(OsFamily.LINUX, RAM, Bytes.ofGiB(8), card);
      assertEquals(
          less == 0 ? LoadMode.COPIED : LoadMode.MAPPED,
          assumptions("7b", at(4096), machine).loadMode());
    }
  }

  // --- layers

  private static Machine cards(Bytes ram, int count, long free) {
    var gpus = new Accelerator[count];
    java.util.Arrays.fill(
        gpus,
        gpu(
            Backend.CUDA,
            Kind.DISCRETE,
            Pool.DEDICATED,
            Bytes.of(free + GIB),
            Optional.of(Bytes.of(free))));
    return linux(ram, gpus);
  }

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

  /// Where a card holds one whole layer more it holds it to the byte, on each of several cards.
  @ParameterizedTest
  @CsvSource({"1, 4", "1, 9", "2, 8", "2, 15", "3, 12"})
  void cardsHoldAsManyLayersWithExpertsAsGo(int count, int layers) {
    Bytes ram = Bytes.ofGiB(600);
    long free = least(20 * GIB, 200 * GIB, bytes -> gpuLayers(cards(ram, count, bytes)) >= layers);
    LoadPlan plan = estimator.estimate(tag("671b"), at(4096), cards(ram, count, free)).plan();
    Placement.ExpertsInRam placement =
        assertInstanceOf(Placement.ExpertsInRam.class, plan.placement());
    assertEquals(62, placement.gpuLayers() + placement.cpuLayers());
    boolean exact = false;
    for (DeviceLoad device : plan.devices()) {
      assertTrue(device.total().atMost(device.budget()), device.toString());
      exact |= device.total().equals(device.budget());
    }
    assertTrue(exact, plan.devices().toString());
  }

  private int gpuLayers(Machine machine) {
    return estimator.estimate(tag("671b"), at(4096), machine).plan().placement().gpuLayers();
  }

  /// What is missing is at least all that did not find room.
  @Test
  void whatIsMissingOnTwoCardsAreTheLayersInFront() {
    Fit.Partly fit =
        assertInstanceOf(
            Fit.Partly.class, estimator.estimate(tag("32b"), at(4096), cards(RAM, 2, 8 * GIB)));
    Bytes inRam = fit.plan().host().weights().plus(fit.plan().host().kvCache());
    assertTrue(fit.shortfall().atMost(inRam), fit.shortfall() + " of " + inRam);
    assertTrue(fit.shortfall().inGiB() > 2, fit.shortfall().toString());
  }
}
