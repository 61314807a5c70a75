package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CHAT;
import static dev.r1pick.advice.Candidates.GPU;
import static dev.r1pick.advice.Candidates.MACHINE;
import static dev.r1pick.advice.Candidates.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.Architecture;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.Variant;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said beside a pick, just where it begins to be said and just before.
class CaveatsTest {
  private static final Candidates GOOD = Candidates.of("14b");
  static final Machine QUIET =
      MACHINE.withAccelerators(List.of(gpu(Pool.DEDICATED, 12L << 30, 12L << 30)));

  static Accelerator gpu(Pool pool, long total, long free) {
    Memory memory =
        Memory.of(Optional.of(Bytes.of(total)), Optional.of(Bytes.of(free)), pool, false);
    return withMemory(memory);
  }

  static Accelerator withMemory(Memory memory) {
    return GPU.withMemory(memory);
  }

  static Question on(Machine machine, UseCaseProfile use) {
    return new Question(use, "en", Priority.BALANCED, machine, Question.Constraints.NONE);
  }

  /// But for the line that asks whether it should be R1 at all.
  static List<Caveat> caveats(Candidates pick, Question question) {
    return caveats(pick, pick.candidate().fit(), question);
  }

  private static List<Caveat> caveats(Candidates pick, Fit byItself, Question question) {
    return new Caveats(Candidates.USE_CASES, question)
        .of(pick.evaluation(question), byItself, List.of(), List.of(), List.of(), List.of());
  }

  /// What is said after the line that asks whether it should be R1 at all.
  private static List<Caveat> besideTwin(Candidates pick) {
    return caveats(pick, on(QUIET, CHAT)).stream()
        .filter(caveat -> !(caveat instanceof Caveat.ThinkingOff))
        .toList();
  }

  static List<String> ids(Candidates pick) {
    return ids(pick, CHAT);
  }

  /// But for the warnings that the use always has.
  static List<String> ids(Candidates pick, UseCaseProfile use) {
    var ids = new ArrayList<String>();
    for (Caveat caveat : caveats(pick, on(QUIET, use))) {
      if (!(caveat instanceof Caveat.OfUse || caveat instanceof Caveat.ThinkingOff)) {
        ids.add(caveat.id());
      }
    }
    return ids;
  }

  private static boolean warns(String warning, Candidates pick, UseCaseProfile use) {
    return caveats(pick, on(QUIET, use)).contains(new Caveat.OfUse(warning));
  }

  @Test
  void aGoodPickOnAQuietMachineHasNothingToBeSaidOfIt() {
    assertEquals(List.of(), ids(GOOD));
  }

  @ParameterizedTest
  @CsvSource({"9999999999, true", "10000000000, false"})
  void modelsBelowTenBillionParametersLackKnowledge(long parameters, boolean small) {
    UseCaseProfile use =
        Candidates.USE_CASES.profiles().stream()
            .filter(profile -> profile.warnings().contains("small-models-lack-knowledge"))
            .findFirst()
            .orElseThrow();
    assertEquals(small, warns("small-models-lack-knowledge", sized(GOOD, parameters), use));
  }

  /// The same with another number of parameters.
  static Candidates sized(Candidates candidate, long parameters) {
    ModelTag tag = candidate.candidate().tag();
    Variant variant = tag.variant();
    Architecture old = variant.architecture();
    var architecture =
        new Architecture(
            old.family(),
            parameters,
            old.layers(),
            old.embeddingLength(),
            old.feedForwardLength(),
            old.vocabularySize(),
            old.attention(),
            old.otherAttention(),
            old.queryKeyValueBias(),
            old.queryKeyNorm(),
            old.experts());
    var resized =
        new Variant(
            variant.id(),
            variant.name(),
            variant.sizeLabel(),
            variant.baseModel(),
            variant.distill(),
            variant.releaseDate(),
            variant.weightsLicense(),
            variant.baseLicense(),
            variant.trainedContext(),
            architecture,
            variant.benchmarks(),
            variant.thinking(),
            variant.tools(),
            variant.fileHeader(),
            variant.evidence());
    return candidate.tag(
        new ModelTag(
            tag.name(),
            resized,
            tag.quantization(),
            tag.valueTensors(),
            tag.download(),
            tag.downloadCertainty(),
            tag.downloadTolerance(),
            tag.digest(),
            tag.sameAs(),
            tag.formerly(),
            tag.sources()));
  }

  @ParameterizedTest
  @CsvSource({"files-need-32k, 32767, true", "files-need-32k, 32768, false"})
  void filesNeed32k(String warning, int context, boolean warned) {
    for (UseCaseProfile use : Candidates.USE_CASES.profiles()) {
      if (use.warnings().contains(warning)) {
        assertEquals(warned, warns(warning, GOOD.context(context), use), use.id());
        return;
      }
    }
    throw new AssertionError("no use has the warning " + warning);
  }

  private static final List<String> SOMETIMES =
      List.of(
          "small-models-lack-knowledge",
          "files-need-32k",
          "contest-needs-32k",
          "plain-instruct-is-better",
          "weak-at-tools",
          "tools-may-be-refused");

  @Test
  void everyOtherWarningOfAUseIsSaid() {
    for (UseCaseProfile use : Candidates.USE_CASES.profiles()) {
      for (String warning : use.warnings()) {
        assertTrue(
            SOMETIMES.contains(warning) || warns(warning, GOOD, use), use.id() + " " + warning);
      }
    }
  }

  // --- speed

  @Test
  void moreThanTwiceTheAcceptableWaitIsSaidFirst() {
    Duration wait = CHAT.acceptableWait().multipliedBy(2);
    Candidates atLimit = GOOD.time(Duration.ZERO, wait);
    assertEquals(List.of(), ids(atLimit));
    Candidates late = GOOD.time(Duration.ZERO, wait.plusNanos(1));
    double rate = late.candidate().generationRate().orElseThrow();
    assertEquals(
        new Caveat.LongWait(new TokenRate(rate), late.candidate().answerTime().orElseThrow()),
        caveats(late, on(QUIET, CHAT)).getFirst());
    assertEquals(List.of("long-wait"), ids(late));
  }

  /// Whatever the use accepts: research accepts eight minutes.
  @Test
  void moreThanFiveMinutesAreSaidFirst() {
    Duration five = Duration.ofMinutes(5);
    assertFalse(ids(GOOD.time(five, five), use("research")).contains("long-wait"));
    assertTrue(ids(GOOD.time(five, five.plusNanos(1)), use("research")).contains("long-wait"));
  }

  @Test
  void halfAMinuteToTheFirstWordIsNotSaidOfAnAnswerThatComesInLess() {
    Duration half = Duration.ofSeconds(30);
    assertTrue(warns("thinking-delays", GOOD.time(half, half), CHAT));
    assertFalse(warns("thinking-delays", GOOD.time(half, half.minusNanos(1)), CHAT));
  }

  @Test
  void aSpeedThatCannotBeReadIsSaidInsteadOfTheWait() {
    Candidates slow = GOOD.rate(0.1, 0.2, 0.3).time(Duration.ZERO, Duration.ofDays(1));
    assertEquals(List.of("below-reading-speed"), ids(slow));
    assertEquals(
        new Caveat.BelowReadingSpeed(
            new TokenRate(0.2), slow.candidate().answerTime().orElseThrow()),
        caveats(slow, on(QUIET, CHAT)).getFirst());
  }

  @Test
  void ofAnUnknownChipItIsSaidThatItMayBeSlow() {
    assertEquals(List.of("speed-by-backend"), ids(GOOD.bounds(50, 100)));
    assertEquals(
        List.of("perhaps-below-reading-speed", "speed-by-backend"), ids(GOOD.bounds(0.1, 0.2)));
    assertEquals(List.of("speed-unknown"), ids(GOOD.noSpeed()));
    Candidates inRam = GOOD.partly().noSpeed();
    assertEquals(List.of("slow-and-unknown", "speed-unknown"), ids(inRam));
  }

  @Test
  void aPickThatIsNoGoodIsSaidToBeWeak() {
    assertEquals(List.of("weak-for-this-use"), ids(GOOD.score(42)));
    assertEquals(List.of(), ids(GOOD.score(43)));
  }

  // --- memory at a border, language

  @Test
  void whatALittleMemoryWouldChangeIsSaid() {
    var tag = Candidates.tag("8b");
    var by = MemorySensitivity.STEP;
    Question question = on(QUIET, CHAT);
    List<Caveat> caveats =
        new Caveats(Candidates.USE_CASES, question)
            .of(
                GOOD.evaluation(question),
                GOOD.candidate().fit(),
                List.of(Locale.ENGLISH, Locale.CHINESE),
                List.of(
                    new MemorySensitivity(by, true, Optional.of(tag)),
                    new MemorySensitivity(by, false, Optional.of(tag)),
                    new MemorySensitivity(by, false, Optional.empty())),
                List.of(),
                List.of());
    assertEquals(
        List.of(
            new Caveat.NearBorderMore(by, tag),
            new Caveat.NearBorderLess(by, tag),
            new Caveat.NearBorderNothing(by),
            new Caveat.NoEvidenceInLanguage(
                Locale.ENGLISH, List.of(Locale.ENGLISH, Locale.CHINESE))),
        caveats.stream().filter(c -> !(c instanceof Caveat.ThinkingOff)).toList().subList(0, 4));
  }

  // --- context

  @Test
  void lessContextThanTheUseNeedsIsSaid() {
    int needed = CHAT.neededContext().tokens();
    assertEquals(List.of(), ids(GOOD.context(needed)));
    assertEquals(
        new Caveat.ThinkingCut(ContextLength.of(needed - 1), CHAT.neededContext()),
        besideTwin(GOOD.context(needed - 1)).getFirst());
  }

  @Test
  void theContextThatOllamaOpensByItselfIsSaidWhereItIsNoGood() {
    Candidates set = GOOD.changes(true, false);
    ContextLength own = set.candidate().contextLength();
    Bytes missing = Bytes.ofGiB(2);
    Fit spills = new Fit.Partly(set.plan(), missing);
    Fit fails = new Fit.DoesNotFit(set.plan(), missing, Fit.Where.RAM);
    Question question = on(QUIET, CHAT);
    assertEquals(new Caveat.OwnContextSpills(own, missing), first(set, spills, question));
    assertEquals(new Caveat.OwnContextDoesNotFit(own, missing), first(set, fails, question));
    assertEquals(
        new Caveat.OwnContextSmaller(ContextLength.of(own.tokens() - 1)),
        first(set, GOOD.context(own.tokens() - 1).candidate().fit(), question));
    assertEquals(0, ownContext(set, GOOD.candidate().fit(), question));
    assertEquals(0, ownContext(GOOD, spills, question), "nothing has to be set");
    assertEquals(0, ownContext(set.partly(), spills, question), "it spills as well");
    Candidates onCpu = set.placed(new Placement.CpuOnly(29));
    assertEquals(0, ownContext(onCpu, spills, question));
  }

  private static Caveat first(Candidates pick, Fit byItself, Question question) {
    return caveats(pick, byItself, question).stream()
        .filter(Caveat.OwnContext.class::isInstance)
        .findFirst()
        .orElseThrow();
  }

  private static long ownContext(Candidates pick, Fit byItself, Question question) {
    return caveats(pick, byItself, question).stream()
        .filter(Caveat.OwnContext.class::isInstance)
        .count();
  }

  // --- placement

  @Test
  void layersInRamAreCounted() {
    assertEquals(
        List.of("partly-offloaded"), ids(GOOD.placed(new Placement.PartlyOffloaded(20, 9))));
    assertEquals(
        new Caveat.PartlyOffloaded(9, 29),
        besideTwin(GOOD.placed(new Placement.PartlyOffloaded(20, 9))).getFirst());
    assertEquals(
        new Caveat.ExpertsInRam(9, 29),
        besideTwin(GOOD.placed(new Placement.ExpertsInRam(20, 9))).getFirst());
    assertEquals(List.of(), ids(GOOD.placed(new Placement.SplitAcrossGpus(29, 2))));
    assertEquals(
        new Caveat.GpuTooSmall(QUIET.accelerators().getFirst()),
        besideTwin(GOOD.placed(new Placement.CpuOnly(29))).getFirst());
  }

  @Test
  void freeMemoryThatIsNotKnownIsSaidOnceForCardsOfOneName() {
    Accelerator silent =
        withMemory(
            Memory.of(Optional.of(Bytes.ofGiB(12)), Optional.empty(), Pool.DEDICATED, false));
    Accelerator given = withMemory(silent.memory().from("given"));
    assertEquals(List.of(new Caveat.FreeMemoryUnknown(silent)), unknown(silent));
    assertEquals(List.of(new Caveat.FreeMemoryUnknown(silent)), unknown(silent, silent));
    assertEquals(List.of(), unknown(given));
  }

  private static List<Caveat> unknown(Accelerator... gpus) {
    var devices = new ArrayList<DeviceLoad>();
    for (Accelerator gpu : gpus) {
      devices.add(
          new DeviceLoad(
              gpu,
              29,
              Bytes.ZERO,
              Bytes.ZERO,
              Bytes.ZERO,
              Optional.empty(),
              Bytes.ZERO,
              Bytes.ZERO));
    }
    LoadPlan plan = GOOD.plan();
    Candidates pick =
        GOOD.plan(
            new LoadPlan(plan.tag(), plan.settings(), plan.placement(), devices, plan.host()));
    return caveats(pick, on(QUIET, CHAT)).stream()
        .filter(Caveat.FreeMemoryUnknown.class::isInstance)
        .toList();
  }

  @Test
  void aLlamaLicenseIsSaidAndOthersAreNot() {
    var llama = new Caveat.LlamaLicense(Candidates.tag("70b").variant().baseLicense());
    assertTrue(caveats(Candidates.of("70b"), on(QUIET, CHAT)).contains(llama));
    assertEquals(List.of(), ids(Candidates.of("32b")));
  }
}
