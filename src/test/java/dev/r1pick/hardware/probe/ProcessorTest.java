package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.probe.system.CpuProbe;
import dev.r1pick.text.Text;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each line of `/proc/cpuinfo` and the lists of threads mean.
class ProcessorTest {
  private static SmallHost cpuinfo(String... lines) {
    return SmallHost.linux().file("/proc/cpuinfo", String.join("\n", lines) + "\n");
  }

  static String threads(int count) {
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("processor : ").append(i).append("\nphysical id : ").append(i / 8);
      text.append("\ncore id : ").append(i % 4).append('\n');
    }
    return text.toString();
  }

  @Test
  void coresAreCountedBySocketAndNumber() {
    Cpu cpu = cpuinfo(threads(16), "model name : x", "model name : y").machine().cpu();
    assertEquals(16, cpu.logicalCpus());
    assertEquals(Optional.of(8), cpu.physicalCores());
    assertEquals(Optional.of("x"), cpu.name());
    assertEquals(List.of(), cpu.features());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "flags : fpu avx avx2 fma f16c | avx avx2 fma f16c",
        "Features : fp asimd asimddp i8mm bf16 | neon asimddp i8mm bf16",
        "flags : avx,flags : avx2 | avx",
        "flags: avx | avx",
        ": avx | ~~",
        "avx | ~~"
      })
  void featuresAreThoseOfTheFirstCore(String lines, String features) {
    Cpu cpu = cpuinfo(lines.split(",")).machine().cpu();
    assertEquals(features, String.join(" ", cpu.features()));
  }

  @ParameterizedTest
  @CsvSource({"0-7, 16, 8", "0-3, 16, 4", "0-31, 16, 16", "'', 16, 16", "0, 16, 1"})
  void affinityLeavesSomeOfTheThreads(String list, int threads, int usable) {
    SmallHost host = cpuinfo(threads(threads));
    host.file("/proc/self/status", "Name: x\nCpus_allowed: ff\nCpus_allowed_list:\t" + list + "\n");
    assertEquals(usable, host.machine().cpu().usableCpus());
    assertEquals(threads, host.machine().cpu().logicalCpus());
  }

  @ParameterizedTest
  @CsvSource({"0-15, 16", "0, 1", "'', 1"})
  void withoutCpuinfoTheThreadsThatAreOnlineCount(String online, int threads) {
    SmallHost host = SmallHost.linux().file("/sys/devices/system/cpu/online", online + "\n");
    assertEquals(threads, host.machine().cpu().logicalCpus());
  }

  @ParameterizedTest
  @CsvSource({
    "0-3, 4",
    "3, 1",
    "0-3;8-9, 6",
    "3-1, 0",
    "-3, 0",
    "3-, 0",
    "x-3, 0",
    "0-0, 1",
    "0-65535, 65536",
    "0-65536, 65536",
    "0-99999999, 65536",
    "0-65000;0-65000, 65536"
  })
  void aListOfThreadsHasRangesAndSingleOnes(String list, int count) {
    assertEquals(count, CpuProbe.members(list.replace(';', ',')).size());
  }

  @Test
  void intelsFastCoresAreThoseOfItsList() {
    SmallHost host = cpuinfo(threads(8)).file("/sys/devices/cpu_core/cpus", "0-3\n");
    assertEquals(Optional.empty(), host.machine().cpu().performanceCores(), "no slow ones");
    host.file("/sys/devices/cpu_atom/cpus", "4-7\n");
    assertEquals(Optional.empty(), host.machine().cpu().performanceCores(), "no core is named");
    for (int cpu = 0; cpu < 4; cpu++) {
      host.file("/sys/devices/system/cpu/cpu" + cpu + "/topology/core_id", cpu / 2 + "\n");
    }
    assertEquals(Optional.of(2), host.machine().cpu().performanceCores());
    host.file("/sys/devices/system/cpu/cpu3/topology/physical_package_id", "1\n");
    assertEquals(Optional.of(3), host.machine().cpu().performanceCores());
    host.file("/sys/devices/cpu_core/cpus", "\n");
    assertEquals(Optional.empty(), host.machine().cpu().performanceCores());
  }

  static String arm(int implementer, int... parts) {
    var text = new StringBuilder();
    for (int part : parts) {
      text.append("processor : 0\nCPU implementer : 0x").append(Integer.toHexString(implementer));
      text.append("\nCPU part : 0x").append(Integer.toHexString(part)).append('\n');
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "41, d05 d05 d0b d44, 'ARM Cortex-X1 / Cortex-A76 / Cortex-A55', 2",
    "41, d0c d0c, ARM Neoverse-N1, ''",
    "41, d05 d05, ARM Cortex-A55, ''",
    "41, d05 fff, '', 1",
    "61, 22 23 23, Apple M1, 2",
    "61, 38 39, Apple M2 Max, 1",
    "61, 23 23, Apple M1, ''",
    "61, 98 99, '', ''",
    "51, 800 802, '', ''"
  })
  void armsCoresAreNamedByTheirNumbers(String implementer, String parts, String name, String fast) {
    List<String> words = Text.words(parts);
    int[] numbers = new int[words.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Integer.parseInt(words.get(i), 16);
    }
    Cpu cpu = cpuinfo(arm(Integer.parseInt(implementer, 16), numbers)).machine().cpu();
    assertEquals(name, cpu.name().orElse(""));
    assertEquals(fast, cpu.performanceCores().map(String::valueOf).orElse(""));
    assertEquals(Optional.of(numbers.length), cpu.physicalCores());
    assertEquals("aarch64", cpu.arch());
  }

  @Test
  void coresOfTwoMakersHaveNoName() {
    assertEquals(
        Optional.empty(), cpuinfo(arm(0x41, 0xd05), arm(0x61, 0x23)).machine().cpu().name());
  }

  @Test
  void asahisGpuHasTheNameOfTheChip() {
    SmallHost host =
        cpuinfo(arm(0x61, 0x23, 0x22))
            .file("/sys/class/drm/card0/device/uevent", "DRIVER=asahi\n")
            .file("/sys/class/drm/card1/device/uevent", "DRIVER=simpledrm\n");
    Machine machine = host.machine();
    assertEquals(1, machine.accelerators().size());
    assertEquals("Apple M1", machine.accelerators().getFirst().name());
  }

  @Test
  void socketsAreCountedByTheirNumbers() {
    SmallHost two = cpuinfo(threads(16).split("\n"));
    assertEquals(Optional.of(2), two.machine().cpu().sockets());
    assertEquals(
        Optional.empty(), cpuinfo("processor : 0", "model name : A").machine().cpu().sockets());
  }

  /// Chips of ARM servers stand in no line of `/proc/cpuinfo`.
  @Test
  void onArmEachChipListsItsMembers() {
    String cpus = "/sys/devices/system/cpu/";
    SmallHost two =
        SmallHost.linux()
            .file("/proc/cpuinfo", "processor : 0\nCPU implementer : 0x41\nCPU part : 0xd0c\n")
            .file(cpus + "online", "0-159")
            .file(cpus + "cpu0/topology/package_cpus_list", "0-79")
            .file(cpus + "cpu80/topology/core_siblings_list", "80-159");
    assertEquals(Optional.of(2), two.machine().cpu().sockets());
  }

  /// Processors of servers that ARM and Apple did not design were "unknown".
  @ParameterizedTest
  @CsvSource({
    "0x48, 0xd01, HiSilicon Kunpeng 920",
    "0xc0, 0xac3, AmpereOne",
    "0x70, 0x663, Phytium FTC663",
    "0x46, 0x001, Fujitsu A64FX"
  })
  void coresOfOtherMakersHaveNames(String implementer, String part, String name) {
    SmallHost host =
        SmallHost.linux()
            .file(
                "/proc/cpuinfo",
                "processor : 0\nCPU implementer : " + implementer + "\nCPU part : " + part + "\n");
    assertEquals(Optional.of(name), host.machine().cpu().name());
  }
}
