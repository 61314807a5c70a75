package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Detection.Outcome;
import dev.r1pick.hardware.Detection.Source;
import dev.r1pick.hardware.Disk;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.probe.system.OllamaProbe;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is known of memory, of what is around the process, and of Ollama.
class SystemMachinesTest {
  private static final long GIB = 1L << 30;

  private static SmallHost cpuinfo(String... lines) {
    return SmallHost.linux().file("/proc/cpuinfo", String.join("\n", lines) + "\n");
  }

  // --- around the process

  @ParameterizedTest
  @CsvSource({
    "'', QEMU, '', true",
    "'', 'VMware, Inc.', '', true",
    "'', innotek GmbH, '', true",
    "'', Xen, '', true",
    "'', Parallels, '', true",
    "'', Bochs, '', true",
    "'', Microsoft, Virtual Machine, true",
    "'', Red Hat, KVM, true",
    "'', Google, Google Compute Engine, true",
    "QEMU Virtual CPU version 2.5, '', '', true",
    "Common KVM processor, '', '', true",
    "AMD Ryzen 9, LENOVO, 20X, false"
  })
  void aVirtualMachineIsKnownByProcessorOrMaker(
      String processor, String maker, String product, boolean virtual) {
    SmallHost host =
        cpuinfo("model name : " + processor)
            .file("/sys/class/dmi/id/sys_vendor", maker + "\n")
            .file("/sys/class/dmi/id/product_name", product + "\n");
    assertEquals(virtual, host.machine().os().virtualMachine());
    assertFalse(host.machine().os().container());
  }

  @Test
  void aHypervisorBelowIsSaidByTheProcessorUnlessItIsThatOfWsl() {
    SmallHost host = cpuinfo("flags : fpu hypervisor");
    assertTrue(host.machine().os().virtualMachine());
    host.env("WSL_DISTRO_NAME", "Ubuntu");
    assertTrue(host.machine().os().wsl());
    assertFalse(host.machine().os().virtualMachine());
  }

  @ParameterizedTest
  @CsvSource({
    "/proc/sys/kernel/osrelease, 5.15-Microsoft-standard-WSL2",
    "/proc/version, Linux version 5.15-microsoft"
  })
  void wslIsKnownByItsKernel(String file, String text) {
    assertTrue(SmallHost.linux().file(file, text).machine().os().wsl());
  }

  @ParameterizedTest
  @CsvSource({
    "0::/docker/abc, true",
    "0::/kubepods.slice/x, true",
    "0::/system.slice/containerd.service, true",
    "0::/machine.slice/libpod-abc, true",
    "0::/lxc/abc, true",
    "0::/lxc.payload.abc, true",
    "0::/user.slice, false"
  })
  void aContainerIsKnownByItsGroup(String group, boolean container) {
    SmallHost host = SmallHost.linux().file("/proc/self/cgroup", group + "\n");
    assertEquals(container, host.machine().os().container());
  }

  @Test
  void aContainerIsKnownByItsFilesAndItsEnvironment() {
    assertTrue(SmallHost.linux().file("/.dockerenv", "").machine().os().container());
    assertTrue(SmallHost.linux().file("/run/.containerenv", "").machine().os().container());
    assertTrue(SmallHost.linux().env("container", "podman").machine().os().container());
  }

  // --- memory

  private static Ram ram(String meminfo) {
    return new SmallHost().file("/proc/meminfo", meminfo).machine().ram();
  }

  @Test
  void oldKernelsHaveFreeMemoryAndFilePagesInsteadOfAvailable() {
    Ram ram =
        ram(
            """
            MemTotal: 8000 kB
            MemFree: 1000 kB
            Active(file): 200 kB
            Inactive(file): 30 kB
            SReclaimable: 4 kB
            SwapTotal: 50 kB
            SwapFree: 40 kB
            : 7 kB
            MemTotal: 1 kB
            """);
    assertEquals(Optional.of(Bytes.ofKiB(8000)), ram.total());
    assertEquals(Optional.of(Bytes.ofKiB(1234)), ram.available());
    assertEquals(Optional.of(Bytes.ofKiB(50)), ram.swapTotal());
    assertEquals(Optional.of(Bytes.ofKiB(40)), ram.swapFree());
    assertEquals(
        "/proc/meminfo MemFree + Active(file) + Inactive(file) + SReclaimable", ram.basis());
  }

  @Test
  void theTotalIsNotTakenForWhatIsAvailable() {
    Ram onlyTotal = ram("MemTotal: 8000 kB\n");
    assertEquals(Optional.empty(), onlyTotal.available());
    assertEquals("/proc/meminfo MemAvailable", onlyTotal.basis());
    Ram onlyAvailable = ram("MemAvailable: 8000 kB\n");
    assertEquals(Optional.empty(), onlyAvailable.total());
    assertEquals(Optional.of(Bytes.ofKiB(8000)), onlyAvailable.available());
    assertEquals("", ram("x: 1 kB\n").basis());
    Ram more = ram("MemTotal: 8000 kB\nMemAvailable: 9000 kB\n");
    assertEquals(Optional.of(Bytes.ofKiB(8000)), more.available());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/dev/zram0 partition | true",
        "/dev/zram0 partition,/dev/sda2 partition | false",
        "/dev/sda2 partition | false",
        "/swapfile file | false",
        "no swap | false"
      })
  void swapOnZramIsCompressedRam(String lines, boolean compressed) {
    SmallHost host =
        SmallHost.linux().file("/proc/swaps", "Filename Type\n" + lines.replace(',', '\n') + "\n");
    assertEquals(compressed, SmallHost.noteIds(host.machine()).contains("swap-is-compressed-ram"));
  }

  @Test
  void memoryNodesWithoutProcessorsAreThoseOfAGpu() {
    SmallHost host =
        new SmallHost()
            .file("/proc/cpuinfo", ProcessorTest.arm(0x41, 0xd4f))
            .file("/proc/meminfo", "MemTotal: 1000 kB\nMemAvailable: 900 kB\n")
            .file("/sys/devices/system/node/node0/cpulist", "0-71\n")
            .file(
                "/sys/devices/system/node/node0/meminfo",
                "Node 0 MemTotal: 600 kB\nNode 0 MemFree: 500 kB\n");
    assertEquals(Optional.of(Bytes.ofKiB(1000)), host.machine().ram().total());
    host.file("/sys/devices/system/node/node1/cpulist", "\n")
        .file(
            "/sys/devices/system/node/node1/meminfo", "Node 1 MemFree: 300 kB\nMemTotal: 400 kB\n");
    Ram ram = host.machine().ram();
    assertEquals(Optional.of(Bytes.ofKiB(600)), ram.total());
    assertEquals(Optional.of(Bytes.ofKiB(600)), ram.available());
    assertEquals("/sys/devices/system/node/node*/meminfo", ram.basis());
    host.file("/proc/meminfo", "MemTotal: 1000 kB\nMemAvailable: 700 kB\n");
    assertEquals(Optional.of(Bytes.ofKiB(400)), host.machine().ram().available());
    host.file("/sys/devices/system/node/node0/meminfo", "\n");
    assertEquals(Optional.of(Bytes.ofKiB(1000)), host.machine().ram().total());
  }

  // --- Ollama

  private static Optional<Disk> disk(SmallHost host) {
    return host.command("df", 0, "").machine().disk();
  }

  @Test
  void modelsAreWhereTheVariableTheServiceOrTheHomeSays() {
    assertEquals(Optional.empty(), disk(SmallHost.linux()));
    assertEquals(Optional.empty(), disk(SmallHost.linux().env("HOME", " ")));
    assertEquals(
        "/home/x/.ollama/models",
        disk(SmallHost.linux().env("HOME", "/home/x")).orElseThrow().modelsPath());
    SmallHost service =
        SmallHost.linux().env("HOME", "/home/x").file("/usr/share/ollama/.bashrc", "");
    assertEquals("/usr/share/ollama/.ollama/models", disk(service).orElseThrow().modelsPath());
    assertEquals("/data", disk(service.env("OLLAMA_MODELS", "/data")).orElseThrow().modelsPath());
    SmallHost windows = new SmallHost().command("win-cim-json", 0, "{}").env("HOME", "/home/x");
    assertEquals(Optional.empty(), disk(windows.env("USERPROFILE", " ")));
    assertEquals(
        "C:\\Users\\x\\.ollama\\models",
        disk(windows.env("USERPROFILE", "C:\\Users\\x")).orElseThrow().modelsPath());
    SmallHost mac = new SmallHost().command("sysctl", 0, "").env("HOME", "/Users/x");
    mac.file("/usr/share/ollama/.bashrc", "");
    assertEquals("/Users/x/.ollama/models", disk(mac).orElseThrow().modelsPath());
  }

  @ParameterizedTest
  @CsvSource({
    "ollama version is 0.30.1, 0.30.1",
    "ollama version is 9, 9",
    "ollama version is 0, 0",
    "ollama version is v1.2.3 (x), 1.2.3",
    "ollama version is /x, ''",
    "ollama version is :x, ''",
    "ollama version is, ''",
    "ollama version is v, ''"
  })
  void aVersionBeginsWithADigit(String line, String version) {
    assertEquals(version, OllamaProbe.version(line + "\n").orElse(""));
  }

  @Test
  void onlyWhatHidesDevicesIsSaidToBeOfThisShell() {
    assertFalse(
        SmallHost.noteIds(SmallHost.linux().env("OLLAMA_VULKAN", "1").machine())
            .contains("environment-of-this-shell"));
    Machine hidden =
        SmallHost.linux()
            .env("CUDA_VISIBLE_DEVICES", "0")
            .env("OLLAMA_LLM_LIBRARY", "cuda")
            .machine();
    assertTrue(SmallHost.noteIds(hidden).contains("environment-of-this-shell"));
    String said = hidden.notes().toString();
    assertTrue(said.contains("CUDA_VISIBLE_DEVICES, OLLAMA_LLM_LIBRARY"), said);
  }

  @Test
  void memoryThatIsAFloorOrCutOffIsSaid() {
    SmallHost mac =
        new SmallHost()
            .command(
                "sysctl",
                0,
                "hw.memsize: 17179869184\nhw.optional.arm64: 1\nmachdep.cpu.brand_string: Apple M3\n");
    List<String> floor = SmallHost.noteIds(mac.machine());
    assertTrue(floor.contains("memory-is-floor") && !floor.contains("memory-is-carve-out"));
    SmallHost cut =
        SmallHost.linux()
            .card(0, "0000:05:00.0", "1002:1586", "amdgpu")
            .cardFile(0, "mem_info_vram_total", "" + 16 * GIB);
    List<String> carveOut = SmallHost.noteIds(cut.machine());
    assertTrue(carveOut.contains("memory-is-carve-out") && !carveOut.contains("memory-is-floor"));
    SmallHost card = SmallHost.linux().amdCard(0, "0000:03:00.0", "1002:744c", 24 * GIB);
    List<String> plain = SmallHost.noteIds(card.machine());
    assertFalse(plain.contains("memory-is-carve-out") || plain.contains("memory-is-floor"));
  }

  // --- sources

  private static Outcome outcome(SmallHost host, String name) {
    for (Source source : RecordedMachines.detector().detectWithSources(host.host()).sources()) {
      if (source.name().equals(name)) {
        return source.outcome();
      }
    }
    throw new AssertionError(name + " was not asked for");
  }

  @Test
  void everySourceSaysWhatBecameOfIt() {
    SmallHost host = SmallHost.linux().amdCard(0, "0000:03:00.0", "1002:744c", 24 * GIB);
    host.cardFile(0, "drm/renderD128/dev", "226:128\n").command("ollama-version", 1, "x");
    assertEquals(Outcome.ANSWERED, outcome(host, "/proc/meminfo"));
    assertEquals(Outcome.ABSENT, outcome(host, "/proc/cpuinfo"));
    assertEquals(Outcome.ANSWERED, outcome(host, "/sys/class/drm"));
    assertEquals(Outcome.ABSENT, outcome(host, "/sys/class/kfd/kfd/topology/nodes"));
    assertEquals(Outcome.ABSENT, outcome(host, "/.dockerenv"));
    assertEquals(Outcome.FAILED, outcome(host, "ollama-version"));
    assertEquals(Outcome.ABSENT, outcome(host, "/dev/kfd"));
    SmallHost answers = SmallHost.linux().command("ollama-version", 0, "x");
    assertEquals(Outcome.ANSWERED, outcome(answers, "ollama-version"));
    assertEquals(Outcome.ANSWERED, outcome(host.node("/dev/kfd", true), "/dev/kfd"));
    assertEquals(Outcome.FAILED, outcome(host.node("/dev/kfd", false), "/dev/kfd"));
    assertEquals(Outcome.ANSWERED, outcome(host.file("/.dockerenv", ""), "/.dockerenv"));
  }
}
