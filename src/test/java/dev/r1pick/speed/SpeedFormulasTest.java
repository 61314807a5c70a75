package dev.r1pick.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.speed.CpuSpeed.Cores;
import dev.r1pick.units.Bandwidth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The formulas of GPUs and processors, in round figures.
class SpeedFormulasTest {
  private static final double EXACT = 1e-9;

  private static Bandwidth gigabytes(double perSecond) {
    return Bandwidth.ofGBPerSecond(perSecond);
  }

  private static GpuSpeed gpu(double exponent, double saturation) {
    return new GpuSpeed(
        RoundFigures.backend("cuda", saturation), RoundFigures.chips("cuda-ampere", exponent, 8));
  }

  // --- a GPU

  /// 10^9 bytes of weights and 10^8 of cache at half of 1000 GB/s, and ten layers of 10 µs.
  @Test
  void aTokenReadsWeightsAndCacheAndWaitsAtEachLayer() {
    var work = new GpuSpeed.Work("Q4_K_M", 1e9, 1e8, 10);
    assertEquals(2.5e-3, gpu(0, 0).seconds(work, gigabytes(1000)), EXACT);
    assertEquals(2 * 2.9e-3, gpu(0, 0).slowSeconds(work, gigabytes(1000)), EXACT);
    assertEquals(2.3e-3 / 2, gpu(0, 0).fastSeconds(work, gigabytes(1000)), EXACT);
    var q8 = new GpuSpeed.Work("Q8_0", 1e9, 1e8, 10);
    assertEquals(3.5e-3, gpu(0, 0).seconds(q8, gigabytes(1000)), EXACT);
  }

  @ParameterizedTest
  @CsvSource({"0, 1500, 750", "0.5, 1500, 750", "0.5, 6000, 1500", "0.5, 375, 375"})
  void aFastMemoryIsReadWithASmallerShare(double exponent, double peak, double reached) {
    assertEquals(reached * 1e9, gpu(exponent, 0).reached(gigabytes(peak)), 1);
  }

  /// 2 · 10^9 operations and thrice 10^9 of attention, at half of the rate.
  @ParameterizedTest
  @CsvSource({
    "Q4_K_M, true, 0, 100, 8e-5",
    "Q4_K_M, false, 0, 100, 1e-4",
    "Q8_0, false, 0, 100, 5e-5",
    "Q4_K_M, false, 0, 400, 2.5e-5",
    "Q4_K_M, false, 0.5, 400, 5e-5",
    "Q4_K_M, false, 0.5, 100, 1e-4",
    "Q4_K_M, false, 0.5, 25, 2e-4",
  })
  void aPromptIsReadAtAShareOfTheArithmetic(
      String quantization, boolean flash, double saturation, double tflops, double seconds) {
    var work = new GpuSpeed.PromptWork(quantization, 1e9, 1e9, flash);
    assertEquals(seconds, gpu(0, saturation).promptSeconds(work, tflops), 1e-12);
  }

  @Test
  void attentionTakesFourOperationsForEachValueTokenAndLayer() {
    assertEquals(4.0 * 10 * 100 * 50, GpuSpeed.PromptWork.attention(10, 100, 50));
  }

  @ParameterizedTest
  @CsvSource({
    "Apple M3, true",
    "Apple M3 Pro, false",
    "Apple M3 Max, false",
    "Apple M3 Ultra, false",
    "NVIDIA GeForce RTX 4090, false"
  })
  void onlyPlainAppleChipsMayLackAFan(String name, boolean lacks) {
    assertEquals(lacks, GpuSpeed.mayLackFan(Plans.gpu(name, "M3", 100, 10)));
  }

  @Test
  void aClassHasRowsWhereSomeAreItsOwn() {
    var common = RoundFigures.backend("cuda", 0);
    assertTrue(new GpuSpeed(common, RoundFigures.chips("cuda-ada", 0, 1)).hasRows());
    assertFalse(new GpuSpeed(common, RoundFigures.chips("cuda-ada", 0, 0)).hasRows());
    assertFalse(new GpuSpeed(common, RoundFigures.chips("cuda", 0, 1)).hasRows());
  }

  // --- a processor

  private static double seconds(double weights, double cache, boolean quantized, double layers) {
    return RoundFigures.cpu()
        .seconds(
            new CpuSpeed.Work("Q4_K_M", weights, cache, quantized, layers),
            new Cores(4, InstructionSet.AVX2),
            4e9);
  }

  /// Where memory and unpacking are as slow as each other, both cost: the fourth root of 2.
  @Test
  void aProcessorReadsAndUnpacksAtTheSameTime() {
    double both = Math.pow(2, 0.25);
    assertEquals(0.25 * both, seconds(1e9, 0, false, 0), EXACT);
    assertEquals(0.05 * both, seconds(0, 1e8, false, 0), EXACT);
    assertEquals(
        Math.pow(Math.pow(0.05, 4) + Math.pow(0.1, 4), 0.25), seconds(0, 1e8, true, 0), EXACT);
    assertEquals(10 * 1e-4 * 2, seconds(0, 0, false, 10), EXACT);
    assertEquals(0.25 * both + 0.05 * both + 2e-3, seconds(1e9, 1e8, false, 10), EXACT);
    double q8 =
        RoundFigures.cpu()
            .seconds(
                new CpuSpeed.Work("Q8_0", 1e9, 0, false, 0),
                new Cores(4, InstructionSet.AVX2),
                8e9);
    assertEquals(0.125 * both, q8, EXACT);
  }

  @ParameterizedTest
  @CsvSource({
    "PLATFORM, DESKTOP, 1, 0.5",
    "PLATFORM, SERVER, 1, 0.6",
    "PLATFORM, SERVER, 2, 0.4",
    "FIRMWARE, BOARD, 1, 1",
    "MEASURED, SERVER, 1, 0.9",
    "MEASURED, SERVER, 2, 0.9",
  })
  void theShareOfTheMemoryGoesByKindSocketsAndMeasurement(
      CpuBandwidth.Origin origin, ProcessorKind kind, int sockets, double share) {
    var memory =
        new CpuBandwidth(gigabytes(80), gigabytes(100), gigabytes(120), origin, kind, sockets);
    assertEquals(share, RoundFigures.cpu().efficiency(memory));
    assertEquals(0.6, RoundFigures.cpu().serverEfficiency());
  }

  /// 4 · 10^10 operations and 2 · 10^9 of attention, on four cores.
  @Test
  void aProcessorReadsAPromptAtItsRates() {
    assertEquals(
        1.5,
        RoundFigures.cpu().prompt().seconds(new Cores(4, InstructionSet.AVX2), 4e10, 2e9),
        EXACT);
  }
}
