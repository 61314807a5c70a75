package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.hardware.probe.nvidia.NvidiaSmi;
import dev.r1pick.host.Host.CommandResult.Finished;
import dev.r1pick.ollama.DriverVersion;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What each part of what `nvidia-smi` prints means.
class NvidiaSmiTest {
  private static SmallHost listed(String... rows) {
    return SmallHost.linux()
        .file("/dev/nvidiactl", "")
        .command("nvidia-smi-csv", 0, String.join("\n", rows) + "\n");
  }

  /// One card at 0000:01:00.0 that is on the bus.
  private static SmallHost card(String row) {
    return listed(row).card(0, "0000:01:00.0", "10de:2204", "nvidia");
  }

  private static Accelerator only(SmallHost host) {
    List<Accelerator> devices = host.machine().accelerators();
    assertEquals(1, devices.size(), devices.toString());
    return devices.getFirst();
  }

  private static String row(int index, String memory, String rest) {
    return index + ", GPU-" + index + "a, NVIDIA RTX A2000, " + memory + ", " + rest;
  }

  private static final String REST = "550.90, 8.6, 00000000:01:00.0, [N/A]";

  // --- rows

  @Test
  void whatTheDriverKeepsIsTheRestOfUsedAndFree() {
    assertEquals(
        Optional.of(Bytes.ofMiB(38)),
        only(card(row(0, "6138, 6000, 100", REST))).memory().reserved());
    for (String unknown : List.of("[N/A], 6000, 100", "6138, [N/A], 100", "6138, 6000, [N/A]")) {
      assertEquals(
          Optional.empty(), only(card(row(0, unknown, REST))).memory().reserved(), unknown);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "[N/A], NVIDIA device 10de:2204, 01",
    "N/A, NVIDIA device 10de:2204, 01",
    "Not Supported, NVIDIA device 10de:2204, 01",
    "[N/A], NVIDIA device at 0000:02:00.0, 02",
    "[Unknown Error], NVIDIA device, [N/A]"
  })
  void aCardWithoutANameIsNamedByTheBusOrItsAddress(String name, String shown, String bus) {
    String address = bus.startsWith("[") ? bus : "00000000:" + bus + ":00.0";
    Machine machine =
        card("0, GPU-1, " + name + ", 8192, 8000, 100, 550.90, 8.6, " + address + ", [N/A]")
            .machine();
    assertEquals(shown, machine.accelerators().getFirst().name());
    assertEquals(1, machine.accelerators().size(), "a stranger is the card on the bus");
  }

  @ParameterizedTest
  @CsvSource({
    "A40-24Q, VGPU",
    "A40-24C, VGPU",
    "A40-24B, VGPU",
    "A40-24A, VGPU",
    "A40-24D, DISCRETE",
    "A40-Q, DISCRETE",
    "GRID RTX6000P, VGPU",
    "GRID K520, DISCRETE",
    "Quadro K4000, DISCRETE",
    "4Q, DISCRETE",
    "-4Q, VGPU",
    "RTX-8000, DISCRETE"
  })
  void aProfileOfAVirtualGpuEndsInItsSizeAndALetter(String name, Kind kind) {
    assertEquals(
        kind,
        only(card("0, GPU-1, " + name + ", 8192, 8000, 100, 550.90, 8.6, 01:00.0, [N/A]")).kind());
  }

  @ParameterizedTest
  @CsvSource({"8.6, 8.6", "[N/A], ''", ".6, ''", "8, ''", "8.x, ''", "x.6, ''"})
  void aCapabilityIsTwoNumbers(String told, String capability) {
    List<NvidiaSmi.Row> rows =
        NvidiaSmi.rows("0, GPU-1, X, 8192, 8000, 100, 550.90, " + told + ", 01:00.0, [N/A]", false);
    assertEquals(capability, rows.getFirst().capability().orElse(""));
  }

  @Test
  void aFigureMayHaveItsUnit() {
    List<NvidiaSmi.Row> rows =
        NvidiaSmi.rows("0, GPU-1, X, 8192 MiB, 8000MiB, x, 550.90, 8.6, 01:00.0, Enabled", false);
    NvidiaSmi.Row row = rows.getFirst();
    assertEquals(Optional.of(Bytes.ofMiB(8192)), row.total());
    assertEquals(Optional.of(Bytes.ofMiB(8000)), row.free());
    assertEquals(Optional.empty(), row.used());
    assertTrue(row.isCutIntoInstances());
    assertFalse(row.isLost());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Unable to determine the device handle for GPU0000:0B:00.0: GPU is lost. | 0000:0b:00.0",
        "Unable to determine the device handle for GPU 00000000:0B:00.0: Unknown | 0000:0b:00.0",
        "Unable to determine the device handle for GPU 0000:0B:00.0 | 0000:0b:00.0",
        "device handle for GPU | none",
        "for GPU0000:0B:00.0: device handle | 0000:0b:00.0",
        "Unable to determine the device handle | no row",
        "no rows for GPU0000:0B:00.0 | no row"
      })
  void aLineInPlaceOfARowNamesTheLostCard(String line, String address) {
    List<NvidiaSmi.Row> rows = NvidiaSmi.rows(line + "\n", false);
    assertEquals(address.equals("no row") ? 0 : 1, rows.size());
    for (NvidiaSmi.Row row : rows) {
      assertTrue(row.isLost());
      assertEquals(address, row.pciAddress().orElse("none"));
    }
  }

  @Test
  void noMoreThan256RowsAreRead() {
    String row = "0, GPU-1, X, 8192, 8000, 100, 550.90, 8.6, 01:00.0, [N/A]\n";
    assertEquals(256, NvidiaSmi.rows(row.repeat(256), false).size());
    assertEquals(256, NvidiaSmi.rows(row.repeat(257), false).size());
  }

  @ParameterizedTest
  @CsvSource({
    "Driver/library version mismatch, DRIVER_LIBRARY_MISMATCH",
    "couldn't communicate with the NVIDIA driver, DRIVER_NOT_LOADED",
    "No devices were found, NO_DEVICE",
    "GPU is lost, DEVICE_LOST",
    "Unable to determine the device handle, DEVICE_LOST",
    "something else, DRIVER_ERROR"
  })
  void theTextSaysWhyMoreSurelyThanTheCode(String text, WhyNot reason) {
    assertEquals(reason, NvidiaSmi.failure(new Finished(1, text, "")));
    assertEquals(reason, NvidiaSmi.failure(new Finished(1, "", text)));
  }

  @ParameterizedTest
  @CsvSource({
    "550, 550.1, true",
    "x, 550, false",
    "550.x, 550.1, true",
    "550.1, 550, false",
    "550.0, 550.0, false",
    "551, 550.9, false"
  })
  void aVersionThatIsNoNumberIsNotOlder(String driver, String floor, boolean older) {
    assertEquals(older, DriverVersion.isOlder(driver, floor));
  }

  @ParameterizedTest
  @CsvSource({
    "2, '', true",
    "1, Field \"compute_cap\" is not a valid field to query., true",
    "1, '', false"
  })
  void aDriverThatDoesNotKnowAFieldIsAskedForLess(int exit, String text, boolean asked) {
    SmallHost host =
        SmallHost.linux()
            .card(0, "0000:01:00.0", "10de:2204", "nvidia")
            .command("nvidia-smi-csv", exit, text)
            .command(
                "nvidia-smi-csv-min", 0, "0, GPU-1, X, 8192, 8000, 100, 470.1, 00000000:01:00.0\n");
    Accelerator gpu = only(host);
    assertEquals(asked ? Optional.of(Bytes.ofMiB(8192)) : Optional.empty(), gpu.memory().total());
    assertEquals("8.6", gpu.identity().computeCapability().orElse(""), "the bus tells the chip");
  }

  // --- instances

  private static final String CUT =
      "0, GPU-0a, NVIDIA A100, 40960, 40000, 1, 550.90, 8.0, 00000000:01:00.0, Enabled";

  private static SmallHost cut(String xml, String list) {
    SmallHost host = card(CUT).command("nvidia-smi-xml", 0, xml);
    return list.isEmpty() ? host : host.command("nvidia-smi-list", 0, list);
  }

  private static String instance(int index, String uuid, int mib) {
    return "<mig_device><index>%d</index>%s<fb_memory_usage><total>%d MiB</total><free>%d MiB</free></fb_memory_usage></mig_device>"
        .formatted(index, uuid.isEmpty() ? "" : "<uuid>" + uuid + "</uuid>", mib, mib - 10);
  }

  @Test
  void instancesAreThoseOfTheirCard() {
    String xml =
        "<gpu id=\"00000000:01:00.0\"><mig_devices>"
            + instance(0, "MIG-1", 9728)
            + instance(3, "MIG-2", 19968)
            + "</mig_devices></gpu><gpu id=\"00000000:02:00.0\">"
            + instance(0, "MIG-9", 4864)
            + "</gpu>";
    Machine machine = cut(xml, "").machine();
    assertEquals(List.of("mig-instance cuda", "mig-instance cuda"), SmallHost.judged(machine));
    assertEquals("NVIDIA A100 MIG instance 0", machine.accelerators().get(0).name());
    assertEquals("NVIDIA A100 MIG instance 3", machine.accelerators().get(1).name());
    assertEquals(Optional.of(Bytes.ofMiB(19968)), machine.accelerators().get(1).memory().total());
    assertEquals(Optional.of(Bytes.ofMiB(19958)), machine.accelerators().get(1).memory().free());
    assertTrue(SmallHost.noteIds(machine).contains("mig-one-instance"));
  }

  @Test
  void oneInstanceNeedsNoNote() {
    Machine machine =
        cut("<gpu id=\"00000000:01:00.0\">" + instance(0, "MIG-1", 9728) + "</gpu>", "").machine();
    assertEquals(List.of("mig-instance cuda"), SmallHost.judged(machine));
    assertFalse(SmallHost.noteIds(machine).contains("mig-one-instance"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<gpu id=\"00000000:02:00.0\"><mig_device><index>0</index></mig_device></gpu>",
        "<gpu id=\"00000000:01:00.0\"><mig_devices>None</mig_devices></gpu>",
        "<gpu id=\"00000000:01:00.0\"><mig_device><index>0</index>",
        "<gpu><mig_device><index>0</index></mig_device></gpu>",
        "<gpus id=\"00000000:01:00.0\"/>"
      })
  void aCutCardWithoutInstancesHasNothingToOffer(String xml) {
    Accelerator card = only(cut(xml, ""));
    assertEquals(Kind.DISCRETE, card.kind());
    assertEquals(Optional.empty(), card.memory().total());
  }

  @Test
  void namesOfInstancesComeFromTheShortListWhereTheLongOneHasNone() {
    String list =
        """
        GPU 0: NVIDIA A100 (UUID: GPU-0a)
          MIG 3g.20gb     Device  0: (UUID: MIG-aa)
          MIG 2g.10gb     Device  1: (UUID: MIG-bb)
        GPU 1: NVIDIA A100 (UUID: GPU-1a)
          MIG 7g.40gb     Device  0: (UUID: MIG-cc)
        not a line (UUID: MIG-dd
        """;
    String xml =
        "<gpu id=\"00000000:01:00.0\">" + instance(0, "", 19968) + instance(1, "", 9728) + "</gpu>";
    Machine machine = cut(xml, list).env("CUDA_VISIBLE_DEVICES", "MIG-bb").machine();
    assertEquals(
        List.of("mig-instance hidden-by-environment", "mig-instance cuda"),
        SmallHost.judged(machine));
    assertEquals(Optional.of("MIG-bb"), machine.accelerators().get(1).identity().uuid());
    Machine onlyList = cut("", list).machine();
    assertEquals(2, onlyList.accelerators().size());
    assertEquals(Optional.empty(), onlyList.accelerators().getFirst().memory().total());
    assertEquals(
        List.of("MIG-aa", "MIG-bb"),
        onlyList.accelerators().stream().map(d -> d.identity().uuid().orElse("")).toList());
  }

  @Test
  void instancesWithoutNamesMayBeTheOnesThatAreVisible() {
    String xml = "<gpu id=\"00000000:01:00.0\">" + instance(0, "", 19968) + "</gpu>";
    assertEquals(
        List.of("mig-instance cuda"),
        SmallHost.judged(cut(xml, "").env("CUDA_VISIBLE_DEVICES", "MIG-zz").machine()));
    assertEquals(
        List.of("mig-instance hidden-by-environment"),
        SmallHost.judged(cut(xml, "").env("CUDA_VISIBLE_DEVICES", "GPU-zz").machine()));
  }
}
