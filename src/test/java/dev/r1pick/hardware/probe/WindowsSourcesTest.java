package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.MemoryModules;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.probe.windows.WindowsDevices;
import dev.r1pick.hardware.probe.windows.WindowsProbe;
import dev.r1pick.hardware.probe.windows.WindowsProbe.Adapter;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each value of CIM, the registry and DXGI means.
class WindowsSourcesTest {
  private static final String SYSTEM =
      "\"Win32_OperatingSystem\": {\"OSArchitecture\": \"64-bit\","
          + " \"TotalVisibleMemorySize\": 33554432, \"FreePhysicalMemory\": 16777216}";

  private static WindowsProbe probe(String cim) {
    return new WindowsProbe("{" + cim + "}", "", "");
  }

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

  // --- the system

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~\"Win32_OperatingSystem\": {\"OSArchitecture\": \"ARM 64-bit\"}~ | x86_64 | aarch64",
        "~\"Win32_OperatingSystem\": {\"OSArchitecture\": \"64-bit\"}~ | aarch64 | x86_64",
        "~\"Win32_Processor\": {\"Architecture\": 12}~ | x86_64 | aarch64",
        "~\"Win32_Processor\": [{\"Architecture\": 9}]~ | aarch64 | x86_64",
        "~~ | aarch64 | aarch64",
        "~~ | x86_64 | x86_64"
      })
  void theArchitectureIsThatOfTheSystemAndNotOfTheProcess(
      String cim, String process, String architecture) {
    assertEquals(architecture, probe(cim).os(process).arch());
  }

  @ParameterizedTest
  @CsvSource({
    "Virtual Machine, Microsoft Corporation, true",
    "VMware7, VMware, true",
    "VirtualBox, innotek, true",
    "Standard PC, QEMU, true",
    "HVM domU, Xen, true",
    "KVM, Red Hat, true",
    "20X, LENOVO, false"
  })
  void aVirtualMachineIsKnownByItsMaker(String model, String maker, boolean virtual) {
    String cim =
        "\"Win32_ComputerSystem\": {\"Model\": \"%s\", \"Manufacturer\": \"%s\"}"
            .formatted(model, maker);
    assertEquals(virtual, probe(cim).os("x86_64").virtualMachine());
  }

  @Test
  void theModulesAreTold() {
    WindowsProbe probe =
        probe(
            "\"Win32_PhysicalMemory\": [{\"Capacity\": 17179869184, \"Speed\": 5600,"
                + " \"ConfiguredClockSpeed\": 4800, \"DataWidth\": 64},"
                + " {\"Capacity\": 17179869184, \"Speed\": 5200, \"DataWidth\": 64}]");
    assertEquals(Optional.of(new MemoryModules(2, 4800, 128)), probe.ram().modules());
    assertEquals(
        Optional.empty(),
        probe("\"Win32_PhysicalMemory\": [{\"Capacity\": 17179869184}]").ram().modules());
  }

  @Test
  void socketsCountTogether() {
    WindowsProbe probe =
        probe(
            "\"Win32_Processor\": [{\"Name\": \"EPYC\", \"NumberOfCores\": 64,"
                + " \"NumberOfLogicalProcessors\": 128}, {\"Name\": \"x\", \"NumberOfCores\": 64,"
                + " \"NumberOfLogicalProcessors\": 128}]");
    Cpu cpu = probe.cpu(probe.os("x86_64"), OptionalInt.of(32));
    assertEquals(Optional.of(2), cpu.sockets());
    assertEquals(Optional.of("EPYC"), cpu.name());
    assertEquals(Optional.of(128), cpu.physicalCores());
    assertEquals(256, cpu.logicalCpus());
    assertEquals(32, cpu.usableCpus());
    assertEquals(List.of(), cpu.features());
  }

  @ParameterizedTest
  @CsvSource({"'', 1", "0, 1", "1, 1", "8, 8"})
  void withoutAProcessorTheThreadsAreThoseOfTheProcess(String processors, int threads) {
    WindowsProbe probe = probe("");
    Cpu cpu =
        probe.cpu(
            probe.os("aarch64"),
            processors.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(processors)));
    assertEquals(threads, cpu.logicalCpus());
    assertEquals(threads, cpu.usableCpus());
    assertEquals(Optional.empty(), cpu.physicalCores());
    assertEquals(List.of("neon"), cpu.features());
  }

  @Test
  void memoryIsWhatWindowsSeesAndWhatIsFittedStandsBeside() {
    Ram ram =
        probe(
                SYSTEM
                    + ", \"Win32_PhysicalMemory\": [{\"Capacity\": 17179869184},"
                    + " {\"Capacity\": 17179869184}]")
            .ram();
    assertEquals(Optional.of(Bytes.ofGiB(32)), ram.total());
    assertEquals(Optional.of(Bytes.ofGiB(16)), ram.available());
    assertEquals(Optional.of(Bytes.ofGiB(32)), ram.installed());
    assertEquals("TotalVisibleMemorySize, FreePhysicalMemory", ram.basis());
    Ram other =
        probe(
                "\"Win32_ComputerSystem\": {\"TotalPhysicalMemory\": 8589934592},"
                    + " \"Win32_OperatingSystem\": {\"FreePhysicalMemory\": 16777216,"
                    + " \"TotalVisibleMemorySize\": \"x\"}")
            .ram();
    assertEquals(Optional.of(Bytes.ofGiB(8)), other.total());
    assertEquals(Optional.of(Bytes.ofGiB(8)), other.available(), "no more than there is");
    assertEquals(Optional.empty(), other.installed());
    Ram none =
        probe(
                "\"Win32_OperatingSystem\": {\"TotalVisibleMemorySize\": 0, \"FreePhysicalMemory\": 9}")
            .ram();
    assertEquals(Optional.empty(), none.total());
    assertEquals(Optional.empty(), none.available());
    assertEquals("", none.basis());
  }

  // --- adapters

  @ParameterizedTest
  @CsvSource({
    "PCI\\VEN_8086&DEV_56A0, true",
    "ACPI\\VEN_QCOM&DEV_0C36, true",
    "VMBUS\\{DA0A7802}, true",
    "ROOT\\DISPLAY\\0000, false",
    "SWD\\REMOTEDISPLAYENUM, false"
  })
  void virtualMonitorsAreNoAdapters(String id, boolean adapter) {
    assertEquals(adapter ? 1 : 0, host(controller("x", id, "1")).machine().accelerators().size());
  }

  @Test
  void whatWindowsSwitchedOffIsNamedAndNotUsed() {
    SmallHost host =
        host(
            """
            {"Name": "Arc A770", "PNPDeviceID": "PCI\\\\VEN_8086&DEV_56A0",
             "ConfigManagerErrorCode": 22},
            {"PNPDeviceID": "PCI\\\\VEN_8086&DEV_56A0", "ConfigManagerErrorCode": 43},
            {"Name": "Remote", "PNPDeviceID": "ROOT\\\\DISPLAY", "ConfigManagerErrorCode": 22}
            """);
    Machine machine = host.machine();
    assertEquals(List.of(), machine.accelerators());
    assertEquals(2, SmallHost.noteIds(machine).stream().filter("adapter-disabled"::equals).count());
    assertTrue(machine.notes().contains(new Note.AdapterDisabled("Arc A770", 22)));
    assertTrue(machine.notes().contains(new Note.AdapterDisabled("?", 43)));
  }

  @Test
  void noMoreAdaptersAreNamedThanAScreenCanShow() {
    var many = new java.util.ArrayList<String>();
    for (int i = 1; i <= 20; i++) {
      many.add(
          "{\"Name\": \"x\", \"PNPDeviceID\": \"PCI\\\\VEN_8086&DEV_56A0\", \"ConfigManagerErrorCode\": "
              + i
              + "}");
    }
    assertEquals(
        16, probe("\"Win32_VideoController\": [" + String.join(",", many) + "]").failed().size());
    String on = controller("x", pci("8086", "56A0"), "1");
    String all = String.join(",", java.util.Collections.nCopies(65, on));
    assertEquals(64, probe("\"Win32_VideoController\": [" + all + "]").adapters().size());
  }

  private static Adapter sized(String device, String registry, String dxgi) {
    return new WindowsProbe(
            "{\"Win32_VideoController\": " + controller("x", pci("8086", device), "1") + "}",
            registry,
            dxgi)
        .adapters()
        .getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "17095983104 | 17095983104",
        "\"17095983104\" | 17095983104",
        "{\"bytes\": [0, 0, 0, 251, 3, 0, 0, 0]} | 17095983104",
        "[0, 0, 0, 251, 3, 0, 0, 0] | 17095983104",
        "[0, 0, 0, 0, 0, 0, 0, 128] | 5000",
        "[0, 0, 0, 251, 3, 0, 0] | 5000",
        "[0, 0, 0, 251, 3, 0, 0, 0, 0] | 5000",
        "[0, 0, 0, 256, 3, 0, 0, 0] | 5000",
        "[0, 0, 0, -1, 3, 0, 0, 0] | 5000",
        "[0, 0, 0, \"x\", 3, 0, 0, 0] | 5000",
        "[1, 0, 0, 0, 0, 0, 0, 0] | 1",
        "-1 | 5000",
        "0 | 5000",
        "null | 5000",
        "true | 5000"
      })
  void theSizeInTheRegistryIsANumberOrItsBytes(String value, long size) {
    Adapter adapter =
        sized(
            "56A0",
            """
            [{"MatchingDeviceId": "", "HardwareInformation.qwMemorySize": 1},
             {"MatchingDeviceId": "PCI\\\\VEN_8086&DEV_56A1", "HardwareInformation.qwMemorySize": 2},
             {"MatchingDeviceId": "PCI\\\\VEN_8087&DEV_56A0", "HardwareInformation.qwMemorySize": 3},
             {"MatchingDeviceId": "PCI\\\\VEN_8086&DEV_56A0",
              "HardwareInformation.qwMemorySize": %s}]
            """
                .formatted(value),
            """
            [{"VendorId": 32903, "DeviceId": 22176, "DedicatedVideoMemory": 1},
             {"VendorId": 32902, "DeviceId": 22177, "DedicatedVideoMemory": 2},
             {"VendorId": 32902, "DeviceId": 22176, "DedicatedVideoMemory": 5000}]
            """);
    assertEquals(Optional.of(Bytes.of(size)), adapter.dedicated());
  }

  @Test
  void twoCardsOfOneKindHaveEachItsEntry() {
    String two =
        "["
            + controller("a", pci("8086", "56A0"), "1")
            + ","
            + controller("b", pci("8086", "56A0"), "1")
            + "]";
    String registry =
        """
        [{"MatchingDeviceId": "PCI\\\\VEN_8086&DEV_56A0", "HardwareInformation.qwMemorySize": 100},
         {"MatchingDeviceId": "PCI\\\\VEN_8086&DEV_56A0", "HardwareInformation.qwMemorySize": 200}]
        """;
    List<Adapter> adapters =
        new WindowsProbe("{\"Win32_VideoController\": " + two + "}", registry, "").adapters();
    assertEquals(Optional.of(Bytes.of(100)), adapters.get(0).dedicated());
    assertEquals(Optional.of(Bytes.of(200)), adapters.get(1).dedicated());
    String dxgi =
        """
        [{"VendorId": 32902, "DeviceId": 22176, "DedicatedVideoMemory": 300},
         {"VendorId": 32902, "DeviceId": 22176, "DedicatedVideoMemory": 400}]
        """;
    List<Adapter> ofDxgi =
        new WindowsProbe("{\"Win32_VideoController\": " + two + "}", "", dxgi).adapters();
    assertEquals(Optional.of(Bytes.of(300)), ofDxgi.get(0).dedicated());
    assertEquals(Optional.of(Bytes.of(400)), ofDxgi.get(1).dedicated());
  }

  @Test
  void withoutCimTheAdaptersAreThoseOfDxgi() {
    List<Adapter> adapters =
        new WindowsProbe(
                "",
                "",
                """
                [{"Description": "Arc", "VendorId": 32902, "DeviceId": 22176,
                  "DedicatedVideoMemory": 17095983104, "Flags": 0},
                 {"Description": "Basic Render", "VendorId": 5140, "DeviceId": 140, "Flags": 0},
                 {"Description": "WARP", "VendorId": 32902, "DeviceId": 1, "Flags": 2},
                 {"Description": "no vendor", "DeviceId": 1},
                 {"Description": "no device", "VendorId": 32902}]
                """)
            .adapters();
    assertEquals(1, adapters.size(), adapters.toString());
    Adapter arc = adapters.getFirst();
    assertEquals("Arc", arc.name());
    assertEquals(OptionalInt.of(0x8086), arc.vendor());
    assertEquals(OptionalInt.of(0x56a0), arc.device());
    assertEquals(Optional.of(Bytes.of(17095983104L)), arc.dedicated());
    assertEquals(Optional.empty(), arc.driver());
    String many =
        String.join(
            ",", java.util.Collections.nCopies(65, "{\"VendorId\": 32902, \"DeviceId\": 22176}"));
    assertEquals(64, new WindowsProbe("", "", "[" + many + "]").adapters().size());
  }

  @ParameterizedTest
  @CsvSource({
    "PCI\\VEN_8086&DEV_56A0, 8086, 56a0, 8086",
    "ACPI\\VEN_QCOM&DEV_0C36, '', c36, qcom",
    "PCI\\VEN_80, '', '', 80",
    "VMBUS\\{DA0A7802}, '', '', ''",
    "PCI\\DEV_56A0&VEN_8086, 8086, 56a0, 8086"
  })
  void makerAndDeviceStandInTheId(String id, String vendor, String device, String maker) {
    Adapter adapter =
        probe("\"Win32_VideoController\": " + controller("x", id, "1")).adapters().getFirst();
    assertEquals(vendor, hex(adapter.vendor()));
    assertEquals(device, hex(adapter.device()));
    assertEquals(maker, adapter.maker());
  }

  private static String hex(OptionalInt number) {
    return number.isPresent() ? Integer.toHexString(number.getAsInt()) : "";
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3.45678, 456.78",
    "1.2.3.4567, ''",
    "32.0.15.7652, 576.52",
    "'', ''",
    "a/0:b1c2d3e4f5g6h7, 345.67"
  })
  void nvidiasVersionIsItsLastFiveDigits(String driver, String version) {
    assertEquals(version, WindowsDevices.nvidiaVersion(driver).orElse(""));
  }
}
