package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CHAT;
import static dev.r1pick.advice.CaveatsTest.QUIET;
import static dev.r1pick.advice.CaveatsTest.caveats;
import static dev.r1pick.advice.CaveatsTest.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.Candidate.Changes;
import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.advice.quality.Quality;
import dev.r1pick.catalog.Strength;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.ollama.ServerVariable;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.TokenRate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said beside a pick of what stands behind it: notes of the machine, many GPUs, many
/// users, evidence in another language.
class BesidePickTest {
  private final Candidates good = Candidates.of("14b");

  private static Machine with(Note... notes) {
    return QUIET.withNotes(List.of(notes));
  }

  // --- notes

  @Test
  void notesOfTheMachineAreSaidBesideThePick() {
    var shared = new Note.GpuNameShared("3060", "RTX 3060", List.of("RTX 3060 Ti"));
    var size = new Note.MemoryAssumed("Arc", Bytes.ofGiB(8), List.of("Arc A770 16GB"));
    Machine machine = with(new Note.OllamaHostElsewhere("box"), size, shared);
    List<Caveat> all = MachineCaveats.of(machine);
    assertEquals(
        List.of(
            new Caveat.ServerElsewhere("box"),
            new Caveat.KindInDoubt(size),
            new Caveat.KindInDoubt(shared)),
        all);
    assertTrue(caveats(good, on(machine, CHAT)).containsAll(all));
  }

  @Test
  void anAssumedProcessorMattersWhereSomethingIsInRam() {
    Machine machine = with(new Note.AssumedProcessor("desktop DDR5"));
    var said = new Caveat.AssumedProcessor("desktop DDR5");
    assertFalse(caveats(good, on(machine, CHAT)).contains(said));
    Candidates partly = good.placed(new Placement.PartlyOffloaded(28, 1));
    assertTrue(caveats(partly, on(machine, CHAT)).contains(said));
    assertFalse(caveats(partly, on(QUIET, CHAT)).contains(said));
  }

  @Test
  void hiddenCardsAreSaid() {
    var variable = new ServerVariable("CUDA_VISIBLE_DEVICES", "0");
    var candidate = good.candidate();
    var fewer =
        new Candidates(
            new Candidate(
                candidate.tag(),
                candidate.fit(),
                candidate.speed(),
                candidate.answerTime(),
                candidate.quality(),
                candidate.neededContext(),
                candidate.twin(),
                new Changes(false, false, false, Optional.of(variable))));
    var said = new Caveat.FewerCards(Candidates.GPU, variable);
    assertTrue(caveats(fewer, on(QUIET, CHAT)).contains(said));
    assertFalse(caveats(good, on(QUIET, CHAT)).contains(said));
  }

  @Test
  void theOldLayoutOfTheLargestIsSaid() {
    var said = new Caveat.FullHeads();
    assertTrue(caveats(Candidates.of("671b"), on(QUIET, CHAT)).contains(said));
    assertFalse(caveats(good, on(QUIET, CHAT)).contains(said));
  }

  // --- many GPUs, many users

  private static Candidates spread(Candidates full, int gpus) {
    LoadPlan plan = full.plan();
    return full.plan(
        new LoadPlan(
            plan.tag(),
            plan.settings(),
            plan.placement(),
            Collections.nCopies(gpus, plan.devices().getFirst()),
            plan.host()));
  }

  @ParameterizedTest
  @CsvSource({"671b, 8, true", "671b, 7, false", "14b, 8, false"})
  void aLongWaitOnEightGpusIsSaidAsOne(String tag, int gpus, boolean many) {
    Candidates late = spread(Candidates.of(tag), gpus).time(Duration.ZERO, Duration.ofMinutes(20));
    var time = late.candidate().answerTime().orElseThrow();
    var rate = new TokenRate(late.candidate().generationRate().orElseThrow());
    List<Caveat> said = caveats(late, on(QUIET, CHAT));
    assertEquals(
        many ? new Caveat.LongWaitOnManyGpus(rate, time, gpus) : new Caveat.LongWait(rate, time),
        said.getFirst());
    assertFalse(said.contains(new Caveat.BatchingEngine(gpus)), "it is too slow for that");
  }

  /// Only where the full R1 is partly or wholly in RAM.
  @Test
  void anEngineForHomesIsNamedWhereTheFullR1LiesInRam() {
    Candidates full = Candidates.of("671b");
    var said = new Caveat.LatentEngine(false);
    assertTrue(
        caveats(full.placed(new Placement.ExpertsInRam(61, 1)), on(QUIET, CHAT)).contains(said));
    assertTrue(caveats(full.placed(new Placement.CpuOnly(62)), on(QUIET, CHAT)).contains(said));
    assertFalse(caveats(full, on(QUIET, CHAT)).contains(said));
    assertFalse(caveats(good.placed(new Placement.CpuOnly(29)), on(QUIET, CHAT)).contains(said));
  }

  @ParameterizedTest
  @CsvSource({"3, false", "4, true"})
  void fourAtOnceAreManyUsers(int parallel, boolean many) {
    var wishes =
        new Constraints(
            Optional.empty(),
            Optional.empty(),
            Optional.of(parallel),
            OptionalDouble.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            OptionalInt.empty());
    var question = new Question(CHAT, "en", Priority.BALANCED, QUIET, wishes);
    assertEquals(many, caveats(good, question).contains(new Caveat.ManyUsers()));
    assertFalse(
        caveats(Candidates.of("671b"), question).contains(new Caveat.ManyUsers()),
        "the full R1 has its own line");
  }

  @ParameterizedTest
  @CsvSource({"42.9, false", "43, true"})
  void aPlainModelIsNamedBesideWhatIsSurelyGoodEnough(double low, boolean named) {
    Quality quality = new Quality(46, low, 49, List.of(), 0, Strength.MEDIUM);
    boolean said =
        caveats(good.quality(quality).twin("qwen2.5:14b"), on(QUIET, CHAT))
            .contains(new Caveat.PlainInstruct("qwen2.5:14b"));
    assertEquals(named, said);
  }

  // --- evidence in another language

  private static final String CHINESE =
      Candidates.USE_CASES.benchmarks().values().stream()
          .filter(table -> table.language().equals(Optional.of("zh")))
          .findFirst()
          .orElseThrow()
          .id();
  private static final String OTHER =
      Candidates.USE_CASES.benchmarks().values().stream()
          .filter(table -> table.language().isEmpty())
          .findFirst()
          .orElseThrow()
          .id();

  private static Quality.Term term(String benchmark, double weight) {
    return new Quality.Term(
        benchmark,
        benchmark,
        Quality.Basis.MEASURED,
        OptionalDouble.of(50),
        Optional.empty(),
        50,
        weight);
  }

  private static List<Quality.Term> terms(double chinese, double other) {
    return chinese == 0
        ? List.of(term(OTHER, other))
        : List.of(term(CHINESE, chinese), term(OTHER, other));
  }

  /// From three tenths of the evidence on.
  @ParameterizedTest
  @CsvSource({
    "3, 7, en, true",
    "2.99, 7.01, en, false",
    "3, 7, de, true",
    "3, 7, zh, false",
    "0, 7, en, false",
    "10, 0.1, en, true",
  })
  void muchEvidenceInChineseIsSaidToOthers(
      double chinese, double other, String language, boolean said) {
    Quality quality = new Quality(80, 80, 80, terms(chinese, other), 0, Strength.HIGH);
    var question = new Question(CHAT, language, Priority.BALANCED, QUIET, Constraints.NONE);
    assertEquals(
        said,
        caveats(good.quality(quality), question).contains(new Caveat.OfUse("evidence-is-chinese")));
  }

  @Test
  void withoutEvidenceNoneIsForeign() {
    assertFalse(caveats(good, on(QUIET, CHAT)).contains(new Caveat.OfUse("evidence-is-chinese")));
  }

  // --- others of the pool

  @Test
  void whatIsAsGoodAndWhatIsMeasuredBetterIsSaid() {
    Question question = on(QUIET, CHAT);
    Evaluation pick = good.evaluation(question);
    Evaluation near = Candidates.of("8b").evaluation(question);
    List<Caveat> with =
        new Caveats(Candidates.USE_CASES, question)
            .of(pick, good.candidate().fit(), List.of(), List.of(), List.of(), List.of(pick, near));
    assertEquals(
        Rivals.nearTie(pick, List.of(pick, near), question).stream().toList(),
        with.stream().filter(Caveat.NearTie.class::isInstance).toList());
    assertEquals(1, with.stream().filter(Caveat.NearTie.class::isInstance).count());
  }

  /// What was measured in the asker's language on the pick and on the best of the others.
  @Test
  void whatWasMeasuredInTheAskersLanguageIsSaid() {
    var question = new Question(CHAT, "zh", Priority.BALANCED, QUIET, Constraints.NONE);
    Quality quality = new Quality(80, 80, 80, List.of(term(CHINESE, 1)), 0, Strength.HIGH);
    Evaluation pick = good.quality(quality).evaluation(question);
    Evaluation other = Candidates.of("8b").quality(quality).evaluation(question);
    List<Caveat> said =
        new Caveats(Candidates.USE_CASES, question)
            .of(pick, good.candidate().fit(), List.of(), List.of(), List.of(), List.of(other));
    assertTrue(
        said.contains(
            new Caveat.EvidenceInLanguage(
                Locale.CHINESE,
                CHINESE,
                CHINESE,
                Candidates.tag("14b"),
                50,
                Candidates.tag("8b"),
                50)),
        said.toString());
  }
}
