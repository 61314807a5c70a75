package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which of the cards on the bus and in the list can be used, and why not.
class NvidiaVisibilityTest {
  private static SmallHost listed(String... rows) {
    return SmallHost.linux()
        .file("/dev/nvidiactl", "")
        .command("nvidia-smi-csv", 0, String.join("\n", rows) + "\n");
  }

  /// One card at 0000:01:00.0 that is on the bus.
  private static SmallHost card(String row) {
    return listed(row).card(0, "0000:01:00.0", "10de:2204", "nvidia");
  }

  private static String row(int index, String memory, String rest) {
    return index + ", GPU-" + index + "a, NVIDIA RTX A2000, " + memory + ", " + rest;
  }

  private static final String REST = "550.90, 8.6, 00000000:01:00.0, [N/A]";

  // --- what only the bus shows

  @ParameterizedTest
  @CsvSource({
    "10de:0fff, nvidia, 1, compute-capability-too-low",
    "10de:2204, nvidia, 1, driver-error",
    "10de:2204, nouveau, 1, driver-missing",
    "10de:2204, '', 1, driver-error",
    "10de:2204, nvidia-open, 1, driver-error"
  })
  void aCardThatTheToolDoesNotListSaysWhy(String id, String driver, int exit, String reason) {
    SmallHost host =
        SmallHost.linux().card(0, "0000:01:00.0", id, driver).command("nvidia-smi-csv", exit, "");
    assertEquals(List.of("discrete " + reason), SmallHost.judged(host.machine()));
  }

  @ParameterizedTest
  @CsvSource({
    "nvidia, false, driver-not-reachable",
    "nvidia, true, driver-not-reachable",
    "nouveau, false, driver-missing"
  })
  void aCardBesideThoseListedIsNotGivenToThisJobOrHasNoDriver(
      String driver, boolean container, String reason) {
    SmallHost host =
        card(row(0, "6138, 6000, 100", REST)).card(1, "0000:02:00.0", "10de:2204", driver);
    if (container) {
      host.file("/.dockerenv", "");
    }
    assertEquals(List.of("discrete cuda", "discrete " + reason), SmallHost.judged(host.machine()));
  }

  @ParameterizedTest
  @CsvSource({"nvidia, driver-not-reachable", "nouveau, driver-missing", "'', driver-missing"})
  void withoutTheToolTheDriverOnTheBusSaysWhy(String driver, String reason) {
    SmallHost host = SmallHost.linux().card(0, "0000:01:00.0", "10de:2204", driver);
    assertEquals(List.of("discrete " + reason), SmallHost.judged(host.machine()));
  }

  // --- visibility and notes

  private static SmallHost two(long secondMib) {
    return listed(
            row(0, "6138, 6000, 100", "550.90, 8.6, 00000000:01:00.0, [N/A]"),
            row(1, secondMib + ", 6000, 100", "550.90, 8.6, 00000000:02:00.0, [N/A]"))
        .card(0, "0000:01:00.0", "10de:2204", "nvidia")
        .card(1, "0000:02:00.0", "10de:2204", "nvidia");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 8192, '', true",
    "0, 6138, '', false",
    "GPU-0a, 8192, '', false",
    "0, 8192, PCI_BUS_ID, false",
    "0, 8192, FASTEST_FIRST, true",
    "'', 8192, '', false"
  })
  void numbersOfUnequalCardsMayMeanOtherCards(
      String list, long secondMib, String order, boolean ambiguous) {
    SmallHost host = two(secondMib).env("CUDA_VISIBLE_DEVICES", list);
    if (!order.isEmpty()) {
      host.env("CUDA_DEVICE_ORDER", order);
    }
    assertEquals(ambiguous, SmallHost.noteIds(host.machine()).contains("cuda-index-ambiguous"));
    assertFalse(SmallHost.noteIds(two(secondMib).machine()).contains("cuda-index-ambiguous"));
  }

  @Test
  void aLostCardTakesNoPlaceInTheListOfVisibleOnes() {
    SmallHost host =
        listed(
                "Unable to determine the device handle for GPU0000:01:00.0: GPU is lost.",
                row(1, "6138, 6000, 100", "550.90, 8.6, 00000000:02:00.0, [N/A]"))
            .env("CUDA_VISIBLE_DEVICES", "0");
    assertEquals(
        List.of("discrete device-lost", "discrete cuda"), SmallHost.judged(host.machine()));
    assertEquals(
        List.of("discrete device-lost", "discrete hidden-by-environment"),
        SmallHost.judged(host.env("CUDA_VISIBLE_DEVICES", "1").machine()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aToolThatFailsWithoutACardOnTheBusIsSaid(boolean card) {
    SmallHost host = new SmallHost().file("/proc/meminfo", "MemTotal: 67108864 kB\n");
    host.command("nvidia-smi-csv", 1, "");
    if (card) {
      host.card(0, "0000:01:00.0", "10de:2204", "nvidia");
    }
    assertEquals(!card, SmallHost.noteIds(host.machine()).contains("nvidia-smi-failed"));
  }
}
