package dev.r1pick.fit;

import static dev.r1pick.fit.Machines.CATALOG;
import static dev.r1pick.fit.Machines.appleM3With16GiB;
import static dev.r1pick.fit.Machines.at;
import static dev.r1pick.fit.Machines.card;
import static dev.r1pick.fit.Machines.gpu;
import static dev.r1pick.fit.Machines.linux;
import static dev.r1pick.fit.Machines.machine;
import static dev.r1pick.fit.Machines.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemediesTest {
  private static final Bytes RAM = Bytes.ofGiB(64);
  private final FitEstimator estimator = new FitEstimator();

  private List<Remedy> remedies(String tag, FitRequest request, Machine machine) {
    return Remedies.of(estimator, tag(tag), request, machine, CATALOG.tags());
  }

  @Test
  void loadThatFitsNeedsNone() {
    assertEquals(List.of(), remedies("7b", at(4096), linux(RAM, card(Backend.CUDA, 24_564))));
  }

  @Test
  void the32bOn24GiBWantsLessContextThenQ4CacheThenAnotherCard() {
    Machine machine = linux(RAM, card(Backend.CUDA, 24_564, 24_064));
    List<Remedy> remedies = remedies("32b", FitRequest.DEFAULTS, machine);
    assertEquals(
        new Remedy.SmallerContext(
            estimator.largestWholeContext(tag("32b"), at(32_768), machine).orElseThrow()),
        remedies.get(0));
    assertEquals(new Remedy.SmallerKvCache(KvCacheType.Q4_0), remedies.get(1));
    assertInstanceOf(Remedy.OneMoreGpu.class, remedies.get(2));
    assertEquals(3, remedies.size());
  }

  @Test
  void q8CacheIsEnoughWhereLittleIsMissing() {
    Machine machine = linux(RAM, card(Backend.CUDA, 24_564, 24_064));
    assertEquals(
        new Remedy.SmallerKvCache(KvCacheType.Q8_0),
        remedies("32b", at(20_480), machine).getFirst());
  }

  @Test
  void whatHoldsTheCardHasToGo() {
    Machine machine = linux(RAM, card(Backend.CUDA, 12_288, 6000));
    Remedy.FreeGpuMemory freed =
        assertInstanceOf(Remedy.FreeGpuMemory.class, remedies("14b", at(4096), machine).getFirst());
    long mebibytes = Math.round(freed.perGpu().inMiB());
    Machine enough = linux(RAM, card(Backend.CUDA, 12_288, 6000 + mebibytes));
    Machine oneLess = linux(RAM, card(Backend.CUDA, 12_288, 6000 + mebibytes - 1));
    assertInstanceOf(Fit.Whole.class, estimator.estimate(tag("14b"), at(4096), enough));
    assertInstanceOf(Fit.Partly.class, estimator.estimate(tag("14b"), at(4096), oneLess));
  }

  @Test
  void busyMacHasToCloseProgramsForThe14b() {
    Remedy.FreeRam freed =
        assertInstanceOf(
            Remedy.FreeRam.class,
            remedies("14b", FitRequest.DEFAULTS, appleM3With16GiB()).getFirst());
    assertEquals(2.2, freed.amount().inGiB(), 0.2);
  }

  @Test
  void wiredLimitIsNamedWhereItIsAllThatIsMissing() {
    Machine mac =
        machine(
            OsFamily.MACOS,
            Bytes.ofGiB(32),
            Bytes.ofGiB(29),
            gpu(
                Backend.METAL,
                Kind.INTEGRATED,
                Pool.SHARED,
                Bytes.ofMiB(21_845),
                Optional.of(Bytes.ofMiB(21_845))));
    // 32b at 8k: 20.3 GiB and the margin of one
    Remedy.RaiseWiredLimit raised = null;
    for (Remedy remedy : remedies("32b", at(12_288), mac)) {
      if (remedy instanceof Remedy.RaiseWiredLimit limit) {
        raised = limit;
      }
    }
    assertTrue(raised != null && raised.mebibytes() > 21_845 && raised.mebibytes() < 24_576);
  }

  @Test
  void smallerQuantizationOfTheSameVariantIsNamed() {
    Machine machine = linux(RAM, card(Backend.CUDA, 12_288));
    List<Remedy> remedies = remedies("14b-qwen-distill-q8_0", at(4096), machine);
    Remedy.SmallerQuantization other =
        remedies.stream()
            .filter(Remedy.SmallerQuantization.class::isInstance)
            .map(Remedy.SmallerQuantization.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(tag("14b").download(), other.tag().download());
  }

  @Test
  void ramIsCountedWhereThereIsNoGpu() {
    List<Remedy> remedies = remedies("671b", at(4096), linux(Bytes.ofGiB(256)));
    Remedy.MoreRam more = assertInstanceOf(Remedy.MoreRam.class, remedies.getLast());
    assertTrue(more.amount().inGiB() >= 188 && more.amount().inGiB() <= 215);
  }

  @Test
  void q4CacheIsNotOfferedWhereQ8IsEnough() {
    Machine machine = linux(RAM, card(Backend.CUDA, 24_564, 24_064));
    List<Remedy> remedies = remedies("32b", at(20_480), machine);
    assertTrue(remedies.contains(new Remedy.SmallerKvCache(KvCacheType.Q8_0)));
    assertFalse(remedies.contains(new Remedy.SmallerKvCache(KvCacheType.Q4_0)));
  }

  @Test
  void whatCannotFitWholeIsToldWhatWouldHaveItLoaded() {
    Machine machine = linux(Bytes.ofGiB(512), card(Backend.CUDA, 32_768));
    assertEquals(List.of(), remedies("671b", at(32_768), machine));
    List<Remedy> nearer =
        Remedies.nearer(estimator, tag("671b"), at(32_768), machine, CATALOG.tags());
    ContextLength largest =
        assertInstanceOf(Remedy.SmallerContext.class, nearer.getFirst()).largest();
    assertInstanceOf(
        Fit.Partly.class, estimator.estimate(tag("671b"), at(largest.tokens()), machine));
    assertInstanceOf(
        Fit.DoesNotFit.class, estimator.estimate(tag("671b"), at(largest.tokens() + 256), machine));
    assertInstanceOf(Remedy.MoreRam.class, nearer.getLast());
  }

  @Test
  void whatLiesInRamBecauseTheCardIsFullIsToldWhatToClose() {
    Machine machine = linux(RAM, card(Backend.CUDA, 10_240, 400));
    assertEquals(
        List.of(),
        remedies("14b", at(8192), machine).stream()
            .filter(Remedy.FreeGpuMemory.class::isInstance)
            .toList());
    assertInstanceOf(
        Remedy.FreeGpuMemory.class,
        Remedies.nearer(estimator, tag("14b"), at(8192), machine, CATALOG.tags()).getFirst());
  }

  @Test
  void everyRemedyOfContextFits() {
    Machine machine = linux(RAM, card(Backend.CUDA, 16_384));
    for (Remedy remedy : remedies("14b", at(65_536), machine)) {
      if (remedy instanceof Remedy.SmallerContext(ContextLength largest)) {
        assertInstanceOf(
            Fit.Whole.class, estimator.estimate(tag("14b"), at(largest.tokens()), machine));
      }
    }
  }

  @Test
  void aContextInWhichNothingCanBeThoughtIsNoRemedy() {
    int mib = 8_000;
    while (longest(mib).filter(ContextLength::isUseful).isEmpty()) {
      mib++;
    }
    assertTrue(contexts(mib).contains(longest(mib).orElseThrow()));
    assertTrue(longest(mib - 1).isPresent());
    assertEquals(List.of(), contexts(mib - 1));
  }

  private static Machine cardOf(int mib) {
    return linux(RAM, card(Backend.CUDA, 16_384, mib));
  }

  private Optional<ContextLength> longest(int mib) {
    return estimator.largestWholeContext(tag("14b"), at(8192), cardOf(mib));
  }

  private List<ContextLength> contexts(int mib) {
    return remedies("14b", at(8192), cardOf(mib)).stream()
        .filter(Remedy.SmallerContext.class::isInstance)
        .map(remedy -> ((Remedy.SmallerContext) remedy).largest())
        .toList();
  }
}
