package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.AmdChips;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.hardware.VisibleDevices;
import dev.r1pick.hardware.probe.nvidia.NvidiaGenerations;
import dev.r1pick.hardware.probe.nvidia.NvidiaSmi;
import dev.r1pick.hardware.probe.system.CpuProbe;
import dev.r1pick.hardware.probe.system.OllamaProbe;
import dev.r1pick.hardware.probe.windows.WindowsDevices;
import dev.r1pick.hardware.probe.windows.WindowsProbe;
import dev.r1pick.host.Host;
import dev.r1pick.host.LiveWindows;
import dev.r1pick.ollama.DriverVersion;
import dev.r1pick.ollama.ServerAddress;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of the probes on texts, one by one.
class ProbeRulesTest {
  private static final List<String> CARDS = List.of("GPU-aa11", "GPU-aa22", "GPU-bb33");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "0,2,-1,1 | 0 2",
        "1 | 1",
        "~~ | ~~",
        "-1 | ~~",
        "\"0\" | ~~",
        "GPU-bb | 2",
        "GPU-aa | ~~",
        "GPU-aa11,GPU-aa22 | 0 1",
        "2, 0 | 0 2",
        "0,0,1 | 0",
        "7 | ~~",
        "none | ~~"
      })
  void theListOfVisibleDevicesEndsAtItsFirstInvalidEntry(String list, String visible) {
    var expected = new TreeSet<Integer>();
    for (String index : Text.words(visible)) {
      expected.add(Integer.valueOf(index));
    }
    assertEquals(expected, new TreeSet<>(VisibleDevices.of(list, CARDS)));
  }

  @ParameterizedTest
  @CsvSource({
    "550.163.01, 550, false",
    "549.99, 550, true",
    "551.23, 551.61, true",
    "551.61, 551.61, false",
    "555.85, 551.61, false",
    "551, 551.61, true",
    "unknown, 550, false",
    "3.5, 5.0, true",
    "12.1, 5.0, false"
  })
  void versionsAreComparedNumberByNumber(String driver, String floor, boolean older) {
    assertEquals(older, DriverVersion.isOlder(driver, floor));
  }

  @ParameterizedTest
  @CsvSource({
    "90012, gfx90c",
    "110501, gfx1151",
    "90402, gfx942",
    "90010, gfx90a",
    "100300, gfx1030"
  })
  void theTargetsMinorAndStepAreHexadecimal(long version, String target) {
    assertEquals(Optional.of(target), AmdChips.ofVersion(version));
  }

  @Test
  void anOverrideNamesAnotherTarget() {
    assertEquals(Optional.of("gfx1030"), AmdChips.ofOverride("10.3.0"));
    assertEquals(Optional.of("gfx1100"), AmdChips.ofOverride("11.0.0"));
    assertEquals(Optional.empty(), AmdChips.ofOverride("gfx1030"));
  }

  @ParameterizedTest
  @CsvSource({
    "0x1004, 3.5",
    "0x1380, 5.0",
    "0x17c2, 5.2",
    "0x1b80, 6.1",
    "0x1eb8, 7.5",
    "0x2182, 7.5",
    "0x20b2, 8.0",
    "0x2204, 8.6",
    "0x2330, 9.0",
    "0x2684, 8.9"
  })
  void aChipsNumberTellsItsGeneration(String device, String capability) {
    assertEquals(Optional.of(capability), NvidiaGenerations.capability(Integer.decode(device)));
  }

  @ParameterizedTest
  @CsvSource({
    "GeForce GTX 780, true",
    "Tesla K80, true",
    "GeForce GT 710, true",
    "GeForce GTX 750 Ti, false",
    "GeForce GTX 960, false",
    "NVIDIA GeForce RTX 3060, false",
    "Tesla M40 24GB, false"
  })
  void aNameTellsAChipThatIsTooOld(String name, boolean tooOld) {
    assertEquals(tooOld, NvidiaGenerations.isBeforeMaxwell(name));
  }

  @Test
  void aLostCardThatStandsInPlaceOfItsRowIsADeviceOfItsOwn() {
    List<NvidiaSmi.Row> rows =
        NvidiaSmi.rows(
            """
            Unable to determine the device handle for GPU0000:0B:00.0: GPU is lost.  Reboot.
            0, GPU-1, NVIDIA GeForce RTX 4060, 8188, 7775, 1, 575.57.08, 8.9, 00000000:01:00.0, [N/A]
            """,
            false);
    assertEquals(2, rows.size());
    assertTrue(rows.getFirst().isLost());
    assertEquals(Optional.of("0000:0b:00.0"), rows.getFirst().pciAddress());
    assertEquals(Optional.of(Bytes.ofMiB(7775)), rows.get(1).free());
  }

  @ParameterizedTest
  @CsvSource({
    "12, '', DRIVER_MISSING",
    "17, '', DRIVER_NOT_REACHABLE",
    "255, 'GPU is lost', DEVICE_LOST",
    "1, 'Failed to initialize NVML: Driver/library version mismatch', DRIVER_LIBRARY_MISMATCH",
    "1, '', DRIVER_ERROR"
  })
  void whatTheToolSaysOnFailureIsAReason(int exit, String text, WhyNot reason) {
    assertEquals(reason, NvidiaSmi.failure(new Host.CommandResult.Finished(exit, "", text)));
  }

  @ParameterizedTest
  @CsvSource({
    "ollama version is 0.33.0, 0.33.0",
    "Warning: client version is 0.5.4, 0.5.4",
    "ollama version is v0.30.11-rc1, 0.30.11-rc1"
  })
  void theVersionIsReadFromEitherLine(String line, String version) {
    assertEquals(
        Optional.of(version),
        OllamaProbe.version(
            "Warning: could not connect to a running Ollama instance\n" + line + "\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.1.7, 192.168.1.7",
    "http://gpubox, gpubox",
    "https://gpubox:9/base, gpubox",
    "[2001:db8::1]:11434, 2001:db8::1"
  })
  void anotherMachineIsElsewhere(String address, String host) {
    assertEquals(Optional.of(host), ServerAddress.otherMachine(address));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:11434",
    ":8080",
    "localhost",
    "0.0.0.0",
    "::1",
    "[::]:11434",
    "http://127.0.0.1/"
  })
  void thisMachineIsNotElsewhere(String address) {
    assertEquals(Optional.empty(), ServerAddress.otherMachine(address));
  }

  @Test
  void theRegistryQueryBecomesTheRecordedForm() {
    String json =
        LiveWindows.registryJson(
            """

            HKEY_LOCAL_MACHINE\\SYSTEM\\Control\\Class\\{4d36e968-e325-11ce-bfc1-08002be10318}\\0000
                DriverDesc    REG_SZ    AMD Radeon RX 9070 XT
                MatchingDeviceId    REG_SZ    PCI\\VEN_1002&DEV_7550
                HardwareInformation.qwMemorySize    REG_QWORD    0x3fb000000
                HardwareInformation.MemorySize    REG_BINARY    00F0FF7F
            HKEY_LOCAL_MACHINE\\SYSTEM\\Control\\Class\\{4d36e968-e325-11ce-bfc1-08002be10318}\\Properties
            """);
    var probe =
        new WindowsProbe(
            "",
            json,
            "[{\"Description\": \"AMD Radeon RX 9070 XT\", \"VendorId\": 4098, \"DeviceId\": 30032,"
                + " \"DedicatedVideoMemory\": 17000000000}]");
    assertEquals(Optional.of(Bytes.of(0x3fb000000L)), probe.adapters().getFirst().dedicated());
  }

  @ParameterizedTest
  @CsvSource({"32.0.15.7652, 576.52", "31.0.15.3640, 536.40", "32.0.16.1630, 616.30"})
  void windowsHidesNvidiasVersionInItsLastDigits(String windows, String nvidia) {
    assertEquals(Optional.of(nvidia), WindowsDevices.nvidiaVersion(windows));
  }

  @Test
  void namesLoseWhatCouldDriveATerminal() {
    assertEquals("RTX 3060 red", Text.clean(" RTX\t3060\u001b \u202ered\u0007\u009b "));
    assertEquals("Radeon", Text.clean("Rade\ufffdon\u0000"));
    assertEquals(160, Text.clean("x".repeat(5000)).length());
  }

  @Test
  void affinityListsAreCounted() {
    assertEquals(List.of(0, 1, 2, 8), CpuProbe.members("0-2,8"));
    assertEquals(List.of(), CpuProbe.members(""));
    assertTrue(CpuProbe.members("0-99999999999").size() <= 1 << 16);
  }

  @Test
  void jsonIsFoundBehindWarnings() {
    assertTrue(
        Text.json("WARNING: AMD GPU device(s) is/are in a low-power state.\n\n{\"card0\": 1}")
            .isPresent());
    assertTrue(Text.json("[warn] first\n{\"card0\": 1}").isPresent());
    assertTrue(Text.json("{broken").isEmpty());
  }

  @Test
  void everyCodeIsThatOfAReasonAndTheListOfCodesStaysAsItIs() {
    Set<String> codes = new TreeSet<>();
    Set<String> ids = new TreeSet<>();
    for (WhyNot reason : WhyNot.values()) {
      codes.add(reason.code());
      ids.add(reason.id());
    }
    assertEquals(WhyNot.values().length, ids.size());
    assertTrue(ids.containsAll(codes), codes::toString);
    assertEquals(17, codes.size(), "JSON's list of codes is published");
  }
}
