package dev.r1pick.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.json.InvalidJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class UseCasesTest {
  private static final UseCases USE_CASES = UseCaseReader.readDefault();
  private static final Catalog CATALOG = CatalogReader.readDefault();
  static final List<UseCaseProfile> PROFILES = USE_CASES.profiles();

  @Test
  void theUseCasesThatPeopleAskForAreThere() {
    Set<String> ids = new HashSet<>(PROFILES.stream().map(UseCaseProfile::id).toList());
    assertTrue(
        ids.containsAll(
            Set.of(
                "chat",
                "reasoning",
                "math",
                "coding",
                "writing",
                "translation",
                "summarizing",
                "long-documents",
                "education",
                "customer-service",
                "research",
                "documents",
                "data-analysis",
                "agents",
                "edge")));
    assertEquals("summarizing", USE_CASES.nearestIds("summarizing", 1).getFirst());
    assertEquals("math", USE_CASES.nearestIds("maths", 1).getFirst());
  }

  @ParameterizedTest
  @FieldSource("PROFILES")
  void aTypicalQuestionAndAnswerFitTheContext(UseCaseProfile profile) {
    int context = profile.neededContext().tokens();
    assertTrue(profile.promptTokens() + profile.typicalAnswerTokens() <= context);
    assertTrue(profile.promptTokens() + profile.heavyAnswerTokens() <= context);
    assertTrue(profile.heavyAnswerTokens() >= profile.typicalAnswerTokens());
    assertTrue(profile.leastRate().compareTo(profile.readerRate()) < 0);
    double wait = profile.readerRate().secondsFor(profile.typicalAnswerTokens());
    assertEquals(wait, (double) profile.acceptableWait().toSeconds(), 1.0);
  }

  @Test
  void everyScoreIsOfAVariantAndOfficialOnesEqualTheCatalog() {
    for (BenchmarkTable table : USE_CASES.benchmarks().values()) {
      table
          .scores()
          .forEach(
              (id, score) -> {
                Variant variant = CATALOG.variant(id).orElseThrow();
                if (table.id().startsWith("official_")) {
                  assertEquals(variant.score(table.id()).orElseThrow(), score, table.id());
                }
              });
      for (String id : table.standIns().keySet()) {
        assertTrue(CATALOG.variant(id).isPresent(), id);
        assertFalse(table.scores().containsKey(id), table.id());
      }
    }
  }

  @Test
  void noTableMixesTheJanuaryAndTheMayCard() {
    for (BenchmarkTable table : USE_CASES.benchmarks().values()) {
      if (table.id().startsWith("official_january/")) {
        assertFalse(table.scores().containsKey("r1-0528-qwen3-8b"), table.id());
        assertFalse(table.scores().containsKey("r1-0528-671b"), table.id());
      }
    }
  }

  @Test
  void everyTableIsUsed() {
    Set<String> used = new HashSet<>();
    USE_CASES.overall().forEach(signal -> used.add(signal.benchmark()));
    USE_CASES.overallByLanguage().values().forEach(l -> l.forEach(s -> used.add(s.benchmark())));
    for (UseCaseProfile profile : PROFILES) {
      profile.signals().forEach(signal -> used.add(signal.benchmark()));
      profile.signalsByLanguage().values().forEach(l -> l.forEach(s -> used.add(s.benchmark())));
    }
    assertEquals(USE_CASES.benchmarks().keySet(), used);
  }

  @Test
  void measuredAnswerLengthsAreFoundByUseCase() {
    AnswerLength chat =
        USE_CASES
            .answerLength(USE_CASES.profile("chat").orElseThrow(), "distill-qwen-7b")
            .orElseThrow();
    assertEquals(952, chat.medianTokens().orElseThrow());
    assertEquals(6413, chat.p90Tokens().orElseThrow());
    assertTrue(
        USE_CASES.answerLength(USE_CASES.profile("writing").orElseThrow(), "r1-671b").isEmpty());
  }

  @Test
  void everyUseCaseAndWarningHasItsSentence() throws IOException {
    var sentences = new Properties();
    try (InputStream stream =
            UseCasesTest.class.getResourceAsStream("/dev/r1pick/messages/en/use-cases.properties");
        var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      sentences.load(reader);
    }
    Set<String> needed = new HashSet<>();
    for (UseCaseProfile profile : PROFILES) {
      needed.add("use-cases." + profile.id());
      profile.warnings().forEach(warning -> needed.add("use-cases.warning." + warning));
    }
    for (UseCases.OtherKind kind : UseCaseReader.readDefault().notForR1()) {
      needed.add("use-cases.error.not-for-r1." + kind.id());
    }
    assertEquals(needed, sentences.stringPropertyNames());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"share\": 1.0               |\"share\": 1.5            |best_shares.r1-0528-671b.share|OUT_OF_RANGE",
        "\"better\": \"higher\"       |\"better\": \"more\"      |benchmarks.official_january/aime_2024_pass1.better|NOT_ALLOWED",
        "\"weight\": 1                |\"weight\": 0             |overall[0].weight|OUT_OF_RANGE",
        "{\"benchmark\": \"official_january/gpqa_diamond_pass1\"|{\"benchmark\": \"rumour\"|overall[0].benchmark|DANGLING",
        "\"evidence\": \"medium\"     |\"evidence\": \"strong\"  |use_cases[0].evidence|NOT_ALLOWED",
        "\"id\": \"reasoning\"        |\"id\": \"chat\"          |use_cases[1].id|DUPLICATE",
        "\"prompt_tokens\": 1500      |\"prompt_token\": 1500    |use_cases[0].prompt_tokens|MISSING"
      })
  void aSlipInTheUseCasesIsNamed(String right, String wrong, String path, String problem)
      throws IOException {
    String text = Files.readString(Path.of("catalog", "use-cases.json"), StandardCharsets.UTF_8);
    int at = text.indexOf(right);
    String broken = text.substring(0, at) + wrong + text.substring(at + right.length());
    InvalidJson error =
        assertThrows(
            InvalidJson.class, () -> UseCaseReader.read("mine.json", new StringReader(broken)));
    assertEquals(path, error.path(), error.getMessage());
    assertEquals(problem, error.problem().name());
  }
}
