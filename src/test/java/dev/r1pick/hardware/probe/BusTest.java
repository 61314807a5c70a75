package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.probe.amd.AmdChips;
import dev.r1pick.hardware.probe.intel.IntelProbe;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the PCI bus, `lspci`, Intel's drivers and Vulkan's own list mean.
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
    "0x1ed5, 0x0200, '', PCI 1ed5:0200",
    "x, x, PCI_ID=1ED5:0200, PCI 1ed5:0200",
    "0x1ed5, x, PCI_ID=1234:0200, PCI 1ed5:0200",
    "x, 0x0200, PCI_ID=1ED5:0300, PCI 1ed5:0200",
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

  // --- Intel

  @ParameterizedTest
  @CsvSource({
    "0x5600, true",
    "0x56ff, true",
    "0x55ff, false",
    "0x5700, false",
    "0xe200, true",
    "0xe2ff, true",
    "0xe300, false",
    "0x4900, true",
    "0x490f, true",
    "0x4910, false",
    "0x48ff, false",
    "0x0bd0, true",
    "0x0bdf, true",
    "0x0be0, false"
  })
  void cardsOfIntelHaveNumbersOfTheirOwn(String device, boolean card) {
    assertEquals(card, IntelProbe.isCard(Integer.decode(device)));
  }

  private static SmallHost intel(String address, String driver) {
    return SmallHost.linux().card(0, address, "8086:ffff", driver);
  }

  @Test
  void anUnknownGpuOfIntelIsACardWithMemoryOfItsOwnOrAwayFromBusZero() {
    assertEquals(Kind.INTEGRATED, kind(intel("0000:00:02.0", "xe")));
    assertEquals(Kind.DISCRETE, kind(intel("0000:03:00.0", "xe")));
    assertEquals(
        Kind.INTEGRATED,
        kind(intel("0000:00:02.0", "xe").cardFile(0, "lmem_total_bytes", "0")));
    SmallHost old = intel("0000:00:02.0", "i915").cardFile(0, "lmem_total_bytes", "17179869184");
    assertEquals(Kind.DISCRETE, kind(old));
    assertEquals(
        Optional.of(Bytes.ofGiB(16)), old.machine().accelerators().getFirst().memory().total());
    SmallHost tiles =
        intel("0000:03:00.0", "xe")
            .cardFile(0, "tile0/physical_vram_size_bytes", "8589934592")
            .cardFile(0, "tile1/physical_vram_size_bytes", "8589934592");
    assertEquals(
        Optional.of(Bytes.ofGiB(16)), tiles.machine().accelerators().getFirst().memory().total());
  }

  private static Kind kind(SmallHost host) {
    return host.machine().accelerators().getFirst().kind();
  }

  @ParameterizedTest
  @CsvSource({
    "xe, discrete vulkan",
    "i915, discrete vulkan",
    "vfio-pci, discrete driver-missing",
    "'', discrete driver-missing"
  })
  void twoDriversDriveIntelsCards(String driver, String state) {
    assertEquals(List.of(state), SmallHost.judged(intel("0000:03:00.0", driver).machine()));
  }

  @Test
  void aGpuInIntelsProcessorIsUsedWhereThatIsSwitchedOn() {
    SmallHost host = intel("0000:00:02.0", "i915").env("OLLAMA_IGPU_ENABLE", "1");
    assertEquals(List.of("integrated vulkan"), SmallHost.judged(host.machine()));
    assertEquals(
        List.of("integrated hidden-by-environment"),
        SmallHost.judged(host.env("OLLAMA_LLM_LIBRARY", "cuda").machine()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"drm_device\": \"/dev/dri/card0\" | 15",
        "\"pci_bdf_address\": \"0000:03:00.0\" | 15",
        "\"drm_device\": \"/dev/dri/card1\", \"pci_bdf_address\": \"0000:04:00.0\" | none",
        "\"device_id\": 0 | none"
      })
  void theToolsFigureIsThatOfItsCardOrAddress(String identity, String free) {
    SmallHost host =
        intel("0000:03:00.0", "xe")
            .command(
                "xpu-smi-discovery-json",
                0,
                "{"
                    + identity
                    + ", \"memory_physical_size_byte\": \"17179869184\","
                    + " \"memory_free_size_byte\": \"16106127360\"}");
    assertEquals(
        free.equals("none") ? Optional.empty() : Optional.of(Bytes.ofGiB(15)),
        host.machine().accelerators().getFirst().memory().free());
  }

  @Test
  void aSizeOfZeroIsNoAnswerOfTheTool() {
    SmallHost host =
        intel("0000:03:00.0", "xe")
            .cardFile(0, "lmem_total_bytes", "17179869184")
            .command(
                "xpu-smi-discovery-json",
                0,
                "{\"drm_device\": \"/dev/dri/card0\", \"memory_physical_size_byte\": \"0\"}");
    assertEquals(
        Optional.of(Bytes.ofGiB(16)), host.machine().accelerators().getFirst().memory().total());
  }

  // --- Vulkan's own list

  private static Machine vulkan(String list, String summary) {
    SmallHost host =
        SmallHost.linux()
            .amdCard(0, "0000:03:00.0", "1002:73df", 12 * GIB)
            .amdCard(1, "0000:0a:00.0", "1002:73df", 12 * GIB)
            .env("GGML_VK_VISIBLE_DEVICES", list);
    return (summary.isEmpty() ? host : host.command("vulkaninfo-summary", 0, summary)).machine();
  }

  private static String gpu(int number, String id) {
    return "GPU%d:\n vendorID = 0x1002\n deviceID = 0x%s\n deviceType = X_GPU\nx\n= y\n"
        .formatted(number, id);
  }

  private static final String USED = "discrete vulkan";
  private static final String HIDDEN = "discrete hidden-by-environment";

  @Test
  void twoCardsOfOneKindHaveEachItsPlaceInTheList() {
    String both = gpu(0, "73df") + gpu(1, "73df");
    assertEquals(List.of(USED, HIDDEN), SmallHost.judged(vulkan("0", both)));
    assertEquals(List.of(HIDDEN, USED), SmallHost.judged(vulkan("1", both)));
    assertEquals(List.of(USED, USED), SmallHost.judged(vulkan("0,1", both)));
    String other = gpu(0, "9999") + gpu(1, "73df");
    assertEquals(List.of(HIDDEN, HIDDEN), SmallHost.judged(vulkan("0", other)));
    assertEquals(List.of(USED, HIDDEN), SmallHost.judged(vulkan("1", other)));
    assertEquals(
        List.of(HIDDEN, HIDDEN), SmallHost.judged(vulkan("2", other)), "beyond the last");
  }

  @Test
  void aListOfManyDevicesIsCutAtSixtyFour() {
    var all = new StringBuilder();
    for (int i = 0; i < 64; i++) {
      all.append(gpu(i, i == 63 ? "73df" : "9999"));
    }
    assertEquals(List.of(USED, HIDDEN), SmallHost.judged(vulkan("63", all.toString())));
    String more = all.toString().replace("73df", "9999") + gpu(64, "73df");
    assertEquals(List.of(HIDDEN, HIDDEN), SmallHost.judged(vulkan("64", more)));
    String numbers = "0,".repeat(64) + "1";
    assertEquals(List.of(USED, HIDDEN), SmallHost.judged(vulkan(numbers, "")));
    assertEquals(
        List.of(USED, USED), SmallHost.judged(vulkan("0,".repeat(63) + "1", "")));
  }

  @ParameterizedTest
  @CsvSource({"+1, false, true", "1x, false, true", "1x0, false, true", "0x1, true, false", "-0, true, false"})
  void aNumberEndsWhereItsDigitsDo(String list, boolean first, boolean second) {
    assertEquals(
        List.of(first ? USED : HIDDEN, second ? USED : HIDDEN),
        SmallHost.judged(vulkan(list, "")));
  }

  @Test
  void cardsOfTheLoaderAreInTheOrderOfTheirAddresses() {
    SmallHost host =
        SmallHost.linux()
            .amdCard(0, "0000:0a:00.0", "1002:73df", 12 * GIB)
            .amdCard(1, "0000:03:00.0", "1002:731f", 8 * GIB)
            .env("GGML_VK_VISIBLE_DEVICES", "0");
    assertEquals(List.of(HIDDEN, USED), SmallHost.judged(host.machine()));
    assertTrue(SmallHost.noteIds(host.machine()).contains("vulkan-index-ambiguous"));
    SmallHost one =
        SmallHost.linux()
            .amdCard(0, "0000:0a:00.0", "1002:73df", 12 * GIB)
            .env("GGML_VK_VISIBLE_DEVICES", "0");
    assertEquals(
        false, SmallHost.noteIds(one.machine()).contains("vulkan-index-ambiguous"), "only one");
  }

  @Test
  void onWindowsCardsAreInTheOrderOfWindows() {
    SmallHost host =
        new SmallHost()
            .command(
                "win-cim-json",
                0,
                """
                {"Win32_VideoController": [
                  {"Name": "AMD Radeon 780M Graphics",
                   "PNPDeviceID": "PCI\\\\VEN_1002&DEV_15BF", "ConfigManagerErrorCode": 0},
                  {"Name": "AMD Radeon RX 5700",
                   "PNPDeviceID": "PCI\\\\VEN_1002&DEV_731F", "ConfigManagerErrorCode": 0}]}
                """)
            .command("win-registry-json", 0, "[]")
            .command("win-dxgi-json", 0, "[]");
    assertEquals(
        List.of("discrete vulkan", "integrated igpu-dropped-by-default"),
        SmallHost.judged(host.env("GGML_VK_VISIBLE_DEVICES", "1").machine()).stream()
            .sorted()
            .toList());
  }

  // --- AMD's numbers and names

  @ParameterizedTest
  @CsvSource({
    "9999, ''",
    "10000, gfx100",
    "999999, ''",
    "991515, gfx99ff",
    "1000000, ''",
    "91500, gfx9f0",
    "91600, ''",
    "90015, gfx90f",
    "90016, ''"
  })
  void aTargetHasThreeParts(long version, String target) {
    assertEquals(target, AmdChips.ofVersion(version).orElse(""));
  }

  @ParameterizedTest
  @CsvSource({
    "10.3.0, gfx1030",
    "1.0.0, gfx100",
    "0.3.0, ''",
    "99.0.0, gfx9900",
    "100.0.0, ''",
    "9.15.15, gfx9ff",
    "9.16.0, ''",
    "9.0.16, ''",
    "9.4.2, gfx942",
    "9.0, ''",
    "9.x.0, ''"
  })
  void anOverrideHasThreeNumbers(String value, String target) {
    assertEquals(target, AmdChips.ofOverride(value).orElse(""));
  }

  @ParameterizedTest
  @CsvSource({
    "AMD Radeon RX 780M, false",
    "AMD Radeon PRO W7900, false",
    "AMD Instinct MI50, false",
    "AMD Radeon 8060S Graphics, true",
    "AMD Radeon 8050S Graphics, true",
    "AMD Radeon 8040S Graphics, true",
    "AMD Radeon 780M Graphics, true",
    "AMD Radeon 7800M Graphics, false",
    "AMD Radeon 780X Graphics, false",
    "AMD Radeon 78xM Graphics, false",
    "AMD Radeon(TM) Graphics, true",
    "AMD Radeon Graphics, true",
    "AMD Radeon Graphics 2, false",
    "AMD Radeon Vega 8 Graphics, true",
    "Radeon Vega Frontier Edition Graphics, false",
    "Radeon Vega 64, false"
  })
  void aNameTellsAGpuInsideAProcessor(String name, boolean part) {
    assertEquals(part, AmdChips.isPartOfProcessorByName(name));
  }
}
