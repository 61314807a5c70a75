package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.MachineDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static String controller(String name, String ids) {
    return """
        {"Name": "%s", "PNPDeviceID": "PCI\\\\%s", "ConfigManagerErrorCode": 0}"""
        .formatted(name, ids);
  }

  private static String adapter(String name, int vendor, int device) {
    return """
        {"Description": "%s", "VendorId": %d, "DeviceId": %d, "Flags": 0}"""
        .formatted(name, vendor, device);
  }

  private static SmallHost windows(String controllers, String adapters) {
    return new SmallHost()
        .command("win-cim-json", 0, "{\"Win32_VideoController\": [" + controllers + "]}")
        .command("win-registry-json", 0, "[]")
        .command("win-dxgi-json", 0, "[" + adapters + "]");
  }

  private static final String INSIDE = controller("Radeon 780M", "VEN_1002&DEV_15BF");
  private static final String CARD = controller("Radeon RX 5700", "VEN_1002&DEV_731F");
  private static final String GEFORCE = controller("NVIDIA RTX 4070", "VEN_10DE&DEV_2786");

  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "'0,1', true"})
  void onWindowsCardsAreInTheOrderOfWindows(String list, boolean used) {
    SmallHost host = windows(INSIDE + "," + CARD, "").env("GGML_VK_VISIBLE_DEVICES", list);
    assertEquals(
        List.of(used ? USED : HIDDEN, "integrated igpu-dropped-by-default"),
        SmallHost.judged(host.machine()));
  }

  @Test
  void theOrderOfWindowsIsThatOfDxgiAlsoWithNvidiasTool() {
    SmallHost host =
        windows(
                GEFORCE + "," + CARD + "," + INSIDE,
                adapter("Radeon 780M", 0x1002, 0x15bf)
                    + ","
                    + adapter("NVIDIA RTX 4070", 0x10de, 0x2786)
                    + ","
                    + adapter("Radeon RX 5700", 0x1002, 0x731f))
            .command(
                "nvidia-smi-csv",
                0,
                "0, GPU-1, NVIDIA RTX 4070, 12282, 11000, 500, 576.52, 8.9, 00000000:01:00.0, [N/A]\n");
    String inside = "integrated igpu-dropped-by-default";
    assertEquals(
        List.of("discrete cuda", USED, inside),
        SmallHost.judged(host.env("GGML_VK_VISIBLE_DEVICES", "2").machine()));
    Machine one = host.env("GGML_VK_VISIBLE_DEVICES", "1").machine();
    assertEquals(List.of("discrete cuda", HIDDEN, inside), SmallHost.judged(one));
    assertTrue(SmallHost.noteIds(one).contains("vulkan-index-ambiguous"), "Vulkan did not say it");
  }

  @Test
  void theOrderOfWindowsOutlastsADocumentAndAnotherSetting() {
    Machine found = windows(INSIDE + "," + CARD, "").machine();
    Machine read = MachineDocument.read("here", MachineDocument.write(found)).machine();
    assertEquals(found.accelerators(), read.accelerators());
    Machine set =
        read.withOllama(
            read.ollama().with(Map.of("GGML_VK_VISIBLE_DEVICES", "1"), Optional.empty()));
    assertEquals(List.of(USED, "integrated igpu-dropped-by-default"), SmallHost.judged(set));
  }
}
