package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.probe.nvidia.NvidiaGenerations;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How a chip of NVIDIA is known by number, name or board.
class NvidiaChipsTest {
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

  @ParameterizedTest
  @CsvSource({
    "0x05ff, 1.3",
    "0x0600, 3.5",
    "0x133f, 3.5",
    "0x1340, 5.0",
    "0x13bf, 5.0",
    "0x13c0, 5.2",
    "0x15ef, 5.2",
    "0x15f0, 6.0",
    "0x16ff, 6.0",
    "0x1700, 5.2",
    "0x1aff, 5.2",
    "0x1b00, 6.1",
    "0x1d7f, 6.1",
    "0x1d80, 7.0",
    "0x1dff, 7.0",
    "0x1e00, 7.5",
    "0x1fff, 7.5",
    "0x2000, 8.0",
    "0x217f, 8.0",
    "0x2180, 7.5",
    "0x21ff, 7.5",
    "0x2200, 8.6",
    "0x22ff, 8.6",
    "0x2300, 9.0",
    "0x23ff, 9.0",
    "0x2400, 8.6",
    "0x25ff, 8.6",
    "0x2600, 8.9",
    "0x28ff, 8.9",
    "0x2900, ''"
  })
  void aGenerationIsARangeOfDeviceNumbers(String device, String capability) {
    assertEquals(capability, NvidiaGenerations.capability(Integer.decode(device)).orElse(""));
  }

  @ParameterizedTest
  @CsvSource({
    "GeForce GTX 744, true",
    "GeForce GTX 745, false",
    "GeForce GTX 760, true",
    "GeForce GTX 761, false",
    "GeForce GTX 770, true",
    "GeForce GTX 780, true",
    "GeForce GTX 950, false",
    "GeForce GT 730, true",
    "GeForce GT 1030, false",
    "GeForce GTX Titan, false",
    "GTX 680, true",
    "GTX, false",
    "Tesla K20m, true",
    "GRID K2, true",
    "Tesla M2090, true",
    "Tesla M60, false",
    "Quadro 600, false"
  })
  void aNameOfAChipBeforeMaxwell(String name, boolean before) {
    assertEquals(before, NvidiaGenerations.isBeforeMaxwell(name));
  }

  @ParameterizedTest
  @CsvSource({
    "NVIDIA Jetson AGX Thor Developer Kit, 11.0",
    "NVIDIA Jetson AGX Orin Developer Kit, 8.7",
    "NVIDIA Jetson Xavier NX Developer Kit, 7.2",
    "NVIDIA Jetson TX2 Developer Kit, 6.2",
    "NVIDIA Jetson Nano Developer Kit, ''"
  })
  void aBoardTellsItsChip(String board, String capability) {
    Accelerator gpu =
        only(SmallHost.linux().file("/sys/firmware/devicetree/base/model", board + "\0"));
    assertEquals(board, gpu.name());
    assertEquals(capability, gpu.identity().computeCapability().orElse(""));
    assertEquals(Kind.INTEGRATED, gpu.kind());
  }

  @ParameterizedTest
  @CsvSource({
    "Orin (nvgpu), 8.7, SHARED",
    "NVIDIA Thor, 11.0, SHARED",
    "Xavier (nvgpu), 7.2, SHARED",
    "NVIDIA Tegra X1, '', SHARED",
    "NVIDIA GB10, '', SHARED",
    "NVIDIA GB200, '', DEDICATED"
  })
  void aNameOfTheDriverTellsAChipThatSharesItsMemory(String name, String capability, Pool pool) {
    Accelerator gpu =
        only(listed("0, GPU-1, " + name + ", [N/A], [N/A], [N/A], 580.1, [N/A], [N/A], [N/A]"));
    assertEquals(capability, gpu.identity().computeCapability().orElse(""));
    assertEquals(pool, gpu.memory().pool());
  }

  @Test
  void gb10IsKnownByItsNumberOnTheBus() {
    SmallHost host =
        listed("0, GPU-1, NVIDIA Device, 130000, [N/A], [N/A], 580.1, 12.1, 000F:01:00.0, [N/A]")
            .card(0, "000f:01:00.0", "10de:2e12", "nvidia");
    Accelerator gpu = only(host);
    assertEquals(Kind.INTEGRATED, gpu.kind());
    assertEquals(Optional.of(Bytes.ofGiB(64)), gpu.memory().total(), "no more than there is");
    SmallHost other =
        listed("0, GPU-1, NVIDIA Device, 8192, 8000, 100, 580.1, 12.1, 000F:01:00.0, [N/A]")
            .card(0, "000f:01:00.0", "10de:2e13", "nvidia");
    assertEquals(Kind.DISCRETE, only(other).kind());
    SmallHost alone = SmallHost.linux().card(0, "000f:01:00.0", "10de:2e12", "nvidia");
    assertEquals(Pool.SHARED, only(alone).memory().pool());
  }

  @Test
  void theSmallerOfToolAndSystemIsWhatAChipShares() {
    Accelerator less =
        only(listed("0, GPU-1, NVIDIA GB10, 32768, 1, 1, 580.1, 12.1, 000F:01:00.0, [N/A]"));
    assertEquals(Optional.of(Bytes.ofGiB(32)), less.memory().total());
    assertEquals(Optional.of(Bytes.ofGiB(32)), less.memory().free(), "no more than the total");
  }

  @Test
  void anIntegratedGpuOfNvidiaIsUsedUnlessSwitchedOff() {
    SmallHost orin =
        SmallHost.linux()
            .file("/sys/firmware/devicetree/base/model", "NVIDIA Jetson AGX Orin Developer Kit\0");
    assertEquals(List.of("integrated cuda"), SmallHost.judged(orin.machine()));
    assertEquals(
        List.of("integrated igpu-dropped-by-default"),
        SmallHost.judged(orin.env("OLLAMA_IGPU_ENABLE", "0").machine()));
    SmallHost card = card(row(0, "6138, 5900, 100", REST)).env("OLLAMA_IGPU_ENABLE", "0");
    assertEquals(List.of("discrete cuda"), SmallHost.judged(card.machine()));
  }

  @Test
  void aJetsonWhoseToolFailsSaysWhy() {
    SmallHost host =
        SmallHost.linux()
            .file("/sys/firmware/devicetree/base/model", "NVIDIA Jetson AGX Orin Developer Kit\0")
            .command("nvidia-smi-csv", 9, "");
    assertEquals(List.of("integrated driver-not-loaded"), SmallHost.judged(host.machine()));
    assertFalse(SmallHost.noteIds(host.machine()).contains("nvidia-smi-failed"));
  }
}
