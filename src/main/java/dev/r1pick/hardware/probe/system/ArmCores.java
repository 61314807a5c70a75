package dev.r1pick.hardware.probe.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Names for the core numbers that ARM processors give instead of a name.
///
/// Facts: `CPU implementer` and `CPU part` of `/proc/cpuinfo`, numbers as in Linux'
/// `arch/arm64/include/asm/cputype.h`.
public final class ArmCores {
  private static final int ARM = 0x41;
  private static final int APPLE = 0x61;

  private static final Map<Integer, String> ARM_PARTS =
      Map.ofEntries(
          Map.entry(0xd03, "Cortex-A53"),
          Map.entry(0xd04, "Cortex-A35"),
          Map.entry(0xd05, "Cortex-A55"),
          Map.entry(0xd07, "Cortex-A57"),
          Map.entry(0xd08, "Cortex-A72"),
          Map.entry(0xd09, "Cortex-A73"),
          Map.entry(0xd0a, "Cortex-A75"),
          Map.entry(0xd0b, "Cortex-A76"),
          Map.entry(0xd0c, "Neoverse-N1"),
          Map.entry(0xd0d, "Cortex-A77"),
          Map.entry(0xd0e, "Cortex-A76AE"),
          Map.entry(0xd40, "Neoverse-V1"),
          Map.entry(0xd41, "Cortex-A78"),
          Map.entry(0xd42, "Cortex-A78AE"),
          Map.entry(0xd44, "Cortex-X1"),
          Map.entry(0xd46, "Cortex-A510"),
          Map.entry(0xd47, "Cortex-A710"),
          Map.entry(0xd48, "Cortex-X2"),
          Map.entry(0xd49, "Neoverse-N2"),
          Map.entry(0xd4b, "Cortex-A78C"),
          Map.entry(0xd4c, "Cortex-X1C"),
          Map.entry(0xd4d, "Cortex-A715"),
          Map.entry(0xd4e, "Cortex-X3"),
          Map.entry(0xd4f, "Neoverse-V2"),
          Map.entry(0xd80, "Cortex-A520"),
          Map.entry(0xd81, "Cortex-A720"),
          Map.entry(0xd82, "Cortex-X4"),
          Map.entry(0xd83, "Neoverse-V3AE"),
          Map.entry(0xd84, "Neoverse-V3"),
          Map.entry(0xd85, "Cortex-X925"),
          Map.entry(0xd87, "Cortex-A725"),
          Map.entry(0xd8e, "Neoverse-N3"));

  private static final Map<Integer, String> APPLE_PARTS =
      Map.ofEntries(
          Map.entry(0x022, "M1"),
          Map.entry(0x023, "M1"),
          Map.entry(0x024, "M1 Pro"),
          Map.entry(0x025, "M1 Pro"),
          Map.entry(0x028, "M1 Max"),
          Map.entry(0x029, "M1 Max"),
          Map.entry(0x032, "M2"),
          Map.entry(0x033, "M2"),
          Map.entry(0x034, "M2 Pro"),
          Map.entry(0x035, "M2 Pro"),
          Map.entry(0x038, "M2 Max"),
          Map.entry(0x039, "M2 Max"));

  /// Cores that others designed, whose makers sell them under these names: by maker and part, names
  /// as in `lscpu` of util-linux.
  private static final Map<Core, String> OTHERS =
      Map.ofEntries(
          Map.entry(new Core(0x43, 0x0af), "Cavium ThunderX2"),
          Map.entry(new Core(0x46, 0x001), "Fujitsu A64FX"),
          Map.entry(new Core(0x48, 0xd01), "HiSilicon Kunpeng 920"),
          Map.entry(new Core(0x48, 0xd02), "HiSilicon Kunpeng TaiShan-v120"),
          Map.entry(new Core(0x51, 0x001), "Qualcomm Oryon"),
          Map.entry(new Core(0x6d, 0xd49), "Microsoft Azure Cobalt 100"),
          Map.entry(new Core(0x70, 0x303), "Phytium FTC310"),
          Map.entry(new Core(0x70, 0x660), "Phytium FTC660"),
          Map.entry(new Core(0x70, 0x661), "Phytium FTC661"),
          Map.entry(new Core(0x70, 0x662), "Phytium FTC662"),
          Map.entry(new Core(0x70, 0x663), "Phytium FTC663"),
          Map.entry(new Core(0x70, 0x664), "Phytium FTC664"),
          Map.entry(new Core(0x70, 0x862), "Phytium FTC862"),
          Map.entry(new Core(0xc0, 0xac3), "AmpereOne"),
          Map.entry(new Core(0xc0, 0xac4), "AmpereOne"));

  private ArmCores() {}

  /// One kind of core.
  public record Core(int implementer, int part) {}

  /// The processor's name from its kinds of cores, the fastest kind first; empty where one of them
  /// is not known.
  public static Optional<String> name(List<Core> cores) {
    Optional<String> other = other(cores);
    if (other.isPresent()) {
      return other;
    }
    var arm = new TreeSet<String>(ArmCores::fastestFirst);
    var apple = new TreeSet<String>();
    for (Core core : cores) {
      String known =
          core.implementer() == ARM
              ? ARM_PARTS.get(core.part())
              : core.implementer() == APPLE ? APPLE_PARTS.get(core.part()) : null;
      if (known == null) {
        return Optional.empty();
      }
      (core.implementer() == ARM ? arm : apple).add(known);
    }
    if (arm.isEmpty() == apple.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(arm.isEmpty() ? "Apple " + apple.first() : "ARM " + String.join(" / ", arm));
  }

  /// The name of the fastest kind, where no core is one of ARM's or Apple's own.
  private static Optional<String> other(List<Core> cores) {
    Optional<String> best = Optional.empty();
    for (Core core : cores) {
      String name = OTHERS.get(core);
      if (name == null) {
        return Optional.empty();
      }
      best = Optional.of(best.isPresent() && best.get().compareTo(name) > 0 ? best.get() : name);
    }
    return best;
  }

  /// How many of the cores are fast ones; empty where all are of one kind.
  static Optional<Integer> performanceCores(List<Core> cores) {
    var fast = new ArrayList<Core>();
    for (Core core : cores) {
      if (!isEfficient(core)) {
        fast.add(core);
      }
    }
    return fast.isEmpty() || fast.size() == cores.size()
        ? Optional.empty()
        : Optional.of(fast.size());
  }

  private static boolean isEfficient(Core core) {
    return switch (core.implementer()) {
      case ARM -> List.of(0xd03, 0xd04, 0xd05, 0xd46, 0xd80).contains(core.part());
      // Apple's even part numbers are the efficiency cores.
      case APPLE -> APPLE_PARTS.containsKey(core.part()) && core.part() % 2 == 0;
      default -> false;
    };
  }

  private static int fastestFirst(String one, String other) {
    boolean oneIsX = one.startsWith("Cortex-X");
    boolean otherIsX = other.startsWith("Cortex-X");
    return oneIsX == otherIsX ? other.compareTo(one) : oneIsX ? -1 : 1;
  }
}
