package dev.r1pick.hardware.probe.system;

import dev.r1pick.hardware.probe.common.Sysfs;
import dev.r1pick.host.Host;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What the control groups around this process allow it, at every level up to the root.
///
/// Facts: docs.kernel.org/admin-guide/cgroup-v2.html; a limit on a parent binds as well, and page
/// cache that is charged to a group can be had back.
final class ContainerLimits {
  private static final String MOUNT = "/sys/fs/cgroup";
  private static final int DEEPEST = 64;

  private ContainerLimits() {}

  /// One group with a limit.
  ///
  /// @param file the file that says so
  /// @param limit of memory
  /// @param available of it, without what can be had back; empty where usage is not readable
  record Level(String file, Bytes limit, Optional<Bytes> available) {}

  /// The groups that have a limit of memory, from the process's own to the root.
  static List<Level> memory(Host host) {
    String membership = host.read("/proc/self/cgroup").orElse("");
    Optional<String> old = pathOf(membership, "memory");
    return old.isPresent() ? memoryV1(host, old.get()) : memoryV2(host, unifiedPath(membership));
  }

  private static List<Level> memoryV2(Host host, String path) {
    var levels = new ArrayList<Level>();
    for (String group : groups(host, MOUNT, path, "memory.max")) {
      String file = group + "/memory.max";
      Optional<Bytes> limit = Sysfs.bytes(host, file);
      if (limit.isPresent()) {
        String stat = host.read(group + "/memory.stat").orElse("");
        Optional<Bytes> current = Sysfs.bytes(host, group + "/memory.current");
        Bytes reclaimable = sum(stat, List.of("inactive_file", "active_file", "slab_reclaimable"));
        levels.add(new Level(file, limit.get(), rest(limit.get(), current, reclaimable)));
      }
    }
    return levels;
  }

  private static List<Level> memoryV1(Host host, String path) {
    var levels = new ArrayList<Level>();
    for (String group : groups(host, MOUNT + "/memory", path, "memory.limit_in_bytes")) {
      String file = group + "/memory.limit_in_bytes";
      String stat = host.read(group + "/memory.stat").orElse("");
      Optional<Bytes> limit = smaller(Sysfs.bytes(host, file), ofAncestors(stat));
      if (limit.isPresent()) {
        Optional<Bytes> usage = Sysfs.bytes(host, group + "/memory.usage_in_bytes");
        Bytes reclaimable = sum(stat, List.of("total_inactive_file", "total_active_file"));
        levels.add(new Level(file, limit.get(), rest(limit.get(), usage, reclaimable)));
      }
    }
    return levels;
  }

  /// The tightest limit of all groups above, also of those that a namespace keeps from view.
  private static Optional<Bytes> ofAncestors(String stat) {
    for (String line : Text.lines(stat)) {
      if (line.startsWith("hierarchical_memory_limit ")) {
        return Text.bytes(line.substring(26));
      }
    }
    return Optional.empty();
  }

  private static Optional<Bytes> smaller(Optional<Bytes> one, Optional<Bytes> other) {
    return one.isPresent() && other.isPresent()
        ? Optional.of(one.get().min(other.get()))
        : one.or(() -> other);
  }

  private static Optional<Bytes> rest(Bytes limit, Optional<Bytes> used, Bytes reclaimable) {
    return used.map(u -> limit.minusOrZero(u.minusOrZero(reclaimable)));
  }

  private static Bytes sum(String stat, List<String> names) {
    var values = new HashMap<String, Bytes>();
    for (String line : Text.lines(stat)) {
      int blank = line.indexOf(' ');
      if (blank > 0 && names.contains(line.substring(0, blank))) {
        values.put(
            line.substring(0, blank), Text.bytes(line.substring(blank + 1)).orElse(Bytes.ZERO));
      }
    }
    return Bytes.sum(values.values());
  }

  /// The hardware threads that the tightest quota is worth, rounded up; empty without a quota.
  static OptionalInt cpus(Host host) {
    String membership = host.read("/proc/self/cgroup").orElse("");
    Optional<String> old = pathOf(membership, "cpu");
    return old.isPresent() ? cpusV1(host, old.get()) : cpusV2(host, unifiedPath(membership));
  }

  private static OptionalInt cpusV2(Host host, String path) {
    OptionalInt least = OptionalInt.empty();
    for (String group : groups(host, MOUNT, path, "cpu.max")) {
      List<String> words = Text.words(host.read(group + "/cpu.max").orElse(""));
      if (words.size() == 2) {
        least = smaller(least, Text.whole(words.get(0)), Text.whole(words.get(1)));
      }
    }
    return least;
  }

  private static OptionalInt cpusV1(Host host, String path) {
    OptionalInt least = OptionalInt.empty();
    for (String mount : List.of(MOUNT + "/cpu,cpuacct", MOUNT + "/cpu")) {
      for (String group : groups(host, mount, path, "cpu.cfs_quota_us")) {
        OptionalLong quota = Text.whole(host.read(group + "/cpu.cfs_quota_us").orElse(""));
        OptionalLong period = Text.whole(host.read(group + "/cpu.cfs_period_us").orElse(""));
        least = smaller(least, quota, period);
      }
    }
    return least;
  }

  private static OptionalInt smaller(OptionalInt least, OptionalLong quota, OptionalLong period) {
    if (quota.isEmpty() || period.isEmpty() || period.getAsLong() == 0) {
      return least;
    }
    long cpus = (quota.getAsLong() + period.getAsLong() - 1) / period.getAsLong();
    int bounded = Math.clamp(cpus, 1, 1 << 16);
    return OptionalInt.of(Math.min(bounded, least.orElse(bounded)));
  }

  /// True where the groups of this process are those of a container engine.
  static boolean isContainer(Host host) {
    String membership = host.read("/proc/self/cgroup").orElse("").toLowerCase(Locale.ROOT);
    for (String engine : List.of("/docker", "kubepods", "containerd", "libpod", "/lxc/", "/lxc.")) {
      if (membership.contains(engine)) {
        return true;
      }
    }
    return false;
  }

  /// The folders from the process's own group to the mount; only the mount where the path is that
  /// of another namespace.
  private static List<String> groups(Host host, String mount, String path, String file) {
    var groups = new ArrayList<String>();
    String group = path.contains("..") ? "" : path;
    while (group.length() > 1 && groups.size() < DEEPEST) {
      if (host.exists(mount + group + "/" + file)) {
        groups.add(mount + group);
      }
      group = group.substring(0, Math.max(0, group.lastIndexOf('/')));
    }
    groups.add(mount);
    return groups;
  }

  private static Optional<String> pathOf(String membership, String controller) {
    for (String line : Text.lines(membership)) {
      int first = line.indexOf(':');
      int second = line.indexOf(':', first + 1);
      if (first > 0
          && second > first
          && Text.split(line.substring(first + 1, second), ',').contains(controller)) {
        return Optional.of(line.substring(second + 1).strip());
      }
    }
    return Optional.empty();
  }

  private static String unifiedPath(String membership) {
    for (String line : Text.lines(membership)) {
      if (line.startsWith("0::")) {
        return line.substring(3).strip();
      }
    }
    return "/";
  }
}
