package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CHAT;
import static dev.r1pick.advice.Candidates.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.quality.Quality;
import dev.r1pick.catalog.Strength;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.OllamaSetup;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whether it should be this R1 at all: what the honest answer is where it is no, or not only.
class RatherThanR1Test {
  private static final Candidates GOOD = Candidates.of("14b");

  @Test
  void thatOllamaPassesNoToolsIsTheFirstSentence() {
    List<Caveat> caveats =
        CaveatsTest.caveats(GOOD, CaveatsTest.on(CaveatsTest.QUIET, use("agents")));
    assertEquals(new Caveat.NoTools(Candidates.tag("14b")), caveats.getFirst());
    assertFalse(CaveatsTest.ids(Candidates.of("671b"), use("agents")).contains("no-tools"));
  }

  @Test
  void aPlainInstructModelIsNamedOnlyWhereOneWasMeasured() {
    var twin = new Caveat.PlainInstruct("qwen2.5:14b");
    assertTrue(
        CaveatsTest.caveats(GOOD.twin("qwen2.5:14b"), CaveatsTest.on(CaveatsTest.QUIET, CHAT))
            .contains(twin));
    List<Caveat> without =
        CaveatsTest.caveats(Candidates.of("8b"), CaveatsTest.on(CaveatsTest.QUIET, CHAT));
    assertTrue(without.contains(new Caveat.ThinkingOff(Candidates.tag("8b"))), without.toString());
    List<Caveat> logic =
        CaveatsTest.caveats(Candidates.of("8b"), CaveatsTest.on(CaveatsTest.QUIET, use("math")));
    assertTrue(logic.stream().noneMatch(Caveat.ThinkingOff.class::isInstance), logic.toString());
  }

  @Test
  void anOlderOllamaCannotSwitchThinkingOff() {
    for (String version : List.of("0.8.9", "0.9.0")) {
      Machine machine =
          CaveatsTest.QUIET.withOllama(new OllamaSetup(Optional.of(version), Map.of()));
      boolean said =
          CaveatsTest.caveats(Candidates.of("8b"), CaveatsTest.on(machine, CHAT)).stream()
              .anyMatch(Caveat.ThinkingOff.class::isInstance);
      assertEquals(version.equals("0.9.0"), said, version);
    }
  }

  private static Caveat beside(Candidates pick, Candidates better) {
    Question question = CaveatsTest.on(CaveatsTest.QUIET, CHAT);
    var other = new Advice.Alternative(better.evaluation(), Advice.Trade.BETTER_BUT_SLOWER);
    return new Caveats(Candidates.USE_CASES, question)
        .of(
            pick.evaluation(question),
            pick.candidate().fit(),
            List.of(),
            List.of(),
            List.of(other),
            List.of())
        .getFirst();
  }

  @Test
  void aPickWhoseRangeReachesBelowTheBarIsSaidToBeTooWeakToRelyOn() {
    Quality unsure = new Quality(46, 42.9, 49, List.of(), 0, Strength.MEDIUM);
    assertEquals(List.of("barely-good"), CaveatsTest.ids(GOOD.quality(unsure)));
    Candidates better = Candidates.of("8b").time(Duration.ofMinutes(8), Duration.ofMinutes(8));
    assertEquals(
        new Caveat.BarelyGoodBesideSlower(
            Candidates.tag("8b"), better.candidate().answerTime().orElseThrow()),
        beside(GOOD.quality(unsure), better));
    assertEquals(
        new Caveat.BarelyGood(Candidates.tag("14b")),
        beside(GOOD.quality(unsure), better.quality(unsure)),
        "what is no surer is no way out");
    Quality sure = new Quality(46, 43, 49, List.of(), 0, Strength.MEDIUM);
    assertEquals(List.of(), CaveatsTest.ids(GOOD.quality(sure)));
    assertEquals(
        new Caveat.BarelyGoodBesideSlower(
            Candidates.tag("8b"), better.candidate().answerTime().orElseThrow()),
        beside(GOOD.quality(unsure), better.quality(sure)));
    assertEquals(
        new Caveat.BarelyGood(Candidates.tag("14b")),
        beside(GOOD.quality(unsure), better.timeless()),
        "nothing tells how long it takes");
    assertEquals(
        new Caveat.WeakBesideTwin(Candidates.tag("14b"), "qwen2.5:14b"),
        CaveatsTest.caveats(
                GOOD.score(42).twin("qwen2.5:14b"), CaveatsTest.on(CaveatsTest.QUIET, CHAT))
            .getFirst());
  }

  @Test
  void onEightGpusAnEngineThatBatchesIsNamed() {
    Candidates full = Candidates.of("671b");
    LoadPlan plan = full.plan();
    for (int gpus : new int[] {7, 8}) {
      var devices = Collections.nCopies(gpus, plan.devices().getFirst());
      Candidates pick =
          full.plan(
              new LoadPlan(plan.tag(), plan.settings(), plan.placement(), devices, plan.host()));
      boolean said =
          CaveatsTest.caveats(pick, CaveatsTest.on(CaveatsTest.QUIET, CHAT))
              .contains(new Caveat.BatchingEngine(gpus));
      assertEquals(gpus == 8, said, gpus + " GPUs");
    }
    Candidates atHome = full.placed(new Placement.ExpertsInRam(20, 42));
    assertTrue(
        CaveatsTest.caveats(atHome, CaveatsTest.on(CaveatsTest.QUIET, CHAT))
            .contains(new Caveat.LatentEngine(false)));
  }
}
