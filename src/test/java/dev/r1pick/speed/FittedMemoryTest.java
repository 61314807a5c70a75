package dev.r1pick.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Cpu;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `--cpu` and `--memory` say of a processor's memory.
class FittedMemoryTest {
  private final CpuBandwidthEstimator cpus = CpuBandwidthEstimator.shipped();

  private double gigabytes(String cpu, String memory) {
    return cpus.given(cpus.described(cpu).orElseThrow(), FittedMemory.parse(memory).orElseThrow())
        .expected()
        .inGBPerSecond();
  }

  @ParameterizedTest
  @CsvSource({
    "EPYC 9654, 12x DDR5-4800, 460.8",
    "EPYC 9654, 6x DDR5-4800, 230.4",
    "EPYC 9654, DDR5-4800, 460.8",
    "2x Xeon 6980P, 24x MRDIMM-8800, 1689.6",
    "Ryzen 7950X, 4x DDR5-5200, 83.2",
    "Ryzen 7950X, 1 x DDR5-5200, 41.6",
    "desktop DDR5, 460 GB/s, 460"
  })
  void modulesBeyondTheChannelsAddNoBandwidth(String cpu, String memory, double expected) {
    assertEquals(expected, gigabytes(cpu, memory), 0.1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12x", "DDR5", "12x SDRAM-100", "0x DDR5-4800", "DDR5-99999", "GB/s"})
  void whatIsNoMemoryIsNotTaken(String text) {
    assertEquals(Optional.empty(), FittedMemory.parse(text));
  }

  @Test
  void twoSocketsReachAFractionOfTheirSum() {
    Cpu one = cpus.described("EPYC 9654").orElseThrow();
    Cpu two = cpus.described("2x EPYC 9654").orElseThrow();
    CpuBandwidth both = cpus.estimate(Plans.machine(two, Plans.LINUX));
    assertEquals(2, both.sockets());
    assertEquals(2 * one.usableCpus(), two.usableCpus());
    CpuSpeed speed = SpeedConstantsReader.shipped().cpu();
    double reached = both.expected().bytesPerSecond() * speed.efficiency(both);
    CpuBandwidth single = cpus.estimate(Plans.machine(one, Plans.LINUX));
    assertTrue(reached < single.expected().bytesPerSecond() * speed.efficiency(single));
  }

  /// Two cores read Q4_K at half of what they read Q8_0 at: a larger file was as fast.
  @Test
  void fewCoresAreBoundByUnpackingAndNotByMemory() {
    CpuSpeed speed = SpeedConstantsReader.shipped().cpu();
    var cores = new CpuSpeed.Cores(2, InstructionSet.AVX2);
    double small = speed.seconds(new CpuSpeed.Work("Q4_K_M", 988e6, 0, false, 28), cores, 100e9);
    double large = speed.seconds(new CpuSpeed.Work("Q8_0", 1640e6, 0, false, 28), cores, 100e9);
    assertEquals(small, large, 0.15 * small);
  }

  @Test
  void aQuantizedCacheIsSlowerOnAProcessor() {
    CpuSpeed speed = SpeedConstantsReader.shipped().cpu();
    var cores = new CpuSpeed.Cores(2, InstructionSet.AVX2);
    double plain = speed.seconds(new CpuSpeed.Work("Q4_K_M", 988e6, 58e6, false, 28), cores, 26e9);
    double quantized =
        speed.seconds(new CpuSpeed.Work("Q4_K_M", 988e6, 31e6, true, 28), cores, 26e9);
    assertTrue(quantized > plain, quantized + " " + plain);
  }
}
