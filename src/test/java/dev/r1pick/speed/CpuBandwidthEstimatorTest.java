package dev.r1pick.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.MemoryModules;
import dev.r1pick.hardware.Os;
import dev.r1pick.host.OsFamily;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuBandwidthEstimatorTest {
  private final CpuBandwidthEstimator estimator = CpuBandwidthEstimator.shipped();

  private CpuBandwidth of(String name, String arch, int cores) {
    return estimator.estimate(Plans.machine(Plans.cpu(name, arch, cores), Plans.LINUX));
  }

  @ParameterizedTest
  @CsvSource({
    "AMD Ryzen 9 5950X 16-Core Processor, 16, 51.2",
    "AMD Ryzen 9 9950X 16-Core Processor, 16, 89.6",
    "AMD Ryzen 7 PRO 8840U w/ Radeon 780M Graphics, 8, 89.6",
    "AMD Ryzen 5 7430U with Radeon Graphics, 6, 51.2",
    "AMD RYZEN AI MAX+ 395 w/ Radeon 8060S, 16, 256",
    "AMD EPYC 9454P 48-Core Processor, 48, 460.8",
    "AMD EPYC 7773X 64-Core Processor, 64, 204.8",
    "AMD Ryzen Threadripper PRO 7995WX 96-Cores, 96, 332.8",
    "12th Gen Intel(R) Core(TM) i7-12700KF, 12, 76.8",
    "Intel(R) Core(TM) i9-14900K, 24, 89.6",
    "11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz, 4, 51.2",
    "Intel(R) Core(TM) i5-10600K CPU @ 4.10GHz, 6, 42.7",
    "Intel(R) Core(TM) i7-4790K CPU @ 4.00GHz, 4, 25.6",
    "Intel(R) Core(TM) Ultra 7 258V, 8, 136.5",
    "Intel(R) Core(TM) Ultra 9 285K, 24, 102.4",
    "Intel(R) N100, 4, 25.6",
    "Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz, 14, 76.8",
    "Intel(R) Xeon(R) Gold 6454S, 32, 307.2",
    "Intel(R) Xeon(R) Platinum 8280 CPU @ 2.70GHz, 28, 140.8",
    "Intel(R) Xeon(R) 6980P, 128, 614.4",
  })
  void thePlatformIsReadOffTheName(String name, int cores, double expected) {
    CpuBandwidth bandwidth = of(name, "x86_64", cores);
    assertEquals(CpuBandwidth.Origin.PLATFORM, bandwidth.origin());
    assertEquals(expected, bandwidth.expected().inGBPerSecond(), 0.05);
  }

  @ParameterizedTest
  @CsvSource({
    "Apple M2, 8, 102.4",
    "Raspberry Pi 5 Model B Rev 1.0, 4, 17.1",
    "Cortex-A76, 4, 17.1",
    "AmpereOne A192-32X, 192, 332.8",
  })
  void armToo(String name, int cores, double expected) {
    assertEquals(expected, of(name, "aarch64", cores).expected().inGBPerSecond(), 0.05);
  }

  @ParameterizedTest
  @CsvSource({
    "'', x86_64",
    "DO-Premium-AMD, x86_64",
    "QEMU Virtual CPU version 2.5+, x86_64",
    "'', aarch64"
  })
  void anUnknownProcessorIsGuessedWidely(String name, String arch) {
    CpuBandwidth bandwidth = of(name, arch, 8);
    assertEquals(CpuBandwidth.Origin.GUESSED, bandwidth.origin());
    assertTrue(bandwidth.high().bytesPerSecond() > 4 * bandwidth.low().bytesPerSecond());
  }

  @Test
  void twoCoresOfALargeMachineCannotAskForAllOfIt() {
    var two =
        new Cpu(
            Optional.of("AMD EPYC 9454P 48-Core Processor"),
            "x86_64",
            Optional.of(48),
            Optional.empty(),
            96,
            2,
            List.of());
    assertTrue(estimator.estimate(Plans.machine(two, Plans.LINUX)).high().inGBPerSecond() < 50);
  }

  @Test
  void aVirtualMachineMayGetLess() {
    var os = new Os(OsFamily.LINUX, "x86_64", false, false, true);
    Cpu cpu = Plans.cpu("AMD EPYC 9454P 48-Core Processor", "x86_64", 48);
    assertTrue(
        estimator
                .estimate(Plans.machine(cpu, os))
                .low()
                .compareTo(estimator.estimate(Plans.machine(cpu, Plans.LINUX)).low())
            < 0);
  }

  private static Machine filled(String name, int cores, int sockets, MemoryModules modules) {
    Cpu cpu = Plans.cpu(name, "x86_64", cores);
    Machine machine = Plans.machine(withSockets(cpu, sockets), Plans.LINUX);
    return machine.withRam(machine.ram().withModules(Optional.of(modules)));
  }

  private static Cpu withSockets(Cpu cpu, int sockets) {
    return new Cpu(
        cpu.name(),
        cpu.arch(),
        cpu.physicalCores(),
        cpu.performanceCores(),
        cpu.logicalCpus(),
        cpu.usableCpus(),
        cpu.features(),
        Optional.of(sockets));
  }

  /// One module of two, slow modules, half of a server's channels: what is fitted decides, not what
  /// the platform can take.
  @ParameterizedTest
  @CsvSource({
    "AMD Ryzen 9 9950X 16-Core Processor, 16, 1, 1, 5600, 64, 44.8",
    "AMD Ryzen 9 9950X 16-Core Processor, 16, 1, 2, 5600, 128, 89.6",
    "AMD Ryzen 9 9950X 16-Core Processor, 16, 1, 4, 3600, 256, 57.6",
    "AMD EPYC 9654 96-Core Processor, 96, 1, 6, 4800, 384, 230.4",
    "AMD EPYC 9654 96-Core Processor, 192, 2, 24, 4800, 1536, 921.6",
    "AMD EPYC 9654 96-Core Processor, 192, 2, 12, 4800, 768, 460.8",
    "AMD Ryzen AI 9 HX 370 w/ Radeon 890M, 12, 1, 8, 7500, 128, 120",
    "Something New 9000, 8, 1, 2, 5600, 128, 89.6",
  })
  void theModulesThatAreFittedDecide(
      String name, int cores, int sockets, int count, int transfers, int bits, double expected) {
    CpuBandwidth bandwidth =
        estimator.estimate(filled(name, cores, sockets, new MemoryModules(count, transfers, bits)));
    assertEquals(CpuBandwidth.Origin.FIRMWARE, bandwidth.origin());
    assertEquals(expected, bandwidth.expected().inGBPerSecond(), 0.05);
    assertEquals(bandwidth.low(), bandwidth.expected());
    assertEquals(sockets, bandwidth.sockets());
  }

  @Test
  void channelsOfAnUnknownProcessorAreNotCounted() {
    CpuBandwidth bandwidth =
        estimator.estimate(filled("Something New 9000", 8, 1, new MemoryModules(4, 4800, 256)));
    assertEquals(76.8, bandwidth.expected().inGBPerSecond(), 0.05);
    assertEquals(153.6, bandwidth.high().inGBPerSecond(), 0.05);
  }

  @Test
  void aHypervisorMakesModulesAndSocketsUp() {
    Machine machine =
        filled("AMD EPYC 9654 96-Core Processor", 8, 8, new MemoryModules(1, 2400, 64));
    var virtual = new Os(OsFamily.LINUX, "x86_64", false, false, true);
    CpuBandwidth bandwidth = estimator.estimate(machine.withOs(virtual));
    assertEquals(CpuBandwidth.Origin.PLATFORM, bandwidth.origin());
    assertEquals(1, bandwidth.sockets());
  }

  /// Two sockets reached as much as one was told to: their sum was never taken, nor its share.
  @Test
  void aLiveMachineOfTwoSocketsIsOne() {
    Cpu two = withSockets(Plans.cpu("AMD EPYC 9654 96-Core Processor", "x86_64", 192), 2);
    CpuBandwidth both = estimator.estimate(Plans.machine(two, Plans.LINUX));
    assertEquals(2, both.sockets());
    assertEquals(2 * 460.8, both.expected().inGBPerSecond(), 0.05);
  }

  @Test
  void clustersOfADesktopsCoresAreNoSockets() {
    Cpu cpu = withSockets(Plans.cpu("Intel(R) Core(TM) i9-14900K", "x86_64", 24), 2);
    assertEquals(1, estimator.estimate(Plans.machine(cpu, Plans.LINUX)).sockets());
  }

  /// Every processor of the measured rows whose platform's bandwidth is told is expected within a
  /// fifth of it.
  @Test
  void processorsOfMeasuredRowsHaveTheBandwidthThatTheRowsTell() {
    int near = 0;
    int told = 0;
    List<MeasuredRun> rows = MeasuredRun.cpuRows(MeasuredRun.all());
    for (MeasuredRun run : rows) {
      double expected =
          estimator
              .estimate(Plans.machine(CpuRuns.cpu(run), Plans.LINUX))
              .expected()
              .inGBPerSecond();
      if (run.optional("bandwidth_gbs").isEmpty()) {
        continue;
      }
      told++;
      double known = run.number("bandwidth_gbs") / run.sockets();
      near += Math.abs(expected / known - 1) < 0.2 ? 1 : 0;
    }
    assertTrue(near >= 0.9 * told, near + " of " + told);
  }
}
