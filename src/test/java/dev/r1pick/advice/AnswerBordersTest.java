package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CATALOG;
import static dev.r1pick.advice.Candidates.MACHINE;
import static dev.r1pick.advice.Candidates.USE_CASES;
import static dev.r1pick.advice.Candidates.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.Advice.NothingFits;
import dev.r1pick.advice.Advice.Recommendation;
import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.advice.quality.QualityEstimator;
import dev.r1pick.catalog.License;
import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.Remedy;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.hardware.probe.RecordedMachines;
import dev.r1pick.ollama.Backend;
import dev.r1pick.speed.CpuBandwidthEstimator;
import dev.r1pick.speed.MachineSpeed;
import dev.r1pick.speed.SpeedConstantsReader;
import dev.r1pick.speed.SpeedEstimator;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/// Whole answers where a little more memory, or another reason, changes what is said.
class AnswerBordersTest {
  private static final GpuCatalog GPUS = GpuCatalogReader.readDefault();
  private static final Machine PROCESSOR = MACHINE.withAccelerators(List.of());

  private final FitEstimator fits = new FitEstimator();
  private final QualityEstimator qualities = new QualityEstimator(USE_CASES, CATALOG);
  private final SpeedEstimator speeds = new SpeedEstimator(SpeedConstantsReader.shipped());

  private Adviser adviser(Machine machine) {
    return new Adviser(
        CATALOG,
        USE_CASES,
        fits,
        qualities,
        new MachineSpeed(
            speeds, machine, () -> GPUS, CpuBandwidthEstimator.shipped().estimate(machine)));
  }

  private static Question asked(Machine machine) {
    return new Question(use("chat"), "en", Priority.BALANCED, machine, Constraints.NONE);
  }

  private Recommendation recommended(Question question) {
    return assertInstanceOf(Recommendation.class, adviser(question.machine()).advise(question, 2));
  }

  private Recommendation chat(Machine machine) {
    return recommended(asked(machine));
  }

  private String variant(Machine machine) {
    return adviser(machine)
        .pick(asked(machine))
        .map(pick -> pick.candidate().tag().variant().id())
        .orElse("none");
  }

  private static Machine sized(Machine machine, long mib) {
    return Resized.to(machine, Bytes.ofMiB(mib));
  }

  /// The first size, in MiB, for which it holds.
  private static long first(long low, long high, LongPredicate holds) {
    long below = low;
    long above = high;
    while (above - below > 1) {
      long middle = (below + above) / 2;
      if (holds.test(middle)) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return above;
  }

  private static List<Caveat> borders(Recommendation answer) {
    return answer.caveats().stream().filter(caveat -> caveat.harm() == Caveat.Harm.BORDER).toList();
  }

  // --- borders

  @Test
  void justBelowAndJustAboveABorderTheOtherPickIsSaid() {
    String small = variant(sized(MACHINE, 10_240));
    long border = first(10_240, 16_384, mib -> !variant(sized(MACHINE, mib)).equals(small));
    Recommendation below = chat(sized(MACHINE, border - 1));
    Recommendation above = chat(sized(MACHINE, border));
    Bytes step = MemorySensitivity.STEP;
    var more = assertInstanceOf(Caveat.NearBorderMore.class, borders(below).getFirst());
    assertEquals(step, more.by());
    assertEquals(above.best().candidate().tag().variant(), more.instead().variant());
    var less = assertInstanceOf(Caveat.NearBorderLess.class, borders(above).getFirst());
    assertEquals(step, less.by());
    assertEquals(below.best().candidate().tag().variant(), less.instead().variant());
    assertTrue(above.confidence().because().contains(ConfidenceLimit.NEAR_BORDER));
    assertInstanceOf(Flip.LessMemory.class, above.confidence().flip());
  }

  @Test
  void aStepBesideABorderNothingIsSaid() {
    String small = variant(sized(MACHINE, 10_240));
    long border = first(10_240, 16_384, mib -> !variant(sized(MACHINE, mib)).equals(small));
    assertEquals(1, borders(chat(sized(MACHINE, border - 200))).size());
    assertEquals(List.of(), borders(chat(sized(MACHINE, border - 201))));
    assertEquals(1, borders(chat(sized(MACHINE, border + 199))).size());
    assertEquals(List.of(), borders(chat(sized(MACHINE, border + 200))));
  }

  @Test
  void whereALittleLessMemoryLeavesNothingItIsSaid() {
    long least = first(800, 4096, mib -> !variant(sized(PROCESSOR, mib)).equals("none"));
    var nothing = new Caveat.NearBorderNothing(MemorySensitivity.STEP);
    assertTrue(chat(sized(PROCESSOR, least)).caveats().contains(nothing));
    assertTrue(chat(sized(PROCESSOR, least + 199)).caveats().contains(nothing));
    assertFalse(chat(sized(PROCESSOR, least + 200)).caveats().contains(nothing));
  }

  // --- language

  @Test
  void whereNothingWasMeasuredInTheAskersLanguageThePickIsLessSure() {
    Machine machine = sized(MACHINE, 12_288);
    var limit = ConfidenceLimit.LANGUAGE_NOT_MEASURED;
    assertFalse(chat(machine).confidence().because().contains(limit));
    var french = new Question(use("chat"), "fr", Priority.BALANCED, machine, Constraints.NONE);
    assertTrue(recommended(french).confidence().because().contains(limit));
  }

  // --- what an idle card would bring

  private static Machine withIdle(Machine machine, int gib) {
    Accelerator idle =
        new Accelerator(
            "NVIDIA GeForce RTX 4090",
            Candidates.GPU.vendor(),
            Accelerator.Kind.DISCRETE,
            Memory.of(
                Optional.of(Bytes.ofGiB(gib)),
                Optional.of(Bytes.ofMiB(1024L * gib - 400)),
                Pool.DEDICATED,
                false),
            Candidates.GPU.condition(),
            Candidates.GPU.identity(),
            NotUsable.because(WhyNot.DRIVER_MISSING, Backend.CUDA));
    return machine.withAccelerators(List.of(idle));
  }

  private static Optional<Candidate> brings(Recommendation answer) {
    return assertInstanceOf(Caveat.GpuIdle.class, answer.caveats().getFirst()).with();
  }

  @Test
  void anIdleCardThatBringsTheSameTagSoonerIsSaidToBringIt() {
    Recommendation answer = chat(withIdle(sized(PROCESSOR, 8192), 8));
    Candidate with = brings(answer).orElseThrow();
    Candidate pick = answer.best().candidate();
    assertEquals(pick.tag(), with.tag());
    assertTrue(
        with.answerTime()
                .orElseThrow()
                .typical()
                .expected()
                .compareTo(pick.answerTime().orElseThrow().typical().expected())
            < 0);
  }

  @Test
  void anIdleCardThatBringsAnotherTagIsSaidToBringItHoweverLongThatTakes() {
    Recommendation answer = chat(withIdle(sized(PROCESSOR, 16_384), 2));
    Candidate with = brings(answer).orElseThrow();
    assertNotEquals(answer.best().candidate().tag(), with.tag());
    assertTrue(
        with.answerTime()
                .orElseThrow()
                .typical()
                .expected()
                .compareTo(
                    answer.best().candidate().answerTime().orElseThrow().typical().expected())
            > 0);
  }

  // --- a Mac whose GPU's share is assumed

  private static Machine mac(Bytes share, Bytes ram) {
    return RecordedMachines.detector()
        .detect(RecordedMachines.host("apple-m3-16gb-metal"))
        .withNotes(List.of(new Note.DescribedChip("Apple M3", share, ram)));
  }

  private static Optional<Caveat.AssumedShare> assumed(Advice answer) {
    return answer.caveats().stream()
        .filter(Caveat.AssumedShare.class::isInstance)
        .map(Caveat.AssumedShare.class::cast)
        .findFirst();
  }

  /// Nine tenths of it is what newer systems give.
  @Test
  void theAssumedShareOfAMacIsSaidWhereItIsBelowNineTenths() {
    Bytes ram = Bytes.of(40_000_000_000L);
    assertEquals(Optional.empty(), assumed(chat(mac(Bytes.of(36_000_000_000L), ram))));
    var said = assumed(chat(mac(Bytes.of(35_999_999_999L), ram))).orElseThrow();
    assertEquals(Bytes.of(35_999_999_999L), said.share());
    assertEquals(ram, said.ram());
    assertEquals(Bytes.of(36_000_000_000L), said.raised());
  }

  @Test
  void aSmallMacKeepsTwoGibibytes() {
    Bytes ram = Bytes.ofGiB(8);
    assertEquals(Optional.empty(), assumed(chat(mac(Bytes.ofGiB(6), ram))));
    var said = assumed(chat(mac(Bytes.ofGiB(5), ram))).orElseThrow();
    assertEquals(Bytes.ofGiB(6), said.raised());
  }

  @Test
  void whatALargerShareWouldBringIsSaid() {
    Machine mac = mac(Bytes.ofGiB(6), Bytes.ofGiB(16));
    var memory =
        Memory.of(Optional.of(Bytes.ofGiB(6)), Optional.empty(), Pool.SHARED, true).from("given");
    Machine small =
        mac.withAccelerators(List.of(mac.accelerators().getFirst().withMemory(memory)))
            .withRam(sized(PROCESSOR, 16_384).ram());
    var said = assumed(chat(small)).orElseThrow();
    assertNotEquals(chat(small).best().candidate().tag(), said.with().orElseThrow().tag());
    Accelerator raised =
        AssumedShare.of(small).orElseThrow().raised(small).accelerators().getFirst();
    assertEquals(Optional.of(Bytes.ofGiB(14)), raised.memory().total());
    assertEquals(small.accelerators().getFirst().memory().free(), raised.memory().free());
  }

  @Test
  void onlyAGpuOfAppleHasAnAssumedShare() {
    var note = new Note.DescribedChip("Radeon 780M", Bytes.ofGiB(8), Bytes.ofGiB(16));
    assertEquals(Optional.empty(), assumed(chat(MACHINE.withNotes(List.of(note)))));
    assertEquals(Optional.empty(), assumed(chat(PROCESSOR.withNotes(List.of(note)))));
    assertEquals(Optional.empty(), AssumedShare.of(MACHINE));
  }

  // --- nothing fits

  private static Constraints wishes(OptionalDouble minSpeed, List<License> licenses) {
    return new Constraints(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        minSpeed,
        Optional.empty(),
        licenses,
        Optional.empty(),
        OptionalInt.empty());
  }

  private NothingFits nothing(Machine machine, Constraints wishes) {
    var question = new Question(use("chat"), "en", Priority.BALANCED, machine, wishes);
    return assertInstanceOf(NothingFits.class, adviser(machine).advise(question, 2));
  }

  private static List<License> named(String... starts) {
    return CATALOG.licenses().all().stream()
        .filter(license -> List.of(starts).stream().anyMatch(license.name()::startsWith))
        .toList();
  }

  /// Others are faster, but their license is not allowed.
  @Test
  void theClosestIsTheOneThatKeptMostOfTheHardRules() {
    NothingFits answer =
        nothing(sized(MACHINE, 24_576), wishes(OptionalDouble.of(1e6), named("MIT", "Llama 3.1")));
    assertEquals("8b-llama-distill-q4_K_M", answer.closest().tag().name());
    assertEquals(Optional.of(Rule.FAST_ENOUGH), answer.closest().rule());
    assertTrue(answer.closestTime().isPresent());
    assertEquals(List.of(), answer.remedies(), "it fits");
  }

  /// Of an empty context: a mixture of experts reads 37 of its 671 billion parameters for a token.
  @Test
  void ofTagsThatAreTooSlowTheFastestIsClosestNotTheSmallest() {
    var wishes =
        new Constraints(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.of(1e6),
            Optional.empty(),
            named("MIT", "Llama 3.3"),
            Optional.empty(),
            OptionalInt.of(0));
    NothingFits answer = nothing(sized(PROCESSOR.withDisk(Optional.empty()), 1 << 20), wishes);
    assertEquals("671b", answer.closest().tag().name());
    assertEquals(Optional.of(Rule.FAST_ENOUGH), answer.closest().rule());
  }

  /// The GPU is too small to hold it whole whatever is added to the RAM.
  @Test
  void whereNothingMakesATagWholeItIsSaidWhatLoadsIt() {
    NothingFits answer =
        nothing(
            sized(MACHINE, 2252).withRam(sized(PROCESSOR, 100).ram()),
            wishes(OptionalDouble.empty(), List.of()));
    assertEquals("1.5b", answer.closest().tag().name());
    assertEquals(List.of(new Remedy.MoreRam(Bytes.ofGiB(1))), answer.remedies());
    NothingFits onCpu = nothing(sized(PROCESSOR, 800), wishes(OptionalDouble.empty(), List.of()));
    assertEquals(List.of(new Remedy.MoreRam(Bytes.ofGiB(1))), onCpu.remedies());
    assertEquals(Optional.empty(), onCpu.closestTime());
  }
}
