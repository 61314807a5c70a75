package dev.r1pick.catalog.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.Alias;
import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Quantization;
import dev.r1pick.catalog.QuantizationFacts;
import dev.r1pick.catalog.TensorArithmetic;
import dev.r1pick.catalog.Variant;
import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.gpu.GpuLookup;
import dev.r1pick.catalog.gpu.GpuMarket;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Laws that the shipped data obeys, whoever edits it.
class CatalogDataTest {
  private static final Catalog CATALOG = CatalogReader.readDefault();
  static final List<ModelTag> TAGS = CATALOG.tags();
  static final List<Variant> VARIANTS = CATALOG.variants();

  @ParameterizedTest
  @FieldSource("TAGS")
  void theSizeAgreesWithTensorArithmetic(ModelTag tag) {
    long computed = TensorArithmetic.manifestBytes(tag);
    long tolerance = tag.downloadTolerance().count() + TensorArithmetic.TOLERANCE_BYTES;
    assertTrue(
        Math.abs(computed - tag.download().count()) <= tolerance,
        tag.name() + ": computed " + computed + ", in the catalog " + tag.download().count());
  }

  @ParameterizedTest
  @FieldSource("TAGS")
  void bitsPerWeightAreThoseOfTheQuantization(ModelTag tag) {
    double bits = tag.download().count() * 8.0 / tag.variant().architecture().parameters();
    double low =
        switch (tag.quantization()) {
          case Q4_K_M -> 4.8;
          case Q8_0 -> 8.5;
          case F16 -> 16.0;
        };
    assertTrue(bits >= low && bits < low + 0.32, tag.name() + ": " + bits);
  }

  @ParameterizedTest
  @FieldSource("TAGS")
  void namesOfOneManifestAgree(ModelTag tag) {
    for (String name : tag.sameAs()) {
      ModelTag other = CATALOG.tag(name).orElseThrow();
      assertTrue(other.sameAs().contains(tag.name()), name);
      assertEquals(tag.download(), other.download(), name);
      assertEquals(tag.digest(), other.digest(), name);
      assertEquals(tag.variant(), other.variant(), name);
      assertEquals(tag.quantization(), other.quantization(), name);
      assertEquals(tag.valueTensors(), other.valueTensors(), name);
    }
  }

  @Test
  void everyAliasLeadsToAnExplicitFourBitTagAndEveryShortTagIsAnAlias() {
    assertEquals(8, CATALOG.aliases().size());
    for (Alias alias : CATALOG.aliases()) {
      ModelTag explicit = CATALOG.explicit(CATALOG.tag(alias.name()).orElseThrow());
      assertTrue(explicit.name().endsWith("-q4_K_M"), alias.name());
      assertEquals(Quantization.Q4_K_M, explicit.quantization());
    }
    for (ModelTag tag : TAGS) {
      assertEquals(tag.name().indexOf('-') < 0, CATALOG.alias(tag.name()).isPresent(), tag.name());
    }
  }

  @ParameterizedTest
  @FieldSource("VARIANTS")
  void everyVariantHasOneTagOfEachQuantization(Variant variant) {
    Set<Quantization> seen = new HashSet<>();
    for (ModelTag tag : TAGS) {
      if (tag.variant().equals(variant) && CATALOG.alias(tag.name()).isEmpty()) {
        assertTrue(seen.add(tag.quantization()), tag.name());
        assertTrue(tag.name().startsWith(variant.sizeLabel() + "-"), tag.name());
      }
    }
    assertEquals(Set.of(Quantization.values()), seen);
  }

  @Test
  void kvCacheBytesPerTokenAreTheKnownFigures() {
    var known =
        Map.of(
            "distill-qwen-1.5b", 28_672,
            "distill-qwen-7b", 57_344,
            "distill-llama-8b", 131_072,
            "r1-0528-qwen3-8b", 147_456,
            "distill-qwen-14b", 196_608,
            "distill-qwen-32b", 262_144,
            "distill-llama-70b", 327_680,
            "r1-671b", 4_997_120,
            "r1-0528-671b", 4_997_120);
    for (Variant variant : VARIANTS) {
      Attention attention = variant.architecture().attention();
      int bytes =
          2 * variant.architecture().layers() * (attention.keyWidth() + attention.valueWidth());
      assertEquals(known.get(variant.id()), bytes, variant.id());
    }
  }

  @ParameterizedTest
  @FieldSource("VARIANTS")
  void licensesAndContextsAreTheOfficialOnes(Variant variant) {
    assertEquals("MIT", variant.weightsLicense());
    assertEquals(
        variant.name().contains("Llama"),
        variant.baseLicense().startsWith("Llama 3."),
        variant.baseLicense());
    assertEquals(variant.distill() ? 131_072 : 163_840, variant.trainedContext().tokens());
    assertEquals(variant.distill(), variant.architecture().experts().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.8b",
        "3b",
        "13b",
        "22b",
        "22b-pro",
        "cloud",
        "671b-cloud",
        "70b-distill-llama-q4_K_M",
        "32b-distill-qwen-q4_K_M",
        "7b-qwen-distill-q5_K_M",
        "32b-fp16"
      })
  void tagsThatCirculateButDoNotExistAreNotListed(String name) {
    assertEquals(Optional.empty(), CATALOG.tag(name));
  }

  @Test
  void scoresThatCirculateUnderAWrongNameStandUnderTheRightOne() {
    String aime = "official_january/aime_2024_pass1";
    assertEquals(70.0, score("distill-llama-70b", aime));
    assertEquals(79.8, score("r1-671b", aime));
    assertEquals(28.9, score("distill-qwen-1.5b", aime));
    assertEquals(83.9, score("distill-qwen-1.5b", "official_january/math_500_pass1"));
    assertTrue(
        CATALOG.variant("r1-0528-qwen3-8b").orElseThrow().score(aime).isEmpty(),
        "the 86.0 of 0528 is from another card");
    assertEquals(86.0, score("r1-0528-qwen3-8b", "official_0528/aime_2024_pass1"));
  }

  private static double score(String variant, String benchmark) {
    return CATALOG.variant(variant).orElseThrow().score(benchmark).orElseThrow();
  }

  @Test
  void measuredLossesOfTheTagsQuantizationsAreThere() {
    QuantizationFacts facts = CATALOG.facts(Quantization.Q4_K_M).orElseThrow();
    assertTrue(
        facts.losses().stream()
            .anyMatch(loss -> loss.on().equals("r1-671b") && loss.percent() == 0.68));
    assertTrue(
        facts.losses().stream()
            .anyMatch(loss -> loss.on().equals("distill-qwen-32b") && loss.percent() == 0.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"deepseek-r1", "gpus", "use-cases"})
  void everySourceIsUsedAndNoneIsAWorkplaceNote(String file) throws IOException {
    Path path = Path.of("catalog", file + ".json");
    JsonValue document =
        JsonReader.read(path.toString(), Files.readString(path, StandardCharsets.UTF_8));
    Set<String> used = new HashSet<>();
    collect(document, used);
    for (String id : sourceIds(document)) {
      assertTrue(used.contains(id), "unused source " + id);
    }
  }

  private static Set<String> sourceIds(JsonValue document) {
    return document.member("sources").orElseThrow() instanceof JsonValue.Members(var sources)
        ? sources.keySet()
        : Set.of();
  }

  private static void collect(JsonValue value, Set<String> texts) {
    switch (value) {
      case JsonValue.Text(var text) -> texts.add(text);
      case JsonValue.Items(var items) -> items.forEach(item -> collect(item, texts));
      case JsonValue.Members(var members) ->
          members.forEach(
              (name, member) -> {
                if (!name.equals("sources") || member instanceof JsonValue.Items) {
                  collect(member, texts);
                }
              });
      case JsonValue.Whole _, JsonValue.Decimal _, JsonValue.Flag _, JsonValue.Null _ -> {}
    }
  }

  @Test
  void everyGpuHasWhatPlanningNeeds() {
    GpuCatalog gpus = GpuCatalogReader.readDefault();
    assertEquals(451, gpus.models().size());
    for (GpuModel gpu : gpus.models()) {
      assertTrue(gpu.bandwidth().inGBPerSecond() >= 10, gpu.name());
      assertTrue(gpu.unified() || !gpu.memorySizes().isEmpty(), gpu.name());
      assertFalse(gpu.sources().isEmpty(), gpu.name());
      boolean announced =
          gpu.market().availability().equals(Optional.of(GpuMarket.Availability.ANNOUNCED));
      assertTrue(gpu.vendor().equals("NVIDIA") || gpu.computeCapability().isEmpty(), gpu.name());
      assertTrue(
          announced || gpu.vendor().equals("NVIDIA") == gpu.computeCapability().isPresent(),
          gpu.name());
    }
  }

  @Test
  void everyGpuIsFoundByItsOwnName() {
    GpuCatalog gpus = GpuCatalogReader.readDefault();
    for (GpuModel gpu : gpus.models()) {
      switch (gpus.named(gpu.name())) {
        case GpuLookup.Found(var found, _, _) -> assertEquals(gpu.name(), found.name());
        case GpuLookup.AmbiguousMemory(_, var sizes, _) ->
            assertTrue(sizes.containsAll(gpu.memorySizes()), gpu.name());
        case GpuLookup.WrongMemory _,
            GpuLookup.Several _,
            GpuLookup.Share _,
            GpuLookup.NoCard _,
            GpuLookup.Unknown _ ->
            throw new AssertionError(gpu.name() + ": " + gpus.named(gpu.name()));
      }
    }
  }

  @Test
  void everyGpuIsMatchedByItsDriverNameAndMemory() {
    GpuCatalog gpus = GpuCatalogReader.readDefault();
    for (GpuModel gpu : gpus.models()) {
      Optional<GpuModel> match =
          gpus.match(
              Optional.empty(), gpu.name(), gpu.memorySizes().stream().findFirst(), gpu.gpuCores());
      assertEquals(Optional.of(gpu.name()), match.map(GpuModel::name));
    }
  }
}
