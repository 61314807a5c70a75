package dev.r1pick.report.text;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.cli.Run;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Amounts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `r1pick list` and `r1pick show` as a user sees them.
class CatalogTextTest {
  private static final String MACHINE = "ci-linux-runner-no-gpu";
  private static final Catalog CATALOG = CatalogReader.readDefault();

  static List<String> tags() {
    return CATALOG.tags().stream().map(ModelTag::name).toList();
  }

  private static JsonValue json(String... args) {
    return JsonReader.read("answer", Run.on(MACHINE, args).out());
  }

  @Test
  void theListNamesEveryTagOnceWithItsDownload() {
    Run run = Run.on(MACHINE, "list");
    List<String> rows = run.out().lines().skip(1).toList();
    assertEquals(ExitCode.OK, run.code());
    assertEquals(tags(), rows.stream().map(row -> row.substring(0, row.indexOf(' '))).toList());
    for (int i = 0; i < rows.size(); i++) {
      String download = Amounts.download(CATALOG.tags().get(i).download());
      assertTrue(rows.get(i).contains(" " + download + " "), rows.get(i));
    }
  }

  @Test
  void theTablesOfTheListHaveEveryTagOnce() {
    List<String> csv = Run.on(MACHINE, "list", "--format", "csv").out().lines().skip(1).toList();
    List<String> markdown =
        Run.on(MACHINE, "list", "--format", "markdown").out().lines().skip(2).toList();
    List<ModelTag> all = CATALOG.tags();
    assertEquals(all.size(), csv.size());
    assertEquals(all.size(), markdown.size());
    for (int i = 0; i < all.size(); i++) {
      assertTrue(csv.get(i).startsWith(all.get(i).fullName() + ","), csv.get(i));
      assertTrue(csv.get(i).contains("," + all.get(i).download().count() + ","), csv.get(i));
      assertEquals(8, csv.get(i).split(",", -1).length, csv.get(i));
      assertEquals(7, markdown.get(i).split("\\|", -1).length, markdown.get(i));
    }
  }

  @Test
  void aShortNameSaysWhichFileItIs() {
    String list = Run.on(MACHINE, "list").out();
    assertTrue(
        list.lines()
            .anyMatch(
                line -> line.startsWith("latest ") && line.endsWith("= 8b-0528-qwen3-q4_K_M")),
        list);
  }

  @Test
  void listAsJsonHasTheSameTags() {
    assertEquals(
        CATALOG.tags().stream().map(ModelTag::fullName).toList(),
        json("list", "--format", "json").member("tags").orElseThrow().items().stream()
            .map(tag -> tag.textAt("tag").orElseThrow())
            .toList());
  }

  @Test
  void show8bSaysWhatItIsWhatItWasAndHowToPullIt() {
    Run run = Run.on(MACHINE, "show", "8b");
    String out = run.out();
    assertAll(
        () -> assertEquals(ExitCode.OK, run.code()),
        () -> assertTrue(out.contains("DeepSeek-R1-0528-Qwen3-8B, 8B distill"), out),
        () -> assertTrue(out.contains("latest, 8b-0528-qwen3-q4_K_M"), out),
        () ->
            assertTrue(
                out.contains(
                    "formerly      DeepSeek-R1-Distill-Llama-8B, 4.9 GB, until 2025-05-29"),
                out),
        () -> assertTrue(out.contains("5.2 GB (5225376047 B)"), out),
        () -> assertTrue(out.contains("AIME 2024 86.0"), out),
        () -> assertTrue(out.contains("trained for 128k"), out),
        () -> assertEquals("ollama pull deepseek-r1:8b", run.lastLine()));
  }

  @Test
  void aFormerFileOfUnknownDateIsNamedWithoutOne() {
    String out = Run.on(MACHINE, "show", "671b").out();
    assertTrue(out.contains("formerly      DeepSeek-R1, 404 GB\n"), out);
    assertTrue(out.contains("Codeforces Div. 1 1930 "), out);
  }

  @Test
  void theFullHeadLayoutOfThe671bHasNoQuantizedCache() {
    assertFalse(Run.on(MACHINE, "show", "671b").out().contains("KV cache q8_0"));
    assertTrue(Run.on(MACHINE, "show", "8b").out().contains("KV cache q8_0"));
  }

  @ParameterizedTest
  @MethodSource("tags")
  void everyTagCanBeShownInLinesOfAScreenWithoutIdsOfTheCatalog(String tag) {
    Run run = Run.on(MACHINE, "show", tag);
    assertAll(
        () -> assertEquals(ExitCode.OK, run.code()),
        () -> assertEquals("ollama pull deepseek-r1:" + tag, run.lastLine()),
        () -> assertFalse(run.out().contains("official_"), run.out()),
        () -> assertFalse(run.out().contains("_pass1"), run.out()),
        () -> assertTrue(run.out().lines().allMatch(line -> Table.width(line) <= 80), run.out()));
  }

  @ParameterizedTest
  @MethodSource("tags")
  void memoryGrowsWithTheContextAndAddsUp(String tag) {
    long last = 0;
    String type = "";
    for (JsonValue row :
        json("show", tag, "--format", "json")
            .member("tag")
            .flatMap(t -> t.member("memory"))
            .orElseThrow()
            .items()) {
      long total = row.wholeAt("total_bytes").orElseThrow();
      assertEquals(
          total,
          row.wholeAt("weights_bytes").orElseThrow()
              + row.wholeAt("kv_cache_bytes").orElseThrow()
              + row.wholeAt("compute_bytes").orElseThrow());
      String rowType = row.textAt("kv_cache_type").orElseThrow();
      assertTrue(!rowType.equals(type) || total > last, row::toString);
      type = rowType;
      last = total;
    }
  }
}
