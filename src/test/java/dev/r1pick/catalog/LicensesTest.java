package dev.r1pick.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.catalog.read.CatalogReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which licenses a word means, and which bind a variant.
class LicensesTest {
  private static final Catalog CATALOG = CatalogReader.readDefault();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "mit | mit",
        "MIT License | mit",
        "Apache 2.0 | apache-2.0",
        "apache-2.0 | apache-2.0",
        "apache | apache-2.0",
        "permissive | mit,apache-2.0",
        "llama | llama-3.1,llama-3.3",
        "llama3 | llama-3.1,llama-3.3",
        "Llama-3.1 | llama-3.1",
        "Llama 3.3 Community License | llama-3.3",
        "deepseek | deepseek",
        "DeepSeek Model License | deepseek",
        "m | none",
        "llam | none",
        "gpl | none",
        "license | none",
        "'' | none",
      })
  void aWordMeansItsLicenses(String word, String ids) {
    List<String> wanted = ids == null ? List.of() : Arrays.asList(ids.split(","));
    assertEquals(wanted, CATALOG.licenses().matching(word).stream().map(License::id).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "14b | mit,apache-2.0",
        "8b | mit,apache-2.0",
        "8b-llama-distill-q8_0 | mit,llama-3.1",
        "70b | mit,llama-3.3",
        "671b | mit",
      })
  void theLicenseOfADistillsBaseBindsToo(String tag, String ids) {
    Variant variant = CATALOG.tag(tag).orElseThrow().variant();
    assertEquals(
        Arrays.asList(ids.split(",")),
        CATALOG.licenses().binding(variant).stream().map(License::id).toList());
  }

  @Test
  void everyWordOfferedMeansSomething() {
    for (String word : CATALOG.licenses().words()) {
      assertEquals(false, CATALOG.licenses().matching(word).isEmpty(), word);
    }
  }
}
