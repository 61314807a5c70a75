package dev.r1pick.fit;

import static dev.r1pick.fit.Machines.at;
import static dev.r1pick.fit.Machines.gpu;
import static dev.r1pick.fit.Machines.linux;
import static dev.r1pick.fit.Machines.machine;
import static dev.r1pick.fit.Machines.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.fit.FitRequest.FlashAttention;
import dev.r1pick.fit.LoadAssumptions.MicroBatchOrigin;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.Backend;
import dev.r1pick.units.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where the next smaller micro-batch is taken.
class MicroBatchTest {
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

  /// What Ollama guesses a load to take, which goes by tag and context alone.
  private long predicted(String tag, int context) {
    return assumptions(tag, at(context), onCard(24 * GIB)).predicted().count();
  }

  /// The least free memory of which that share, in whole percents, holds so many bytes.
  private static long freeFor(long bytes, int percent) {
    return (bytes + percent - 1) / percent * 100;
  }

  private void microBatchSteps(String tag, int context, long free, int enough, int oneLess) {
    LoadAssumptions with = assumptions(tag, at(context), onCard(free));
    assertEquals(enough, plan(tag, at(context), onCard(free)).settings().microBatch());
    assertEquals(MicroBatchOrigin.CONTEXT, with.microBatchOrigin());
    LoadAssumptions without = assumptions(tag, at(context), onCard(free - 1));
    assertEquals(oneLess, plan(tag, at(context), onCard(free - 1)).settings().microBatch());
    assertEquals(MicroBatchOrigin.STEPPED_DOWN, without.microBatchOrigin());
  }

  @Test
  void theLargeMicroBatchWantsThePredictionWithin60PercentOfFreeMemory() {
    long predicted = predicted("14b", 65_536);
    assertTrue(predicted > 6 * GIB, "the surcharge must not be what decides");
    microBatchSteps("14b", 65_536, freeFor(predicted, 60), 2048, 1024);
  }

  @Test
  void theLargeMicroBatchWantsTwoGibibytesMoreWithin80Percent() {
    long predicted = predicted("1.5b", 65_536);
    assertTrue(predicted < 6 * GIB, "the share must not be what decides");
    microBatchSteps("1.5b", 65_536, freeFor(predicted + 2 * GIB, 80), 2048, 1024);
  }

  @Test
  void theMediumMicroBatchWantsThePredictionWithin75PercentOfFreeMemory() {
    long predicted = predicted("14b", 32_768);
    assertTrue(predicted > 12 * GIB, "the surcharge must not be what decides");
    microBatchSteps("14b", 32_768, freeFor(predicted, 75), 1024, 512);
  }

  @Test
  void theMediumMicroBatchWantsThreeQuartersOfAGibibyteMoreWithin80Percent() {
    long predicted = predicted("7b", 8192);
    assertTrue(predicted < 12 * GIB, "the share must not be what decides");
    microBatchSteps("7b", 8192, freeFor(predicted + 3 * GIB / 4, 80), 1024, 512);
  }

  @ParameterizedTest
  @CsvSource({"8589934592, 4097, 256", "8589934592, 4096, 512", "8589934593, 4097, 512"})
  void withoutFlashAttentionCardsOf8GibibytesTakeTheLeastMicroBatch(
      long free, int context, int microBatch) {
    FitRequest plain = at(context).withFlashAttention(FlashAttention.OFF);
    assertEquals(microBatch, plan("7b", plain, onCard(free)).settings().microBatch());
  }
}
