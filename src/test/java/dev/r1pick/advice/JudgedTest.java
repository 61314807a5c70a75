package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CHAT;
import static dev.r1pick.advice.Candidates.ask;
import static dev.r1pick.advice.Candidates.use;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.Placement;
import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which tags are left for the pick, and which way to load each.
class JudgedTest {
  private final Candidates good = Candidates.of("14b");
  private final Question agents =
      new Question(use("agents"), "en", Priority.BALANCED, Candidates.MACHINE, Constraints.NONE);

  private static String pick(Judged judged) {
    return judged.pick().map(best -> best.candidate().tag().name()).orElse("nothing");
  }

  private static List<String> pool(Judged judged) {
    var names = new ArrayList<String>();
    for (Evaluation one : judged.pool()) {
      names.add(one.candidate().tag().name());
    }
    return names;
  }

  // --- tools

  /// Only rules about time, the last three, may be broken for that.
  @Test
  void whereToolsAreNeededASlowTagThatTakesThemIsPickedBeforeAFastOneThatDoesNot() {
    double least = use("agents").leastRate().tokensPerSecond();
    Candidates slow = Candidates.of("671b").score(50).rate(1, least - 0.1, 99);
    for (Judged judged :
        List.of(Candidates.judged(agents, good, slow), Candidates.judged(agents, slow, good))) {
      assertEquals("671b", pick(judged));
      assertEquals(List.of("671b"), pool(judged));
      assertEquals(3, judged.dropped());
    }
  }

  @Test
  void aTagThatTakesToolsAndHasNoRoomToThinkIsNoAnswer() {
    Candidates cut = Candidates.of("671b").context(CHAT.neededContext().tokens() / 2 - 1);
    for (Judged judged :
        List.of(Candidates.judged(agents, good, cut), Candidates.judged(agents, cut, good))) {
      assertEquals("14b", pick(judged));
      assertEquals(List.of("14b"), pool(judged));
      assertEquals(0, judged.dropped());
    }
  }

  @Test
  void whereNoToolsAreNeededTheyDecideNothing() {
    Candidates weaker = Candidates.of("671b").score(50);
    Judged judged = Candidates.judged(ask(), weaker, good);
    assertEquals("14b", pick(judged));
    assertEquals(List.of("671b", "14b"), pool(judged));
  }

  @Test
  void whereNoTagTakesToolsTheBestOfTheOthersIsPicked() {
    Judged judged = Candidates.judged(agents, Candidates.of("8b").score(60), good);
    assertEquals("14b", pick(judged));
    assertEquals(List.of("8b", "14b"), pool(judged));
  }

  // --- rules that are dropped

  /// As many as one tag needs, and no more.
  @Test
  void softRulesAreDroppedUntilATagIsLeft() {
    Duration late = CHAT.acceptableWait().multipliedBy(4);
    Candidates slow = good.rate(4, 4, 4);
    Candidates waiting = Candidates.of("8b").score(50).time(late, late);
    Judged judged = Candidates.judged(ask(), slow, waiting);
    assertEquals(2, judged.dropped());
    assertEquals(List.of("8b"), pool(judged));
    assertEquals("8b", pick(judged));
    Candidates weaker = Candidates.of("32b").score(45);
    assertEquals("32b", pick(Candidates.judged(ask(), slow, waiting, weaker)));
    assertEquals(0, Candidates.judged(ask(), slow, waiting, weaker).dropped());
  }

  @Test
  void aTagThatBreaksEverySoftRuleIsStillPickedAndOneThatDoesNotFitIsNot() {
    Candidates slow =
        Candidates.of("671b").placed(new Placement.ExpertsInRam(58, 4)).rate(1, 2, 3).score(10);
    assertEquals(Rule.SOFT_RULES, Candidates.judged(ask(), slow).dropped());
    assertEquals("671b", pick(Candidates.judged(ask(), slow)));
    Candidates none = lacking(good, 1);
    assertEquals(Rule.SOFT_RULES + 1, Candidates.judged(ask(), none).dropped());
    assertEquals("nothing", pick(Candidates.judged(ask(), none)));
    assertEquals("671b", pick(Candidates.judged(ask(), none, slow)));
  }

  @Test
  void thePriorityDecidesWhatIsPicked() {
    Candidates fast = Candidates.of("1.5b").score(70).rate(80, 80, 80);
    Candidates best = Candidates.of("32b").score(82).rate(8, 8, 8);
    assertEquals("14b", pick(Candidates.judged(ask(), fast, good, best)));
    assertEquals("1.5b", pick(Candidates.judged(ask(Priority.SPEED), fast, good, best)));
    assertEquals("32b", pick(Candidates.judged(ask(Priority.QUALITY), fast, good, best)));
    Judged balanced = Candidates.judged(ask(), fast, good, best);
    assertEquals("1.5b", pick(balanced.with(Priority.SPEED)));
    assertEquals(Priority.SPEED, balanced.with(Priority.SPEED).question().priority());
  }

  // --- ways to load a tag

  private static Candidates lacking(Candidates candidate, long bytes) {
    return candidate.fit(new Fit.DoesNotFit(candidate.plan(), Bytes.of(bytes), Fit.Where.RAM));
  }

  private static Candidate best(Candidates... ways) {
    var all = new ArrayList<Candidate>();
    for (Candidates way : ways) {
      all.add(way.candidate());
    }
    return Judged.best(all, ask()).candidate();
  }

  @Test
  void ofTwoWaysThatDoNotFitTheOneThatLacksLessIsTaken() {
    Candidates less = lacking(good, 10);
    Candidates more = lacking(good, 11);
    assertEquals(less.candidate().fit(), best(less, more).fit());
    assertEquals(less.candidate().fit(), best(more, less).fit());
    Candidates asMuch = lacking(good.context(2048), 10);
    assertEquals(good.candidate().contextLength(), best(less, asMuch).contextLength());
    assertEquals(2048, best(asMuch, less).contextLength().tokens(), "the first of equals");
  }

  @Test
  void aWayThatFitsIsTakenBeforeOneThatDoesNot() {
    Candidates small = good.context(512);
    assertEquals(512, best(lacking(good, 1), small).contextLength().tokens());
    assertEquals(512, best(small, lacking(good, 1)).contextLength().tokens());
  }

  @Test
  void theWayThatBreaksFewerRulesIsTakenBeforeTheOneWithMorePoints() {
    Candidates slow = good.rate(4.9, 4.9, 4.9);
    int half = CHAT.neededContext().tokens() / 2;
    Candidates cut = good.context(half - 1).rate(99, 99, 99);
    assertEquals(slow.candidate(), best(slow, cut));
    assertEquals(slow.candidate(), best(cut, slow));
  }

  /// The larger context comes later, and costs nothing.
  @ParameterizedTest
  @CsvSource({"8192, 16384, 16384", "16384, 8192, 8192", "8192, 4096, 8192", "4096, 8192, 8192"})
  void ofWaysThatBreakAsManyRulesTheOneWithMorePointsIsTakenAndOfEqualsTheLast(
      int first, int second, int taken) {
    assertEquals(taken, best(good.context(first), good.context(second)).contextLength().tokens());
  }
}
