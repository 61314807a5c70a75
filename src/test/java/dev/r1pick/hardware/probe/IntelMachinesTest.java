package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.probe.intel.IntelProbe;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Intel's drivers and tool mean.
class IntelMachinesTest {
  @ParameterizedTest
  @CsvSource({
    "0x5600, true",
    "0x56ff, true",
    "0x55ff, false",
    "0x5700, false",
    "0xe200, true",
    "0xe2ff, true",
    "0xe300, false",
    "0x4900, true",
    "0x490f, true",
    "0x4910, false",
    "0x48ff, false",
    "0x0bd0, true",
    "0x0bdf, true",
    "0x0be0, false"
  })
  void cardsOfIntelHaveNumbersOfTheirOwn(String device, boolean card) {
    assertEquals(card, IntelProbe.isCard(Integer.decode(device)));
  }

  private static SmallHost intel(String address, String driver) {
    return SmallHost.linux().card(0, address, "8086:ffff", driver);
  }

  @Test
  void anUnknownGpuOfIntelIsACardWithMemoryOfItsOwnOrAwayFromBusZero() {
    assertEquals(Kind.INTEGRATED, kind(intel("0000:00:02.0", "xe")));
    assertEquals(Kind.DISCRETE, kind(intel("0000:03:00.0", "xe")));
    assertEquals(
        Kind.INTEGRATED, kind(intel("0000:00:02.0", "xe").cardFile(0, "lmem_total_bytes", "0")));
    SmallHost old = intel("0000:00:02.0", "i915").cardFile(0, "lmem_total_bytes", "17179869184");
    assertEquals(Kind.DISCRETE, kind(old));
    assertEquals(
        Optional.of(Bytes.ofGiB(16)), old.machine().accelerators().getFirst().memory().total());
    SmallHost dkms =
        intel("0000:03:00.0", "i915")
            .file("/sys/class/drm/card0/lmem_total_bytes", "17071644672\n");
    assertEquals(
        Optional.of(Bytes.of(17071644672L)),
        dkms.machine().accelerators().getFirst().memory().total(),
        "the driver of Intel's package");
    SmallHost tiles =
        intel("0000:03:00.0", "xe")
            .cardFile(0, "tile0/physical_vram_size_bytes", "8589934592")
            .cardFile(0, "tile1/physical_vram_size_bytes", "8589934592");
    assertEquals(
        Optional.of(Bytes.ofGiB(16)), tiles.machine().accelerators().getFirst().memory().total());
  }

  private static Kind kind(SmallHost host) {
    return host.machine().accelerators().getFirst().kind();
  }

  @ParameterizedTest
  @CsvSource({
    "xe, discrete vulkan",
    "i915, discrete vulkan",
    "vfio-pci, discrete driver-missing",
    "'', discrete driver-missing"
  })
  void twoDriversDriveIntelsCards(String driver, String state) {
    assertEquals(List.of(state), SmallHost.judged(intel("0000:03:00.0", driver).machine()));
  }

  @Test
  void aGpuInIntelsProcessorIsUsedWhereThatIsSwitchedOn() {
    SmallHost host = intel("0000:00:02.0", "i915").env("OLLAMA_IGPU_ENABLE", "1");
    assertEquals(List.of("integrated vulkan"), SmallHost.judged(host.machine()));
    assertEquals(
        List.of("integrated hidden-by-environment"),
        SmallHost.judged(host.env("OLLAMA_LLM_LIBRARY", "cuda").machine()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"drm_device\": \"/dev/dri/card0\" | 15",
        "\"pci_bdf_address\": \"0000:03:00.0\" | 15",
        "\"drm_device\": \"/dev/dri/card1\", \"pci_bdf_address\": \"0000:04:00.0\" | none",
        "\"device_id\": 0 | none"
      })
  void theToolsFigureIsThatOfItsCardOrAddress(String identity, String free) {
    SmallHost host =
        intel("0000:03:00.0", "xe")
            .command(
                "xpu-smi-discovery-json",
                0,
                "{"
                    + identity
                    + ", \"memory_physical_size_byte\": \"17179869184\","
                    + " \"memory_free_size_byte\": \"16106127360\"}");
    assertEquals(
        free.equals("none") ? Optional.empty() : Optional.of(Bytes.ofGiB(15)),
        host.machine().accelerators().getFirst().memory().free());
  }

  @Test
  void aSizeOfZeroIsNoAnswerOfTheTool() {
    SmallHost host =
        intel("0000:03:00.0", "xe")
            .cardFile(0, "lmem_total_bytes", "17179869184")
            .command(
                "xpu-smi-discovery-json",
                0,
                "{\"drm_device\": \"/dev/dri/card0\", \"memory_physical_size_byte\": \"0\"}");
    assertEquals(
        Optional.of(Bytes.ofGiB(16)), host.machine().accelerators().getFirst().memory().total());
  }
}
