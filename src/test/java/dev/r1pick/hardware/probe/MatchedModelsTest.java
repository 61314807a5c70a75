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
import org.junit.jupiter.params.ParameterizedTest;
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

  private static List<String> models(Host host) {
    var models = new ArrayList<String>();
    for (Accelerator device : RecordedMachines.detector().detect(host).accelerators()) {
      models.add(
          CATALOG
              .match(
                  device.identity().pciId(),
                  device.name(),
                  device.memory().total(),
                  device.identity().gpuCores())
              .map(GpuModel::name)
              .orElse("none"));
    }
    return models;
  }
}
