package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Machine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which devices numbers in Vulkan's list mean.
class VulkanOrderTest {
  private static final long GIB = 1L << 30;

  private static Machine vulkan(String list, String summary) {
    SmallHost host =
        SmallHost.linux()
            .amdCard(0, "0000:03:00.0", "1002:73df", 12 * GIB)
            .amdCard(1, "0000:0a:00.0", "1002:73df", 12 * GIB)
            .env("GGML_VK_VISIBLE_DEVICES", list);
    return (summary.isEmpty() ? host : host.command("vulkaninfo-summary", 0, summary)).machine();
  }

  private static String gpu(int number, String id) {
    return "GPU%d:\n vendorID = 0x1002\n deviceID = 0x%s\n deviceType = X_GPU\nx\n= y\n"
        .formatted(number, id);
  }

  private static final String USED = "discrete vulkan";
  private static final String HIDDEN = "discrete hidden-by-environment";

  @Test
  void twoCardsOfOneKindHaveEachItsPlaceInTheList() {
    String both = gpu(0, "73df") + gpu(1, "73df");
    assertEquals(List.of(USED, HIDDEN), SmallHost.judged(vulkan("0", both)));
    assertEquals(List.of(HIDDEN, USED), SmallHost.judged(vulkan("1", both)));
    assertEquals(List.of(USED, USED), SmallHost.judged(vulkan("0,1", both)));
    String other = gpu(0, "9999") + gpu(1, "73df");
    assertEquals(List.of(HIDDEN, HIDDEN), SmallHost.judged(vulkan("0", other)));
    assertEquals(List.of(USED, HIDDEN), SmallHost.judged(vulkan("1", other)));
    assertEquals(List.of(HIDDEN, HIDDEN), SmallHost.judged(vulkan("2", other)), "beyond the last");
  }

  @Test
  void aListOfManyDevicesIsCutAtSixtyFour() {
    var all = new StringBuilder();
    for (int i = 0; i < 64; i++) {
      all.append(gpu(i, i == 63 ? "73df" : "9999"));
    }
    assertEquals(List.of(USED, HIDDEN), SmallHost.judged(vulkan("63", all.toString())));
    String more = all.toString().replace("73df", "9999") + gpu(64, "73df");
    assertEquals(List.of(HIDDEN, HIDDEN), SmallHost.judged(vulkan("64", more)));
    String numbers = "0,".repeat(64) + "1";
    assertEquals(List.of(USED, HIDDEN), SmallHost.judged(vulkan(numbers, "")));
    assertEquals(List.of(USED, USED), SmallHost.judged(vulkan("0,".repeat(63) + "1", "")));
  }

  @ParameterizedTest
  @CsvSource({
    "+1, false, true",
    "1x, false, true",
    "1x0, false, true",
    "0x1, true, false",
    "-0, true, false"
  })
  void aNumberEndsWhereItsDigitsDo(String list, boolean first, boolean second) {
    assertEquals(
        List.of(first ? USED : HIDDEN, second ? USED : HIDDEN), SmallHost.judged(vulkan(list, "")));
  }

  @Test
  void cardsOfTheLoaderAreInTheOrderOfTheirAddresses() {
    SmallHost host =
        SmallHost.linux()
            .amdCard(0, "0000:0a:00.0", "1002:73df", 12 * GIB)
            .amdCard(1, "0000:03:00.0", "1002:731f", 8 * GIB)
            .env("GGML_VK_VISIBLE_DEVICES", "0");
    assertEquals(List.of(HIDDEN, USED), SmallHost.judged(host.machine()));
    assertTrue(SmallHost.noteIds(host.machine()).contains("vulkan-index-ambiguous"));
    SmallHost one =
        SmallHost.linux()
            .amdCard(0, "0000:0a:00.0", "1002:73df", 12 * GIB)
            .env("GGML_VK_VISIBLE_DEVICES", "0");
    assertEquals(
        false, SmallHost.noteIds(one.machine()).contains("vulkan-index-ambiguous"), "only one");
  }
}
