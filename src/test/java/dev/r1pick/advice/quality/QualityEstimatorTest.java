package dev.r1pick.advice.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.quality.Quality.Basis;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Strength;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.UseCaseReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class QualityEstimatorTest {
  private static final Catalog CATALOG = CatalogReader.readDefault();
  private static final UseCases USE_CASES = UseCaseReader.readDefault();
  private static final QualityEstimator ESTIMATOR = new QualityEstimator(USE_CASES, CATALOG);
  static final List<UseCaseProfile> PROFILES = USE_CASES.profiles();

  private static Quality quality(String tag, String useCase, String language) {
    return ESTIMATOR.estimate(
        CATALOG.tag(tag).orElseThrow(), USE_CASES.profile(useCase).orElseThrow(), language);
  }

  @ParameterizedTest
  @CsvSource({
    "math, en, 8b, 14b",
    "math, en, 8b, 32b",
    "math, en, 8b, 70b",
    "math, zh, 8b, 32b",
    "reasoning, en, 8b, 14b",
    "reasoning, en, 8b, 32b",
    "reasoning, zh, 8b, 32b",
    "coding, en, 32b, 70b",
    "coding, en, 70b, 14b",
    "coding, en, 32b, 8b",
    "coding, en, 14b, 7b",
    "chat, en, 70b, 32b",
    "chat, en, 32b, 14b",
    "chat, en, 14b, 8b-llama-distill-q4_K_M",
    "chat, en, 8b, 8b-llama-distill-q4_K_M",
    "chat, en, 8b-llama-distill-q4_K_M, 7b",
    "chat, en, 7b, 1.5b",
    "writing, en, 32b, 8b",
    "research, en, 70b, 32b",
    "research, en, 32b, 8b",
    "data-analysis, en, 70b, 32b",
    "customer-service, en, 70b, 32b",
    "translation, en, 70b, 32b",
    "summarizing, en, 70b, 32b",
    "long-documents, en, 70b, 32b",
    "documents, en, 70b, 32b",
    "education, en, 32b, 8b",
    "education, zh, 32b, 8b",
    "research, zh, 32b, 8b",
    "law-medicine-finance, en, 32b, 8b",
    "law-medicine-finance, zh, 8b, 14b",
    "chat, zh, 8b, 14b"
  })
  void theFirstIsBetterThanTheSecond(String useCase, String language, String first, String second) {
    double better = quality(first, useCase, language).beforeLoss();
    double worse = quality(second, useCase, language).beforeLoss();
    assertTrue(better > worse, first + " " + better + ", " + second + " " + worse);
  }

  @ParameterizedTest
  @FieldSource("PROFILES")
  void inChineseThe32BLeadsThe70BEverywhere(UseCaseProfile profile) {
    assertTrue(
        quality("32b", profile.id(), "zh").score() > quality("70b", profile.id(), "zh").score(),
        profile.id());
  }

  @ParameterizedTest
  @FieldSource("PROFILES")
  void theLatest671BIsAboveAllInEveryLanguage(UseCaseProfile profile) {
    for (String language : List.of("en", "zh", "ja", "de")) {
      double best = quality("671b", profile.id(), language).score();
      for (ModelTag tag : CATALOG.tags()) {
        if (!tag.variant().id().equals("r1-0528-671b")) {
          assertTrue(
              best > quality(tag.name(), profile.id(), language).score(),
              profile.id() + " " + language + " " + tag.name());
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1.5b, 10", "7b, 8"})
  void theSmallMathsModelsAreWeakInChatAndWriting(String tag, double gap) {
    double behindInMath = behind32b(tag, "math");
    assertTrue(quality(tag, "math", "en").score() - quality(tag, "chat", "en").score() > gap / 4);
    assertTrue(
        quality(tag, "math", "en").score() - quality(tag, "writing", "en").score() > gap / 4);
    assertTrue(behindInMath > 0);
    assertTrue(quality(tag, "translation", "en").score() < 30);
  }

  private static double behind32b(String tag, String useCase) {
    return quality("32b", useCase, "en").score() - quality(tag, useCase, "en").score();
  }

  @ParameterizedTest
  @FieldSource("PROFILES")
  void scoresStayOnTheScaleAndInTheirRange(UseCaseProfile profile) {
    for (ModelTag tag : CATALOG.tags()) {
      Quality quality = ESTIMATOR.estimate(tag, profile, "en");
      assertTrue(quality.low() >= 0 && quality.low() <= quality.score(), tag.name());
      assertTrue(quality.high() <= 100 && quality.high() >= quality.score(), tag.name());
      assertEquals(profile.signals("en").size(), quality.terms().size());
      for (Quality.Term term : quality.terms()) {
        assertTrue(term.scaled() >= 0 && term.scaled() <= 100, term.toString());
        assertEquals(term.basis() == Basis.MEASURED, term.from().isEmpty(), term.toString());
        assertEquals(term.basis() == Basis.ESTIMATED, term.raw().isEmpty(), term.toString());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"14b", "32b", "70b", "671b", "1.5b"})
  void finerQuantizationIsNeverWorse(String size) {
    for (UseCaseProfile profile : PROFILES) {
      ModelTag four = CATALOG.explicit(CATALOG.tag(size).orElseThrow());
      String stem = four.name().substring(0, four.name().length() - "q4_K_M".length());
      double q4 = ESTIMATOR.estimate(four, profile, "en").score();
      double q8 = quality(stem + "q8_0", profile.id(), "en").score();
      double f16 = quality(stem + "fp16", profile.id(), "en").score();
      assertTrue(q4 < q8 && q8 < f16, profile.id());
    }
  }

  @Test
  void theSmallestModelLosesMostByFourBits() {
    assertEquals(6.0, quality("1.5b", "math", "en").lossPercent());
    assertEquals(1.5, quality("14b", "math", "en").lossPercent());
    assertEquals(0.7, quality("32b", "math", "en").lossPercent());
    assertEquals(0.0, quality("32b-qwen-distill-fp16", "math", "en").lossPercent());
  }

  @Test
  void aStandInIsLabeled() {
    Quality.Term term = term(quality("8b", "chat", "en"), "swallow/mt_bench_en");
    assertTrue(term.standIn());
    assertEquals(Basis.STAND_IN, term.basis());
    assertEquals(Optional.of("Qwen3-8B (thinking)"), term.from());
    assertEquals(OptionalDouble.of(85.1), term.raw());
    assertTrue(term.scaled() < 0.76 * 100 * 85.1 / 84.2, "a distill loses to its twin");
  }

  @Test
  void anEstimateNamesItsNeighborAndNeverPutsADistillAboveIt() {
    Quality.Term term = term(quality("70b", "math", "en"), "official_0528/aime_2024_pass1");
    assertEquals(Basis.ESTIMATED, term.basis());
    assertEquals(Optional.of("r1-0528-qwen3-8b"), term.from());
    assertEquals(100 * 86.0 / 91.4, term.scaled(), 1e-9);
  }

  @Test
  void aMeasuredTermIsTheShareOfTheBestInItsTable() {
    Quality.Term term = term(quality("14b", "math", "en"), "official_january/aime_2024_pass1");
    double worthOfTheBest = USE_CASES.bestShares().getOrDefault("r1-671b", 0.0);
    assertEquals(Basis.MEASURED, term.basis());
    assertEquals(100 * worthOfTheBest * 69.7 / 79.8, term.scaled(), 1e-9);
  }

  private static Quality.Term term(Quality quality, String benchmark) {
    return quality.terms().stream()
        .filter(t -> t.benchmark().equals(benchmark))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void thinEvidenceIsWiderAndWeaker() {
    Quality thin = quality("8b", "chat", "en");
    Quality solid = quality("32b", "chat", "en");
    assertTrue(thin.high() - thin.low() > solid.high() - solid.low());
    assertEquals(Strength.LOW, thin.strength());
    assertEquals(Strength.MEDIUM, solid.strength());
    assertEquals(Strength.HIGH, quality("32b", "math", "en").strength());
  }

  @Test
  void aLanguageThatTheUseCaseSaysNothingOfScoresAsTheGeneralOneButLessSurely() {
    Quality english = quality("14b", "chat", "en");
    Quality german = quality("14b", "chat", "de");
    assertEquals(english.score(), german.score());
    assertEquals(english.terms(), german.terms());
    assertTrue(german.low() < english.low() && german.high() > english.high(), german.toString());
  }
}
