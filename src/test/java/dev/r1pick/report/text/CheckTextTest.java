package dev.r1pick.report.text;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.layout.Table;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `r1pick check` as a user sees it, on described cards beside 16 GB of RAM and on recorded
/// machines.
class CheckTextTest {
  private static final String PLAIN = "ci-linux-runner-no-gpu";
  private static final long GIB = 1L << 30;

  private static Run check(String machine, String... args) {
    var words = new ArrayList<String>(List.of("check"));
    words.addAll(List.of(args));
    return Run.on(machine, words.toArray(String[]::new));
  }

  private static JsonValue json(String machine, String... args) {
    var words = new ArrayList<String>(List.of(args));
    words.addAll(List.of("--format", "json"));
    return JsonReader.read("check", check(machine, words.toArray(String[]::new)).out());
  }

  /// The text in one line: where lines break is the concern of others.
  private static String flat(Run run) {
    return run.out().replaceAll("\\s+", " ");
  }

  private static List<String> remedies(JsonValue answer) {
    return answer.member("remedies").orElseThrow().items().stream()
        .map(remedy -> remedy.textAt("kind").orElseThrow())
        .toList();
  }

  private static long at(JsonValue value, String... path) {
    for (int i = 0; i < path.length - 1; i++) {
      value = value.member(path[i]).orElseThrow();
    }
    return value.wholeAt(path[path.length - 1]).orElseThrow();
  }

  @Test
  void the32bSpillsFromA4090AtTheContextThatOllamaOpensItself() {
    Run run = check(PLAIN, "32b", "--gpu", "RTX 4090");
    JsonValue answer = json(PLAIN, "32b", "--gpu", "RTX 4090");
    assertAll(
        () -> assertEquals(ExitCode.NOTHING_FITS, run.code()),
        () ->
            assertTrue(
                flat(run)
                    .startsWith(
                        "! deepseek-r1:32b at 32k does not fit whole on your RTX 4090: 4.0 GiB short"),
                run.out()),
        () -> assertTrue(flat(run).contains("54 of 65 layers go to the GPU"), run.out()),
        () -> assertTrue(run.out().contains("  fits with a context of 15k\n"), run.out()),
        () ->
            assertTrue(
                flat(run).contains("Ollama alone opens 32k and puts 4.0 GiB of it into RAM"),
                run.out()),
        () -> assertTrue(run.out().contains("up to 15k of context fits whole"), run.out()),
        () -> assertEquals("fits-partly", answer.textAt("verdict").orElseThrow()),
        () -> assertEquals("fits-partly", answer.textAt("default_context_verdict").orElseThrow()),
        () -> assertEquals(32768, at(answer, "default_context_tokens")),
        () -> assertEquals(15, at(answer, "max_context_tokens") / 1024),
        () ->
            assertEquals(
                List.of("smaller-context", "smaller-kv-cache", "one-more-gpu"), remedies(answer)));
  }

  @Test
  void whatIsAllowedToBePartlyInRamPasses() {
    assertAll(
        () ->
            assertEquals(
                ExitCode.OK, check(PLAIN, "32b", "--gpu", "RTX 4090", "--allow", "partial").code()),
        () ->
            assertEquals(
                ExitCode.NOTHING_FITS,
                check(
                        PLAIN,
                        "70b",
                        "--gpu",
                        "2x RTX 3090",
                        "--context",
                        "128k",
                        "--allow",
                        "partial")
                    .code(),
                "what does not fit at all is no partial fit"),
        () ->
            assertEquals(
                ExitCode.OK, check(PLAIN, "8b", "--gpu", "RTX 4090", "--allow", "partial").code()));
  }

  @Test
  void the70bOnTwo3090sFitsOnlyFarBelowTheContextThatOllamaOpensItself() {
    Run run = check(PLAIN, "70b", "--gpu", "2x RTX 3090");
    JsonValue answer = json(PLAIN, "70b", "--gpu", "2x RTX 3090");
    long largest = at(answer, "max_context_tokens");
    assertAll(
        () -> assertEquals(ExitCode.OK, run.code()),
        () -> assertTrue(flat(run).startsWith("✓ deepseek-r1:70b at 14k fits whole on"), run.out()),
        () -> assertTrue(flat(run).contains("Ollama alone opens 128k, "), run.out()),
        () -> assertTrue(run.out().contains(" 2 × "), run.out()),
        () -> assertEquals("fits", answer.textAt("verdict").orElseThrow()),
        () -> assertEquals("does-not-fit", answer.textAt("default_context_verdict").orElseThrow()),
        () -> assertEquals(131072, at(answer, "default_context_tokens")),
        () -> assertEquals(14, largest / 1024),
        () -> assertEquals(List.of(), remedies(answer)),
        () -> {
          Run fits =
              check(PLAIN, "70b", "--gpu", "2x RTX 3090", "--context", Long.toString(largest));
          assertEquals(ExitCode.OK, fits.code(), fits.out());
          assertTrue(flat(fits).contains("fits whole on your 2x RTX 3090"), fits.out());
        },
        () -> {
          Run beyond =
              check(
                  PLAIN, "70b", "--gpu", "2x RTX 3090", "--context", Long.toString(largest + 256));
          assertEquals(ExitCode.NOTHING_FITS, beyond.code(), beyond.out());
        });
  }

  @Test
  void onABusy16GbMacThe14bWantsRamFreedAndNoSettingHelps() {
    Run run = check("apple-m3-16gb-metal", "14b");
    JsonValue answer = json("apple-m3-16gb-metal", "14b");
    assertAll(
        () -> assertEquals(ExitCode.NOTHING_FITS, run.code()),
        () -> assertTrue(flat(run).startsWith("✗ deepseek-r1:14b at 4k does not fit:"), run.out()),
        () -> assertTrue(run.out().contains("of RAM freed: close what uses it"), run.out()),
        () -> assertTrue(run.out().contains("no context fits whole"), run.out()),
        () -> assertEquals(List.of("free-ram"), remedies(answer)),
        () ->
            assertEquals(new JsonValue.Null(), answer.member("max_context_tokens").orElseThrow()));
  }

  @Test
  void the671bFitsInto512GbOfRamAndIsHonestAboutTheWait() {
    Run run = check(PLAIN, "671b", "--cpu-only", "--ram", "512GB");
    JsonValue answer = json(PLAIN, "671b", "--cpu-only", "--ram", "512GB");
    JsonValue rate =
        answer
            .member("speed")
            .flatMap(speed -> speed.member("generation_tokens_per_second"))
            .orElseThrow();
    assertAll(
        () -> assertEquals(ExitCode.OK, run.code()),
        () ->
            assertTrue(
                flat(run)
                    .startsWith("✓ deepseek-r1:671b at 4k fits whole in RAM for the processor,"),
                run.out()),
        () -> assertFalse(run.out().contains("VRAM"), run.out()),
        () -> assertFalse(run.out().contains("fits with"), run.out()),
        () -> assertEquals(List.of(), remedies(answer)),
        () -> assertTrue(rate.decimalAt("high").orElseThrow() < 8, rate::toString),
        () -> assertTrue(at(answer, "answer_seconds", "median") > 180),
        () -> assertTrue(at(answer, "memory", "host", "weights_bytes") > 370 * GIB));
  }

  @Test
  void aFullGpuIsSaidToBeFull() {
    Run run = check("nvidia-rtx3080-nearly-full", "14b");
    assertEquals(ExitCode.NOTHING_FITS, run.code());
    assertTrue(flat(run).contains("so no layer goes to the GPU"), run.out());
  }

  @Test
  void settingsThatTheEngineRefusesAreNoMatterOfMemory() {
    String[] refused = {"8b", "--flash-attention", "off", "--kv-cache-type", "q8_0"};
    Run run = check("nvidia-rtx3060-linux", refused);
    JsonValue answer = json("nvidia-rtx3060-linux", refused);
    assertAll(
        () -> assertEquals(ExitCode.NOTHING_FITS, run.code()),
        () -> assertTrue(flat(run).contains("cannot be loaded like this"), run.out()),
        () -> assertFalse(run.out().contains("short"), run.out()),
        () -> assertFalse(run.out().contains("0.0 GiB more"), run.out()),
        () -> assertEquals("does-not-fit", answer.textAt("verdict").orElseThrow()));
  }

  @Test
  void fourRequestsAtOnceTakeFourCaches() {
    String[] four = {"8b", "--parallel", "4", "--context", "32k", "--gpu", "RTX 3060 12GB"};
    Run run = check(PLAIN, four);
    JsonValue answer = json(PLAIN, four);
    JsonValue one = json(PLAIN, "8b", "--context", "32k", "--gpu", "RTX 3060 12GB");
    assertAll(
        () -> assertEquals(ExitCode.NOTHING_FITS, run.code()),
        () -> assertEquals("fits", one.textAt("verdict").orElseThrow()),
        () -> assertEquals("does-not-fit", answer.textAt("verdict").orElseThrow()),
        () -> assertEquals(4 * sum(one, "kv_cache"), sum(answer, "kv_cache")),
        () -> assertEquals(List.of("smaller-context", "smaller-kv-cache"), remedies(answer)),
        () -> assertEquals(10, at(answer, "max_context_tokens") / 1024));
  }

  private static long sum(JsonValue answer, String term) {
    return answer.member("terms").orElseThrow().items().stream()
        .filter(row -> row.textAt("term").orElseThrow().equals(term))
        .mapToLong(row -> row.wholeAt("bytes").orElseThrow())
        .sum();
  }

  @ParameterizedTest
  @CsvSource({"32b, RTX 4090", "70b, 2x RTX 3090", "8b, RTX 3060 12GB", "14b, RX 7900 XTX"})
  void theTermsAddUpToWhatEachPlaceTakes(String tag, String gpu) {
    JsonValue answer = json(PLAIN, tag, "--gpu", gpu);
    JsonValue memory = answer.member("memory").orElseThrow();
    long total = at(memory, "host", "total_bytes");
    for (JsonValue device : memory.member("devices").orElseThrow().items()) {
      total += at(device, "total_bytes");
    }
    assertEquals(
        total,
        sum(answer, "weights")
            + sum(answer, "kv_cache")
            + sum(answer, "compute")
            + sum(answer, "output"));
  }

  @ParameterizedTest
  @CsvSource({
    "32b, RTX 4090, 16k",
    "32b, RTX 4090, 32k",
    "14b, RTX 3060 12GB, 32k",
    "8b, RTX 3060 12GB, 128k"
  })
  void theContextOfARemedyFits(String tag, String gpu, String context) {
    JsonValue answer = json(PLAIN, tag, "--gpu", gpu, "--context", context);
    assertTrue(remedies(answer).contains("smaller-context"), answer::toString);
    String largest = Long.toString(at(answer, "max_context_tokens"));
    assertEquals(
        ExitCode.OK, check(PLAIN, tag, "--gpu", gpu, "--context", largest).code(), largest);
  }

  @ParameterizedTest
  @CsvSource({"32b, RTX 4090", "70b, 2x RTX 3090", "671b, RTX 5090", "8b, RTX 3060 12GB"})
  void theAnswerFitsAScreen(String tag, String gpu) {
    Run run = check(PLAIN, tag, "--gpu", gpu);
    assertTrue(run.out().lines().count() <= 24, run.out());
    assertTrue(run.out().lines().allMatch(line -> Table.width(line) <= 80), run.out());
  }
}
