package dev.r1pick.catalog.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.json.InvalidJson;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each kind of slip in a catalog file is an error that names the place.
class CatalogStrictnessTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ \"catalog_version\"                         |{ \"color\": 1, \"catalog_version\"            |color                          |UNKNOWN",
        "\"trained_context_tokens\": 131072            |\"trained_context_token\": 131072               |variants[0].trained_context_tokens|MISSING",
        "\"size_bytes\": 1117322768                    |\"size_bytes\": null                            |tags[1].size_bytes               |NULL",
        "\"size_bytes\": 1117322768                    |\"size_bytes\": \"1.1 GB\"                      |tags[1].size_bytes               |WRONG_KIND",
        "\"size_bytes\": 1117322768                    |\"size_bytes\": 0                               |tags[1].size_bytes               |OUT_OF_RANGE",
        "\"size_bytes\": 1117322768                    |\"size_bytes\": -5                              |tags[1].size_bytes               |OUT_OF_RANGE",
        "\"size_bytes\": 1117322768                    |\"size_bytes\": 5, \"size_bytes\": 1117322768   |tags[1].size_bytes               |DUPLICATE",
        "\"size_bytes\": 1117322768                    |\"weight\": 5, \"size_bytes\": 1117322768       |tags[1].weight                   |UNKNOWN",
        "\"name\": \"1.5b\", \"variant\": \"distill-qwen-1.5b\" |\"name\": \"7b\", \"variant\": \"distill-qwen-1.5b\"|tags[2].name             |DUPLICATE",
        "\"name\": \"1.5b\", \"variant\": \"distill-qwen-1.5b\" |\"name\": \"1.5b\", \"variant\": \"distill-qwen-3b\"|tags[1].variant          |DANGLING",
        "\"quantization\": \"q4_k_m\"                  |\"quantization\": \"q5_k_m\"                    |tags[0].quantization             |NOT_ALLOWED",
        "\"digest\": \"6995872bfe4c521a                |\"digest\": \"6995872bfe4c521                   |tags[0].digest                   |OUT_OF_RANGE",
        "\"digest\": \"6995872bfe4c521a                |\"digest\": \"6995872bfe4c521G                  |tags[0].digest                   |NOT_ALLOWED",
        "\"target\": \"8b\"                            |\"target\": \"9b\"                              |aliases[0].target                |DANGLING",
        "\"target\": \"8b\"                            |\"target\": \"latest\"                          |aliases[0].target                |DANGLING",
        "\"source\": \"hf-cfg-7b\"                     |\"source\": \"hf-cfg-8x7b\"                     |variants[1].evidence.architecture.source|DANGLING",
        "\"weights_license\": \"MIT\"                   |\"weights_license\": \"GPL-3.0\"               |variants[0].weights_license      |DANGLING",
        "\"layers\": 28                                |\"layers\": 0                                   |variants[0].architecture.layers  |OUT_OF_RANGE",
        "\"kind\": \"grouped_heads\"                   |\"kind\": \"sliding\"                           |variants[0].architecture.attention.kind|NOT_ALLOWED",
        "\"label\": \"Q8_0\"                           |\"label\": \"Q8\"                               |quantizations[1].label           |NOT_ALLOWED",
        "\"value\": 28.9                               |\"value\": \"28.9 %\"                           |variants[0].benchmarks[0].value  |WRONG_KIND",
        "\"id\": \"official_january/math_500_pass1\"   |\"id\": \"official_january/aime_2024_pass1\"    |variants[0].benchmarks[2].id     |DUPLICATE"
      })
  void aSlipInTheCatalogIsNamed(String right, String wrong, String path, String problem)
      throws IOException {
    String text = oneLine("deepseek-r1.json");
    assertTrue(text.contains(right), right);
    String broken = replaceFirst(text, right, wrong);
    InvalidJson error =
        assertThrows(
            InvalidJson.class, () -> CatalogReader.read("mine.json", new StringReader(broken)));
    assertEquals("mine.json", error.file());
    assertEquals(path, error.path(), error.getMessage());
    assertEquals(problem, error.problem().name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"form\": \"discrete\"            |\"form\": \"card\"                    |gpus[0].form                      |NOT_ALLOWED",
        "\"bandwidth_gb_per_second\": 86.4 |\"bandwidth_gb_per_second\": 0        |gpus[0].bandwidth_gb_per_second   |OUT_OF_RANGE",
        "\"memory_gib\": [2], \"bandwidth_gb_per_second\": 86.4|\"bandwidth_gb_per_second\": 86.4|gpus[0].memory_gib    |MISSING",
        "\"memory_gib\": [2]               |\"memory_gib\": [\"2\"]               |gpus[0].memory_gib                |WRONG_KIND",
        "\"memory_gib\": [2]               |\"memory_gib\": [0]                   |gpus[0].memory_gib                |OUT_OF_RANGE",
        "10de:11c7                         |10DE:11C7                             |gpus[0].pci_ids                   |NOT_ALLOWED",
        "\"sources\": [\"gpu-info\"        |\"sources\": [\"rumour\"              |gpus[0].sources                   |DANGLING",
        "NVIDIA GeForce GTX 950            |nvidia geforce gtx 750 TI             |gpus[1].name                      |DUPLICATE",
        "\"generation\": \"Maxwell\"       |\"generation\": \" \"                 |gpus[0].generation                |WRONG_KIND"
      })
  void aSlipInTheGpusIsNamed(String right, String wrong, String path, String problem)
      throws IOException {
    String broken = replaceFirst(oneLine("gpus.json"), right, wrong);
    InvalidJson error =
        assertThrows(
            InvalidJson.class, () -> GpuCatalogReader.read("mine.json", new StringReader(broken)));
    assertEquals(path, error.path(), error.getMessage());
    assertEquals(problem, error.problem().name());
  }

  @Test
  void whatIsNotJsonSaysWhere() {
    InvalidJson error =
        assertThrows(
            InvalidJson.class,
            () -> CatalogReader.read("mine.json", new StringReader("{\n  \"catalog_version\": }")));
    assertEquals(InvalidJson.Problem.SYNTAX, error.problem());
    assertTrue(error.detail().contains("line 2"), error.detail());
  }

  /// Without line breaks and indents, so that the table above can name neighbors.
  private static String oneLine(String file) throws IOException {
    var text = new StringBuilder();
    for (String line : Files.readAllLines(Path.of("catalog", file), StandardCharsets.UTF_8)) {
      text.append(line.strip()).append(' ');
    }
    return text.toString();
  }

  private static String replaceFirst(String text, String right, String wrong) {
    int at = text.indexOf(right);
    return text.substring(0, at) + wrong + text.substring(at + right.length());
  }
}
