package dev.r1pick.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.speed.SpeedConstants.ClassSpeed;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedConstantsTest {
  private final SpeedConstants constants = SpeedConstantsReader.shipped();

  @ParameterizedTest
  @ValueSource(strings = {"speed", "cpu-platforms"})
  void theFileFollowsItsSchema(String name) throws IOException {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text(name + ".schema.json"));
    assertEquals(List.of(), schema.validate(text(name + ".json"), InputFormat.JSON));
  }

  private static String text(String name) throws IOException {
    return Files.readString(Path.of("catalog", name), StandardCharsets.UTF_8);
  }

  @Test
  void aMistypedFieldIsNamed() throws IOException {
    String text = text("speed.json").replaceFirst("layer_microseconds", "layer_millis");
    InvalidJson problem =
        assertThrows(
            InvalidJson.class,
            () -> SpeedConstantsReader.read("speed.json", new StringReader(text)));
    assertTrue(problem.path().startsWith("backends[0]."), problem.path());
  }

  @ParameterizedTest
  @CsvSource({
    "cuda, NVIDIA, Pascal, 6.1, false, cuda-pascal",
    "cuda, NVIDIA, Pascal, 6.0, false, cuda-pascal-hbm",
    "cuda, NVIDIA, Ampere, 8.6, false, cuda-ampere",
    "cuda, NVIDIA, Ampere, 8.0, false, cuda-ampere-hbm",
    "cuda, NVIDIA, Ampere, 8.7, true, cuda-orin",
    "cuda, NVIDIA, Blackwell, 12.0, false, cuda-blackwell",
    "cuda, NVIDIA, Blackwell, 10.0, false, cuda-blackwell-hbm",
    "cuda, NVIDIA, Blackwell, 12.1, true, cuda-gb10",
    "metal, Apple, M4, '', true, metal-m4",
    "rocm, AMD, RDNA3.5, '', true, rocm-apu",
    "rocm, AMD, CDNA3, '', false, rocm-cdna",
    "rocm, AMD, GCN5.1, '', false, rocm-gcn",
    "rocm, AMD, RDNA4, '', false, rocm-rdna4",
    "vulkan, Intel, Xe2-HPG, '', false, vulkan-intel",
    "vulkan, AMD, RDNA3.5, '', true, vulkan-amd-igpu",
  })
  void aChipHasItsClass(
      String backend,
      String vendor,
      String generation,
      String capability,
      boolean integrated,
      String expected) {
    assertEquals(expected, SpeedClass.of(backend, vendor, generation, capability, integrated));
    assertTrue(constants.classes().containsKey(expected));
  }

  @Test
  void noConstantIsAgainstPhysics() {
    for (ClassSpeed one : constants.classes().values()) {
      assertTrue(one.efficiency() > 0.2 && one.efficiency() < 1, one.id());
      assertTrue(one.secondsPerLayer() > 5e-6 && one.secondsPerLayer() < 1e-3, one.id());
    }
  }

  @Test
  void fewerRowsNeverGiveANarrowRange() {
    for (ClassSpeed one : constants.classes().values()) {
      double width = one.error().high() - one.error().low();
      assertTrue(one.rows() >= 10 || width > 0.2, one.id() + ": " + width);
    }
  }
}
