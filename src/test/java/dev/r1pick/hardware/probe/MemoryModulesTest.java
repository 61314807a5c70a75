package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.MemoryModules;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How the memory is filled, as the firmware tells it.
class MemoryModulesTest {
  private static final String UDEV = "/run/udev/data/+dmi:id";
  private static final String TABLES = "/sys/firmware/dmi/tables/DMI";

  private static String slot(int number, String... facts) {
    var lines = new StringBuilder();
    for (String fact : facts) {
      lines.append("E:MEMORY_DEVICE_").append(number).append('_').append(fact).append('\n');
    }
    return lines.toString();
  }

  private static String module(int number, int transfers, int bits) {
    return slot(
        number,
        "SIZE=34359738368",
        "TYPE=DDR5",
        "SPEED_MTS=5600",
        "CONFIGURED_SPEED_MTS=" + transfers,
        "DATA_WIDTH=" + bits);
  }

  private static Optional<MemoryModules> ofUdev(String text) {
    return SmallHost.linux().file(UDEV, "I:123\n" + text).machine().ram().modules();
  }

  @Test
  void theSpeedThatIsSetCountsAndNotTheOneOfTheLabel() {
    assertEquals(
        Optional.of(new MemoryModules(2, 4800, 128)),
        ofUdev(module(0, 4800, 64) + module(1, 4800, 64)));
  }

  @Test
  void emptySlotsAreNoModules() {
    assertEquals(
        Optional.of(new MemoryModules(1, 4800, 64)),
        ofUdev(slot(0, "PRESENT=0", "TYPE=Unknown") + module(1, 4800, 64) + slot(2, "PRESENT=0")));
  }

  @Test
  void solderedChipsCountByTheirWidth() {
    var text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      text.append(module(i, 7500, 16));
    }
    assertEquals(Optional.of(new MemoryModules(8, 7500, 128)), ofUdev(text.toString()));
  }

  @Test
  void twelveSlotsAreNotTakenForTwo() {
    var text = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      text.append(module(i, 4800, 64));
    }
    assertEquals(Optional.of(new MemoryModules(12, 4800, 768)), ofUdev(text.toString()));
  }

  @Test
  void theSlowestDecides() {
    assertEquals(
        Optional.of(new MemoryModules(2, 4400, 128)),
        ofUdev(module(0, 4800, 64) + module(1, 4400, 64)));
  }

  @Test
  void oldFirmwareTellsNeitherWidthNorTheSpeedThatIsSet() {
    assertEquals(
        Optional.of(new MemoryModules(1, 1600, 64)),
        ofUdev(slot(0, "SIZE=8589934592", "TYPE=DDR3", "SPEED_MTS=1600")));
  }

  @ParameterizedTest
  @CsvSource({"Flash", "ROM", "Logical non-volatile device", "VRAM"})
  void whatIsNoSystemMemoryIsLeftOut(String type) {
    assertEquals(
        Optional.of(new MemoryModules(1, 2666, 64)),
        ofUdev(module(0, 2666, 64) + slot(1, "SIZE=4194304", "TYPE=" + type)));
  }

  @ParameterizedTest
  @CsvSource({"199", "20001", "0", "-1", "unknown", "''"})
  void aModuleWithoutASpeedMakesAllUnknown(String speed) {
    assertEquals(
        Optional.empty(),
        ofUdev(module(0, 4800, 64) + slot(1, "SIZE=34359738368", "SPEED_MTS=" + speed)));
  }

  private static final String DMIDECODE =
      """
      # dmidecode 3.3
      Handle 0x1100, DMI type 17, 92 bytes
      Memory Device
      \tTotal Width: 72 bits
      \tData Width: 64 bits
      \tSize: 32 GB
      \tType: DDR4
      \tSpeed: 3200 MT/s
      \tSerial Number: 12345678
      \tConfigured Memory Speed: 2933 MT/s
      \tMemory Technology: DRAM

      Handle 0x1101, DMI type 17, 92 bytes
      Memory Device
      \tTotal Width: Unknown
      \tData Width: Unknown
      \tSize: No Module Installed
      \tSpeed: Unknown
      \tConfigured Memory Speed: Unknown

      Handle 0x1102, DMI type 17, 92 bytes
      Memory Device
      \tTotal Width: 72 bits
      \tData Width: 64 bits
      \tSize: 128 GB
      \tType: Logical non-volatile device
      \tSpeed: 2666 MT/s
      \tConfigured Memory Speed: 2666 MT/s
      \tMemory Technology: Intel Optane DC persistent memory
      """;

  private static SmallHost rootWithoutUdev() {
    return SmallHost.linux().file(TABLES, "").command("dmidecode-memory", 0, DMIDECODE);
  }

  @Test
  void rootAsksDmidecodeWhereUdevDoesNotTell() {
    Machine machine = rootWithoutUdev().node(TABLES, true).machine();
    assertEquals(Optional.of(new MemoryModules(1, 2933, 64)), machine.ram().modules());
  }

  @Test
  void othersDoNotStartWhatWouldFail() {
    Machine machine = rootWithoutUdev().node(TABLES, false).machine();
    assertEquals(Optional.empty(), machine.ram().modules());
  }

  @Test
  void oldDmidecodeWritesMegahertz() {
    Machine machine =
        SmallHost.linux()
            .node(TABLES, true)
            .command(
                "dmidecode-memory",
                0,
                """
                Memory Device
                \tSize: 8192 MB
                \tData Width: 64 bits
                \tConfigured Clock Speed: 2133 MHz
                """)
            .machine();
    assertEquals(Optional.of(new MemoryModules(1, 2133, 64)), machine.ram().modules());
  }
}
