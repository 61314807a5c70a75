package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.hardware.Machine;
import dev.r1pick.units.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What control groups leave a process.
class ContainerLimitsTest {
  private static final long GIB = 1L << 30;

  private static SmallHost cpuinfo(String... lines) {
    return SmallHost.linux().file("/proc/cpuinfo", String.join("\n", lines) + "\n");
  }

  private static SmallHost group(String membership) {
    return SmallHost.linux().file("/proc/self/cgroup", membership + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "68719476735, 68719476735, /sys/fs/cgroup/memory.max",
    "68719476736, 68719476736, /proc/meminfo MemAvailable",
    "68719476737, 68719476736, /proc/meminfo MemAvailable",
    "max, 68719476736, /proc/meminfo MemAvailable"
  })
  void aLimitBelowTheMemoryOfTheMachineBinds(String limit, long total, String basis) {
    Machine machine = group("0::/").file("/sys/fs/cgroup/memory.max", limit + "\n").machine();
    assertEquals(Optional.of(Bytes.of(total)), machine.ram().total());
    assertEquals(basis, machine.ram().basis());
    assertEquals(
        basis.startsWith("/sys"), SmallHost.noteIds(machine).contains("container-memory-limit"));
  }

  @Test
  void whatAGroupCanGiveBackIsAvailable() {
    SmallHost host =
        group("0::/a")
            .file("/sys/fs/cgroup/a/memory.max", "" + 8 * GIB)
            .file("/sys/fs/cgroup/a/memory.current", "" + 6 * GIB)
            .file(
                "/sys/fs/cgroup/a/memory.stat",
                "inactive_file "
                    + GIB
                    + "\nactive_file "
                    + GIB
                    + "\nslab_reclaimable "
                    + GIB
                    + "\nanon "
                    + GIB
                    + "\n");
    assertEquals(Optional.of(Bytes.ofGiB(5)), host.machine().ram().available());
    SmallHost silent = group("0::/a").file("/sys/fs/cgroup/a/memory.max", "" + 8 * GIB);
    assertEquals(Optional.of(Bytes.ofGiB(8)), silent.machine().ram().available());
  }

  @ParameterizedTest
  @CsvSource({
    "0::/../a, /sys/fs/cgroup/a, 64",
    "0::/a, /sys/fs/cgroup/a, 8",
    "0::/a/b/c, /sys/fs/cgroup/a/b, 8",
    "0::/a, /sys/fs/cgroup, 8",
    "1:name=systemd:/a, /sys/fs/cgroup, 8",
    "9:cpu:/a, /sys/fs/cgroup, 8"
  })
  void everyGroupUpToTheMountBinds(String membership, String folder, long gib) {
    SmallHost host = group(membership).file(folder + "/memory.max", "" + 8 * GIB);
    assertEquals(Optional.of(Bytes.ofGiB(gib)), host.machine().ram().total());
  }

  @ParameterizedTest
  @CsvSource({
    "9:memory:/a, 8",
    "9:cpu;memory:/a, 8",
    "memory:/a, 64",
    ":memory:/a, 64",
    "9:memory, 64"
  })
  void oldGroupsAreNamedByTheirController(String membership, long gib) {
    SmallHost host =
        group(membership.replace(';', ','))
            .file("/sys/fs/cgroup/memory/a/memory.limit_in_bytes", "" + 8 * GIB);
    assertEquals(Optional.of(Bytes.ofGiB(gib)), host.machine().ram().total());
  }

  @Test
  void theSmallerOfAGroupsOwnLimitAndThoseAboveItBinds() {
    SmallHost host =
        group("9:memory:/a")
            .file("/sys/fs/cgroup/memory/a/memory.limit_in_bytes", "" + 8 * GIB)
            .file("/sys/fs/cgroup/memory/a/memory.usage_in_bytes", "" + 3 * GIB)
            .file(
                "/sys/fs/cgroup/memory/a/memory.stat",
                "hierarchical_memory_limit "
                    + 6 * GIB
                    + "\ntotal_inactive_file "
                    + GIB
                    + "\ntotal_active_file "
                    + GIB
                    + "\n");
    assertEquals(Optional.of(Bytes.ofGiB(6)), host.machine().ram().total());
    assertEquals(Optional.of(Bytes.ofGiB(5)), host.machine().ram().available());
    SmallHost only =
        group("9:memory:/a")
            .file("/sys/fs/cgroup/memory/a/memory.limit_in_bytes", "max")
            .file("/sys/fs/cgroup/memory/a/memory.stat", "hierarchical_memory_limit " + 6 * GIB);
    assertEquals(Optional.of(Bytes.ofGiB(6)), only.machine().ram().total());
  }

  @ParameterizedTest
  @CsvSource({
    "150000 100000, 2",
    "200000 100000, 2",
    "200001 100000, 3",
    "50000 100000, 1",
    "max 100000, 16",
    "200000 0, 16",
    "200000, 16"
  })
  void aQuotaIsWorthWholeThreads(String quota, int usable) {
    SmallHost host = cpuinfo(ProcessorTest.threads(16)).file("/proc/self/cgroup", "0::/a\n");
    host.file("/sys/fs/cgroup/a/cpu.max", quota + "\n");
    assertEquals(usable, host.machine().cpu().usableCpus());
  }

  @ParameterizedTest
  @CsvSource({"cpu, 150000, 2", "cpu;cpuacct, 300000, 3", "cpu, -1, 16"})
  void anOldQuotaStandsInTwoFiles(String controllers, String quota, int usable) {
    String mount = controllers.replace(';', ',');
    SmallHost host =
        cpuinfo(ProcessorTest.threads(16)).file("/proc/self/cgroup", "4:" + mount + ":/a\n");
    host.file("/sys/fs/cgroup/" + mount + "/a/cpu.cfs_quota_us", quota + "\n")
        .file("/sys/fs/cgroup/" + mount + "/a/cpu.cfs_period_us", "100000\n");
    assertEquals(usable, host.machine().cpu().usableCpus());
  }
}
