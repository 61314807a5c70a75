package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each file of amdgpu and KFD means.
class AmdMachinesTest {
  private static final long GIB = 1L << 30;

  private static List<String> judged(SmallHost host) {
    return SmallHost.judged(host.machine());
  }

  private static SmallHost node(SmallHost host, int number, String... properties) {
    return host.file(
        "/sys/class/kfd/kfd/topology/nodes/" + number + "/properties",
        "simd_count 96\nvendor_id 4098\n" + String.join("\n", properties) + "\n");
  }

  private static SmallHost bank(
      SmallHost host, int node, int bank, int heap, long size, long used) {
    String folder = "/sys/class/kfd/kfd/topology/nodes/" + node + "/mem_banks/" + bank;
    host.file(folder + "/properties", "heap_type " + heap + "\nsize_in_bytes " + size + "\n");
    return used < 0 ? host : host.file(folder + "/used_memory", used + "\n");
  }

  private static SmallHost card() {
    return SmallHost.linux().amdCard(0, "0000:03:00.0", "1002:744c", 24 * GIB);
  }

  // --- drivers and permission

  @ParameterizedTest
  @CsvSource({
    "amdgpu, discrete rocm",
    "radeon, discrete unsupported-by-ollama",
    "vfio-pci, discrete driver-missing",
    "'', discrete driver-missing"
  })
  void onlyAmdgpuDrivesACard(String driver, String state) {
    SmallHost host = SmallHost.linux().card(0, "0000:03:00.0", "1002:744c", driver);
    host.cardFile(0, "board_info", "x").node("/dev/kfd", true);
    assertEquals(List.of(state), judged(host));
  }

  @Test
  void aCardWhoseDriverCannotBeReadIsNotReachable() {
    SmallHost host =
        SmallHost.linux()
            .file("/sys/class/drm/card0/device/vendor", "0x1002\n")
            .file("/sys/class/drm/card0/device/device", "0x744c\n")
            .file("/sys/class/drm/card0/device/board_info", "x");
    assertEquals(List.of("discrete driver-not-reachable"), judged(host));
  }

  @ParameterizedTest
  @CsvSource({
    // target of ROCm, compute node, render node
    "744c, open, open, discrete rocm",
    "744c, open, closed, discrete no-permission",
    "744c, closed, open, discrete no-permission",
    "744c, absent, open, discrete vulkan",
    "744c, open, absent, discrete driver-not-reachable",
    "731f, closed, open, discrete vulkan",
    "731f, open, closed, discrete no-permission",
    "731f, open, absent, discrete driver-not-reachable"
  })
  void nodesThatCannotBeOpenedLeaveVulkanOrNothing(
      String device, String compute, String render, String state) {
    SmallHost host =
        SmallHost.linux()
            .amdCard(0, "0000:03:00.0", "1002:" + device, 24 * GIB)
            .cardFile(0, "drm/card0/dev", "226:0\n")
            .cardFile(0, "drm/renderD128/dev", "226:128\n")
            .node("/dev/dri/card0", false);
    if (!compute.equals("absent")) {
      host.node("/dev/kfd", compute.equals("open"));
    }
    if (!render.equals("absent")) {
      host.node("/dev/dri/renderD128", render.equals("open"));
    }
    assertEquals(List.of(state), judged(host));
  }

  @ParameterizedTest
  @CsvSource({"true, discrete rocm", "false, discrete no-permission"})
  void kfdTellsTheRenderNodeWhereTheCardDoesNot(boolean open, String state) {
    SmallHost host = card().node("/dev/kfd", true).node("/dev/dri/renderD129", open);
    node(
        host,
        1,
        "device_id 29772",
        "location_id 768",
        "gfx_target_version 110000",
        "drm_render_minor 129");
    assertEquals(List.of(state), judged(host));
  }

  @Test
  void vulkanThatIsSwitchedOffOrTooOldIsSaid() {
    SmallHost host = SmallHost.linux().amdCard(0, "0000:03:00.0", "1002:731f", 8 * GIB);
    Machine off = host.env("OLLAMA_VULKAN", "0").machine();
    assertEquals(List.of("discrete unsupported-by-ollama"), SmallHost.judged(off));
    assertEquals(
        List.of("discrete rocm"), judged(card().node("/dev/kfd", true).env("OLLAMA_VULKAN", "0")));
  }

  @ParameterizedTest
  @CsvSource({"rocm_v6, discrete rocm", "vulkan, discrete hidden-by-environment"})
  void aLibraryThatWasChosenHidesTheOthers(String library, String state) {
    assertEquals(
        List.of(state), judged(card().node("/dev/kfd", true).env("OLLAMA_LLM_LIBRARY", library)));
  }

  // --- targets

  @ParameterizedTest
  @CsvSource({
    "HSA_OVERRIDE_GFX_VERSION, discrete rocm",
    "HSA_OVERRIDE_GFX_VERSION_1, discrete rocm",
    "HSA_OVERRIDE_GFX_VERSION_2, discrete vulkan"
  })
  void anOverridePretendsAnotherTarget(String variable, String state) {
    SmallHost host =
        SmallHost.linux()
            .amdCard(0, "0000:03:00.0", "1002:73df", 12 * GIB)
            .node("/dev/kfd", true)
            .env(variable, "10.3.0");
    node(host, 1, "device_id 29663", "location_id 768", "gfx_target_version 100301");
    assertEquals(List.of(state), judged(host));
  }

  // --- shared memory

  @ParameterizedTest
  @CsvSource({"'', 60", "64424509440, 60", "68719476736, 64", "274877906944, 64"})
  void aProcessorsGpuBorrowsNoMoreThanThereIs(String gtt, long gib) {
    SmallHost host =
        SmallHost.linux()
            .card(0, "0000:05:00.0", "1002:1586", "amdgpu")
            .cardFile(0, "mem_info_vram_total", "536870912");
    if (gtt.isEmpty()) {
      assertEquals(Pool.CARVE_OUT, host.machine().accelerators().getFirst().memory().pool());
      return;
    }
    host.cardFile(0, "mem_info_gtt_total", gtt).cardFile(0, "mem_info_gtt_used", "0");
    Accelerator.Memory memory = host.machine().accelerators().getFirst().memory();
    assertEquals(Optional.of(Bytes.ofGiB(gib)), memory.total());
    assertEquals(Optional.of(Bytes.ofGiB(60)), memory.free(), "60 GiB are available");
  }

  @Test
  void withoutAFigureOfItsUseNothingIsKnownToBeFree() {
    SmallHost host =
        SmallHost.linux()
            .card(0, "0000:05:00.0", "1002:1586", "amdgpu")
            .cardFile(0, "mem_info_gtt_total", "34359738368");
    assertEquals(Optional.empty(), host.machine().accelerators().getFirst().memory().free());
    SmallHost blind =
        new SmallHost()
            .file("/sys/bus/pci/devices/0000:00:00.0/class", "0x060000\n")
            .card(0, "0000:05:00.0", "1002:1586", "amdgpu")
            .cardFile(0, "mem_info_gtt_total", "34359738368")
            .cardFile(0, "mem_info_gtt_used", "1073741824");
    Accelerator.Memory memory = blind.machine().accelerators().getFirst().memory();
    assertEquals(Optional.of(Bytes.ofGiB(32)), memory.total());
    assertEquals(Optional.of(Bytes.ofGiB(31)), memory.free());
  }

  // --- KFD

  @Test
  void aNodeWithoutACardIsADeviceOfItsOwn() {
    SmallHost host = SmallHost.linux().node("/dev/kfd", true);
    node(host, 3, "device_id 29772", "gfx_target_version 110000");
    bank(host, 3, 0, 1, 20 * GIB, GIB);
    bank(host, 3, 1, 2, 4 * GIB, GIB);
    bank(host, 3, 2, 0, 64 * GIB, GIB);
    Machine machine = host.machine();
    assertEquals(List.of("discrete rocm"), SmallHost.judged(machine));
    Accelerator device = machine.accelerators().getFirst();
    assertEquals("AMD device 1002:744c", device.name());
    assertEquals(Optional.of("gfx1100"), device.identity().gfxTarget());
    assertEquals(Optional.of(Bytes.ofGiB(24)), device.memory().total());
    assertEquals(Optional.of(Bytes.ofGiB(22)), device.memory().free());
  }

  @Test
  void aNodeThatDoesNotTellItsUseOrSizeHasNoneThatIsKnown() {
    SmallHost host = SmallHost.linux().node("/dev/kfd", true);
    node(host, 1, "device_id 29772", "gfx_target_version 110000");
    bank(host, 1, 0, 1, 20 * GIB, -1);
    node(host, 2, "device_id 29773", "gfx_target_version 110000");
    Machine machine = host.machine();
    assertEquals(Optional.of(Bytes.ofGiB(20)), machine.accelerators().get(0).memory().total());
    assertEquals(Optional.empty(), machine.accelerators().get(0).memory().free());
    assertEquals(Optional.empty(), machine.accelerators().get(1).memory().total());
  }

  @ParameterizedTest
  @CsvSource({"simd_count 0, 0", "vendor_id 4318, 0", "x 1, 1"})
  void aNodeOfAProcessorOrAnotherMakerIsNoDevice(String property, int devices) {
    SmallHost host = SmallHost.linux();
    host.file(
        "/sys/class/kfd/kfd/topology/nodes/1/properties",
        property + "\nsimd_count 96\nvendor_id 4098\ndevice_id 29772\n");
    assertEquals(devices, host.machine().accelerators().size());
  }

  @Test
  void aNodeOfAProcessorsGpuHasNoMemoryOfItsOwn() {
    SmallHost host = SmallHost.linux().node("/dev/kfd", true);
    node(host, 1, "device_id 5510", "gfx_target_version 110501");
    bank(host, 1, 0, 1, GIB, 0);
    Accelerator device = host.machine().accelerators().getFirst();
    assertEquals(Kind.INTEGRATED, device.kind());
    assertEquals(Pool.SHARED, device.memory().pool());
    assertEquals(Optional.empty(), device.memory().total());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unique_id 7 | unique_id 7 | partition",
        "unique_id 7 | unique_id 8 | discrete",
        "unique_id 0 | unique_id 0 | discrete",
        "unique_id x | unique_id x | discrete",
        "location_id 768 | location_id 769 | partition",
        "location_id 768 | location_id 775 | partition",
        "location_id 768 | location_id 776 | discrete",
        "location_id 0 | location_id 0 | discrete",
        "location_id 7 | location_id 0 | discrete",
        "location_id 0 | location_id 7 | discrete",
        "location_id 768,domain 0 | location_id 769,domain 1 | discrete",
        "location_id 768,domain 1 | location_id 769,domain 1 | partition"
      })
  void partsOfOneChipArePartitions(String first, String second, String kind) {
    SmallHost host = SmallHost.linux().node("/dev/kfd", true);
    node(host, 2, (first + ",device_id 29857,gfx_target_version 90402").split(","));
    node(host, 10, (second + ",device_id 29857,gfx_target_version 90402").split(","));
    Machine machine = host.machine();
    assertEquals(List.of(kind + " rocm", kind + " rocm"), SmallHost.judged(machine));
    String name = "AMD device 1002:74a1";
    assertEquals(
        kind.equals("partition")
            ? List.of(name + " partition 2", name + " partition 10")
            : List.of(name, name),
        machine.accelerators().stream().map(Accelerator::name).toList());
  }

  @Test
  void theCardOfAChipInPartitionsIsTheSumOfThem() {
    SmallHost host =
        SmallHost.linux().amdCard(0, "0000:03:00.0", "1002:74a1", 192 * GIB).node("/dev/kfd", true);
    node(host, 1, "device_id 29857", "location_id 768", "gfx_target_version 90402");
    node(host, 2, "device_id 29857", "location_id 769", "gfx_target_version 90402");
    bank(host, 1, 0, 1, 96 * GIB, 0);
    bank(host, 2, 0, 1, 96 * GIB, 0);
    assertEquals(List.of("partition rocm", "partition rocm"), judged(host));
    SmallHost whole =
        SmallHost.linux().amdCard(0, "0000:03:00.0", "1002:74a1", 192 * GIB).node("/dev/kfd", true);
    node(whole, 1, "device_id 29857", "location_id 768", "gfx_target_version 90402");
    assertEquals(List.of("discrete rocm"), judged(whole));
  }

  @Test
  void aNodeWithoutAnAddressIsThatOfTheCardOfItsNumber() {
    SmallHost host = card().node("/dev/kfd", true);
    node(host, 1, "device_id 29772", "location_id 0", "gfx_target_version 110001");
    Machine machine = host.machine();
    assertEquals(1, machine.accelerators().size());
    assertEquals(Optional.of("gfx1101"), machine.accelerators().getFirst().identity().gfxTarget());
    SmallHost other = card().node("/dev/kfd", true);
    node(other, 1, "device_id 29773", "location_id 0", "gfx_target_version 110001");
    assertEquals(2, other.machine().accelerators().size());
  }

  @Test
  void rocmCountsItsDevicesInTheOrderOfTheNodes() {
    SmallHost host =
        SmallHost.linux()
            .amdCard(0, "0000:0a:00.0", "1002:744c", 24 * GIB)
            .amdCard(1, "0000:03:00.0", "1002:7550", 16 * GIB)
            .node("/dev/kfd", true)
            .env("ROCR_VISIBLE_DEVICES", "0");
    node(host, 2, "device_id 29772", "location_id 2560", "gfx_target_version 110000");
    node(host, 1, "device_id 30032", "location_id 768", "gfx_target_version 120001");
    assertEquals(List.of("discrete hidden-by-environment", "discrete rocm"), judged(host));
  }
}
