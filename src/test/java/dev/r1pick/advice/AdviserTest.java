package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CATALOG;
import static dev.r1pick.advice.Candidates.MACHINE;
import static dev.r1pick.advice.Candidates.USE_CASES;
import static dev.r1pick.advice.Candidates.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.Advice.NothingFits;
import dev.r1pick.advice.Advice.Recommendation;
import dev.r1pick.advice.Advice.Rejection;
import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.advice.quality.QualityEstimator;
import dev.r1pick.catalog.License;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.Remedy;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.speed.CpuBandwidthEstimator;
import dev.r1pick.speed.MachineSpeed;
import dev.r1pick.speed.SpeedConstantsReader;
import dev.r1pick.speed.SpeedEstimator;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whole answers, on one card or one processor of a size that the test chooses.
class AdviserTest {
  private static final GpuCatalog GPUS = GpuCatalogReader.readDefault();
  private static final QualityEstimator QUALITIES = new QualityEstimator(USE_CASES, CATALOG);
  private static final SpeedEstimator SPEEDS = new SpeedEstimator(SpeedConstantsReader.shipped());
  private static final CpuBandwidthEstimator CPUS = CpuBandwidthEstimator.shipped();
  private static final Machine PROCESSOR = MACHINE.withAccelerators(List.of());

  private static Machine card(int gib) {
    return Resized.to(MACHINE, Bytes.ofGiB(gib));
  }

  private static Adviser adviser(Machine machine) {
    return new Adviser(
        CATALOG,
        USE_CASES,
        new FitEstimator(),
        QUALITIES,
        new MachineSpeed(SPEEDS, machine, () -> GPUS, CPUS.estimate(machine)));
  }

  private static Question question(
      String useCase, Priority priority, Machine machine, Constraints wishes) {
    return new Question(use(useCase), "en", priority, machine, wishes);
  }

  private static Recommendation recommended(String useCase, Machine machine) {
    return recommended(question(useCase, Priority.BALANCED, machine, Constraints.NONE));
  }

  private static Recommendation recommended(Question question) {
    return assertInstanceOf(Recommendation.class, adviser(question.machine()).advise(question, 2));
  }

  private static NothingFits nothing(Machine machine, Constraints wishes) {
    return assertInstanceOf(
        NothingFits.class,
        adviser(machine).advise(question("chat", Priority.BALANCED, machine, wishes), 2));
  }

  private static Constraints wishes(
      OptionalDouble minSpeed, Optional<Bytes> maxDownload, List<License> licenses) {
    return new Constraints(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        minSpeed,
        maxDownload,
        licenses,
        Optional.empty(),
        OptionalInt.empty());
  }

  private static String tag(Recommendation answer) {
    return answer.best().candidate().tag().name();
  }

  @ParameterizedTest
  @CsvSource({"4, chat", "8, math", "12, coding", "24, research", "48, chat", "80, writing"})
  void thePickAloneIsThatOfTheWholeAnswer(int gib, String useCase) {
    Question question = question(useCase, Priority.BALANCED, card(gib), Constraints.NONE);
    assertEquals(
        recommended(question).best().candidate().tag(),
        adviser(card(gib)).pick(question).orElseThrow().candidate().tag());
  }

  @Test
  void noPickIsMadeWhereNothingFits() {
    Machine tiny = Resized.to(PROCESSOR, Bytes.ofMiB(800));
    Question question = question("chat", Priority.BALANCED, tiny, Constraints.NONE);
    assertEquals(Optional.empty(), adviser(tiny).pick(question));
    nothing(tiny, Constraints.NONE);
  }

  @ParameterizedTest
  @CsvSource({"12, coding", "24, chat", "6, math"})
  void whoAsksForQualityGetsTheBestVariantOfAllThatStay(int gib, String useCase) {
    Recommendation answer =
        recommended(question(useCase, Priority.QUALITY, card(gib), Constraints.NONE));
    double best = answer.best().candidate().quality().beforeLoss();
    for (Rejection other : answer.rejections()) {
      if (other.reason() instanceof Reason.FewerPoints) {
        double quality = QUALITIES.estimate(other.tag(), use(useCase), "en").beforeLoss();
        assertTrue(quality <= best + 1e-9, other.tag().name());
      }
    }
  }

  // --- every tag

  @Test
  void everyTagIsPickedOrOfferedOrHasAReason() {
    Recommendation answer = recommended("coding", card(12));
    var named = new ArrayList<String>();
    named.add(tag(answer));
    answer.alternatives().forEach(other -> named.add(other.judged().candidate().tag().name()));
    for (Rejection rejection : answer.rejections()) {
      named.add(rejection.tag().name());
      if (rejection.reason() instanceof Reason.SameManifest(var manifest)) {
        assertEquals(CATALOG.explicit(rejection.tag()), CATALOG.explicit(manifest));
        assertFalse(rejection.tag().name().equals(manifest.name()));
        assertEquals("same-manifest", rejection.ruleId());
      } else if (rejection.reason() instanceof Reason.FewerPoints(double points)) {
        assertEquals(Optional.empty(), rejection.rule());
        assertTrue(points <= answer.best().points(), rejection.tag().name());
      } else {
        assertEquals(rejection.rule().orElseThrow().id(), rejection.ruleId());
      }
    }
    assertEquals(
        CATALOG.tags().stream().map(ModelTag::name).sorted().toList(),
        named.stream().sorted().toList());
    assertEquals(named.size(), new TreeSet<>(named).size());
  }

  // --- the next better one

  @Test
  void theNextBetterTagIsTheSmallestOfAVariantThatIsNearestToFit() {
    Recommendation answer = recommended("coding", card(16));
    var next = answer.nextUp().orElseThrow();
    assertEquals("32b", next.tag().name(), "the 14b goes whole, the 70b is further away");
    assertFalse(next.fit() instanceof Fit.Whole);
    assertFalse(next.remedy().orElseThrow() instanceof Remedy.SmallerQuantization);
  }

  @Test
  void onAProcessorMoreMemoryBuysNoBetterTag() {
    assertEquals(
        Optional.empty(), recommended("chat", Resized.to(PROCESSOR, Bytes.ofGiB(16))).nextUp());
  }

  @Test
  void aTagThatNeedsMoreThanFourTimesTheMemoryIsOutOfReach() {
    for (int gib = 4; gib <= 96; gib += 4) {
      Machine machine = card(gib);
      Recommendation answer = recommended("research", machine);
      if (answer.nextUp().isPresent()) {
        Bytes total = answer.nextUp().get().fit().plan().total();
        assertTrue(total.atMost(Bytes.ofGiB(4L * gib)), gib + " GiB");
      }
      double quality = answer.best().candidate().quality().score();
      answer
          .nextUp()
          .ifPresent(
              next ->
                  assertTrue(
                      QUALITIES.estimate(next.tag(), use("research"), "en").score() > quality));
    }
    assertEquals(Optional.empty(), recommended("research", card(96)).nextUp(), "671b");
  }

  // --- nothing fits

  @Test
  void whereMemoryIsShortTheSmallestTagIsClosest() {
    Machine tiny = Resized.to(PROCESSOR, Bytes.ofMiB(800));
    NothingFits answer = nothing(tiny, Constraints.NONE);
    assertEquals("1.5b", answer.closest().tag().name());
    assertEquals(Optional.of(Rule.FITS_MEMORY), answer.closest().rule());
    assertEquals(Optional.empty(), answer.closestTime());
    assertTrue(
        answer.remedies().stream().anyMatch(Remedy.MoreRam.class::isInstance),
        answer.remedies().toString());
    assertEquals(CATALOG.tags().size(), answer.rejections().size());
  }

  @Test
  void whereEverythingIsTooSlowTheFastestTagIsClosest() {
    NothingFits answer =
        nothing(card(24), wishes(OptionalDouble.of(100_000), Optional.empty(), List.of()));
    assertEquals(Optional.of(Rule.FAST_ENOUGH), answer.closest().rule());
    assertEquals("1.5b", answer.closest().tag().name());
    assertTrue(answer.closestTime().isPresent());
  }

  @Test
  void whereNoLicenseIsAllowedTheBestTagIsClosest() {
    Machine machine = card(24);
    NothingFits answer =
        nothing(
            machine,
            wishes(
                OptionalDouble.empty(),
                Optional.of(Bytes.of(25_000_000_000L)),
                CATALOG.licenses().matching("mit")));
    assertEquals(Optional.of(Rule.LICENSE_ALLOWED), answer.closest().rule());
    assertEquals(tag(recommended("chat", machine)), answer.closest().tag().name());
  }

  @Test
  void whereEveryDownloadIsTooLargeTheSmallestTagIsClosest() {
    NothingFits answer =
        nothing(card(24), wishes(OptionalDouble.empty(), Optional.of(Bytes.of(1000)), List.of()));
    assertEquals(Optional.of(Rule.WITHIN_DOWNLOAD_LIMIT), answer.closest().rule());
    assertEquals("1.5b", answer.closest().tag().name());
    assertEquals(
        answer.closest().tag().download().count() - 1000,
        answer.closest().shortfall().orElseThrow().count());
  }

  // --- ways to load

  private static Candidate way(String tag, Machine machine, Constraints wishes) {
    List<Evaluation> judged =
        adviser(machine)
            .judge(
                List.of(Candidates.tag(tag)),
                question("coding", Priority.BALANCED, machine, wishes));
    return judged.getFirst().candidate();
  }

  @Test
  void aContextOfItsOwnNeedsASettingAndThatOfOllamaDoesNot() {
    int needed = use("coding").neededContext().tokens();
    Candidate small = way("7b", card(12), Constraints.NONE);
    assertEquals(needed, small.contextLength().tokens(), "Ollama itself would open 4k");
    assertTrue(small.changes().contextLength());
    assertFalse(small.changes().kvCacheType());
    Candidate large = way("7b", card(24), Constraints.NONE);
    assertEquals(32_768, large.contextLength().tokens(), "as Ollama opens it by itself");
    assertFalse(large.changes().any());
  }

  @Test
  void aSmallerCacheIsTriedWhereTheContextDoesNotFitWhole() {
    Bytes justTooSmall = smallestWhole("14b").minusOrZero(Bytes.ofMiB(64));
    Candidate cut = way("14b", Resized.to(MACHINE, justTooSmall), Constraints.NONE);
    assertInstanceOf(Fit.Whole.class, cut.fit());
    boolean smallerCache = cut.settings().kvCacheType() == KvCacheType.Q8_0;
    assertEquals(smallerCache, cut.changes().kvCacheType());
    assertTrue(
        smallerCache || cut.contextLength().tokens() < use("coding").neededContext().tokens());
    Candidate whole = way("14b", Resized.to(MACHINE, smallestWhole("14b")), Constraints.NONE);
    assertEquals(KvCacheType.F16, whole.settings().kvCacheType());
    assertEquals(use("coding").neededContext(), whole.contextLength());
  }

  /// The size of a card on which the tag goes whole with the context that coding needs.
  private static Bytes smallestWhole(String tag) {
    var fits = new FitEstimator();
    var request =
        dev.r1pick.fit.FitRequest.DEFAULTS.withContextLength(use("coding").neededContext());
    long low = 1024;
    long high = 65_536;
    while (low < high) {
      long middle = (low + high) / 2;
      Machine machine = Resized.to(MACHINE, Bytes.ofMiB(middle));
      if (fits.estimate(Candidates.tag(tag), request, machine) instanceof Fit.Whole) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Bytes.ofMiB(low);
  }

  @Test
  void aCacheThatWasAskedForIsTakenAndHasToBeSet() {
    var asked =
        new Constraints(
            Optional.of(ContextLength.of(8192)),
            Optional.of(KvCacheType.Q8_0),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            OptionalInt.empty());
    Candidate way = way("8b", card(24), asked);
    assertEquals(KvCacheType.Q8_0, way.settings().kvCacheType());
    assertEquals(8192, way.contextLength().tokens());
    assertTrue(way.changes().kvCacheType());
    assertTrue(way.changes().contextLength());
    Machine set =
        card(24)
            .withOllama(new OllamaSetup(Optional.empty(), Map.of("OLLAMA_KV_CACHE_TYPE", "q8_0")));
    Candidate already = way("8b", set, asked);
    assertEquals(KvCacheType.Q8_0, already.settings().kvCacheType());
    assertFalse(already.changes().kvCacheType());
  }

  @Test
  void aContextThatWasAskedForIsNeverCut() {
    var asked =
        new Constraints(
            Optional.of(ContextLength.of(65_536)),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            List.of(),
            Optional.of(Duration.ofDays(3)),
            OptionalInt.empty());
    for (String tag : List.of("8b", "14b", "32b")) {
      assertEquals(65_536, way(tag, card(12), asked).contextLength().tokens(), tag);
    }
  }

  @Test
  void theRateIsToldAtTheFillThatWasAskedFor() {
    Constraints empty =
        new Constraints(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            OptionalInt.of(0));
    Candidate usual = way("8b", card(24), Constraints.NONE);
    Candidate atZero = way("8b", card(24), empty);
    assertTrue(
        atZero.generationRate().orElseThrow() > usual.generationRate().orElseThrow(),
        "an empty context is read faster");
    assertEquals(usual.answerTime(), atZero.answerTime(), "the wait is for a typical answer");
  }
}
