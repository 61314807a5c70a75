package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of each adapter of a Windows machine.
class WindowsMachinesTest {
  private static final String SYSTEM =
      "\"Win32_OperatingSystem\": {\"OSArchitecture\": \"64-bit\","
          + " \"TotalVisibleMemorySize\": 33554432, \"FreePhysicalMemory\": 16777216}";

  private static String controller(String name, String id, String driver) {
    return """
        {"Name": "%s", "PNPDeviceID": "%s", "ConfigManagerErrorCode": 0, "DriverVersion": "%s"}"""
        .formatted(name, id.replace("\\", "\\\\"), driver);
  }

  private static String pci(String vendor, String device) {
    return "PCI\\VEN_" + vendor + "&DEV_" + device + "&SUBSYS_1";
  }

  private static SmallHost host(String controllers) {
    return new SmallHost()
        .command(
            "win-cim-json", 0, "{" + SYSTEM + ", \"Win32_VideoController\": [" + controllers + "]}")
        .command("win-registry-json", 0, "[]")
        .command("win-dxgi-json", 0, "[]");
  }

  private static Accelerator only(SmallHost host) {
    List<Accelerator> devices = host.machine().accelerators();
    assertEquals(1, devices.size(), devices.toString());
    return devices.getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "2786, 32.0.15.7652, discrete cuda",
    "2786, 32.0.15.5161, discrete cuda",
    "2786, 32.0.15.5160, discrete driver-too-old",
    "2786, '', discrete driver-not-reachable",
    "0FC6, 32.0.15.7652, discrete compute-capability-too-low",
    "1B80, 32.0.15.6999, discrete driver-too-old",
    "1B80, 32.0.15.7000, discrete cuda",
    "2F04, 32.0.15.7652, discrete cuda"
  })
  void withoutNvidiasToolTheRegistrysDriverDecides(String device, String driver, String state) {
    SmallHost host = host(controller("NVIDIA x", pci("10DE", device), driver));
    assertEquals(List.of(state), SmallHost.judged(host.machine()));
  }

  @Test
  void aToolThatFailsSaysWhyForTheCardsOfWindows() {
    SmallHost host =
        host(controller("NVIDIA x", pci("10DE", "2786"), "32.0.15.7652"))
            .command("nvidia-smi-csv", 9, "");
    assertEquals(List.of("discrete driver-not-loaded"), SmallHost.judged(host.machine()));
  }

  private static String row(String name) {
    return "0, GPU-1, " + name + ", 12282, 11000, 500, 576.52, 8.9, 00000000:01:00.0, [N/A]\n";
  }

  @ParameterizedTest
  @CsvSource({
    "NVIDIA GeForce RTX 4070, 10de:2786",
    "nvidia geforce rtx\u00a04070, 10de:2786",
    "NVIDIA GeForce RTX 3050, 10de:2507",
    "NVIDIA Something Else, 10de:2507"
  })
  void theAdapterOfTheSameNameTellsTheNumberOfACard(String listed, String id) {
    SmallHost host =
        host(controller("NVIDIA GeForce RTX 3050", pci("10DE", "2507"), "32.0.15.7652")
                + ","
                + controller("NVIDIA GeForce RTX 4070", pci("10DE", "2786"), "32.0.15.7652")
                + ","
                + controller("Intel(R) UHD", pci("8086", "A780"), "31"))
            .command("nvidia-smi-csv", 0, row(listed));
    Machine machine = host.machine();
    assertEquals(Optional.of(id), machine.accelerators().getFirst().identity().pciId());
    assertEquals(3, machine.accelerators().size(), "the other card is not listed");
    assertEquals(
        List.of(
            "discrete cuda", "discrete driver-not-reachable", "integrated igpu-dropped-by-default"),
        SmallHost.judged(machine));
  }

  @Test
  void aListedCardWithoutAnAdapterHasNoNumber() {
    Machine machine =
        host(controller("Intel(R) UHD", pci("8086", "A780"), "31"))
            .command("nvidia-smi-csv", 0, row("NVIDIA GeForce RTX 4070"))
            .machine();
    assertEquals(Optional.empty(), machine.accelerators().getFirst().identity().pciId());
    assertEquals(2, machine.accelerators().size());
  }

  @Test
  void onArmNvidiasGpuIsPartOfTheChip() {
    SmallHost host =
        new SmallHost()
            .command(
                "win-cim-json",
                0,
                "{\"Win32_OperatingSystem\": {\"OSArchitecture\": \"ARM 64-bit\","
                    + " \"TotalVisibleMemorySize\": 33554432},"
                    + " \"Win32_VideoController\": "
                    + controller("NVIDIA N1X", pci("10DE", "2E2A"), "32.0.15.9000")
                    + "}")
            .command("win-registry-json", 0, "[]")
            .command("win-dxgi-json", 0, "[]");
    Accelerator gpu = only(host);
    assertEquals(Kind.INTEGRATED, gpu.kind());
    assertEquals(Pool.CARVE_OUT, gpu.memory().pool());
    assertTrue(gpu.memory().totalIsLowerBound());
    Accelerator card = only(host(controller("NVIDIA x", pci("10DE", "2786"), "32.0.15.7652")));
    assertEquals(Pool.DEDICATED, card.memory().pool());
    assertEquals(Kind.DISCRETE, card.kind());
  }

  @ParameterizedTest
  @CsvSource({
    "744C, '', discrete rocm",
    "744C, 0, discrete rocm",
    "744C, GPU-7, discrete rocm",
    "744C, -1, discrete hidden-by-environment",
    "744C, none, discrete hidden-by-environment",
    "731F, none, discrete vulkan",
    "15BF, '', integrated igpu-dropped-by-default",
    "FFFF, '', discrete vulkan"
  })
  void amdsCardsAreRocmsWhereItHasKernels(String device, String visible, String state) {
    SmallHost host = host(controller("AMD Radeon RX 1", pci("1002", device), "32"));
    if (!visible.isEmpty()) {
      host.env("HIP_VISIBLE_DEVICES", visible);
    }
    assertEquals(List.of(state), SmallHost.judged(host.machine()));
  }

  @ParameterizedTest
  @CsvSource({
    "AMD Radeon(TM) Graphics, INTEGRATED",
    "AMD Radeon 780M Graphics, INTEGRATED",
    "AMD Radeon RX 9990, DISCRETE"
  })
  void anUnknownGpuOfAmdIsKnownByItsName(String name, Kind kind) {
    assertEquals(kind, only(host(controller(name, pci("1002", "FFFE"), "32"))).kind());
  }

  @ParameterizedTest
  @CsvSource({
    "56A0, DISCRETE",
    "E20B, DISCRETE",
    "4905, DISCRETE",
    "0BD5, DISCRETE",
    "A780, INTEGRATED"
  })
  void intelsCardsAreKnownByTheirNumber(String device, Kind kind) {
    assertEquals(kind, only(host(controller("Intel x", pci("8086", device), "32"))).kind());
  }

  @ParameterizedTest
  @CsvSource({
    "PCI\\VEN_1414&DEV_008E, virtual virtual-display",
    "PCI\\VEN_1A03&DEV_2000, bmc display-only",
    "VMBUS\\{DA0A7802}, virtual virtual-display",
    "ACPI\\VEN_QCOM&DEV_0C36, integrated unsupported-by-ollama",
    "PCI\\VEN_1ED5&DEV_0200, integrated unsupported-by-ollama"
  })
  void displaysOfOtherMakersAreNotComputedOn(String id, String state) {
    assertEquals(List.of(state), SmallHost.judged(host(controller("x", id, "1")).machine()));
  }

  @Test
  void theBasicDisplayOfARealMachineIsACardWithoutADriver() {
    SmallHost host = host(controller("Microsoft Basic Display Adapter", pci("10DE", "2786"), "10"));
    assertEquals(List.of("discrete driver-missing"), SmallHost.judged(host.machine()));
  }
}
