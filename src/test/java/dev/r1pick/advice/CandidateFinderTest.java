package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CATALOG;
import static dev.r1pick.advice.Candidates.MACHINE;
import static dev.r1pick.advice.Candidates.USE_CASES;
import static dev.r1pick.advice.Candidates.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.advice.quality.QualityEstimator;
import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FitRequest;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The ways to load a tag for coding on one card of a size that the test chooses. Coding needs 16k;
/// the 8b thinks 1.9 times as long there and needs 32k.
class CandidateFinderTest {
  private final FitEstimator fits = new FitEstimator();

  private static Machine card(int mib) {
    return Resized.to(MACHINE, Bytes.ofMiB(mib));
  }

  private static Machine card(int mib, String version, String variable, String value) {
    return card(mib).withOllama(new OllamaSetup(Optional.of(version), Map.of(variable, value)));
  }

  private static Constraints wishes(
      Optional<Integer> context, Optional<KvCacheType> type, Optional<Integer> parallel) {
    return new Constraints(
        context.map(ContextLength::of),
        type,
        parallel,
        OptionalDouble.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        OptionalInt.empty());
  }

  private static Constraints context(int tokens) {
    return wishes(Optional.of(tokens), Optional.empty(), Optional.empty());
  }

  private static Constraints cache(KvCacheType type) {
    return wishes(Optional.empty(), Optional.of(type), Optional.empty());
  }

  private static Constraints parallel(int sequences) {
    return wishes(Optional.empty(), Optional.empty(), Optional.of(sequences));
  }

  private List<Candidate> find(String tag, Machine machine, Constraints wishes) {
    var qualities = new QualityEstimator(USE_CASES, CATALOG);
    var finder = new CandidateFinder(USE_CASES, fits, qualities, speeds(machine));
    return finder.find(
        Candidates.tag(tag), new Question(use("coding"), "en", Priority.BALANCED, machine, wishes));
  }

  private static MachineSpeed speeds(Machine machine) {
    return new MachineSpeed(
        new SpeedEstimator(SpeedConstantsReader.shipped()),
        machine,
        GpuCatalogReader::readDefault,
        CpuBandwidthEstimator.shipped().estimate(machine));
  }

  /// `context type fit` of each, and what has to be set.
  private List<String> ways(String tag, Machine machine, Constraints wishes) {
    var ways = new ArrayList<String>();
    for (Candidate way : find(tag, machine, wishes)) {
      ways.add(
          way.contextLength().tokens()
              + " "
              + way.settings().kvCacheType().name().toLowerCase(Locale.ROOT)
              + " "
              + way.fit().getClass().getSimpleName().toLowerCase(Locale.ROOT)
              + (way.changes().contextLength() ? " context" : "")
              + (way.changes().kvCacheType() ? " cache" : "")
              + (way.changes().parallel() ? " parallel" : ""));
    }
    return ways;
  }

  private List<String> ways(String tag, Machine machine) {
    return ways(tag, machine, Constraints.NONE);
  }

  /// The longest context in whole thousands at which the tag goes whole.
  private int longest(String tag, Machine machine, KvCacheType type) {
    FitRequest request = FitRequest.DEFAULTS.withKvCacheType(type);
    return fits.largestWholeContext(Candidates.tag(tag), request, machine)
        .orElseThrow()
        .inWholeK()
        .tokens();
  }

  // --- contexts

  @Test
  void whereTheNeededContextGoesWholeThereIsOneWay() {
    assertEquals(List.of("16384 f16 whole context"), ways("14b", card(13_312)));
    assertEquals(List.of("32768 f16 whole context"), ways("8b", card(12_288)));
  }

  /// From 24 GiB on Ollama opens 32k.
  @Test
  void aLongerContextThatOllamaOpensByItselfIsTakenWhereItGoesWhole() {
    assertEquals(List.of("32768 f16 whole"), ways("14b", card(24_576)));
    assertEquals(List.of("32768 f16 whole"), ways("8b", card(24_576)));
    assertEquals(List.of("32768 f16 whole"), ways("32b", card(32_000)));
    assertEquals(List.of("16384 f16 whole context"), ways("32b", card(24_576)), "32k spill");
  }

  @Test
  void whereTheNeededContextDoesNotGoWholeTheLongestThatDoesIsTriedToo() {
    Machine machine = card(11_264);
    int half = longest("14b", machine, KvCacheType.F16);
    int more = longest("14b", machine, KvCacheType.Q8_0);
    assertTrue(half < more && more < 16_384, half + " and " + more);
    assertEquals(
        List.of(
            "16384 f16 partly context",
            half + " f16 whole context",
            "16384 q8_0 partly context cache",
            more + " q8_0 whole context cache"),
        ways("14b", machine));
  }

  @Test
  void aVariantThatThinksLongerIsTriedWithTheContextOfTheUseToo() {
    Machine machine = card(9216);
    assertEquals(
        List.of(
            "32768 f16 partly context",
            "16384 f16 whole context",
            longest("8b", machine, KvCacheType.F16) + " f16 whole context",
            "32768 q8_0 whole context cache"),
        ways("8b", machine));
    Machine small = card(8192);
    assertEquals(
        List.of(
            "32768 f16 partly context",
            "16384 f16 partly context",
            longest("8b", small, KvCacheType.F16) + " f16 whole context",
            "32768 q8_0 partly context cache",
            "16384 q8_0 whole context cache",
            longest("8b", small, KvCacheType.Q8_0) + " q8_0 whole context cache"),
        ways("8b", small));
  }

  /// Below 2048 tokens nothing can be thought.
  @Test
  void aContextTooShortToThinkInIsNoWay() {
    int shortest = Integer.MAX_VALUE;
    for (int mib = 6000; mib < 7200; mib += 20) {
      Machine machine = card(mib);
      var wholes = new ArrayList<String>(ways("8b", machine));
      wholes.removeIf(way -> !way.contains("f16 whole"));
      var largest = fits.largestWholeContext(Candidates.tag("8b"), FitRequest.DEFAULTS, machine);
      int inK = largest.map(ContextLength::inWholeK).map(ContextLength::tokens).orElse(0);
      assertEquals(inK < 2048 ? 0 : 1, wholes.size(), mib + " MiB hold " + inK);
      shortest = inK >= 2048 ? Math.min(shortest, inK) : shortest;
    }
    assertEquals(2048, shortest, "the shortest is tried");
  }

  @Test
  void whereNothingGoesWholeEveryContextIsTriedWithBothCaches() {
    assertEquals(
        List.of("16384 f16 partly context", "16384 q8_0 partly context cache"),
        ways("14b", card(8192)));
  }

  @Test
  void aContextThatWasAskedForIsTheOnlyOne() {
    assertEquals(List.of("4096 f16 whole context"), ways("14b", card(24_576), context(4096)));
    assertEquals(List.of("4096 f16 whole"), ways("14b", card(12_288), context(4096)));
    assertEquals(
        List.of("16384 f16 partly context", "16384 q8_0 whole context cache"),
        ways("8b", card(8192), context(16_384)));
    assertEquals(
        List.of("32768 f16 partly context", "32768 q8_0 partly context cache"),
        ways("8b", card(8192), context(32_768)));
    assertEquals(
        List.of("16384 f16 partly context", "16384 q8_0 partly context cache"),
        ways("14b", card(11_264), context(16_384)));
  }

  // --- the KV cache

  @Test
  void aCacheThatWasAskedForIsTheOnlyOne() {
    Machine machine = card(11_264);
    assertEquals(
        List.of(
            "16384 q8_0 partly context cache",
            longest("14b", machine, KvCacheType.Q8_0) + " q8_0 whole context cache"),
        ways("14b", machine, cache(KvCacheType.Q8_0)));
    assertEquals(
        List.of(
            "16384 f16 partly context",
            longest("14b", machine, KvCacheType.F16) + " f16 whole context"),
        ways("14b", machine, cache(KvCacheType.F16)));
  }

  /// 0.9.0 keeps f16 unless flash attention is on; a current one without it refuses the load.
  @ParameterizedTest
  @CsvSource({
    "0.9.0, OLLAMA_FLASH_ATTENTION, 1, true",
    "0.9.0, OLLAMA_HOST, 127.0.0.1, false",
    "0.30.0, OLLAMA_HOST, 127.0.0.1, true",
    "0.30.0, OLLAMA_FLASH_ATTENTION, 0, false"
  })
  void aSmallerCacheIsTriedWhereTheEngineTakesIt(
      String version, String variable, String value, boolean taken) {
    Machine machine = card(9216, version, variable, value);
    List<String> ways = ways("14b", machine);
    assertEquals("16384 f16 partly context", ways.getFirst());
    assertEquals(
        taken ? List.of("16384 q8_0 partly context cache") : List.of(),
        ways.subList(1, ways.size()));
  }

  /// It is asked for, so it is told of, though the engine refuses it.
  @Test
  void aCacheThatWasAskedForIsJudgedThoughTheEngineRefusesIt() {
    Machine machine = card(9216, "0.30.0", "OLLAMA_FLASH_ATTENTION", "0");
    assertEquals(
        List.of("16384 q8_0 doesnotfit context cache"),
        ways("14b", machine, cache(KvCacheType.Q8_0)));
  }

  @Test
  void aCacheThatTheServerHasByItselfNeedsNoSetting() {
    Machine machine = card(9216, "0.30.0", "OLLAMA_KV_CACHE_TYPE", "q8_0");
    assertEquals(
        List.of("16384 q8_0 partly context"), ways("14b", machine, cache(KvCacheType.Q8_0)));
    assertEquals("16384 q8_0 partly context", ways("14b", machine).getFirst());
    assertEquals(
        List.of("16384 f16 partly context cache"),
        ways("14b", machine, cache(KvCacheType.F16)),
        "f16 has to be set then");
  }

  // --- requests at once

  @Test
  void requestsAtOnceHaveToBeSetWhereTheServerServesAnotherNumber() {
    assertEquals(
        List.of("16384 f16 whole context parallel"), ways("14b", card(20_480), parallel(2)));
    assertEquals(List.of("16384 f16 whole context"), ways("14b", card(20_480), parallel(1)));
    Machine two = card(20_480, "0.30.0", "OLLAMA_NUM_PARALLEL", "2");
    assertEquals(List.of("16384 f16 whole context"), ways("14b", two, parallel(2)));
    assertEquals(List.of("16384 f16 whole context parallel"), ways("14b", two, parallel(1)));
    assertEquals(List.of("16384 f16 whole context"), ways("14b", two));
    assertEquals(2, find("14b", two, Constraints.NONE).getFirst().settings().parallel());
  }

  @Test
  void whoServesTwoAtOnceIsOfferedASmallerCacheToo() {
    Machine machine = card(13_312);
    List<String> ways = ways("14b", machine, parallel(2));
    assertEquals("16384 f16 partly context parallel", ways.getFirst());
    assertEquals("16384 q8_0 whole context cache parallel", ways.getLast());
    assertEquals(3, ways.size());
  }

  // --- what is told of each

  @Test
  void everyWayKnowsWhatTheUseNeedsOfItsVariant() {
    for (Candidate way : find("8b", card(8192), Constraints.NONE)) {
      assertEquals(32_768, way.neededContext().tokens());
      assertEquals("8b", way.tag().name());
    }
    assertEquals(
        16_384, find("14b", card(8192), Constraints.NONE).getFirst().neededContext().tokens());
  }

  // --- one tag looked at

  private TagAssessment look(String tag, Machine machine, Optional<Integer> parallel) {
    FitRequest request =
        FitRequest.DEFAULTS
            .withContextLength(ContextLength.of(8192))
            .withKvCacheType(KvCacheType.F16);
    request = parallel.isPresent() ? request.withParallel(parallel.get()) : request;
    Candidate candidate =
        Candidates.of(tag).fit(fits.estimate(Candidates.tag(tag), request, machine)).candidate();
    return TagAssessment.of(
        candidate,
        request,
        machine,
        OptionalInt.empty(),
        fits,
        speeds(machine),
        true,
        CATALOG.manifests());
  }

  @Test
  void whoLooksAtATagHearsWhetherRequestsAtOnceHaveToBeSet() {
    Machine one = card(20_480);
    Machine two = card(20_480, "0.30.0", "OLLAMA_NUM_PARALLEL", "2");
    assertTrue(look("14b", one, Optional.of(2)).changesParallel());
    assertFalse(look("14b", one, Optional.of(1)).changesParallel());
    assertFalse(look("14b", two, Optional.of(2)).changesParallel());
    assertFalse(look("14b", two, Optional.empty()).changesParallel());
    assertTrue(look("14b", two, Optional.of(1)).changesParallel());
  }

  /// One more card does not hold the 70b, but most of it.
  @Test
  void whereNothingMakesATagWholeItIsToldWhatBringsItNearer() {
    TagAssessment far = look("70b", card(16_384), Optional.empty());
    assertEquals(List.of(), far.remedies());
    assertInstanceOf(Remedy.OneMoreGpu.class, far.nearer().getFirst());
    TagAssessment near = look("70b", card(24_576), Optional.empty());
    assertInstanceOf(Remedy.OneMoreGpu.class, near.remedies().getFirst());
    assertEquals(List.of(), near.nearer());
    TagAssessment whole = look("14b", card(16_384), Optional.empty());
    assertEquals(List.of(), whole.remedies());
    assertEquals(List.of(), whole.nearer());
  }
}
