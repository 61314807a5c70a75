package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Usability;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// GGML_VK_VISIBLE_DEVICES on a machine with an RX 6700 XT and an RX 5700, both through Vulkan
/// only.
class VulkanVisibilityTest {
  private static final String NOTE = "vulkan-index-ambiguous";
  private static final String LISTED =
      """
      Devices:
      ========
      GPU0:
      \tvendorID           = 0x1002
      \tdeviceID           = 0x731f
      \tdeviceType         = PHYSICAL_DEVICE_TYPE_DISCRETE_GPU
      GPU1:
      \tvendorID           = 0x1002
      \tdeviceID           = 0x73df
      \tdeviceType         = PHYSICAL_DEVICE_TYPE_DISCRETE_GPU
      GPU2:
      \tvendorID           = 0x10005
      \tdeviceType         = PHYSICAL_DEVICE_TYPE_CPU
      """;

  private static SmallHost twoCards() {
    return SmallHost.linux()
        .amdCard(0, "0000:03:00.0", "1002:73df", 12_868_124_672L)
        .amdCard(1, "0000:0a:00.0", "1002:731f", 8_573_157_376L);
  }

  /// Which of the two stay, as `0 1`.
  private static String visible(Machine machine) {
    var visible = new StringBuilder();
    for (int i = 0; i < 2; i++) {
      if (machine.accelerators().get(i).usability() instanceof Usability.Usable) {
        visible.append(visible.isEmpty() ? "" : " ").append(i);
      }
    }
    return visible.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "0 | 0",
        "1 | 1",
        "0,1 | 0 1",
        "1 0 | 0 1",
        " 1 , | 1",
        "1,1 | 1",
        "~~ | ~~",
        "-1 | ~~",
        "0,-1 | ~~",
        "0,7 | ~~",
        "none | ~~",
        "1,none,0 | 1",
        "99999999999999999999999 | ~~"
      })
  void numbersCountCardsByTheirPlaceOnTheBusWhereNothingTellsMore(String list, String visible) {
    Machine machine = twoCards().env("GGML_VK_VISIBLE_DEVICES", list).machine();
    assertEquals(visible, visible(machine));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "2, ''", "3, ''"})
  void vulkansOwnOrderCountsWhereTheToolTellsIt(String list, String visible) {
    Machine machine =
        twoCards()
            .command("vulkaninfo-summary", 0, LISTED)
            .env("GGML_VK_VISIBLE_DEVICES", list)
            .machine();
    assertEquals(visible, visible(machine));
    assertFalse(SmallHost.noteIds(machine).contains(NOTE));
  }

  @Test
  void aGuessedOrderIsSaidToBeGuessed() {
    Machine guessed = twoCards().env("GGML_VK_VISIBLE_DEVICES", "1").machine();
    assertTrue(SmallHost.noteIds(guessed).contains(NOTE));
    Machine none = twoCards().env("GGML_VK_VISIBLE_DEVICES", "-1").machine();
    assertEquals(
        List.of("discrete hidden-by-environment", "discrete hidden-by-environment"),
        SmallHost.judged(none));
  }

  @Test
  void aDiscreteCardCountsBeforeTheGpuInTheProcessor() {
    Machine machine =
        SmallHost.linux()
            .card(0, "0000:00:02.0", "8086:a780", "i915")
            .amdCard(1, "0000:03:00.0", "1002:73df", 12_868_124_672L)
            .env("GGML_VK_VISIBLE_DEVICES", "0")
            .machine();
    assertEquals(
        List.of("discrete vulkan", "integrated igpu-dropped-by-default"),
        SmallHost.judged(machine));
  }

  @Test
  void nothingIsAskedAndNothingSaidWhereNoGpuIsVulkans() {
    Machine machine =
        SmallHost.linux()
            .amdCard(0, "0000:03:00.0", "1002:744c", 25_753_026_560L)
            .env("GGML_VK_VISIBLE_DEVICES", "7")
            .node("/dev/kfd", true)
            .machine();
    assertEquals(List.of("discrete rocm"), SmallHost.judged(machine));
    assertFalse(SmallHost.noteIds(machine).contains(NOTE));
  }

  @Test
  void eachIntelCardIsAskedForItsFreeMemory() {
    SmallHost host = SmallHost.linux();
    for (int i = 0; i < 3; i++) {
      host.card(i, "0000:0" + (i + 3) + ":00.0", "8086:e211", "xe")
          .cardFile(i, "tile0/physical_vram_size_bytes", "25669140480\n");
      // The tool counts from the last card.
      host.command(
          i == 0 ? "xpu-smi-discovery-json" : "xpu-smi-discovery-" + i + "-json",
          0,
          "{\"device_id\": "
              + i
              + ", \"pci_bdf_address\": \"0000:0"
              + (5 - i)
              + ":00.0\", \"memory_physical_size_byte\": \"25669140480\","
              + " \"memory_free_size_byte\": \""
              + (20_000_000_000L + i)
              + "\"}");
    }
    Machine machine = host.machine();
    assertEquals(3, machine.accelerators().size());
    for (int i = 0; i < 3; i++) {
      assertEquals(
          20_000_000_002L - i, machine.accelerators().get(i).memory().free().orElseThrow().count());
    }
  }
}
