package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Machines of kinds that no recording has, put together from the forms that recordings have.
class VariantMachinesTest {
  private static final long GIB = 1L << 30;

  private static SmallHost nvidia(String... rows) {
    var host = SmallHost.linux();
    for (int i = 0; i < rows.length; i++) {
      host.card(i, "0000:0" + (i + 1) + ":00.0", "10de:2204", "nvidia");
    }
    return host.command("nvidia-smi-csv", 0, String.join("\n", rows) + "\n");
  }

  /// Index, UUID, name, total, free, used, driver, capability, address, MIG.
  private static String row(int index, String name, long mib, String driver, String capability) {
    return index
        + ", GPU-0000000"
        + index
        + "-1111-2222-3333-444444444444, "
        + name
        + ", "
        + mib
        + ", "
        + (mib - 500)
        + ", 200, "
        + driver
        + ", "
        + capability
        + ", 00000000:0"
        + (index + 1)
        + ":00.0, [N/A]";
  }

  @ParameterizedTest
  @CsvSource({
    "Tesla V100-SXM2-32GB, 32768, 550.54.15, 7.0, discrete cuda",
    "Quadro M6000 24GB, 24576, 550.54.15, 5.2, discrete driver-too-old",
    "Quadro M6000 24GB, 24576, 570.86.10, 5.2, discrete cuda",
    "NVIDIA GeForce GTX 1080 Ti, 11264, 560.35.03, 6.1, discrete driver-too-old",
    "NVIDIA GeForce RTX 3090, 24576, 545.29.06, 8.6, discrete driver-too-old",
    "Tesla K80, 11441, 470.256.02, 3.7, discrete compute-capability-too-low",
    "NVIDIA A16-8Q, 8192, 550.90.07, 8.6, vgpu cuda",
    "NVIDIA L40S-12C, 12288, 550.90.07, 8.9, vgpu cuda",
    "NVIDIA A100-4-20C, 20480, 550.90.07, 8.0, vgpu cuda",
    "GRID K520, 4036, 367.57, 3.0, discrete compute-capability-too-low",
    "NVIDIA Graphics Device, 24576, 590.10, 13.0, discrete cuda"
  })
  void generationAndDriverDecideOnNvidia(
      String name, long mib, String driver, String capability, String judged) {
    Machine machine = nvidia(row(0, name, mib, driver, capability)).machine();
    assertEquals(List.of(judged), SmallHost.judged(machine));
    assertEquals(Optional.of(Bytes.ofMiB(mib)), machine.accelerators().getFirst().memory().total());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "GPU-00000001 | discrete hidden-by-environment, discrete cuda",
        "GPU-0000000 | discrete hidden-by-environment, discrete hidden-by-environment",
        "1,9,0 | discrete hidden-by-environment, discrete cuda",
        "~~ | discrete hidden-by-environment, discrete hidden-by-environment",
        "NoDevFiles | discrete hidden-by-environment, discrete hidden-by-environment"
      })
  void cudaStopsAtTheFirstEntryThatNamesNothing(String list, String judged) {
    Machine machine =
        nvidia(
                row(0, "NVIDIA GeForce RTX 3090", 24576, "560.35.03", "8.6"),
                row(1, "NVIDIA GeForce RTX 3090", 24576, "560.35.03", "8.6"))
            .env("CUDA_VISIBLE_DEVICES", list)
            .machine();
    assertEquals(judged, String.join(", ", SmallHost.judged(machine)));
  }

  private static SmallHost twoOfRocm() {
    var host =
        SmallHost.linux()
            .amdCard(0, "0000:03:00.0", "1002:744c", 24 * GIB)
            .amdCard(1, "0000:0a:00.0", "1002:7480", 8 * GIB)
            .node("/dev/kfd", true);
    node(host, 1, 0x744c, 0x0300, 110000, "18360538425133158000");
    node(host, 2, 0x7480, 0x0a00, 110002, "250");
    return host;
  }

  private static void node(
      SmallHost host, int number, int device, int location, int target, String chip) {
    host.file(
        "/sys/class/kfd/kfd/topology/nodes/" + number + "/properties",
        "simd_count 96\nvendor_id 4098\ndevice_id "
            + device
            + "\nlocation_id "
            + location
            + "\ndomain 0\ngfx_target_version "
            + target
            + "\nunique_id "
            + chip
            + "\n");
  }

  /// Which of the two stay.
  @ParameterizedTest
  @CsvSource({
    "HIP_VISIBLE_DEVICES, 1, '', '', false, true",
    "HIP_VISIBLE_DEVICES, '', '', '', true, true",
    "HIP_VISIBLE_DEVICES, -1, '', '', false, false",
    "ROCR_VISIBLE_DEVICES, '', '', '', false, false",
    "ROCR_VISIBLE_DEVICES, 1, HIP_VISIBLE_DEVICES, 0, false, true",
    "ROCR_VISIBLE_DEVICES, 1, HIP_VISIBLE_DEVICES, 1, false, false",
    "ROCR_VISIBLE_DEVICES, GPU-fecdbc6b5af8ce70, '', '', true, false",
    "ROCR_VISIBLE_DEVICES, GPU-00000000000000fa, '', '', false, true",
    "CUDA_VISIBLE_DEVICES, 0, '', '', true, false",
    "HIP_VISIBLE_DEVICES, 1, CUDA_VISIBLE_DEVICES, 0, false, true",
    "GPU_DEVICE_ORDINAL, 1, '', '', true, true"
  })
  void hipFiltersWhatRocrHasLeft(
      String name, String list, String otherName, String other, boolean first, boolean second) {
    SmallHost host = twoOfRocm().env(name, list);
    if (!otherName.isEmpty()) {
      host.env(otherName, other);
    }
    List<String> judged = SmallHost.judged(host.machine());
    assertEquals(first ? "discrete rocm" : "discrete hidden-by-environment", judged.get(0));
    assertEquals(second ? "discrete rocm" : "discrete hidden-by-environment", judged.get(1));
  }

  @Test
  void anOverrideWithANumberIsThatOfOneNode() {
    SmallHost host =
        SmallHost.linux()
            .amdCard(0, "0000:03:00.0", "1002:73df", 12 * GIB)
            .amdCard(1, "0000:0a:00.0", "1002:73ff", 8 * GIB)
            .node("/dev/kfd", true);
    node(host, 1, 0x73df, 0x0300, 100301, "1");
    node(host, 2, 0x73ff, 0x0a00, 100302, "2");
    assertEquals(
        List.of("discrete vulkan", "discrete rocm"),
        SmallHost.judged(host.env("HSA_OVERRIDE_GFX_VERSION_2", "10.3.0").machine()));
  }

  @Test
  void aHybridLaptopUsesItsCardAndNotItsProcessorsGpu() {
    Machine machine =
        SmallHost.linux()
            .amdCard(0, "0000:03:00.0", "1002:7480", 8 * GIB)
            .card(1, "0000:c5:00.0", "1002:15bf", "amdgpu")
            .cardFile(1, "mem_info_vram_total", "536870912\n")
            .cardFile(1, "mem_info_vram_used", "0\n")
            .cardFile(1, "mem_info_gtt_total", "33554432000\n")
            .cardFile(1, "mem_info_gtt_used", "0\n")
            .cardFile(1, "mem_info_vram_vendor", "samsung\n")
            .node("/dev/kfd", true)
            .machine();
    assertEquals(
        List.of("discrete rocm", "integrated igpu-dropped-by-default"), SmallHost.judged(machine));
    assertEquals(Pool.SHARED, machine.accelerators().get(1).memory().pool());
  }

  @Test
  void arcWithTheOldDriverHasAnUnknownSizeAndIsUsedAllTheSame() {
    Machine machine =
        SmallHost.linux()
            .card(0, "0000:00:02.0", "8086:4680", "i915")
            .card(1, "0000:03:00.0", "8086:56a0", "i915")
            .machine();
    assertEquals(
        List.of("discrete vulkan", "integrated igpu-dropped-by-default"),
        SmallHost.judged(machine));
    assertEquals(Optional.empty(), machine.accelerators().getFirst().memory().total());
  }

  @Test
  void aCardPassedIntoAVirtualMachineIsACardWhereverItSits() {
    Machine card = SmallHost.linux().card(0, "0000:00:02.0", "8086:e20b", "xe").machine();
    assertEquals(List.of("discrete vulkan"), SmallHost.judged(card));
    Machine function = SmallHost.linux().card(0, "0000:00:02.1", "8086:a780", "i915").machine();
    assertEquals(List.of("integrated igpu-dropped-by-default"), SmallHost.judged(function));
  }

  @Test
  void aContainerWithoutTheNodeOfACardCannotUseIt() {
    SmallHost host =
        SmallHost.linux()
            .card(0, "0000:03:00.0", "8086:e20b", "xe")
            .cardFile(0, "tile0/physical_vram_size_bytes", "12809404416\n")
            .cardFile(0, "drm/renderD128/dev", "226:128\n")
            .file("/.dockerenv", "");
    assertEquals(
        List.of("discrete no-permission"),
        SmallHost.judged(host.node("/dev/dri/renderD128", false).machine()));
  }

  @Test
  void cardsGivenToVirtualMachinesAndForeignDriversAreNotUsed() {
    assertEquals(
        List.of("discrete driver-missing", "discrete driver-missing", "bmc display-only"),
        SmallHost.judged(
            SmallHost.linux()
                .card(0, "0000:01:00.0", "10de:2684", "nouveau")
                .card(1, "0000:02:00.0", "1002:744c", "vfio-pci")
                .card(2, "0000:03:00.0", "1a03:2000", "ast")
                .machine()));
  }

  @Test
  void aLimitThatANamespaceHidesIsReadFromTheStatistics() {
    Machine machine =
        SmallHost.linux()
            .file("/proc/self/cgroup", "9:memory:/lxc/abc\n")
            .file("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n")
            .file("/sys/fs/cgroup/memory/memory.usage_in_bytes", "" + 3 * GIB)
            .file(
                "/sys/fs/cgroup/memory/memory.stat",
                "hierarchical_memory_limit " + 8 * GIB + "\ntotal_inactive_file " + GIB + "\n")
            .machine();
    assertEquals(Optional.of(Bytes.ofGiB(8)), machine.ram().total());
    assertEquals(Optional.of(Bytes.ofGiB(6)), machine.ram().available());
    assertTrue(machine.os().container());
  }

  @Test
  void theTightestOfNestedGroupsBinds() {
    Machine machine =
        SmallHost.linux()
            .file("/proc/self/cgroup", "0::/a.slice/b.scope\n")
            .file("/sys/fs/cgroup/a.slice/memory.max", "" + 12 * GIB)
            .file("/sys/fs/cgroup/a.slice/memory.current", "" + 4 * GIB)
            .file("/sys/fs/cgroup/a.slice/memory.stat", "inactive_file 0\n")
            .file("/sys/fs/cgroup/a.slice/b.scope/memory.max", "" + 16 * GIB)
            .file("/sys/fs/cgroup/a.slice/b.scope/memory.current", "" + GIB)
            .machine();
    assertEquals(Optional.of(Bytes.ofGiB(12)), machine.ram().total());
    assertEquals(Optional.of(Bytes.ofGiB(8)), machine.ram().available());
  }

  @ParameterizedTest
  @CsvSource({
    "http://0.0.0.0:11434, false",
    ":11434, false",
    "[::]:11434, false",
    "[::1], false",
    "localhost.localdomain:80, false",
    "mybox:11434, false",
    "https://MyBox.local, false",
    "mybox.example.org:11434, true",
    "192.168.1.20:11434, false",
    "192.168.1.2:11434, true",
    "192.168.1.255:11434, true",
    "[fe80::1]:11434, true",
    "http://gpu-server/, true"
  })
  void thisMachinesOwnNameAndAddressAreNotElsewhere(String value, boolean elsewhere) {
    Machine machine =
        SmallHost.linux()
            .file("/proc/sys/kernel/hostname", "mybox\n")
            .file(
                "/proc/net/fib_trie",
                """
                Local:
                  +-- 0.0.0.0/0 3 0 5
                     |-- 192.168.1.0
                        /24 link UNICAST
                     |-- 192.168.1.20
                        /32 host LOCAL
                     |-- 192.168.1.255
                        /32 link BROADCAST
                """)
            .env("OLLAMA_HOST", value)
            .machine();
    assertEquals(elsewhere, SmallHost.noteIds(machine).contains("ollama-host-elsewhere"));
  }

  @Test
  void windowsWithoutNvidiasToolMapsTheOnlyCard() {
    assertEquals(List.of("discrete cuda"), SmallHost.judged(windows("0", "").machine()));
    assertEquals(
        List.of("discrete hidden-by-environment"), SmallHost.judged(windows("1", "").machine()));
    assertEquals(
        List.of("discrete hidden-by-environment"),
        SmallHost.judged(windows("\"0\"", "").machine()));
  }

  private static SmallHost windows(String visible, String extra) {
    return new SmallHost()
        .command(
            "win-cim-json",
            0,
            """
            {"Win32_OperatingSystem": {"OSArchitecture": "64-bit", "TotalVisibleMemorySize": 33000000,
              "FreePhysicalMemory": 20000000},
             "Win32_ComputerSystem": {"Manufacturer": "LENOVO", "Model": "20X"},
             "Win32_VideoController": [{"Name": "NVIDIA GeForce RTX 4070",
               "PNPDeviceID": "PCI\\\\VEN_10DE&DEV_2786&SUBSYS_1", "ConfigManagerErrorCode": 0,
               "AdapterCompatibility": "NVIDIA", "DriverVersion": "32.0.15.7652"}%s]}
            """
                .formatted(extra))
        .command("win-registry-json", 0, "[]")
        .command("win-dxgi-json", 0, "[]")
        .env("CUDA_VISIBLE_DEVICES", visible);
  }

  @Test
  void theBasicDisplayOfAVirtualMachineIsNoCardWithoutADriver() {
    Machine machine =
        new SmallHost()
            .command(
                "win-cim-json",
                0,
                """
                {"Win32_OperatingSystem": {"OSArchitecture": "64-bit",
                  "TotalVisibleMemorySize": 8000000, "FreePhysicalMemory": 5000000},
                 "Win32_ComputerSystem": {"Manufacturer": "QEMU", "Model": "Standard PC"},
                 "Win32_VideoController": {"Name": "Microsoft Basic Display Adapter",
                   "PNPDeviceID": "PCI\\\\VEN_1234&DEV_1111", "ConfigManagerErrorCode": 0}}
                """)
            .command("win-registry-json", 0, "[]")
            .command("win-dxgi-json", 0, "[]")
            .machine();
    assertEquals(List.of("virtual virtual-display"), SmallHost.judged(machine));
    assertTrue(machine.os().virtualMachine());
  }

  @Test
  void wslWithoutNvidiaHasNoGpuThatOllamaSees() {
    Machine machine =
        SmallHost.linux()
            .file("/proc/sys/kernel/osrelease", "5.15.167.4-microsoft-standard-WSL2\n")
            .file("/sys/bus/pci/devices/0a0b:00:00.0/class", "0x030200\n")
            .file("/sys/bus/pci/devices/0a0b:00:00.0/vendor", "0x1414\n")
            .file("/sys/bus/pci/devices/0a0b:00:00.0/device", "0x008e\n")
            .machine();
    assertEquals(List.of(), SmallHost.judged(machine));
    assertTrue(SmallHost.noteIds(machine).contains("wsl-memory-share"));
    assertFalse(machine.os().virtualMachine());
  }

  @Test
  void jetsonOrinAndGb10ShareTheirMemoryWithTheSystem() {
    Machine orin =
        SmallHost.linux()
            .file("/sys/firmware/devicetree/base/model", "NVIDIA Jetson AGX Orin Developer Kit\0")
            .file("/etc/nv_tegra_release", "# R36 (release), REVISION: 4.3\n")
            .machine();
    assertEquals(List.of("integrated cuda"), SmallHost.judged(orin));
    assertEquals(Optional.of(Bytes.ofGiB(64)), orin.accelerators().getFirst().memory().total());
    Machine spark =
        SmallHost.linux()
            .card(0, "000f:01:00.0", "10de:2e12", "nvidia")
            .command(
                "nvidia-smi-csv",
                0,
                "0, GPU-1, NVIDIA GB10, [N/A], [N/A], [N/A], 580.95.05, 12.1, 0000000F:01:00.0,"
                    + " [N/A]\n")
            .machine();
    assertEquals(List.of("integrated cuda"), SmallHost.judged(spark));
    assertEquals(Pool.SHARED, spark.accelerators().getFirst().memory().pool());
  }
}
