package dev.r1pick.policy;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Usability;
import java.util.ArrayList;
import java.util.List;

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
