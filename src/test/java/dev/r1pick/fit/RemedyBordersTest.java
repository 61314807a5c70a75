package dev.r1pick.fit;

import static dev.r1pick.fit.Machines.CATALOG;
import static dev.r1pick.fit.Machines.at;
import static dev.r1pick.fit.Machines.card;
import static dev.r1pick.fit.Machines.linux;
import static dev.r1pick.fit.Machines.machine;
import static dev.r1pick.fit.Machines.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Machine;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/// Where one remedy is offered before another, or not at all.
class RemedyBordersTest {
  private static final Bytes RAM = Bytes.ofGiB(64);
  private static final long GIB = 1L << 30;

  private final FitEstimator estimator = new FitEstimator();

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

  /// The least free memory of which that share, in whole percents, holds so many bytes.
  private static long freeFor(long bytes, int percent) {
    return (bytes + percent - 1) / percent * 100;
  }

  private Machine cpuOnly(long total, long available) {
    return machine(OsFamily.LINUX, Bytes.of(total), Bytes.of(available));
  }

  @Test
  void closingProgramsFreesAtMost85PercentOfRam() {
    long needed =
        least(
            GIB,
            64 * GIB,
            available ->
                estimator.estimate(tag("14b"), at(4096), cpuOnly(64 * GIB, available))
                    instanceof Fit.Whole);
    long total = freeFor(needed, 85);
    assertEquals(1, freeRam(cpuOnly(total, 4 * GIB)).size());
    assertEquals(List.of(), freeRam(cpuOnly(total - 1, 4 * GIB)));
  }

  private List<Remedy> freeRam(Machine machine) {
    return Remedies.of(estimator, tag("14b"), at(4096), machine, CATALOG.tags()).stream()
        .filter(Remedy.FreeRam.class::isInstance)
        .toList();
  }

  /// Half of the context is worth more than what closing programs brings, less than half is not.
  @Test
  void halfOfTheContextComesBeforeFreeingMemoryAndLessThanHalfAfter() {
    Machine machine = linux(RAM, card(Backend.CUDA, 24_564, 12_000));
    int largest =
        estimator.largestWholeContext(tag("14b"), at(4096), machine).orElseThrow().tokens();
    assertTrue(isContextFirst(at(2 * largest), machine));
    assertEquals(false, isContextFirst(at(2 * largest + 1), machine));
  }

  private boolean isContextFirst(FitRequest request, Machine machine) {
    for (Remedy remedy : Remedies.of(estimator, tag("14b"), request, machine, CATALOG.tags())) {
      if (remedy instanceof Remedy.SmallerContext) {
        return true;
      }
      if (remedy instanceof Remedy.FreeGpuMemory) {
        return false;
      }
    }
    throw new AssertionError("neither of the two");
  }
}
