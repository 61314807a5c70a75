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
    return switch (not.reason()) {
      case DRIVER_MISSING,
          GIVEN_TO_VIRTUAL_MACHINE,
          DRIVER_NOT_LOADED,
          DRIVER_NOT_REACHABLE,
          NOT_GIVEN_TO_JOB,
          DRIVER_NOT_RESPONDING,
          DRIVER_LIBRARY_MISMATCH,
          CONTAINER_LIBRARY_MISMATCH,
          DRIVER_TOO_OLD,
          DRIVER_ERROR,
          DEVICE_LOST,
          NO_PERMISSION,
          HIDDEN_BY_ENVIRONMENT,
          IGPU_DROPPED_BY_DEFAULT ->
          true;
      case NO_DEVICE,
          COMPUTE_CAPABILITY_TOO_LOW,
          UNSUPPORTED_BY_OLLAMA,
          UNSUPPORTED_BY_BUILD,
          DRIVEN_BY_OTHER_ENGINES,
          DISPLAY_ONLY,
          VIRTUAL_DISPLAY,
          VIRTUAL_GPU ->
          false;
    };
  }
}
