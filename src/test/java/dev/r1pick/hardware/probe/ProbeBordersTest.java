package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each figure that changes what a machine is, one step under its border and one over it.
class ProbeBordersTest {
  private static final long GIB = 1L << 30;

  private static Accelerator only(SmallHost host) {
    List<Accelerator> devices = host.machine().accelerators();
    assertEquals(1, devices.size(), devices.toString());
    return devices.getFirst();
  }

  private static List<String> judged(SmallHost host) {
    return SmallHost.judged(host.machine());
  }

  // --- Jetson

  private static SmallHost jetson(String release) {
    SmallHost host =
        SmallHost.linux()
            .file("/sys/firmware/devicetree/base/model", "NVIDIA Jetson AGX Orin Developer Kit\0");
    return release.isEmpty()
        ? host
        : host.file("/etc/nv_tegra_release", "# R" + release + " (release), REVISION: 4.1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "32, integrated unsupported-by-ollama",
    "34, integrated unsupported-by-ollama",
    "35, integrated cuda",
    "36, integrated cuda",
    "'', integrated cuda"
  })
  void ollamaHasBuildsForJetsonsFromRelease35On(String release, String judged) {
    assertEquals(List.of(judged), judged(jetson(release)));
  }

  /// 540 is Jetson's own number for a driver; from release 38 on it is numbered as elsewhere.
  @ParameterizedTest
  @CsvSource({
    "36, 540.4.0, integrated cuda",
    "37, 540.4.0, integrated cuda",
    "38, 540.4.0, integrated driver-too-old",
    "38, 580.00, integrated cuda",
    "'', 540.4.0, integrated cuda"
  })
  void aJetsonsOwnDriverIsOlderInNumberOnly(String release, String driver, String judged) {
    SmallHost host =
        jetson(release)
            .command(
                "nvidia-smi-csv",
                0,
                "0, GPU-1, Orin (nvgpu), [N/A], [N/A], [N/A], "
                    + driver
                    + ", [N/A], [N/A], [N/A]\n");
    assertEquals(List.of(judged), judged(host));
  }

  // --- nvidia-smi

  @ParameterizedTest
  @CsvSource({
    "3, driver-error",
    "4, no-permission",
    "5, driver-error",
    "6, no-device",
    "9, driver-not-loaded",
    "12, driver-missing",
    "14, driver-error",
    "15, device-lost",
    "16, driver-error",
    "17, driver-not-reachable",
    "18, driver-library-mismatch",
    "255, driver-error"
  })
  void theExitCodeOfNvidiaSmiSaysWhyNothingIsListed(int exit, String reason) {
    SmallHost host =
        SmallHost.linux()
            .card(0, "0000:01:00.0", "10de:2204", "nvidia")
            .command("nvidia-smi-csv", exit, "");
    assertEquals(List.of("discrete " + reason), judged(host));
  }

  @ParameterizedTest
  @CsvSource({
    "4.9, 600.1, compute-capability-too-low",
    "5.0, 569.99, driver-too-old",
    "5.0, 570.0, cuda",
    "6.2, 569.99, driver-too-old",
    "6.2, 570.0, cuda",
    "7.0, 549.99, driver-too-old",
    "7.0, 550.0, cuda"
  })
  void chipAndDriverMustBothBeNewEnough(String capability, String driver, String state) {
    SmallHost host =
        SmallHost.linux()
            .card(0, "0000:01:00.0", "10de:2204", "nvidia")
            .command(
                "nvidia-smi-csv",
                0,
                "0, GPU-1, NVIDIA Device, 8192, 8000, 100, %s, %s, 00000000:01:00.0, [N/A]\n"
                    .formatted(driver, capability));
    assertEquals(List.of("discrete " + state), judged(host));
  }

  // --- AMD

  /// A GPU whose number is in no table, and which has no sign of a board.
  private static SmallHost unknownAmd(String vram, String gtt) {
    return SmallHost.linux()
        .card(0, "0000:05:00.0", "1002:ffff", "amdgpu")
        .cardFile(0, "mem_info_vram_total", vram)
        .cardFile(0, "mem_info_vram_used", "0")
        .cardFile(0, "mem_info_gtt_total", gtt)
        .cardFile(0, "mem_info_gtt_used", "0");
  }

  @ParameterizedTest
  @CsvSource({
    // at most 4 GiB cut off
    "4294967296, 34359738368, integrated",
    "4294967297, 34359738368, discrete",
    // at least 8 GiB to borrow
    "1073741824, 8589934592, integrated",
    "1073741824, 8589934591, discrete",
    // and that at least four times what is cut off
    "3221225472, 12884901888, integrated",
    "3221225472, 12884901887, discrete",
    "3221225473, 12884901888, discrete"
  })
  void littleCutOffAndMuchToBorrowIsAProcessorsGpu(String vram, String gtt, String kind) {
    assertEquals(
        kind, only(unknownAmd(vram, gtt)).kind().name().toLowerCase(java.util.Locale.ROOT));
  }

  @ParameterizedTest
  @CsvSource({"mem_info_vram_vendor", "board_info"})
  void whatOnlyABoardHasMakesItACard(String file) {
    SmallHost host = unknownAmd("1073741824", "34359738368").cardFile(0, file, "x\n");
    assertEquals(Accelerator.Kind.DISCRETE, only(host).kind());
  }

  @ParameterizedTest
  @CsvSource({
    "8589934592, 8589934591, CARVE_OUT, 8589934592",
    "8589934592, 8589934592, CARVE_OUT, 8589934592",
    "8589934592, 8589934593, SHARED, 8589934593",
    "0, 8589934592, SHARED, 8589934592"
  })
  void aProcessorsGpuAllocatesFromTheLargerPool(String vram, String gtt, Pool pool, long total) {
    SmallHost host =
        SmallHost.linux()
            .card(0, "0000:05:00.0", "1002:15bf", "amdgpu")
            .cardFile(0, "mem_info_vram_total", vram)
            .cardFile(0, "mem_info_vram_used", "0")
            .cardFile(0, "mem_info_gtt_total", gtt)
            .cardFile(0, "mem_info_gtt_used", "0");
    Accelerator.Memory memory = only(host).memory();
    assertEquals(pool, memory.pool());
    assertEquals(Optional.of(Bytes.of(total)), memory.total());
    assertEquals(Optional.of(Bytes.of(total)), memory.free());
  }

  /// A container without sysfs: only the tool of ROCm lists the cards.
  private static SmallHost onlyRocmSmi(String products) {
    return new SmallHost()
        .file("/proc/meminfo", "MemTotal: 67108864 kB\nMemAvailable: 62914560 kB\n")
        .command(
            "rocm-smi-meminfo-json",
            0,
            """
            {"card0": {"VRAM Total Memory (B)": "17163091968",
                       "VRAM Total Used Memory (B)": "692142080"},
             "card1": {"VRAM Total Memory (B)": "67108864",
                       "VRAM Total Used Memory (B)": "26079232"}}
            """)
        .command("rocm-smi-product-json", 0, products);
  }

  @Test
  void cardsThatOnlyRocmSmiListsAreDevicesOfTheirOwn() {
    Machine machine =
        onlyRocmSmi(
                """
                {"card0": {"Card Series": "Radeon RX 6800", "Card Model": "0x73bf",
                           "GFX Version": "gfx1030"},
                 "card1": {"Card Series": "N/A", "Card Model": "0x164e", "GFX Version": "gfx1036"}}
                """)
            .machine();
    assertEquals(
        List.of("discrete rocm", "integrated igpu-dropped-by-default"), SmallHost.judged(machine));
    Accelerator card = machine.accelerators().getFirst();
    assertEquals("AMD Radeon RX 6800", card.name());
    assertEquals(Optional.of("1002:73bf"), card.identity().pciId());
    assertEquals(Optional.of("gfx1030"), card.identity().gfxTarget());
    assertEquals(Optional.of(Bytes.of(17163091968L)), card.memory().total());
    assertEquals(Optional.of(Bytes.of(17163091968L - 692142080L)), card.memory().free());
    assertEquals("AMD device 1002:164e", machine.accelerators().get(1).name());
    assertEquals(Optional.empty(), machine.accelerators().get(1).memory().total());
  }

  @Test
  void aRowOfRocmSmiThatNamesNoChipIsNoDevice() {
    assertEquals(List.of(), judged(onlyRocmSmi("{}")));
  }

  // --- Intel on Windows

  private static SmallHost windowsIntel(long dedicated) {
    return new SmallHost()
        .command(
            "win-cim-json",
            0,
            """
            {"Win32_OperatingSystem": {"OSArchitecture": "64-bit",
               "TotalVisibleMemorySize": 33000000, "FreePhysicalMemory": 20000000},
             "Win32_VideoController": {"Name": "Intel Graphics",
               "PNPDeviceID": "PCI\\\\VEN_8086&DEV_FFFF&SUBSYS_1", "ConfigManagerErrorCode": 0}}
            """)
        .command(
            "win-registry-json",
            0,
            """
            [{"MatchingDeviceId": "PCI\\\\VEN_8086&DEV_FFFF",
              "HardwareInformation.qwMemorySize": %d}]
            """
                .formatted(dedicated))
        .command("win-dxgi-json", 0, "[]");
  }

  @Test
  void moreThanOneGibibyteIsMemoryOfACard() {
    Accelerator share = only(windowsIntel(GIB));
    assertEquals(Accelerator.Kind.INTEGRATED, share.kind());
    assertEquals(Optional.empty(), share.memory().total());
    Accelerator card = only(windowsIntel(GIB + 1));
    assertEquals(Accelerator.Kind.DISCRETE, card.kind());
    assertEquals(Optional.of(Bytes.of(GIB + 1)), card.memory().total());
  }

  /// What 32 bits cannot hold is shown as one of three figures.
  @ParameterizedTest
  @CsvSource({
    "4293918719, true",
    "4293918720, false",
    "4293918721, true",
    "4294967294, true",
    "4294967295, false",
    "4294967296, true",
    "2147479551, true",
    "2147479552, false",
    "2147479553, true"
  })
  void figuresThatStandForTooLargeAreNoSize(long dedicated, boolean isSize) {
    assertEquals(
        isSize ? Optional.of(Bytes.of(dedicated)) : Optional.empty(),
        only(windowsIntel(dedicated)).memory().total());
  }

  // --- Apple

  private static SmallHost mac(long memory) {
    return new SmallHost()
        .command(
            "sysctl",
            0,
            "hw.memsize: "
                + memory
                + "\nhw.optional.arm64: 1\nmachdep.cpu.brand_string: Apple M3 Pro\n");
  }

  @ParameterizedTest
  @CsvSource({
    // two thirds up to 36 GiB
    "8589934592, 5726623061",
    "38654705664, 25769803776",
    // three quarters above
    "38654705665, 28991029248",
    "38654705668, 28991029251",
    "68719476736, 51539607552"
  })
  void macOsGivesTheGpuTwoThirdsUpTo36GibibytesAndThreeQuartersAbove(long memory, long gpu) {
    Accelerator.Memory shared = only(mac(memory)).memory();
    assertEquals(Optional.of(Bytes.of(gpu)), shared.total());
    assertEquals(true, shared.totalIsLowerBound());
    assertEquals(Pool.SHARED, shared.pool());
  }

  // --- Vulkan

  @ParameterizedTest
  @CsvSource({
    "0.12.10, 1, unsupported-by-ollama",
    "0.12.11, '', unsupported-by-ollama",
    "0.12.11, 1, vulkan",
    "0.29.99, '', unsupported-by-ollama",
    "0.29.99, 1, vulkan",
    "0.30.0, '', vulkan",
    "0.30.0, 0, unsupported-by-ollama",
    "'', '', vulkan"
  })
  void vulkanIsUsedByDefaultFromRelease030On(String version, String variable, String state) {
    SmallHost host = SmallHost.linux().card(0, "0000:03:00.0", "8086:e20b", "xe");
    if (!version.isEmpty()) {
      host.command("ollama-version", 0, "ollama version is " + version + "\n");
    }
    if (!variable.isEmpty()) {
      host.env("OLLAMA_VULKAN", variable);
    }
    assertEquals(List.of("discrete " + state), judged(host));
  }

  // --- displays

  @ParameterizedTest
  @CsvSource({
    "19e5:1710, discrete unsupported-by-ollama, huawei",
    "19e5:1711, bmc display-only, huawei",
    "19e5:1712, discrete unsupported-by-ollama, huawei",
    "1a03:2000, bmc display-only, aspeed",
    "102b:0522, bmc display-only, matrox",
    "18ca:0020, bmc display-only, xgi",
    "126f:0750, bmc display-only, silicon-motion",
    "1002:515e, bmc display-only, amd",
    "1d0f:1110, discrete unsupported-by-ollama, amazon",
    "1d0f:1111, virtual virtual-display, amazon",
    "1d0f:1112, discrete unsupported-by-ollama, amazon",
    "1af4:1050, virtual virtual-display, virtio",
    "1234:1111, virtual virtual-display, qemu",
    "1b36:0100, virtual virtual-display, qemu",
    "15ad:0405, virtual virtual-display, vmware",
    "80ee:beef, virtual virtual-display, oracle",
    "1013:00b8, virtual virtual-display, cirrus",
    "5853:c000, virtual virtual-display, xen",
    "1ab8:4005, virtual virtual-display, parallels",
    "1414:5353, virtual virtual-display, microsoft",
    "1ed5:0200, discrete unsupported-by-ollama, moore-threads",
    "abcd:0001, discrete unsupported-by-ollama, other"
  })
  void aDisplayWithoutAGpuIsKnownByItsNumber(String id, String state, String vendor) {
    SmallHost host = SmallHost.linux().card(0, "0000:03:00.0", id, "x");
    assertEquals(List.of(state), judged(host));
    assertEquals(vendor, only(host).vendor().label());
  }
}
