package dev.r1pick.catalog.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogSchemaTest {
  private static String text(String file) throws IOException {
    return Files.readString(Path.of("catalog", file), StandardCharsets.UTF_8);
  }

  private static Schema schema(String name) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(text(name + ".schema.json"), InputFormat.JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deepseek-r1",
        "gpus",
        "use-cases",
        "terms",
        "claims",
        "clients",
        "deployments",
        "engines",
        "ollama-log",
        "ollama-faults"
      })
  void theShippedFileFollowsItsSchema(String name) throws IOException {
    assertEquals(List.of(), schema(name).validate(text(name + ".json"), InputFormat.JSON));
  }

  @ParameterizedTest
  @CsvSource({
    "deepseek-r1, size_bytes, size_byte",
    "deepseek-r1, \"exact\", \"certain\"",
    "deepseek-r1, \"digest\": \", \"digest\": \"x",
    "gpus, \"form\": \"discrete\", \"form\": \"card\"",
    "gpus, 10de:, 10DE:",
    "deployments, \"certainty\": \"derived\", \"certainty\": \"likely\"",
    "engines, \"runs\": \"r1\", \"runs\": \"yes\"",
    "engines, \"maker\": \"huawei\", \"maker\": \"Huawei\"",
    "deployments, \"nodes\": 2, \"nodes\": 0",
    "ollama-log, \"area\" : \"gpu\", \"area\" : \"card\"",
    "ollama-faults, \"before\" : \"0.31.2\", \"before\" : \"0.31\"",
    "use-cases, \"better\": \"higher\", \"better\": \"yes\"",
    "use-cases, \"evidence\": \"medium\", \"evidence\": \"strong\"",
    "terms, \"group\": \"memory\", \"group\": \"storage\"",
    "terms, \"zh\": \", \"cn\": \"",
    "claims, \"verdict\": \"wrong\", \"verdict\": \"false\"",
    "claims, \"try\": \"r1pick, \"try\": \"ollama",
    "clients, \"context\": \"client\", \"context\": \"self\""
  })
  void aSlipIsSeenByTheSchema(String name, String right, String wrong) throws IOException {
    String broken = text(name + ".json").replace(right, wrong);
    assertFalse(schema(name).validate(broken, InputFormat.JSON).isEmpty());
  }
}
