package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CHAT;
import static dev.r1pick.advice.Candidates.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.advice.Verdict.Keep;
import dev.r1pick.advice.Verdict.Prefer;
import dev.r1pick.advice.Verdict.Reject;
import dev.r1pick.advice.quality.Quality;
import dev.r1pick.catalog.License;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Strength;
import dev.r1pick.fit.Placement;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every rule that can be dropped or only counts, just under its border and just over it.
class RulesTest {
  private static final double FLOOR = CHAT.leastRate().tokensPerSecond();
  private static final double READER = CHAT.readerRate().tokensPerSecond();
  private static final Duration WAIT = CHAT.acceptableWait();
  private static final Duration NANO = Duration.ofNanos(1);

  private static final Candidates GOOD = Candidates.of("14b");

  private static Constraints wishes(
      Optional<ContextLength> context,
      OptionalDouble minSpeed,
      Optional<Bytes> maxDownload,
      List<License> licenses,
      Optional<Duration> maxWait) {
    return new Constraints(
        context,
        Optional.empty(),
        Optional.empty(),
        minSpeed,
        maxDownload,
        licenses,
        maxWait,
        OptionalInt.empty());
  }

  private static Constraints context(int tokens) {
    return wishes(
        Optional.of(ContextLength.of(tokens)),
        OptionalDouble.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private static Constraints minSpeed(double rate) {
    return wishes(
        Optional.empty(), OptionalDouble.of(rate), Optional.empty(), List.of(), Optional.empty());
  }

  private static Constraints maxWait(Duration wait) {
    return wishes(
        Optional.empty(), OptionalDouble.empty(), Optional.empty(), List.of(), Optional.of(wait));
  }

  private static void keeps(Rule rule, Candidates candidate, Question question) {
    assertEquals(new Keep(), candidate.judged(rule, question));
  }

  private static void rejects(Reason reason, Rule rule, Candidates candidate, Question question) {
    assertEquals(new Reject(reason, Optional.empty()), candidate.judged(rule, question));
  }

  private static double points(Rule rule, Candidates candidate) {
    return points(rule, candidate, ask());
  }

  private static double points(Rule rule, Candidates candidate, Question question) {
    return assertInstanceOf(Prefer.class, candidate.judged(rule, question)).points();
  }

  private static Reason reason(Rule rule, Candidates candidate) {
    return assertInstanceOf(Prefer.class, candidate.judged(rule, ask())).reason();
  }

  // --- soft rules

  @Test
  void belowAScoreOf43AModelIsNoHelp() {
    keeps(Rule.GOOD_ENOUGH, GOOD.score(43), ask());
    double less = Math.nextDown(43.0);
    rejects(new Reason.NotGoodEnough(less, "chat", 43), Rule.GOOD_ENOUGH, GOOD.score(less), ask());
  }

  @Test
  void halfOfTheContextIsRoomForThinkingAndLessIsNot() {
    int half = CHAT.neededContext().tokens() / 2;
    keeps(Rule.ROOM_FOR_THINKING, GOOD.context(half), ask());
    rejects(
        new Reason.ThinkingCut(ContextLength.of(half - 1), CHAT.neededContext()),
        Rule.ROOM_FOR_THINKING,
        GOOD.context(half - 1),
        ask());
    keeps(Rule.ROOM_FOR_THINKING, GOOD.context(half - 1), ask(context(half - 1)));
  }

  @Test
  void aTwinThatDoesBetterRaisesTheBar() {
    Quality unsure = new Quality(44, Math.nextDown(43.0), 46, List.of(), 0, Strength.MEDIUM);
    keeps(Rule.GOOD_ENOUGH, GOOD.quality(unsure), ask());
    rejects(
        new Reason.OutdoneByTwin(Math.nextDown(43.0), "chat", 43, "qwen2.5:1.5b"),
        Rule.GOOD_ENOUGH,
        GOOD.quality(unsure).twin("qwen2.5:1.5b"),
        ask());
    Quality sure = new Quality(44, 43, 46, List.of(), 0, Strength.MEDIUM);
    keeps(Rule.GOOD_ENOUGH, GOOD.quality(sure).twin("qwen2.5:1.5b"), ask());
  }

  @Test
  void slowIsJudgedByTheMiddleOfTheRange() {
    keeps(Rule.READABLE_SPEED, GOOD.rate(0.1, FLOOR, 100), ask());
    double less = Math.nextDown(FLOOR);
    Candidates slow = GOOD.rate(0.1, less, 100);
    rejects(
        new Reason.BelowFloor(new TokenRate(less), CHAT.leastRate()),
        Rule.READABLE_SPEED,
        slow,
        ask());
    keeps(Rule.READABLE_SPEED, slow, ask(minSpeed(0.1)));
    keeps(Rule.READABLE_SPEED, slow, ask(maxWait(WAIT)));
  }

  @Test
  void whoAsksForQualityBearsFiveTimesTheAcceptableWait() {
    Candidates slow = GOOD.rate(0.1, 0.2, 0.3);
    Duration longest = WAIT.multipliedBy(5);
    Question quality = ask(Priority.QUALITY);
    for (Rule rule : List.of(Rule.READABLE_SPEED, Rule.BEARABLE_WAIT)) {
      keeps(rule, slow.time(WAIT, longest), quality);
      assertInstanceOf(Reject.class, slow.time(WAIT, longest.plus(NANO)).judged(rule, quality));
    }
    assertInstanceOf(Reject.class, slow.timeless().judged(Rule.READABLE_SPEED, quality));
    assertInstanceOf(Reject.class, slow.time(WAIT, WAIT).judged(Rule.READABLE_SPEED, ask()));
  }

  @Test
  void ofAnUnknownChipTheMiddleCountsWhereTheTagIsWholeOnIt() {
    keeps(Rule.READABLE_SPEED, GOOD.bounds(FLOOR / 4, 4 * FLOOR), ask());
    assertInstanceOf(
        Reject.class, GOOD.bounds(FLOOR / 4, 3.99 * FLOOR).judged(Rule.READABLE_SPEED, ask()));
    double less = Math.nextDown(FLOOR);
    keeps(Rule.READABLE_SPEED, GOOD.partly().bounds(FLOOR, 2 * FLOOR), ask());
    rejects(
        new Reason.BelowFloor(new TokenRate(less), CHAT.leastRate()),
        Rule.READABLE_SPEED,
        GOOD.partly().bounds(less, 2 * FLOOR),
        ask());
  }

  @Test
  void aSpeedThatNothingBacksIsReadableUnlessLayersAreInRam() {
    keeps(Rule.READABLE_SPEED, GOOD.noSpeed(), ask());
    rejects(new Reason.SpeedUnknownAndInRam(), Rule.READABLE_SPEED, GOOD.partly().noSpeed(), ask());
  }

  @Test
  void threeTimesTheAcceptableWaitIsBearable() {
    Duration longest = WAIT.multipliedBy(3);
    keeps(Rule.BEARABLE_WAIT, GOOD.time(WAIT, longest), ask());
    Candidates late = GOOD.time(WAIT, longest.plus(NANO));
    rejects(new Reason.BeyondBearing(longest.plus(NANO), WAIT), Rule.BEARABLE_WAIT, late, ask());
    keeps(Rule.BEARABLE_WAIT, late, ask(minSpeed(1)));
    keeps(Rule.BEARABLE_WAIT, late, ask(maxWait(WAIT)));
    keeps(Rule.BEARABLE_WAIT, late.timeless(), ask());
  }

  @Test
  void fifteenTimesTheAcceptableWaitIsEndurableAndBelowThreeTokensASecondNothingIs() {
    Duration longest = WAIT.multipliedBy(15);
    keeps(Rule.ENDURABLE_WAIT, GOOD.time(WAIT, longest), ask());
    Candidates late = GOOD.time(WAIT, longest.plus(NANO));
    rejects(new Reason.BeyondEnduring(longest.plus(NANO), WAIT), Rule.ENDURABLE_WAIT, late, ask());
    Candidates crawling = GOOD.rate(1, Math.nextDown(3.0), 9);
    assertInstanceOf(Reject.class, crawling.judged(Rule.ENDURABLE_WAIT, ask()));
    keeps(Rule.ENDURABLE_WAIT, GOOD.rate(1, 3, 9), ask());
    keeps(Rule.ENDURABLE_WAIT, crawling, ask(Priority.QUALITY));
    keeps(Rule.ENDURABLE_WAIT, late, ask(minSpeed(1)));
    keeps(Rule.ENDURABLE_WAIT, late.timeless(), ask());
  }

  @Test
  void whatIsNotWholeOnAGpuHasToComeWithinTheAcceptableWait() {
    Candidates partly = GOOD.placed(new Placement.PartlyOffloaded(20, 9));
    Candidates late = partly.time(WAIT, WAIT.plus(NANO));
    keeps(Rule.WHOLE_OR_SOON, partly.time(WAIT, WAIT), ask());
    rejects(new Reason.LateInRam(WAIT.plus(NANO), WAIT), Rule.WHOLE_OR_SOON, late, ask());
    Candidates cpu = GOOD.placed(new Placement.CpuOnly(29)).time(WAIT, WAIT.plus(NANO));
    assertInstanceOf(Reject.class, cpu.judged(Rule.WHOLE_OR_SOON, ask()));
    keeps(Rule.WHOLE_OR_SOON, GOOD.time(WAIT, WAIT.plus(NANO)), ask());
    keeps(Rule.WHOLE_OR_SOON, late, ask(Priority.QUALITY));
    keeps(Rule.WHOLE_OR_SOON, late, ask(maxWait(WAIT)));
    keeps(Rule.WHOLE_OR_SOON, late.timeless(), ask());
  }

  @Test
  void aDownloadOver100GbIsWorthItWholeOnGpusOrAtAReadersRate() {
    Candidates large = Candidates.of("671b").placed(new Placement.ExpertsInRam(20, 42));
    keeps(Rule.WORTH_THE_DOWNLOAD, large.rate(1, READER, 99), ask());
    Candidates slow = large.rate(1, Math.nextDown(READER), 99);
    rejects(
        new Reason.NotWorthTheDownload(slow.candidate().tag().download(), CHAT.readerRate()),
        Rule.WORTH_THE_DOWNLOAD,
        slow,
        ask());
    Candidates whole = slow.placed(new Placement.SplitAcrossGpus(62, 8));
    keeps(Rule.WORTH_THE_DOWNLOAD, whole, ask());
    keeps(Rule.WORTH_THE_DOWNLOAD, slow, ask(Priority.QUALITY));
    keeps(Rule.WORTH_THE_DOWNLOAD, slow, ask(minSpeed(1)));
    keeps(Rule.WORTH_THE_DOWNLOAD, GOOD.placed(new Placement.CpuOnly(29)).rate(1, 1, 1), ask());
  }

  // --- preferences

  @Test
  void aHalfOfWhatQualityMayBeBelowItsScoreCountsAgainstIt() {
    Candidates sure = GOOD.score(60);
    Candidates unsure = GOOD.quality(new Quality(60, 51, 69, List.of(), 0, Strength.MEDIUM));
    assertEquals(60, points(Rule.QUALITY, sure));
    assertEquals(55.5, points(Rule.QUALITY, unsure), 1e-9);
    var reason = assertInstanceOf(Reason.Quality.class, reason(Rule.QUALITY, unsure));
    assertEquals(60, reason.quality());
    assertEquals(4.5, reason.doubt(), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({"0.25, -20", "0.5, -5", "1, 0", "2, 0.5", "8, 1.5"})
  void halfOfAReadersSpeedCostsFivePointsAndTwiceBringsAHalf(double times, double points) {
    Candidates candidate = GOOD.rate(0.1, times * READER, 1000);
    assertEquals(points, points(Rule.SPEED, candidate), 1e-9);
    assertEquals(10 * points, points(Rule.SPEED, candidate, ask(Priority.SPEED)), 1e-9);
    assertEquals(
        new Reason.Speed(new TokenRate(times * READER), CHAT.readerRate()),
        reason(Rule.SPEED, candidate));
  }

  @Test
  void ofAnUnknownChipTheSlowEndIsWhatSpeedIsWorth() {
    Candidates bounds = GOOD.bounds(READER / 2, 4 * READER);
    assertEquals(-5, points(Rule.SPEED, bounds), 1e-9);
    assertEquals(
        new Reason.SpeedAtLeast(new TokenRate(READER / 2), CHAT.readerRate()),
        reason(Rule.SPEED, bounds));
    assertEquals(0, points(Rule.SPEED, GOOD.noSpeed()));
    assertEquals(new Reason.SpeedNotKnown(), reason(Rule.SPEED, GOOD.noSpeed()));
  }

  @Test
  void halfOfTheContextCostsSevenPoints() {
    int needed = CHAT.neededContext().tokens();
    assertEquals(0, points(Rule.CONTEXT, GOOD.context(needed)));
    assertEquals(0, points(Rule.CONTEXT, GOOD.context(4 * needed)));
    assertEquals(-7, points(Rule.CONTEXT, GOOD.context(needed / 2)), 1e-9);
    assertEquals(-14, points(Rule.CONTEXT, GOOD.context(needed / 4)), 1e-9);
    assertTrue(points(Rule.CONTEXT, GOOD.context(needed - 1)) < 0);
    assertEquals(
        new Reason.Context(ContextLength.of(needed / 2), CHAT.neededContext()),
        reason(Rule.CONTEXT, GOOD.context(needed / 2)));
  }

  @ParameterizedTest
  @CsvSource({"F16, 0", "Q8_0, -0.5", "Q4_0, -3"})
  void aSmallerCacheCosts(KvCacheType type, double points) {
    assertEquals(points, points(Rule.KV_CACHE_LOSS, GOOD.kvCache(type)));
    assertEquals(new Reason.KvCache(type), reason(Rule.KV_CACHE_LOSS, GOOD.kvCache(type)));
  }

  @Test
  void aSplitCostsLittleAndLayersInRamCostMuch() {
    preferred(0, new Reason.OnOneGpu(), new Placement.AllOnGpu(29));
    preferred(0, new Reason.OnTheCpu(), new Placement.CpuOnly(29));
    preferred(-0.5, new Reason.Split(2), new Placement.SplitAcrossGpus(29, 2));
    preferred(-8, new Reason.Partly(20, 29), new Placement.PartlyOffloaded(20, 9));
    preferred(-8, new Reason.Experts(9, 29), new Placement.ExpertsInRam(20, 9));
  }

  private static void preferred(double points, Reason reason, Placement placement) {
    assertEquals(new Prefer(points, reason), GOOD.placed(placement).judged(Rule.PLACEMENT, ask()));
  }

  /// 2 % of 100,000 bytes are 2,000.
  @ParameterizedTest
  @CsvSource({"98000, 0", "98001, -0.5"})
  void lessThanTwoPercentLeftIsThin(long used, double points) {
    for (Placement placement : List.of(new Placement.AllOnGpu(29), new Placement.CpuOnly(29))) {
      Candidates candidate = GOOD.placed(placement, Bytes.of(100_000), Bytes.of(used));
      assertEquals(points, points(Rule.HEADROOM, candidate), placement.toString());
      assertEquals(new Reason.Headroom(Bytes.of(100_000 - used)), reason(Rule.HEADROOM, candidate));
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false, 0", "true, false, -0.5", "false, true, -0.5", "true, true, -1"})
  void everySettingCosts(boolean context, boolean kvCache, double points) {
    Candidates candidate = GOOD.changes(context, kvCache);
    assertEquals(points, points(Rule.NO_SETTINGS, candidate));
    assertEquals(
        points == 0 ? new Reason.NoSetting() : new Reason.Setting(),
        reason(Rule.NO_SETTINGS, candidate));
    assertEquals(context || kvCache, candidate.candidate().changes().any());
  }

  @Test
  void twiceTheDownloadCostsAFifthOfAPoint() {
    ModelTag four = Candidates.tag("14b");
    double doublings = Math.log(four.download().inGB()) / Math.log(2);
    assertEquals(-0.2 * doublings, points(Rule.SMALL_DOWNLOAD, GOOD), 1e-9);
    assertEquals(new Reason.Download(four.download()), reason(Rule.SMALL_DOWNLOAD, GOOD));
  }

  @Test
  void moreBitsAreWorthAPointWhereThereIsRoomToSpareAndTheReadersRateIsKept() {
    Candidates eight = Candidates.of("14b-qwen-distill-q8_0");
    assertEquals(0, points(Rule.PRECISION, GOOD));
    assertEquals(1, points(Rule.PRECISION, eight));
    assertEquals(-4, points(Rule.PRECISION, eight.rate(1, Math.nextDown(READER), 99)));
    assertEquals(-4, points(Rule.PRECISION, eight.context(CHAT.neededContext().tokens() - 1)));
    assertEquals(-4, points(Rule.PRECISION, eight.placed(new Placement.CpuOnly(29))));
    Placement whole = new Placement.AllOnGpu(29);
    assertEquals(1, points(Rule.PRECISION, eight.placed(whole, Bytes.of(100), Bytes.of(85))));
    assertEquals(-4, points(Rule.PRECISION, eight.placed(whole, Bytes.of(100), Bytes.of(86))));
    assertEquals(-4, points(Rule.PRECISION, Candidates.of("14b-qwen-distill-fp16")));
    assertEquals(0, points(Rule.PRECISION, eight, ask(Priority.SPEED)));
  }

  @Test
  void askedForQualityMoreBitsAreWorthTwoPointsAtAnyRateAndF16OfSmallModelsMore() {
    Question quality = ask(Priority.QUALITY);
    Candidates eight = Candidates.of("14b-qwen-distill-q8_0").rate(1, 2, 3);
    assertEquals(2, points(Rule.PRECISION, eight, quality));
    Placement whole = new Placement.AllOnGpu(29);
    Candidates tight = eight.placed(whole, Bytes.of(100), Bytes.of(100));
    assertEquals(2, points(Rule.PRECISION, tight, quality));
    assertEquals(2.5, points(Rule.PRECISION, Candidates.of("8b-0528-qwen3-fp16"), quality));
    assertEquals(-4, points(Rule.PRECISION, Candidates.of("14b-qwen-distill-fp16"), quality));
  }

  @Test
  void aUseOfToolsTakesTwentyPointsFromTagsThatOllamaPassesNoneTo() {
    Question agents =
        new Question(
            Candidates.use("agents"),
            "en",
            Priority.BALANCED,
            Candidates.MACHINE,
            Constraints.NONE);
    assertEquals(-20, points(Rule.TOOLS, GOOD, agents));
    assertEquals(0, points(Rule.TOOLS, Candidates.of("671b"), agents));
    assertEquals(0, points(Rule.TOOLS, GOOD, ask()));
  }
}
