package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.host.Host;
import dev.r1pick.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Detected devices as the catalog knows them; installing pciutils changes nothing.
class MatchedModelsTest {
  private static final GpuCatalog CATALOG = GpuCatalogReader.readDefault();

  static List<String> machines() {
    return RecordedMachines.names().stream()
        .filter(name -> RecordedMachines.expected(name).member("gpu_models").isPresent())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("machines")
  void theModelIsTheSameWithAndWithoutThePciDatabase(String name) {
    var expected = new ArrayList<String>();
    for (JsonValue model :
        RecordedMachines.expected(name).member("gpu_models").orElseThrow().items()) {
      expected.add(((JsonValue.Text) model).value());
    }
    Host host = RecordedMachines.host(name);
    assertEquals(expected, models(host));
    assertEquals(expected, models(RecordedMachines.withoutCommands(host)));
  }

  /// Several products are one device number; their revision tells them apart (libdrm's
  /// `amdgpu.ids`), whatever the PCI database calls them.
  @ParameterizedTest
  @CsvSource({
    "744c, c8, 24, AMD Radeon RX 7900 XTX",
    "744c, cc, 20, AMD Radeon RX 7900 XT",
    "744c, ce, 16, AMD Radeon RX 7900 GRE",
    "744c, cf, 16, AMD Radeon RX 7900M",
    "747e, c8, 16, AMD Radeon RX 7800 XT",
    "747e, ff, 12, AMD Radeon RX 7700 XT",
    "73df, c1, 12, AMD Radeon RX 6700 XT",
    "73df, c3, 12, AMD Radeon RX 6800M",
    "73df, c0, 12, AMD Radeon RX 6750 XT",
    "73bf, c1, 16, AMD Radeon RX 6800 XT",
    "7480, c0, 16, AMD Radeon RX 7600 XT",
    "7480, 00, 8, AMD Radeon PRO W7600",
    "7480, c1, 8, AMD Radeon RX 7700S",
    "7550, c0, 16, AMD Radeon RX 9070 XT",
    "7550, c3, 16, AMD Radeon RX 9070",
    "747e, ee, 12, AMD Radeon RX 7700 XT"
  })
  void theRevisionTellsProductsOfOneNumberApart(
      String device, String revision, long gib, String product) {
    SmallHost host =
        SmallHost.linux()
            .amdCard(0, "0000:03:00.0", "1002:" + device, gib << 30)
            .cardFile(0, "revision", "0x" + revision + "\n");
    assertEquals(List.of(product), models(host.host()));
  }

  /// Windows may name a card in general; the revision in its device id tells which it is.
  @Test
  void theRevisionThatWindowsKnowsTellsTheProduct() {
    assertEquals(
        List.of("AMD Radeon RX 7900 GRE"),
        models(RecordedMachines.host("windows-7900gre-by-revision")));
  }

  private static List<String> models(Host host) {
    var models = new ArrayList<String>();
    for (Accelerator device : RecordedMachines.detector().detect(host).accelerators()) {
      models.add(
          CATALOG
              .match(
                  device.identity().pciIdWithRevision(),
                  device.name(),
                  device.memory().total(),
                  device.identity().gpuCores())
              .map(GpuModel::name)
              .orElse("none"));
    }
    return models;
  }
}
