package dev.r1pick.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {
  private final Catalog catalog = CatalogReader.readDefault();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "14b",
        "14B",
        "deepseek-r1:14b",
        "DeepSeek-R1:14b",
        "library/deepseek-r1:14b",
        "registry.ollama.ai/library/deepseek-r1:14b",
        " 14b "
      })
  void aTagIsFoundAsOllamaReadsNames(String text) {
    assertEquals(Optional.of("14b"), catalog.tag(text).map(ModelTag::name));
  }

  @ParameterizedTest
  @CsvSource({
    "8b-0528-QWEN3-Q4_K_m, 8b-0528-qwen3-q4_K_M",
    "deepseek-r1, latest",
    "deepseek-r1:latest, latest"
  })
  void caseDoesNotMatterAndTheModelAloneIsLatest(String text, String name) {
    assertEquals(Optional.of(name), catalog.tag(text).map(ModelTag::name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"13b", "671b-cloud", "", "llama3:8b", "14b-qwen-distill", "qwen3:14b"})
  void whatDoesNotExistIsNotFound(String text) {
    assertTrue(catalog.tag(text).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "13b, 14b, 8b",
    "deepseek-r1:13b, 14b, 8b",
    "30b, 32b, 14b",
    "1b, 1.5b, 7b",
    "9, 8b, 7b",
    "lates, latest, 70b",
    "14b-q8_0, 14b-qwen-distill-q8_0, 14b-qwen-distill-fp16",
    "70b-q4, 70b-llama-distill-q4_K_M, 70b-llama-distill-q8_0",
    "32b-qwen-distil-fp16, 32b-qwen-distill-fp16, 32b-qwen-distill-q8_0"
  })
  void nearestTagsCompareSizesAsSizes(String typed, String first, String second) {
    List<String> nearest = catalog.nearestTags(typed, 2);
    assertEquals(first, nearest.getFirst());
    if (!typed.startsWith("lates")) {
      assertEquals(List.of(first, second), nearest);
    }
  }

  @Test
  void noMoreNearTagsThanAskedFor() {
    assertEquals(List.of(), catalog.nearestTags("13b", 0));
    assertEquals(7, catalog.nearestTags("13b", 99).size());
  }

  @Test
  void latestAndEightBAreTheRefreshOnQwen3() {
    for (String name : List.of("latest", "8b", "8b-0528-qwen3-q4_K_M")) {
      ModelTag tag = catalog.tag(name).orElseThrow();
      assertEquals("r1-0528-qwen3-8b", tag.variant().id());
      assertEquals(Bytes.of(5_225_376_047L), tag.download());
      assertEquals(Optional.of(Quantization.F16), tag.valueTensors());
      assertEquals("8b-0528-qwen3-q4_K_M", catalog.explicit(tag).name());
      assertEquals(2, tag.sameAs().size());
    }
  }

  @Test
  void formerMeaningsOfLatestAndEightBAreKept() {
    ModelTag.Former latest = catalog.tag("latest").orElseThrow().formerly().getFirst();
    ModelTag.Former eight = catalog.tag("8b").orElseThrow().formerly().getFirst();
    assertEquals("distill-qwen-7b", latest.variantId());
    assertEquals("distill-llama-8b", eight.variantId());
    assertEquals(Optional.of("2025-05-29"), eight.until());
    assertEquals(Bytes.of(4_920_738_407L), eight.download());
  }

  @Test
  void thirtyFiveNamesAreTwentySevenManifests() {
    assertEquals(35, catalog.tags().size());
    List<String> names = catalog.manifests().stream().map(ModelTag::name).toList();
    assertEquals(27, names.size());
    assertEquals(
        List.of("1.5b", "7b", "8b", "14b", "32b", "70b", "671b", "1.5b-qwen-distill-q8_0"),
        names.subList(0, 8));
  }

  @Test
  void theLargeModelIsPlannedWithFullHeadsForSure() {
    for (String id : List.of("r1-671b", "r1-0528-671b")) {
      Architecture architecture = catalog.variant(id).orElseThrow().architecture();
      assertEquals(40_960, perToken(architecture.attention()));
      assertEquals(Optional.empty(), architecture.otherAttention());
    }
  }

  private static int perToken(Attention attention) {
    return attention.keyWidth() + attention.valueWidth();
  }
}
