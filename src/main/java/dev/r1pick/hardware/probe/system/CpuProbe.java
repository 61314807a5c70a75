package dev.r1pick.hardware.probe.system;

import dev.r1pick.hardware.Cpu;
import dev.r1pick.host.Host;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// The processor on Linux and Android: `/proc/cpuinfo`, affinity and quota.
public final class CpuProbe {
  private static final int MOST_CPUS = 1 << 16;
  private static final int MOST_SOCKETS = 64;

  /// Instruction sets that decide how fast llama.cpp computes, by the names of `/proc/cpuinfo`;
  /// `asimd` is called `neon`.
  private static final List<String> FEATURES =
      List.of(
          "avx",
          "avx2",
          "avx512f",
          "avx512_vnni",
          "avx_vnni",
          "amx_int8",
          "fma",
          "f16c",
          "asimd",
          "asimddp",
          "i8mm",
          "sve",
          "bf16");

  private CpuProbe() {}

  /// Reads and joins all sources.
  ///
  /// @param chipName what another source calls the chip, which wins over the names of its cores
  public static Cpu read(Host host, Cpuinfo cpuinfo, Optional<String> chipName) {
    int logical = Math.max(1, cpuinfo.processors() > 0 ? cpuinfo.processors() : online(host));
    int usable = logical;
    OptionalInt allowed = allowed(host.read("/proc/self/status").orElse(""));
    if (allowed.isPresent()) {
      usable = Math.min(usable, allowed.getAsInt());
    }
    OptionalInt quota = ContainerLimits.cpus(host);
    if (quota.isPresent()) {
      usable = Math.min(usable, quota.getAsInt());
    }
    Optional<Integer> fast = performanceCores(host, cpuinfo);
    return new Cpu(
        cpuinfo.modelName().or(() -> chipName).or(() -> ArmCores.name(cpuinfo.cores())),
        host.arch(),
        cpuinfo.physicalCores(),
        fast,
        logical,
        Math.max(1, usable),
        cpuinfo.features(),
        sockets(host, cpuinfo));
  }

  /// On ARM `/proc/cpuinfo` does not tell; there each chip lists its members. On small systems
  /// those are clusters of cores of one chip.
  private static Optional<Integer> sockets(Host host, Cpuinfo cpuinfo) {
    if (cpuinfo.sockets().isPresent() || !host.arch().equals("aarch64")) {
      return cpuinfo.sockets();
    }
    var seen = new HashSet<Integer>();
    int sockets = 0;
    for (int cpu : members(host.read("/sys/devices/system/cpu/online").orElse(""))) {
      if (!seen.contains(cpu) && sockets < MOST_SOCKETS) {
        String topology = "/sys/devices/system/cpu/cpu" + cpu + "/topology/";
        Optional<String> members =
            host.read(topology + "package_cpus_list")
                .or(() -> host.read(topology + "core_siblings_list"));
        if (members.isEmpty()) {
          return Optional.empty();
        }
        seen.add(cpu);
        seen.addAll(members(members.get()));
        sockets++;
      }
    }
    return sockets == 0 ? Optional.empty() : Optional.of(sockets);
  }

  private static int online(Host host) {
    int processors = host.processors().orElse(1);
    OptionalInt online = count(host.read("/sys/devices/system/cpu/online").orElse(""));
    return Math.max(processors, online.orElse(1));
  }

  /// Reads `/proc/cpuinfo`, which on a large server has megabytes.
  public static Cpuinfo cpuinfo(Host host) {
    return parse(host.read("/proc/cpuinfo").orElse(""));
  }

  /// What `/proc/cpuinfo` says.
  ///
  /// @param modelName of x86 processors
  /// @param processors hardware threads
  /// @param physicalCores cores, counted by socket and core number
  /// @param sockets counted by their numbers; empty where it has none
  /// @param cores the kind of each core, on ARM
  /// @param features those of [#FEATURES] that it has
  /// @param virtualMachine it says that a hypervisor runs below
  public record Cpuinfo(
      Optional<String> modelName,
      int processors,
      Optional<Integer> physicalCores,
      Optional<Integer> sockets,
      List<ArmCores.Core> cores,
      List<String> features,
      boolean virtualMachine) {}

  /// Reads the text of `/proc/cpuinfo`.
  static Cpuinfo parse(String text) {
    Optional<String> modelName = Optional.empty();
    Optional<String> otherName = Optional.empty();
    Set<String> flags = Set.of();
    var coreIds = new HashSet<String>();
    var socketIds = new HashSet<String>();
    var arm = new ArrayList<ArmCores.Core>();
    int processors = 0;
    OptionalLong implementer = OptionalLong.empty();
    String socket = "";
    for (String line : Text.lines(text)) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).strip();
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      switch (name) {
        case "processor" -> processors += Text.whole(value).isPresent() ? 1 : 0;
        case "model name", "Model Name" -> modelName = modelName.or(() -> Text.cleaned(value));
        case "physical id", "package" -> {
          socket = value;
          socketIds.add(value);
        }
        case "core id", "core" -> coreIds.add(socket + ":" + value);
        case "cpu", "uarch" -> otherName = otherName.or(() -> Text.cleaned(value));
        case "flags", "Features" ->
            flags = flags.isEmpty() ? new HashSet<>(Text.words(value)) : flags;
        case "CPU implementer" -> implementer = Text.hex(value);
        case "CPU part" -> addCore(arm, implementer, Text.hex(value));
        default -> {}
      }
    }
    int count = Math.min(processors, MOST_CPUS);
    Optional<Integer> physical =
        coreIds.isEmpty()
            ? arm.isEmpty() ? Optional.empty() : Optional.of(Math.min(arm.size(), MOST_CPUS))
            : Optional.of(Math.min(coreIds.size(), MOST_CPUS));
    return new Cpuinfo(
        modelName.isPresent() ? modelName : otherName,
        count,
        physical,
        socketIds.isEmpty() ? Optional.empty() : Optional.of(socketIds.size()),
        arm,
        featuresIn(flags),
        flags.contains("hypervisor"));
  }

  private static void addCore(
      List<ArmCores.Core> cores, OptionalLong implementer, OptionalLong part) {
    if (implementer.isPresent() && part.isPresent()) {
      cores.add(new ArmCores.Core((int) implementer.getAsLong(), (int) part.getAsLong()));
    }
  }

  private static List<String> featuresIn(Set<String> flags) {
    var features = new ArrayList<String>();
    for (String feature : FEATURES) {
      if (flags.contains(feature)) {
        features.add(feature.equals("asimd") ? "neon" : feature);
      }
    }
    return features;
  }

  /// Intel's hybrid processors list their fast threads; elsewhere the kinds of cores tell.
  private static Optional<Integer> performanceCores(Host host, Cpuinfo cpuinfo) {
    Optional<String> fast = host.read("/sys/devices/cpu_core/cpus");
    if (fast.isEmpty() || !host.exists("/sys/devices/cpu_atom/cpus")) {
      return ArmCores.performanceCores(cpuinfo.cores());
    }
    var cores = new HashSet<String>();
    for (int cpu : members(fast.get())) {
      String topology = "/sys/devices/system/cpu/cpu" + cpu + "/topology/";
      Optional<String> core = host.read(topology + "core_id");
      if (core.isEmpty()) {
        return Optional.empty();
      }
      cores.add(host.read(topology + "physical_package_id").orElse("").strip() + ":" + core.get());
    }
    return cores.isEmpty() ? Optional.empty() : Optional.of(cores.size());
  }

  private static OptionalInt allowed(String status) {
    for (String line : Text.lines(status)) {
      if (line.startsWith("Cpus_allowed_list:")) {
        return count(line.substring(line.indexOf(':') + 1));
      }
    }
    return OptionalInt.empty();
  }

  private static OptionalInt count(String list) {
    List<Integer> members = members(list);
    return members.isEmpty() ? OptionalInt.empty() : OptionalInt.of(members.size());
  }

  /// The members of a list like `0-3,8`.
  public static List<Integer> members(String list) {
    var members = new ArrayList<Integer>();
    for (String range : Text.split(list, ',')) {
      int dash = range.indexOf('-');
      OptionalLong first = Text.whole(dash < 0 ? range : range.substring(0, dash));
      OptionalLong last = dash < 0 ? first : Text.whole(range.substring(dash + 1));
      if (first.isPresent() && last.isPresent()) {
        long end = Math.min(last.getAsLong(), MOST_CPUS);
        for (long cpu = first.getAsLong(); cpu <= end && members.size() < MOST_CPUS; cpu++) {
          members.add((int) cpu);
        }
      }
    }
    return members;
  }
}
