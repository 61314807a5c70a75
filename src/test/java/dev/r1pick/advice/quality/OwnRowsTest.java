package dev.r1pick.advice.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.quality.Quality.Basis;
import dev.r1pick.advice.quality.Quality.Term;
import dev.r1pick.catalog.BenchmarkTable;
import dev.r1pick.catalog.BenchmarkTable.StandIn;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.Signal;
import dev.r1pick.catalog.Strength;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.UseCaseReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Scores from rows that a test chooses, for the shipped variants. The f16 files lose nothing, so a
/// score is that of the rows.
class OwnRowsTest {
  private static final String M7 = "distill-qwen-7b";
  private static final String M14 = "distill-qwen-14b";
  private static final String M32 = "distill-qwen-32b";
  private static final String R1 = "r1-0528-671b";

  private final Catalog catalog = CatalogReader.readDefault();
  private final UseCases shipped = UseCaseReader.readDefault();
  private final Map<String, BenchmarkTable> tables = new LinkedHashMap<>();
  private final List<Signal> overall = new ArrayList<>();

  OwnRowsTest() {
    table("overall", Optional.empty(), Map.of(R1, 80.0, M32, 60.0, M14, 40.0, M7, 20.0), Map.of());
    overall.add(new Signal("overall", 1));
  }

  private void table(
      String id,
      Optional<String> language,
      Map<String, Double> scores,
      Map<String, StandIn> standIns) {
    BenchmarkTable any = shipped.benchmarks().values().iterator().next();
    tables.put(
        id,
        new BenchmarkTable(
            id,
            id,
            BenchmarkTable.Unit.PERCENT,
            false,
            language,
            "",
            any.evidence(),
            scores,
            standIns));
  }

  /// In the order of the arguments.
  private static Map<String, Double> rows(Object... pairs) {
    var rows = new LinkedHashMap<String, Double>();
    for (int i = 0; i < pairs.length; i += 2) {
      rows.put((String) pairs[i], ((Number) pairs[i + 1]).doubleValue());
    }
    return rows;
  }

  private QualityEstimator estimator() {
    return new QualityEstimator(
        new UseCases(
            shipped.version(),
            shipped.sources(),
            Map.of(R1, 1.0, M32, 0.75),
            shipped.losses(),
            tables,
            overall,
            Map.of(),
            shipped.answerLengths(),
            shipped.lengthFactors(),
            shipped.twins(),
            shipped.profiles(),
            shipped.notForR1()),
        catalog);
  }

  private UseCaseProfile use(Strength evidence, Signal... signals) {
    UseCaseProfile chat = shipped.profile("chat").orElseThrow();
    return new UseCaseProfile(
        chat.id(),
        chat.aliases(),
        chat.title(),
        List.of(signals),
        Map.of(),
        chat.promptTokens(),
        chat.typicalAnswerTokens(),
        chat.heavyAnswerTokens(),
        chat.answerTask(),
        chat.neededContext(),
        chat.readerRate(),
        chat.acceptableWait(),
        chat.leastRate(),
        chat.warnings(),
        evidence,
        chat.sources());
  }

  private Quality of14b(Strength evidence, Signal... signals) {
    return estimator()
        .estimate(catalog.tag("14b-qwen-distill-fp16").orElseThrow(), use(evidence, signals), "en");
  }

  private Term term(Map<String, Double> scores) {
    table("asked", Optional.empty(), scores, Map.of());
    return of14b(Strength.HIGH, new Signal("asked", 1)).terms().getFirst();
  }

  // --- how sure

  /// The rest is half of it another model's, half of it an estimate.
  @ParameterizedTest
  @CsvSource({
    "HIGH, 50, HIGH",
    "HIGH, 49.9, MEDIUM",
    "HIGH, 25, MEDIUM",
    "HIGH, 24.9, LOW",
    "HIGH, 0, LOW",
    "MEDIUM, 50, MEDIUM",
    "MEDIUM, 49.9, LOW",
    "MEDIUM, 25, LOW",
    "LOW, 100, LOW",
    "HIGH, 100, HIGH"
  })
  void evidenceIsWeakerWhereLessThanHalfOfItWasMeasured(
      Strength evidence, double measured, Strength strength) {
    table("own", Optional.empty(), rows(R1, 80, M14, 40), Map.of());
    table("kin", Optional.empty(), rows(R1, 80), Map.of(M14, new StandIn("Qwen", 40, 1)));
    table("none", Optional.empty(), rows(R1, 80), Map.of());
    double rest = 100 - measured;
    Quality quality =
        of14b(
            evidence,
            new Signal("own", measured),
            new Signal("kin", rest / 2),
            new Signal("none", rest / 2));
    assertEquals(strength, quality.strength());
  }

  @ParameterizedTest
  @CsvSource({"HIGH, 1.5", "MEDIUM, 3.5", "LOW, 5.5"})
  void theRangeIsWiderWhereTheUseHasLessEvidence(Strength evidence, double half) {
    table("own", Optional.empty(), rows(R1, 80, M14, 40), Map.of());
    Quality quality = of14b(evidence, new Signal("own", 1));
    assertEquals(50, quality.score(), 1e-9);
    assertEquals(half, quality.high() - quality.score(), 1e-9);
    assertEquals(half, quality.score() - quality.low(), 1e-9);
  }

  @Test
  void theRangeIsWiderByEightOfAnotherModelsScoresAndByTenOfEstimates() {
    table("own", Optional.empty(), rows(R1, 80, M14, 40), Map.of());
    table("kin", Optional.empty(), rows(R1, 80), Map.of(M14, new StandIn("Qwen", 40, 1)));
    table("none", Optional.empty(), rows(R1, 80, M32, 40), Map.of());
    assertEquals(9.5, half(of14b(Strength.HIGH, new Signal("kin", 2))), 1e-9);
    assertEquals(11.5, half(of14b(Strength.HIGH, new Signal("none", 2))), 1e-9);
    Quality mixed =
        of14b(Strength.HIGH, new Signal("own", 2), new Signal("kin", 1), new Signal("none", 1));
    assertEquals(1.5 + 2 + 2.5, half(mixed), 1e-9);
    assertEquals(List.of(false, true, true), mixed.terms().stream().map(Term::standIn).toList());
  }

  private static double half(Quality quality) {
    return quality.high() - quality.score();
  }

  // --- what a score is

  @Test
  void aTableIsScaledByWhatItsBestVariantIsWorth() {
    assertEquals(50, term(rows(R1, 80, M14, 40)).scaled(), 1e-9);
    assertEquals(37.5, term(rows(M32, 80, M14, 40)).scaled(), 1e-9, "without a 671B");
    assertEquals(37.5, term(rows(M32, 80, R1, 80, M14, 40)).scaled(), 1e-9, "the first of two");
    assertEquals(50, term(rows(R1, 80, M32, 80, M14, 40)).scaled(), 1e-9);
  }

  @Test
  void aTableOfNothingButZerosIsWorthNothing() {
    assertEquals(0, term(rows(R1, 0, M14, 0)).scaled());
  }

  @Test
  void anEstimateIsTakenFromTheNearestInCapabilityAndOfTwoFromTheFirst() {
    assertEquals(Optional.of(M7), term(rows(R1, 80, M7, 30, M32, 60)).from());
    assertEquals(Optional.of(M32), term(rows(R1, 80, M32, 60, M7, 30)).from());
    assertEquals(Optional.of(M7), term(rows(R1, 80, M7, 30)).from());
    assertEquals(Optional.of(R1), term(rows(R1, 80)).from());
  }

  @Test
  void anEstimateIsInProportionToCapabilityAndOfADistillNeverAboveItsNeighbor() {
    Term below = term(rows(R1, 80, M32, 60));
    assertEquals(Basis.ESTIMATED, below.basis());
    assertEquals(75 * 40 / 60.0, below.scaled(), 1e-9);
    Term above = term(rows(R1, 80, M7, 30));
    assertEquals(100 * 30 / 80.0, above.scaled(), 1e-9, "14b is twice as capable as 7b");
  }

  @Test
  void capabilityIsTheWeightedMeanOfWhatIsKnown() {
    table("more", Optional.empty(), rows(R1, 100, M14, 90), Map.of());
    overall.add(new Signal("more", 3));
    Term term = term(rows(R1, 80, M32, 60));
    double own = (50 + 3 * 90) / 4.0;
    assertEquals(Optional.of(M32), term.from(), "80 is nearer to 75 than to 100");
    assertEquals(75, term.scaled(), 1e-9, "never above its neighbor: " + own);
    Term large = term(rows(R1, 80));
    assertEquals(100 * own / 100, large.scaled(), 1e-9);
  }

  /// 1.5b is in none of the broad benchmarks here.
  @Test
  void aVariantOfUnknownCapabilityCanStillBeTheNeighbor() {
    Term term = term(rows("distill-qwen-1.5b", 30));
    assertEquals(Optional.of("distill-qwen-1.5b"), term.from());
    assertEquals(50, term.scaled(), 1e-9, "half as capable as the strongest");
  }

  // --- languages

  @Test
  void rowsInTheAskersOwnLanguageNeedNoStandIns() {
    table("german", Optional.of("de"), rows(R1, 80, M14, 40), Map.of());
    table("english", Optional.of("en"), rows(R1, 80, M14, 40), Map.of());
    table("any", Optional.empty(), rows(R1, 80, M14, 40), Map.of());
    var german = new Signal("german", 1);
    var english = new Signal("english", 1);
    var any = new Signal("any", 1);
    assertEquals(List.of(), measuredIn("de", english, german, any));
    assertEquals(List.of(Locale.ENGLISH), measuredIn("de", english, any, english));
    assertEquals(List.of(Locale.ENGLISH, Locale.GERMAN), measuredIn("fr", english, german));
    assertEquals(List.of(), measuredIn("fr", any));
    assertEquals(List.of(), measuredIn("en", german));
    assertTrue(half(asked("fr", english)) > half(asked("en", english)) + 7.9);
    assertFalse(half(asked("de", german)) > half(asked("en", german)));
  }

  private List<Locale> measuredIn(String language, Signal... signals) {
    return estimator().measuredIn(use(Strength.HIGH, signals), language);
  }

  private Quality asked(String language, Signal... signals) {
    return estimator()
        .estimate(
            catalog.tag("14b-qwen-distill-fp16").orElseThrow(),
            use(Strength.HIGH, signals),
            language);
  }
}
