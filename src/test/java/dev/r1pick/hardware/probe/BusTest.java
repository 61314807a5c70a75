package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the PCI bus and `lspci` mean.
class BusTest {
  private static final long GIB = 1L << 30;

  private static SmallHost onBus(String kind, String vendor, String device, String uevent) {
    String folder = "/sys/bus/pci/devices/0000:03:00.0";
    return SmallHost.linux()
        .file(folder + "/class", kind + "\n")
        .file(folder + "/vendor", vendor + "\n")
        .file(folder + "/device", device + "\n")
        .file(folder + "/uevent", uevent);
  }

  private static List<String> names(SmallHost host) {
    return host.machine().accelerators().stream().map(Accelerator::name).toList();
  }

  // --- sysfs

  @ParameterizedTest
  @CsvSource({
    "0x030000, 0x10de, 1",
    "0x038000, 0x10de, 1",
    "0x040000, 0x10de, 0",
    "0x020000, 0x10de, 0",
    "0x120000, 0x1002, 1",
    "0x120000, 0x10de, 0",
    "x, 0x10de, 0",
    "'', 0x10de, 0"
  })
  void displaysAndAmdsAcceleratorsAreReadFromTheBus(String kind, String vendor, int devices) {
    assertEquals(devices, names(onBus(kind, vendor, "0x74a1", "DRIVER=x\n")).size());
  }

  @Test
  void aCardOfDrmIsNotReadFromTheBusAgain() {
    SmallHost host =
        onBus("0x030000", "0x1002", "0x744c", "DRIVER=amdgpu\n")
            .amdCard(0, "0000:03:00.0", "1002:744c", 24 * GIB);
    assertEquals(1, names(host).size());
    SmallHost other =
        onBus("0x030000", "0x1002", "0x744c", "DRIVER=amdgpu\n")
            .amdCard(0, "0000:0a:00.0", "1002:744c", 24 * GIB);
    assertEquals(2, names(other).size());
  }

  @ParameterizedTest
  @CsvSource({
    "0x1ed5, 0x0200, '', Moore Threads accelerator 1ed5:0200",
    "x, x, PCI_ID=1ED5:0200, Moore Threads accelerator 1ed5:0200",
    "0x1ed5, x, PCI_ID=1234:0200, Moore Threads accelerator 1ed5:0200",
    "x, 0x0200, PCI_ID=1ED5:0300, Moore Threads accelerator 1ed5:0200",
    "x, 0x0200, PCI_ID=1ED5, none",
    "x, 0x0200, '', none",
    "0x1ed5, x, '', none"
  })
  void numbersThatNoFileTellsStandInTheEvent(
      String vendor, String device, String uevent, String name) {
    List<String> names = names(onBus("0x030000", vendor, device, uevent + "\n"));
    assertEquals(name.equals("none") ? List.of() : List.of(name), names);
  }

  // --- lspci

  private static SmallHost lspci(String... lines) {
    return new SmallHost()
        .file("/proc/meminfo", "MemTotal: 67108864 kB\nMemAvailable: 62914560 kB\n")
        .command("lspci", 0, String.join("\n", lines) + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GA102 [GeForce RTX 3090] [2204] | NVIDIA GeForce RTX 3090",
        "GA102 [2204] | NVIDIA GA102",
        "[GeForce] [2204] | NVIDIA GeForce",
        "Device [2204] | NVIDIA device 10de:2204",
        "NVIDIA Card [2204] | NVIDIA Card",
        "GA102 [GeForce] x [2204] | NVIDIA GA102 [GeForce] x"
      })
  void aProductStandsInBrackets(String device, String name) {
    assertEquals(
        List.of(name),
        names(
            lspci(
                "Slot:\t0000:01:00.0",
                "Class:\tVGA compatible controller [0300]",
                "Vendor:\tNVIDIA Corporation [10de]",
                "Device:\t" + device)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Audio device [0403] | NVIDIA Corporation [10de] | GA102 [2204]",
        "VGA [0300] | NVIDIA Corporation | GA102 [2204]",
        "VGA [0300] | NVIDIA Corporation [10de] | GA102",
        "VGA | NVIDIA Corporation [10de] | GA102 [2204]",
        "VGA [0300 | NVIDIA Corporation [10de] | GA102 [2204]",
        "VGA ]0300[ | NVIDIA Corporation [10de] | GA102 [2204]"
      })
  void aLineWithoutItsNumberIsNoDevice(String kind, String vendor, String device) {
    assertEquals(
        List.of(),
        names(
            lspci(
                "Slot:\t0000:01:00.0",
                "Class:\t" + kind,
                "Vendor:\t" + vendor,
                "Device:\t" + device)));
  }

  @Test
  void everyDeviceHasItsOwnPlace() {
    SmallHost host =
        SmallHost.linux()
            .card(0, "0000:01:00.0", "10de:2204", "nouveau")
            .card(1, "0000:02:00.0", "10de:2507", "nouveau")
            .command(
                "lspci",
                0,
                """
                Slot:	0000:02:00.0
                Class:	VGA compatible controller [0300]
                Vendor:	NVIDIA Corporation [10de]
                Device:	GA107 [GeForce RTX 3050] [2507]
                no colon
                Slot:	0000:01:00.0
                Class:	VGA compatible controller [0300]
                Vendor:	NVIDIA Corporation [10de]
                Device:	Device [2204]
                Slot:	0000:03:00.0
                Class:	3D controller [0302]
                Vendor:	Advanced Micro Devices [1002]
                Device:	Navi 31 [Radeon RX 7900 XTX] [744c]
                """);
    assertEquals(
        List.of("NVIDIA device 10de:2204", "NVIDIA GeForce RTX 3050", "AMD Radeon RX 7900 XTX"),
        names(host));
  }

  @Test
  void aDeviceThatOnlyLspciListsIsReadFromItsFolderAsWell() {
    SmallHost host =
        lspci(
            "Slot:\t0000:03:00.0",
            "Class:\tDisplay controller [0380]",
            "Vendor:\tAMD [1002]",
            "Device:\tNavi 31 [Radeon RX 7900 XTX] [744c]");
    Machine machine = host.machine();
    assertEquals(List.of("discrete driver-not-reachable"), SmallHost.judged(machine));
    assertEquals(
        Optional.of("0000:03:00.0"), machine.accelerators().getFirst().identity().pciAddress());
  }

  // --- Windows' devices in WSL

  @ParameterizedTest
  @CsvSource({
    "1414:008e, false, 0",
    "1414:008f, false, 1",
    "1414:008f, true, 0",
    "1415:008e, false, 1"
  })
  void whatWslShowsInPlaceOfWindowsGpusIsNone(String id, boolean wsl, int devices) {
    SmallHost host = SmallHost.linux().card(0, "0000:03:00.0", id, "dxgkrnl");
    if (wsl) {
      host.env("WSL_DISTRO_NAME", "Ubuntu");
    }
    assertEquals(devices, names(host).size());
  }

  @Test
  void aVirtualDisplayOrGpuIsASignOfAVirtualMachine() {
    SmallHost display = SmallHost.linux().card(0, "0000:00:01.0", "1234:1111", "bochs-drm");
    assertTrue(display.machine().os().virtualMachine());
    assertEquals(Pool.NONE, display.machine().accelerators().getFirst().memory().pool());
    SmallHost card = SmallHost.linux().card(0, "0000:00:01.0", "1ed5:0200", "x");
    assertEquals(false, card.machine().os().virtualMachine());
    assertEquals(Pool.DEDICATED, card.machine().accelerators().getFirst().memory().pool());
    SmallHost gpu =
        SmallHost.linux()
            .card(0, "0000:01:00.0", "10de:2235", "nvidia")
            .command(
                "nvidia-smi-csv",
                0,
                "0, GPU-1, NVIDIA A40-8Q, 8192, 8000, 100, 550.90, 8.6, 00000000:01:00.0, [N/A]\n");
    assertTrue(gpu.machine().os().virtualMachine());
  }
}
