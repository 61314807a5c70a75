package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CHAT;
import static dev.r1pick.advice.Candidates.GPU;
import static dev.r1pick.advice.Candidates.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.advice.Advice.Confidence;
import dev.r1pick.advice.Advice.Confidence.Level;
import dev.r1pick.advice.quality.Quality;
import dev.r1pick.catalog.Strength;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.speed.SpeedEstimate.Basis;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceRatingTest {
  private static final Candidates GOOD = Candidates.of("14b");
  private static final Candidates FAR_BEHIND = Candidates.of("8b").score(50);
  private static final Bytes STEP = MemorySensitivity.STEP;
  private static final Candidates CONTESTED =
      GOOD.quality(new Quality(80, 75, 85, List.of(), 0, Strength.HIGH));
  private static final Candidates CONTENDER = Candidates.of("8b").score(75).rate(9, 9, 9);

  private static Confidence rate(Candidates best, Candidates... others) {
    return rate(best, false, List.of(), Priority.BALANCED, others);
  }

  private static Confidence rate(
      Candidates best,
      boolean otherLanguage,
      List<MemorySensitivity> borders,
      Priority priority,
      Candidates... others) {
    var pool = new java.util.ArrayList<Evaluation>(List.of(best.evaluation()));
    for (Candidates other : others) {
      pool.add(other.evaluation());
    }
    return ConfidenceRating.of(best.evaluation(), pool, otherLanguage, borders, ask(priority));
  }

  private static void limited(Level level, ConfidenceLimit limit, Confidence confidence) {
    assertEquals(List.of(limit), confidence.because());
    assertEquals(level, confidence.level());
  }

  @Test
  void nothingLimitsAGoodPickThatIsFarAhead() {
    Confidence confidence = rate(GOOD, FAR_BEHIND);
    assertEquals(Level.HIGH, confidence.level());
    assertEquals(List.of(), confidence.because());
  }

  @Test
  void whatBacksTheSpeedLimitsIt() {
    limited(Level.LOW, ConfidenceLimit.SPEED_UNKNOWN, rate(GOOD.noSpeed()));
    limited(Level.LOW, ConfidenceLimit.CHIP_UNKNOWN, rate(GOOD.bounds(10, 20)));
    limited(
        Level.LOW,
        ConfidenceLimit.CHIP_UNKNOWN,
        rate(GOOD.rate(10, 10, 10, new Basis.ByBackend("cuda"))));
    double floor = CHAT.leastRate().tokensPerSecond();
    double less = Math.nextDown(floor);
    limited(
        Level.MEDIUM,
        ConfidenceLimit.FEW_MEASURED_RUNS,
        rate(GOOD.rate(less, 10, 10, new Basis.FromBandwidth("cuda-ada", 4))));
    assertEquals(
        Level.HIGH, rate(GOOD.rate(floor, 10, 10, new Basis.FromBandwidth("cuda-ada", 4))).level());
    assertEquals(
        Level.HIGH, rate(GOOD.rate(less, 10, 10, new Basis.FromBandwidth("cuda-ada", 5))).level());
    assertEquals(Level.HIGH, rate(GOOD.rate(10, 10, 10, new Basis.MeasuredHere())).level());
  }

  @ParameterizedTest
  @CsvSource({"LOW, MEDIUM", "MEDIUM, MEDIUM", "HIGH, HIGH"})
  void theEvidenceLimitsItWhereItsDoubtReachesAnotherTag(Strength strength, Level level) {
    Candidates pick = GOOD.quality(new Quality(80, 75, 85, List.of(), 0, strength));
    assertEquals(Level.HIGH, rate(pick).level(), "no other tag");
    assertEquals(Level.HIGH, rate(pick, Candidates.of("8b").score(74)).level());
    Confidence confidence = rate(pick, Candidates.of("8b").score(75).rate(9, 9, 9));
    assertEquals(level, confidence.level());
    assertEquals(
        switch (strength) {
          case LOW -> List.of(ConfidenceLimit.THIN_EVIDENCE);
          case MEDIUM -> List.of(ConfidenceLimit.SOME_EVIDENCE);
          case HIGH -> List.of();
        },
        confidence.because());
  }

  @Test
  void aWeightyLimitStandsBeforeTheOthers() {
    Candidates weak =
        GOOD.noSpeed().quality(new Quality(80, 75, 85, List.of(), 0, Strength.MEDIUM));
    Confidence confidence = rate(weak, Candidates.of("8b").score(75).rate(9, 9, 9));
    assertEquals(Level.LOW, confidence.level());
    assertEquals(
        List.of(ConfidenceLimit.SPEED_UNKNOWN, ConfidenceLimit.SOME_EVIDENCE),
        confidence.because());
  }

  @Test
  void anotherLanguageLimitsIt() {
    limited(
        Level.MEDIUM,
        ConfidenceLimit.LANGUAGE_NOT_MEASURED,
        rate(CONTESTED, true, List.of(), Priority.BALANCED, CONTENDER));
    assertEquals(Level.HIGH, rate(GOOD, true, List.of(), Priority.BALANCED).level());
  }

  /// Points, against another variant.
  @Test
  void lessThanTwoPointsAreAMatterOfTaste() {
    double points = GOOD.evaluation().points();
    Candidates eight = Candidates.of("8b");
    double shift = points - eight.evaluation().points();
    Quality sure = new Quality(80, 80, 85, List.of(), 0, Strength.HIGH);
    limited(
        Level.LOW,
        ConfidenceLimit.CLOSE_RUNNER_UP,
        rate(GOOD.quality(sure), overlapping(eight, 80 + shift - 1.99)));
    assertEquals(
        Level.HIGH, rate(GOOD.quality(sure), overlapping(eight, 80 + shift - 2.01)).level());
    assertEquals(Level.HIGH, rate(GOOD, Candidates.of("14b-qwen-distill-q8_0")).level());
  }

  private static Candidates overlapping(Candidates other, double score) {
    return other.quality(new Quality(score, score, 90, List.of(), 0, Strength.HIGH));
  }

  @Test
  void twoHundredMebibytesLeftAreThin() {
    Bytes budget = Bytes.ofGiB(4);
    limited(Level.MEDIUM, ConfidenceLimit.THIN_HEADROOM, rate(spare(budget, STEP), FAR_BEHIND));
    Confidence enough = rate(spare(budget, STEP.plus(Bytes.of(1))), FAR_BEHIND);
    assertEquals(Level.HIGH, enough.level());
    assertEquals(new Flip.NoRoomLeft(STEP), rate(spare(budget, STEP), FAR_BEHIND).flip());
  }

  private static Candidates spare(Bytes budget, Bytes spare) {
    return GOOD.placed(new Placement.AllOnGpu(29), budget, budget.minusOrZero(spare));
  }

  @Test
  void freeMemoryThatIsNotKnownLimitsIt() {
    LoadPlan plan = GOOD.plan();
    var silent =
        new DeviceLoad(
            GPU,
            29,
            Bytes.ofGiB(11),
            Bytes.ZERO,
            Bytes.ZERO,
            Optional.empty(),
            Bytes.ZERO,
            Bytes.ZERO);
    Candidates pick =
        GOOD.plan(
            new LoadPlan(
                plan.tag(),
                plan.settings(),
                plan.placement(),
                List.of(silent, silent),
                plan.host()));
    limited(Level.MEDIUM, ConfidenceLimit.FREE_MEMORY_UNKNOWN, rate(pick));
    Candidates roomy = GOOD.placed(new Placement.AllOnGpu(29));
    assertEquals(Level.HIGH, rate(roomy).level());
  }

  // --- the one assumption

  @Test
  void aBorderIsTheAssumptionThatWouldChangeThePick() {
    var other = Candidates.tag("8b");
    var more = new MemorySensitivity(STEP, true, Optional.of(other));
    var less = new MemorySensitivity(STEP, false, Optional.of(other));
    var nothing = new MemorySensitivity(STEP, false, Optional.empty());
    Confidence confidence = rate(GOOD, false, List.of(more), Priority.BALANCED);
    limited(Level.LOW, ConfidenceLimit.NEAR_BORDER, confidence);
    assertEquals(new Flip.MoreMemory(STEP, other), confidence.flip());
    assertEquals(
        new Flip.LessMemory(STEP, other),
        rate(GOOD, false, List.of(nothing, less), Priority.BALANCED).flip());
    assertEquals(
        new Flip.OnlyOne(Bytes.ofGiB(100)),
        rate(GOOD, false, List.of(nothing), Priority.BALANCED).flip());
  }

  @Test
  void aSpeedThatNothingBacksIsTheAssumption() {
    assertEquals(new Flip.Slower(CHAT.leastRate()), rate(GOOD.noSpeed(), FAR_BEHIND).flip());
  }

  @Test
  void theNearestOtherVariantIsTheRunnerUp() {
    Candidates near = Candidates.of("32b").score(70);
    Candidates quant = Candidates.of("14b-qwen-distill-q8_0").score(79);
    Flip flip = rate(GOOD, FAR_BEHIND, near, quant).flip();
    assertEquals(
        new Flip.RunnerUp(
            Candidates.tag("32b"), GOOD.evaluation().points() - near.evaluation().points()),
        flip);
    assertEquals(flip, rate(GOOD, quant, near, FAR_BEHIND).flip());
    assertEquals(new Flip.OnlyOne(Bytes.ofGiB(100)), rate(GOOD, quant).flip());
  }

  @Test
  void askedForQualityTheRunnerUpIsNearestInQuality() {
    Candidates slowAndGood =
        Candidates.of("32b").score(79).rate(0.1, CHAT.readerRate().tokensPerSecond() / 8, 1000);
    Candidates fast = Candidates.of("8b").score(78);
    assertEquals(
        new Flip.RunnerUp(Candidates.tag("32b"), 1),
        rate(GOOD, false, List.of(), Priority.QUALITY, fast, slowAndGood).flip());
    Flip.RunnerUp balanced =
        (Flip.RunnerUp) rate(GOOD, false, List.of(), Priority.BALANCED, fast, slowAndGood).flip();
    assertEquals(Candidates.tag("8b"), balanced.tag());
  }

  /// Ten points behind another one would not be the pick at the end of the doubt.
  @Test
  void whatIsTenPointsBehindContestsNothing() {
    Candidates pick = GOOD.quality(new Quality(80, 50, 90, List.of(), 0, Strength.LOW));
    Evaluation best = pick.evaluation();
    assertEquals(
        Level.HIGH, rate(pick, RuleBordersTest.behind(Candidates.of("8b"), best, 10)).level());
    limited(
        Level.MEDIUM,
        ConfidenceLimit.THIN_EVIDENCE,
        rate(pick, RuleBordersTest.behind(Candidates.of("8b"), best, 9.75)));
  }
}
