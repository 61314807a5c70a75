package dev.r1pick.fit;

import static dev.r1pick.fit.Machines.CATALOG;
import static dev.r1pick.fit.Machines.MIB;
import static dev.r1pick.fit.Machines.at;
import static dev.r1pick.fit.Machines.gpu;
import static dev.r1pick.fit.Machines.linux;
import static dev.r1pick.fit.Machines.machine;
import static dev.r1pick.fit.Machines.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.provider.ValueSource;

/// Every remedy with an amount is the smallest that is enough: with it the load fits, with one step
/// less it does not.
class RemedyStepsTest {
  private static final Bytes RAM = Bytes.ofGiB(64);
  private static final long GIB = 1L << 30;
  private static final long DRIVER = 749 * MIB;

  private final FitEstimator estimator = new FitEstimator();

  private <T extends Remedy> Optional<T> remedy(
      Class<T> kind, String tag, FitRequest request, Machine machine) {
    for (Remedy remedy : Remedies.of(estimator, tag(tag), request, machine, CATALOG.tags())) {
      if (kind.isInstance(remedy)) {
        return Optional.of(kind.cast(remedy));
      }
    }
    return Optional.empty();
  }

  private boolean isWhole(String tag, FitRequest request, Machine machine) {
    return estimator.estimate(tag(tag), request, machine) instanceof Fit.Whole;
  }

  private static Accelerator card(long total, long free) {
    return gpu(
        Backend.CUDA, Kind.DISCRETE, Pool.DEDICATED, Bytes.of(total), Optional.of(Bytes.of(free)));
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

  /// The least free memory of a card that holds the 7b.
  private long needed() {
    return least(GIB, 16 * GIB, free -> isWhole("7b", at(4096), linux(RAM, card(16 * GIB, free))));
  }

  // --- memory of a card

  @ParameterizedTest
  @ValueSource(longs = {100, 3000, 5000})
  void freedGpuMemoryIsEnoughAndOneMebibyteLessIsNot(long freeMib) {
    long free = freeMib * MIB + 12345;
    Machine machine = linux(RAM, card(12 * GIB, free));
    long amount =
        remedy(Remedy.FreeGpuMemory.class, "7b", at(4096), machine).orElseThrow().perGpu().count();
    assertEquals(0, amount % MIB);
    assertTrue(isWhole("7b", at(4096), linux(RAM, card(12 * GIB, free + amount))));
    assertTrue(!isWhole("7b", at(4096), linux(RAM, card(12 * GIB, free + amount - MIB))));
  }

  /// The driver's share stays taken whatever is closed.
  @ParameterizedTest
  @CsvSource({"0, true", "-1, false"})
  void noMoreCanBeFreedThanTheDriverLeaves(long more, boolean enough) {
    long needed = needed();
    Machine machine = linux(RAM, card(needed + DRIVER + more, needed - 1));
    Optional<Remedy.FreeGpuMemory> freed =
        remedy(Remedy.FreeGpuMemory.class, "7b", at(4096), machine);
    assertEquals(
        enough ? Optional.of(new Remedy.FreeGpuMemory(Bytes.of(MIB))) : Optional.empty(), freed);
  }

  @Test
  void everyCardIsFreedByThatMuchAndNoneBeyondItsOwn() {
    Machine machine = linux(RAM, card(8 * GIB, GIB), card(8 * GIB, 3 * GIB));
    long amount =
        remedy(Remedy.FreeGpuMemory.class, "14b", at(4096), machine).orElseThrow().perGpu().count();
    for (long less : new long[] {0, MIB}) {
      long most = 8 * GIB - DRIVER;
      Machine freed =
          linux(
              RAM,
              card(8 * GIB, Math.min(most, GIB + amount - less)),
              card(8 * GIB, Math.min(most, 3 * GIB + amount - less)));
      assertEquals(less == 0, isWhole("14b", at(4096), freed));
    }
  }

  @Test
  void oneMoreCardIsLikeTheLargest() {
    Accelerator small = card(8 * GIB, 7 * GIB);
    Accelerator large = card(12 * GIB, 11 * GIB);
    for (Machine machine : List.of(linux(RAM, small, large), linux(RAM, large, small))) {
      assertEquals(
          Optional.of(new Remedy.OneMoreGpu(large)),
          remedy(Remedy.OneMoreGpu.class, "32b", at(4096), machine));
    }
    assertEquals(
        Optional.empty(),
        remedy(Remedy.OneMoreGpu.class, "70b", at(4096), linux(RAM, small, large)));
  }

  /// A new card has all but the driver's share free.
  @ParameterizedTest
  @CsvSource({"0, true", "-1, false"})
  void oneMoreCardHasRoomBesideItsDriver(long more, boolean enough) {
    long each =
        least(
            GIB,
            16 * GIB,
            total ->
                isWhole(
                    "14b", at(4096), linux(RAM, card(total, total), card(total, total - DRIVER))));
    Machine machine = linux(RAM, card(each + more, each + more));
    assertEquals(enough, remedy(Remedy.OneMoreGpu.class, "14b", at(4096), machine).isPresent());
  }

  // --- RAM

  @ParameterizedTest
  @ValueSource(longs = {2, 5, 8})
  void freedRamIsEnoughAndOneMebibyteLessIsNot(long gib) {
    long available = gib * GIB + 4321;
    long amount =
        remedy(Remedy.FreeRam.class, "14b", at(4096), processor(available))
            .orElseThrow()
            .amount()
            .count();
    assertTrue(isWhole("14b", at(4096), processor(available + amount)));
    assertTrue(!isWhole("14b", at(4096), processor(available + amount - MIB)));
  }

  private static Machine processor(long available) {
    return machine(OsFamily.LINUX, Bytes.ofGiB(32), Bytes.of(available));
  }

  @Test
  void moreRamIsEnoughAndOneGibibyteLessIsNot() {
    Machine machine = machine(OsFamily.LINUX, Bytes.ofGiB(16), Bytes.ofGiB(12));
    long amount =
        remedy(Remedy.MoreRam.class, "70b", at(4096), machine).orElseThrow().amount().count();
    assertEquals(0, amount % GIB);
    for (long less : new long[] {0, GIB}) {
      Machine more =
          machine(
              OsFamily.LINUX,
              Bytes.of(16 * GIB + amount - less),
              Bytes.of(12 * GIB + amount - less));
      assertEquals(less == 0, isWhole("70b", at(4096), more));
    }
  }

  // --- a Mac

  private static Machine mac(long ramGib, long limitMib, long available) {
    return machine(
        OsFamily.MACOS,
        Bytes.ofGiB(ramGib),
        Bytes.of(available),
        gpu(
            Backend.METAL,
            Kind.INTEGRATED,
            Pool.SHARED,
            Bytes.ofMiB(limitMib),
            Optional.of(Bytes.of(Math.min(available, limitMib * MIB)))));
  }

  @Test
  void theRaisedLimitIsEnoughAndOneMebibyteLessIsNot() {
    long available = 29 * GIB;
    int limit =
        remedy(Remedy.RaiseWiredLimit.class, "32b", at(12_288), mac(32, 21_845, available))
            .orElseThrow()
            .mebibytes();
    assertTrue(isWhole("32b", at(12_288), mac(32, limit, available)));
    assertTrue(!isWhole("32b", at(12_288), mac(32, limit - 1, available)));
  }

  /// Two GiB stay for the system.
  @Test
  void theLimitIsNotRaisedIntoWhatTheSystemNeeds() {
    long available = 32 * GIB;
    int limit =
        remedy(Remedy.RaiseWiredLimit.class, "32b", at(12_288), mac(32, 21_845, available))
            .orElseThrow()
            .mebibytes();
    long ramMib = limit + 2048L;
    for (long less : new long[] {0, 1}) {
      Machine mac =
          machine(
              OsFamily.MACOS,
              Bytes.ofMiB(ramMib - less),
              Bytes.of(available),
              mac(32, limit - 1000, available).accelerators().getFirst());
      assertEquals(
          less == 0, remedy(Remedy.RaiseWiredLimit.class, "32b", at(12_288), mac).isPresent());
    }
  }

  @Test
  void freedRamOfAMacIsFreeForItsGpuToo() {
    long available = 9 * GIB;
    long amount =
        remedy(Remedy.FreeRam.class, "14b", at(4096), mac(24, 16_384, available))
            .orElseThrow()
            .amount()
            .count();
    assertTrue(isWhole("14b", at(4096), mac(24, 16_384, available + amount)));
    assertTrue(!isWhole("14b", at(4096), mac(24, 16_384, available + amount - MIB)));
    assertEquals(
        Optional.empty(),
        remedy(Remedy.MoreRam.class, "14b", at(4096), mac(24, 16_384, available)),
        "its memory is soldered");
  }

  // --- other tags, other contexts

  @ParameterizedTest
  @CsvSource({
    "24, 14b-qwen-distill-q8_0",
    "12, 14b-qwen-distill-q4_K_M",
  })
  void theLargestQuantizationThatFitsIsNamed(long gib, String other) {
    Machine machine = linux(RAM, card(gib * GIB, gib * GIB - DRIVER));
    assertEquals(
        tag(other).download(),
        remedy(Remedy.SmallerQuantization.class, "14b-qwen-distill-fp16", at(4096), machine)
            .orElseThrow()
            .tag()
            .download());
  }

  @Test
  void theSmallestQuantizationHasNoSmallerOne() {
    Machine machine = linux(RAM, card(6 * GIB, 5 * GIB));
    assertEquals(
        Optional.empty(), remedy(Remedy.SmallerQuantization.class, "14b", at(4096), machine));
  }

  /// More layers on the GPU than in RAM.
  @Test
  void whatIsMostlyInRamIsToldTheContextThatBringsMostOfItOnTheGpu() {
    Machine machine = linux(RAM, card(12 * GIB, 11 * GIB));
    List<Remedy> nearer =
        Remedies.nearer(estimator, tag("32b"), at(65_536), machine, CATALOG.tags());
    int largest = 0;
    for (Remedy remedy : nearer) {
      if (remedy instanceof Remedy.SmallerContext(var context)) {
        largest = context.tokens();
      }
    }
    for (int more : new int[] {0, 256}) {
      Placement placement =
          estimator.estimate(tag("32b"), at(largest + more), machine).plan().placement();
      assertEquals(more == 0, placement.gpuLayers() > placement.cpuLayers(), "" + placement);
    }
    assertEquals(
        List.of(),
        Remedies.nearer(estimator, tag("32b"), at(largest), machine, CATALOG.tags()),
        "it is mostly on the GPU");
  }
}
