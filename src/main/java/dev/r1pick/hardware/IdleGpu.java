package dev.r1pick.hardware;

import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.WhyNot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// GPUs of one name that are there and not used, for one reason that somebody can do something
/// about.
///
/// @param gpu one of them
/// @param why the reason
/// @param count how many, 1 or more
/// @param more whether another one of that name is used
public record IdleGpu(Accelerator gpu, NotUsable why, int count, boolean more) {

  /// Those of a machine, in its order.
  public static List<IdleGpu> of(Machine machine) {
    var found = new ArrayList<IdleGpu>();
    for (Accelerator gpu : machine.accelerators()) {
      if (isIdle(gpu) && gpu.usability() instanceof NotUsable why) {
        int same = indexOf(found, gpu, why);
        if (same < 0) {
          found.add(new IdleGpu(gpu, why, 1, isUsed(gpu.name(), machine)));
        } else {
          IdleGpu other = found.get(same);
          found.set(same, new IdleGpu(other.gpu, other.why, other.count + 1, other.more));
        }
      }
    }
    return found;
  }

  /// Whether Ollama would use it if somebody did something about it, or another engine would.
  public static boolean isIdle(Accelerator gpu) {
    return gpu.usability() instanceof NotUsable why
        && (why.reason().canBeMended() || why.reason() == WhyNot.DRIVEN_BY_OTHER_ENGINES)
        && gpu.kind() != Kind.BMC
        && gpu.kind() != Kind.VIRTUAL;
  }

  /// A GPU whose tool did not answer in time: one that may be used is not none.
  public static Optional<Accelerator> silent(Machine machine) {
    for (Accelerator gpu : machine.accelerators()) {
      if (gpu.usability() instanceof NotUsable why
          && why.reason() == WhyNot.DRIVER_NOT_RESPONDING) {
        return Optional.of(gpu);
      }
    }
    return Optional.empty();
  }

  private static int indexOf(List<IdleGpu> found, Accelerator gpu, NotUsable why) {
    for (int i = 0; i < found.size(); i++) {
      IdleGpu other = found.get(i);
      if (other.gpu.name().equals(gpu.name())
          && other.why.reason() == why.reason()
          && other.why.arguments().equals(why.arguments())) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isUsed(String name, Machine machine) {
    for (Accelerator gpu : machine.usableAccelerators()) {
      if (gpu.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /// The machine as it would be with these mended; the machine itself where it is not known what
  /// would drive them.
  public Machine mended(Machine machine) {
    var all = new ArrayList<Accelerator>();
    for (Accelerator other : machine.accelerators()) {
      boolean same =
          isIdle(other)
              && other.name().equals(gpu.name())
              && other.usability() instanceof NotUsable not
              && not.reason() == why.reason();
      all.add(
          same && why.backend().isPresent()
              ? other.withUsability(new Usability.Usable(why.backend().get()))
              : other);
    }
    return machine.withAccelerators(all);
  }
}
