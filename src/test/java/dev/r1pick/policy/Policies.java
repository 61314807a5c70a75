package dev.r1pick.policy;

import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.probe.RecordedMachines;
import dev.r1pick.speed.CpuBandwidthEstimator;
import dev.r1pick.speed.MachineSpeed;
import dev.r1pick.speed.SpeedConstantsReader;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.speed.SpeedEstimator;
import dev.r1pick.units.Bytes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Holds the text of a policy against a recorded machine, or against one with another figure.
final class Policies {
  static final PolicyCatalog KNOWLEDGE =
      PolicyCatalog.of(CatalogReader.readDefault(), UseCaseReader.readDefault());

  private static final SpeedEstimator SPEEDS = new SpeedEstimator(SpeedConstantsReader.shipped());
  private static final CpuBandwidthEstimator CPUS = CpuBandwidthEstimator.shipped();

  private Policies() {}

  static Machine machine(String name) {
    return RecordedMachines.detector().detect(RecordedMachines.host(name));
  }

  static CheckedMachine checked(Machine machine) {
    return new CheckedMachine(
        machine,
        new MachineSpeed(SPEEDS, machine, GpuCatalogReader::readDefault, CPUS.estimate(machine)),
        new FitEstimator());
  }

  static Policy read(String policy) {
    return PolicyReader.read("p.yml", policy, KNOWLEDGE.catalog(), KNOWLEDGE.useCases());
  }

  static PolicyAnswer check(String policy, Machine machine) {
    return new PolicyEvaluator(KNOWLEDGE, read(policy)).of(checked(machine));
  }

  /// The finding of one rule that is required.
  static Finding finding(String rule, Machine machine) {
    return check("require: [{" + rule + "}]", machine).findings().getFirst();
  }

  /// Why it does not hold; an empty text where it does.
  static String reason(Finding finding) {
    return finding.reason().map(reason -> reason.id()).orElse("");
  }

  static List<PolicyRemedy> remedies(Finding finding) {
    return finding.remedies();
  }

  static Actual.Load load(Finding finding) {
    return (Actual.Load) finding.actual();
  }

  /// Tokens per second, in the middle of the range.
  static double rate(Finding finding) {
    return ((SpeedEstimate.Known) load(finding).speed()).generation().expected().tokensPerSecond();
  }

  /// The size as a policy writes it, to the byte.
  static String gb(long bytes) {
    return BigDecimal.valueOf(bytes, 9).toPlainString() + "GB";
  }

  static Machine withRam(Machine machine, long total, Optional<Bytes> installed, String basis) {
    return machine.withRam(
        new Ram(
            Optional.of(Bytes.of(total)),
            Optional.of(Bytes.of(total / 2)),
            installed,
            Optional.empty(),
            Optional.empty(),
            basis));
  }

  /// With as many of its first GPU as there are sizes, each of that memory in bytes.
  static Machine withGpus(Machine machine, long... totals) {
    Accelerator first = machine.accelerators().getFirst();
    var gpus = new java.util.ArrayList<Accelerator>();
    for (long total : totals) {
      gpus.add(withMemory(first, Optional.of(Bytes.of(total)), false));
    }
    return machine.withAccelerators(gpus);
  }

  static Accelerator withMemory(Accelerator gpu, Optional<Bytes> total, boolean lowerBound) {
    return gpu.withMemory(
        new Accelerator.Memory(
            total,
            lowerBound,
            total,
            Optional.empty(),
            gpu.memory().pool(),
            gpu.memory().unified(),
            Optional.empty()));
  }
}
