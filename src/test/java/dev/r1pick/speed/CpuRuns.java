package dev.r1pick.speed;

import dev.r1pick.hardware.Cpu;
import dev.r1pick.speed.SpeedConstants.CpuSpeed;
import dev.r1pick.speed.SpeedConstants.ErrorRange;
import dev.r1pick.units.Bandwidth;
import java.util.List;
import java.util.Locale;

/// Rows of processors, seen as the program would see the machine.
final class CpuRuns {
  private CpuRuns() {}

  static Cpu cpu(MeasuredRun run) {
    String name = run.text("gpu").substring("CPU ".length());
    String lower = name.toLowerCase(Locale.ROOT);
    boolean arm =
        lower.contains("ampere")
            || lower.contains("raspberry")
            || lower.contains("cix")
            || lower.contains("apple");
    return Plans.cpu(name, arm ? "aarch64" : "x86_64", 64);
  }

  /// A platform whose bandwidth is known.
  static CpuBandwidth exactly(Bandwidth bandwidth) {
    return new CpuBandwidth(bandwidth, bandwidth, bandwidth, CpuBandwidth.Origin.PLATFORM);
  }

  /// Low, expected and high rate.
  static List<Double> rates(MeasuredRun run, CpuBandwidth cpu, SpeedConstants constants) {
    CpuSpeed speed = constants.cpu();
    boolean experts = run.mixtureOfExperts();
    double factor = experts ? constants.mixture().cpuFactor() : 1;
    ErrorRange error = experts ? constants.mixture().cpuError() : speed.error();
    double bytes = run.work().weightBytes() + run.work().kvCacheBytes();
    double expected = cpu.expected().bytesPerSecond() * speed.efficiency() * factor / bytes;
    double low = (double) cpu.low().bytesPerSecond() / cpu.expected().bytesPerSecond();
    double high = (double) cpu.high().bytesPerSecond() / cpu.expected().bytesPerSecond();
    return List.of(
        expected * Math.min(low, error.lowFactor()),
        expected,
        expected * Math.max(high, error.highFactor()));
  }
}
