package dev.r1pick.speed;

import dev.r1pick.hardware.Cpu;
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
    int cores = run.text("cores").isEmpty() ? 8 : (int) run.number("cores");
    return Plans.cpu(name, arm ? "aarch64" : "x86_64", cores);
  }

  /// Low, expected and high rate.
  static List<Double> rates(MeasuredRun run, CpuBandwidth memory, CpuSpeed speed, double token) {
    double seconds = seconds(run, memory, memory.expected(), speed);
    double slow = seconds(run, memory, memory.low(), speed);
    double fast = seconds(run, memory, memory.high(), speed);
    double serving = run.served() ? token : 0;
    return List.of(
        1 / (Math.max(seconds / speed.error().lowFactor(), slow) + serving),
        1 / (seconds + serving),
        1 / (Math.min(seconds / speed.error().highFactor(), fast) + serving));
  }

  private static double seconds(
      MeasuredRun run, CpuBandwidth memory, Bandwidth bandwidth, CpuSpeed speed) {
    return speed.seconds(
        run.cpuWork(), run.cores(), bandwidth.bytesPerSecond() * speed.efficiency(memory));
  }
}
