package dev.r1pick.hardware.probe.system;

import dev.r1pick.hardware.Os;
import dev.r1pick.host.Host;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is around this process on Linux and Android: WSL, container, virtual machine.
public final class SystemProbe {
  private SystemProbe() {}

  /// Reads the signs of each.
  ///
  /// @param cpuinfo what the processor says
  public static Os read(Host host, CpuProbe.Cpuinfo cpuinfo) {
    boolean wsl = isWsl(host);
    return new Os(
        host.family(), host.arch(), wsl, isContainer(host), !wsl && isVirtual(host, cpuinfo));
  }

  /// Inside the Windows Subsystem for Linux.
  public static boolean isWsl(Host host) {
    return containsIgnoringCase(host.read("/proc/sys/kernel/osrelease"), "microsoft")
        || containsIgnoringCase(host.read("/proc/version"), "microsoft")
        || host.environment("WSL_DISTRO_NAME").isPresent();
  }

  /// Whether a scheduler of a cluster started this process and gave it its devices.
  public static boolean isJob(Host host) {
    for (String variable : List.of("SLURM_JOB_ID", "PBS_JOBID", "LSB_JOBID", "_CONDOR_SLOT")) {
      if (host.environment(variable).isPresent()) {
        return true;
      }
    }
    return containsIgnoringCase(host.read("/proc/self/cgroup"), "slurm");
  }

  private static boolean isContainer(Host host) {
    return host.exists("/.dockerenv")
        || host.exists("/run/.containerenv")
        || host.environment("container").isPresent()
        || ContainerLimits.isContainer(host);
  }

  /// By the processor's own flag, its name or the maker of the board.
  private static boolean isVirtual(Host host, CpuProbe.Cpuinfo parsed) {
    if (parsed.virtualMachine()
        || containsIgnoringCase(parsed.modelName(), "qemu virtual")
        || containsIgnoringCase(parsed.modelName(), "common kvm")) {
      return true;
    }
    Optional<String> maker = host.read("/sys/class/dmi/id/sys_vendor");
    Optional<String> product = host.read("/sys/class/dmi/id/product_name");
    for (String sign : List.of("qemu", "vmware", "innotek", "xen", "parallels", "bochs")) {
      if (containsIgnoringCase(maker, sign)) {
        return true;
      }
    }
    return containsIgnoringCase(product, "virtual machine")
        || containsIgnoringCase(product, "kvm")
        || containsIgnoringCase(product, "google compute engine");
  }

  private static boolean containsIgnoringCase(Optional<String> text, String part) {
    return text.isPresent() && text.get().toLowerCase(Locale.ROOT).contains(part);
  }
}
