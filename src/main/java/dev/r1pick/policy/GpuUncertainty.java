package dev.r1pick.policy;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.IdleGpu;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Usability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What stands between a machine's GPUs and a sure answer.
final class GpuUncertainty {
  private GpuUncertainty() {}

  /// Whether a GPU that is used has memory of a size that is not known, or known only from below:
  /// what does not fit then may fit.
  static boolean hasUnknownMemory(Machine machine) {
    for (Accelerator gpu : machine.usableAccelerators()) {
      if (gpu.memory().total().isEmpty() || gpu.memory().totalIsLowerBound()) {
        return true;
      }
    }
    return false;
  }

  /// A GPU that did not answer in time, so that nothing about GPUs is sure; empty where the asker
  /// goes on without it.
  static Optional<Accelerator> silent(CheckedMachine checked) {
    return checked.withoutSilentGpus() ? Optional.empty() : IdleGpu.silent(checked.machine());
  }

  /// What is said in place of a finding about GPUs.
  static Finding unknown(PolicyRule rule, Accelerator silent) {
    return Finding.unknown(
        rule,
        new Actual.Nothing(),
        new PolicyReason.GpuSilent(silent.name()),
        List.of(new PolicyRemedy.AcceptUnknown()));
  }

  /// GPUs that are there and not used, with what would change that.
  static List<PolicyRemedy> unused(Machine machine) {
    var found = new ArrayList<PolicyRemedy>();
    for (Accelerator gpu : machine.accelerators()) {
      if (gpu.usability() instanceof Usability.NotUsable not && canBeHelped(not)) {
        found.add(new PolicyRemedy.UseGpu(gpu, not));
      }
    }
    return found;
  }

  private static boolean canBeHelped(Usability.NotUsable not) {
    return not.reason().canBeMended() || not.reason() == Usability.WhyNot.IGPU_DROPPED_BY_DEFAULT;
  }
}
