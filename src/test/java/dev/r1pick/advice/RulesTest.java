package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CHAT;
import static dev.r1pick.advice.Candidates.MACHINE;
import static dev.r1pick.advice.Candidates.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.advice.Verdict.Keep;
import dev.r1pick.advice.Verdict.Prefer;
import dev.r1pick.advice.Verdict.Reject;
import dev.r1pick.catalog.License;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Strength;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.Placement;
import dev.r1pick.hardware.Disk;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every rule of the book, just under its border and just over it.
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
        Optional.empty(),
        OptionalDouble.of(rate),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private static Constraints maxWait(Duration wait) {
    return wishes(
        Optional.empty(), OptionalDouble.empty(), Optional.empty(), List.of(), Optional.of(wait));
  }

  private static Constraints maxDownload(Bytes most) {
    return wishes(
        Optional.empty(), OptionalDouble.empty(), Optional.of(most), List.of(), Optional.empty());
  }

  private static void keeps(Rule rule, Candidates candidate, Question question) {
    assertEquals(new Keep(), candidate.judged(rule, question));
  }

  private static void rejects(Reason reason, Rule rule, Candidates candidate, Question question) {
    assertEquals(new Reject(reason, Optional.empty()), candidate.judged(rule, question));
  }

  private static void rejects(
      Reason reason, Bytes shortfall, Rule rule, Candidates candidate, Question question) {
    assertEquals(new Reject(reason, Optional.of(shortfall)), candidate.judged(rule, question));
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

  @Test
  void aGoodCandidateBreaksNoRule() {
    assertEquals(0, GOOD.evaluation().dropsNeeded());
    assertEquals(Optional.empty(), GOOD.evaluation().rejection(0));
  }

  // --- hard rules

  @Test
  void fitsMemoryRejectsWhatIsNotLoadedAndSaysWhatIsShort() {
    keeps(Rule.FITS_MEMORY, GOOD, ask());
    keeps(Rule.FITS_MEMORY, GOOD.partly(), ask());
    Bytes missing = Bytes.ofGiB(3);
    ContextLength context = CHAT.neededContext();
    rejects(
        new Reason.RamShort(Bytes.ZERO, missing, context),
        missing,
        Rule.FITS_MEMORY,
        GOOD.fit(new Fit.DoesNotFit(GOOD.plan(), missing, Fit.Where.RAM)),
        ask());
    rejects(
        new Reason.GpuShort(Bytes.ZERO, missing, context),
        missing,
        Rule.FITS_MEMORY,
        GOOD.fit(new Fit.DoesNotFit(GOOD.plan(), missing, Fit.Where.GPU)),
        ask());
    rejects(
        new Reason.CacheRefused(KvCacheType.F16),
        Rule.FITS_MEMORY,
        GOOD.fit(new Fit.DoesNotFit(GOOD.plan(), Bytes.ZERO, Fit.Where.GPU)),
        ask());
  }

  @Test
  void noMoreContextIsTakenThanAModelWasTrainedFor() {
    ContextLength trained = GOOD.candidate().tag().variant().trainedContext();
    keeps(Rule.WITHIN_TRAINED_CONTEXT, GOOD, ask());
    keeps(Rule.WITHIN_TRAINED_CONTEXT, GOOD, ask(context(trained.tokens())));
    rejects(
        new Reason.BeyondTrained(ContextLength.of(trained.tokens() + 1), trained),
        Rule.WITHIN_TRAINED_CONTEXT,
        GOOD,
        ask(context(trained.tokens() + 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "8b, 0.6.5, false",
    "8b, 0.6.6, true",
    "8b, 0.30.0, true",
    "8b, 0.0.0, true",
    "8b, '', true",
    "14b, 0.6.5, true"
  })
  void qwen3IsLoadedFrom066On(String tag, String version, boolean keeps) {
    Machine machine =
        MACHINE.withOllama(
            new OllamaSetup(
                version.isEmpty() ? Optional.empty() : Optional.of(version), Map.of()));
    Verdict verdict = Candidates.of(tag).judged(Rule.OLLAMA_NEW_ENOUGH, ask(machine));
    assertEquals(keeps, verdict instanceof Keep);
    if (verdict instanceof Reject(var reason, _)) {
      var old = assertInstanceOf(Reason.OllamaTooOld.class, reason);
      assertEquals(version, old.installed().toString());
      assertEquals("0.6.6", old.needed().toString());
    }
  }

  @Test
  void aDownloadIsAtMostWhatWasAsked() {
    Bytes download = GOOD.candidate().tag().download();
    keeps(Rule.WITHIN_DOWNLOAD_LIMIT, GOOD, ask());
    keeps(Rule.WITHIN_DOWNLOAD_LIMIT, GOOD, ask(maxDownload(download)));
    Bytes less = Bytes.of(download.count() - 1);
    rejects(
        new Reason.DownloadOverLimit(download, less),
        Bytes.of(1),
        Rule.WITHIN_DOWNLOAD_LIMIT,
        GOOD,
        ask(maxDownload(less)));
  }

  @Test
  void aDownloadFitsTheDisk() {
    Bytes download = GOOD.candidate().tag().download();
    keeps(Rule.FITS_DISK, GOOD, ask(MACHINE.withDisk(Optional.empty())));
    keeps(Rule.FITS_DISK, GOOD, ask(withFree(download)));
    Bytes less = Bytes.of(download.count() - 1);
    rejects(
        new Reason.DiskShort(download, less),
        Bytes.of(1),
        Rule.FITS_DISK,
        GOOD,
        ask(withFree(less)));
  }

  private static Machine withFree(Bytes free) {
    return MACHINE.withDisk(Optional.of(new Disk("/models", Optional.of(free))));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 70b, ''",
    "mit, 70b, Llama",
    "mit, 14b, Apache-2.0",
    "permissive, 14b, ''",
    "permissive, 70b, Llama",
    "mit, 671b, ''"
  })
  void everyLicenseThatBindsATagIsAllowed(String word, String tag, String refused) {
    List<License> allowed =
        word.isEmpty() ? List.of() : Candidates.CATALOG.licenses().matching(word);
    Question question =
        ask(
            wishes(
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                allowed,
                Optional.empty()));
    Verdict verdict = Candidates.of(tag).judged(Rule.LICENCE_ALLOWED, question);
    assertEquals(refused.isEmpty(), verdict instanceof Keep, verdict.toString());
    if (verdict instanceof Reject(Reason.LicenceNotAllowed(var license), _)) {
      assertTrue(license.startsWith(refused), license);
    }
  }

  @Test
  void aTagIsAsFastAsWasAskedInTheMiddleOfItsRange() {
    Candidates ten = GOOD.rate(8, 10, 12);
    keeps(Rule.FAST_ENOUGH, ten, ask());
    keeps(Rule.FAST_ENOUGH, ten, ask(minSpeed(10)));
    double more = Math.nextUp(10);
    rejects(
        new Reason.TooSlow(new TokenRate(10), new TokenRate(more)),
        Rule.FAST_ENOUGH,
        ten,
        ask(minSpeed(more)));
    keeps(Rule.FAST_ENOUGH, GOOD.bounds(10, 30), ask(minSpeed(10)));
    rejects(
        new Reason.TooSlow(new TokenRate(9), new TokenRate(10)),
        Rule.FAST_ENOUGH,
        GOOD.bounds(9, 30),
        ask(minSpeed(10)));
    rejects(
        new Reason.SpeedUnknown(new TokenRate(10)),
        Rule.FAST_ENOUGH,
        GOOD.noSpeed(),
        ask(minSpeed(10)));
  }

  @Test
  void aTypicalAnswerIsCompleteAsSoonAsWasAsked() {
    Candidates minute = GOOD.time(Duration.ofSeconds(30), Duration.ofSeconds(60));
    keeps(Rule.SOON_ENOUGH, minute, ask());
    keeps(Rule.SOON_ENOUGH, minute, ask(maxWait(Duration.ofSeconds(60))));
    Duration less = Duration.ofSeconds(60).minus(NANO);
    rejects(
        new Reason.TooLong(Duration.ofSeconds(60), less),
        Rule.SOON_ENOUGH,
        minute,
        ask(maxWait(less)));
    rejects(
        new Reason.WaitUnknown(less), Rule.SOON_ENOUGH, GOOD.noSpeed(), ask(maxWait(less)));
  }

  // --- soft rules

  @Test
  void belowAScoreOf43AModelIsNoHelp() {
    keeps(Rule.GOOD_ENOUGH, GOOD.score(43), ask());
    double less = Math.nextDown(43.0);
    rejects(
        new Reason.NotGoodEnough(less, "chat", 43), Rule.GOOD_ENOUGH, GOOD.score(less), ask());
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
  void theFastEndOfTheRangeIsReadable() {
    keeps(Rule.READABLE_SPEED, GOOD.rate(0.1, 0.2, FLOOR), ask());
    Candidates slow = GOOD.rate(0.1, 0.2, Math.nextDown(FLOOR));
    rejects(
        new Reason.BelowFloor(new TokenRate(0.2), CHAT.leastRate()),
        Rule.READABLE_SPEED,
        slow,
        ask());
    keeps(Rule.READABLE_SPEED, slow, ask(minSpeed(0.1)));
    keeps(Rule.READABLE_SPEED, slow, ask(maxWait(WAIT)));
  }

  @Test
  void whoAsksForQualityBearsTwentyTimesTheAcceptableWait() {
    Candidates slow = GOOD.rate(0.1, 0.2, 0.3);
    Duration longest = WAIT.multipliedBy(20);
    Question quality = ask(Priority.QUALITY);
    keeps(Rule.READABLE_SPEED, slow.time(WAIT, longest), quality);
    assertInstanceOf(
        Reject.class, slow.time(WAIT, longest.plus(NANO)).judged(Rule.READABLE_SPEED, quality));
    assertInstanceOf(Reject.class, slow.timeless().judged(Rule.READABLE_SPEED, quality));
    assertInstanceOf(Reject.class, slow.time(WAIT, WAIT).judged(Rule.READABLE_SPEED, ask()));
  }

  @Test
  void ofAnUnknownChipTheFastEndCountsWhereTheTagIsWholeOnIt() {
    double less = Math.nextDown(FLOOR);
    keeps(Rule.READABLE_SPEED, GOOD.bounds(0.1, FLOOR), ask());
    rejects(
        new Reason.BelowFloor(new TokenRate(less), CHAT.leastRate()),
        Rule.READABLE_SPEED,
        GOOD.bounds(0.1, less),
        ask());
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
    rejects(
        new Reason.SpeedUnknownAndInRam(),
        Rule.READABLE_SPEED,
        GOOD.partly().noSpeed(),
        ask());
  }

  @Test
  void fiveTimesTheAcceptableWaitIsBearable() {
    Duration longest = WAIT.multipliedBy(5);
    keeps(Rule.BEARABLE_WAIT, GOOD.time(longest, longest.multipliedBy(2)), ask());
    Candidates late = GOOD.time(longest.plus(NANO), longest.multipliedBy(2));
    rejects(
        new Reason.BeyondBearing(longest.multipliedBy(2), WAIT),
        Rule.BEARABLE_WAIT,
        late,
        ask());
    keeps(Rule.BEARABLE_WAIT, late, ask(Priority.QUALITY));
    keeps(Rule.BEARABLE_WAIT, late, ask(minSpeed(1)));
    keeps(Rule.BEARABLE_WAIT, late, ask(maxWait(WAIT)));
    keeps(Rule.BEARABLE_WAIT, late.timeless(), ask());
  }

  // --- preferences

  @Test
  void aThirdOfWhatQualityMayBeBelowItsScoreCountsAgainstIt() {
    Candidates sure = GOOD.score(60);
    Candidates unsure =
        GOOD.quality(new Quality(60, 51, 69, List.of(), 0, Strength.MEDIUM));
    assertEquals(60, points(Rule.QUALITY, sure));
    assertEquals(57, points(Rule.QUALITY, unsure), 1e-9);
    var reason = assertInstanceOf(Reason.Quality.class, reason(Rule.QUALITY, unsure));
    assertEquals(60, reason.quality());
    assertEquals(3, reason.doubt(), 1e-9);
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
    preferred(-4, new Reason.Partly(20, 29), new Placement.PartlyOffloaded(20, 9));
    preferred(-4, new Reason.Experts(9, 29), new Placement.ExpertsInRam(20, 9));
  }

  private static void preferred(double points, Reason reason, Placement placement) {
    assertEquals(
        new Prefer(points, reason), GOOD.placed(placement).judged(Rule.PLACEMENT, ask()));
  }

  /// 2 % of 100,000 bytes are 2,000.
  @ParameterizedTest
  @CsvSource({"98000, 0", "98001, -0.5"})
  void lessThanTwoPercentLeftIsThin(long used, double points) {
    for (Placement placement : List.of(new Placement.AllOnGpu(29), new Placement.CpuOnly(29))) {
      Candidates candidate = GOOD.placed(placement, Bytes.of(100_000), Bytes.of(used));
      assertEquals(points, points(Rule.HEADROOM, candidate), placement.toString());
      assertEquals(
          new Reason.Headroom(Bytes.of(100_000 - used)), reason(Rule.HEADROOM, candidate));
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
  void twiceTheDownloadCostsAFifthOfAPointAndTwiceTheBitsAPoint() {
    ModelTag four = Candidates.tag("14b");
    double doublings = Math.log(four.download().inGB()) / Math.log(2);
    double bits =
        8.0 * four.download().count() / four.variant().architecture().parameters() / 4.9;
    assertTrue(bits > 0.95 && bits < 1.05, "bits of Q4_K_M: " + bits);
    double beyond = Math.max(0, Math.log(bits) / Math.log(2));
    assertEquals(-0.2 * doublings - beyond, points(Rule.SMALL_DOWNLOAD, GOOD), 1e-9);
    assertEquals(new Reason.Download(four.download()), reason(Rule.SMALL_DOWNLOAD, GOOD));
    Candidates sixteen = Candidates.of("14b-qwen-distill-fp16");
    double larger =
        (double) sixteen.candidate().tag().download().count() / four.download().count();
    assertEquals(
        -0.2 * (doublings + Math.log(larger) / Math.log(2)) - Math.log(bits * larger) / Math.log(2),
        points(Rule.SMALL_DOWNLOAD, sixteen),
        1e-9);
  }

  // --- the whole book

  @Test
  void softRulesAreDroppedFromTheLastOne() {
    Candidates weak = GOOD.score(10);
    Candidates cut = GOOD.context(512);
    Candidates slow = GOOD.rate(0.1, 0.1, 0.1);
    Candidates late = GOOD.time(WAIT.multipliedBy(6), WAIT.multipliedBy(6));
    assertEquals(4, weak.evaluation().dropsNeeded());
    assertEquals(3, cut.evaluation().dropsNeeded());
    assertEquals(2, slow.evaluation().dropsNeeded());
    assertEquals(1, late.evaluation().dropsNeeded());
    assertEquals(4, weak.time(WAIT.multipliedBy(6), WAIT.multipliedBy(6)).evaluation().dropsNeeded());
    assertEquals(
        5,
        late.fit(new Fit.DoesNotFit(GOOD.plan(), Bytes.of(1), Fit.Where.GPU))
            .evaluation()
            .dropsNeeded());
    for (int dropped = 0; dropped <= Rule.SOFT_RULES; dropped++) {
      assertEquals(dropped < 2, slow.evaluation().rejection(dropped).isPresent(), "" + dropped);
    }
    assertEquals(
        Rule.READABLE_SPEED, slow.evaluation().rejection(1).map(Map.Entry::getKey).orElseThrow());
    assertTrue(slow.evaluation().breaks(Rule.READABLE_SPEED));
    assertFalse(slow.evaluation().breaks(Rule.GOOD_ENOUGH));
  }

  @Test
  void pointsAreThoseOfAllPreferences() {
    Evaluation judged = GOOD.kvCache(KvCacheType.Q8_0).changes(false, true).evaluation();
    double sum = 80 - 0.5 - 0.5 + points(Rule.SMALL_DOWNLOAD, GOOD);
    assertEquals(sum, judged.points(), 1e-9);
  }

  // --- what may change with a little memory

  @Test
  void aPickIsNearTheEdgeWhereLessMemoryLeavesLessThanTwoPercent() {
    Bytes step = Bytes.of(1000);
    assertFalse(Rules.isNearTheEdge(spare(3000).candidate(), step));
    assertTrue(Rules.isNearTheEdge(spare(2999).candidate(), step));
    assertTrue(Rules.isNearTheEdge(spare(50_000).partly().candidate(), step));
  }

  private static Candidates spare(long bytes) {
    return GOOD.placed(
        new Placement.AllOnGpu(29), Bytes.of(100_000), Bytes.of(100_000 - bytes));
  }

  @Test
  void anotherVariantIsShortOfRoomWhereALittleMoreMemoryCouldMakeItThePick() {
    Evaluation best = GOOD.evaluation();
    Candidates other = Candidates.of("32b").score(70);
    assertFalse(isShort(other, best), "it has all the room it needs");
    assertTrue(isShort(other.context(CHAT.neededContext().tokens() - 1), best));
    assertTrue(isShort(other.changes(false, true), best), "a smaller cache");
    assertFalse(isShort(other.changes(true, false), best));
    assertTrue(isShort(other.score(79), best), "one layer more may be enough");
    long far = Bytes.ofGiB(2).count();
    assertTrue(isShort(missing(other, far - 1), best));
    assertFalse(isShort(missing(other, far), best));
    assertTrue(isShort(other.fit(new Fit.Partly(other.plan(), Bytes.of(far - 1))), best));
    assertFalse(isShort(other.fit(new Fit.Partly(other.plan(), Bytes.of(far))), best));
    assertFalse(isShort(missing(GOOD, 1), best), "the same variant");
  }

  private static Candidates missing(Candidates candidate, long bytes) {
    return candidate.fit(
        new Fit.DoesNotFit(candidate.plan(), Bytes.of(bytes), Fit.Where.RAM));
  }

  private static boolean isShort(Candidates other, Evaluation best) {
    return Rules.isShortOfRoom(other.evaluation(), best, ask());
  }
}
