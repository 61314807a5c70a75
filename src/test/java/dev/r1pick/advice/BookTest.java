package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CHAT;
import static dev.r1pick.advice.Candidates.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.Verdict.Prefer;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.Placement;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the rules come to together.
class BookTest {
  private static final Duration WAIT = CHAT.acceptableWait();
  private static final Candidates GOOD = Candidates.of("14b");

  private static double points(Rule rule, Candidates candidate) {
    return points(rule, candidate, ask());
  }

  private static double points(Rule rule, Candidates candidate, Question question) {
    return assertInstanceOf(Prefer.class, candidate.judged(rule, question)).points();
  }

  // --- the whole book

  @Test
  void softRulesAreDroppedFromTheLastOne() {
    Candidates weak = GOOD.score(10);
    Candidates cut = GOOD.context(512);
    Candidates slow = GOOD.rate(4, 4, 4);
    Candidates crawling = GOOD.rate(0.1, 0.1, 0.1);
    Candidates inRam =
        GOOD.placed(new Placement.PartlyOffloaded(20, 9)).time(WAIT, WAIT.plusNanos(1));
    Candidates late = GOOD.time(WAIT.multipliedBy(6), WAIT.multipliedBy(6));
    assertEquals(6, crawling.evaluation().dropsNeeded());
    assertEquals(5, weak.evaluation().dropsNeeded());
    assertEquals(4, cut.evaluation().dropsNeeded());
    assertEquals(3, slow.evaluation().dropsNeeded());
    assertEquals(2, late.evaluation().dropsNeeded());
    assertEquals(1, inRam.evaluation().dropsNeeded());
    assertEquals(
        5, weak.time(WAIT.multipliedBy(6), WAIT.multipliedBy(6)).evaluation().dropsNeeded());
    assertEquals(
        8,
        late.fit(new Fit.DoesNotFit(GOOD.plan(), Bytes.of(1), Fit.Where.GPU))
            .evaluation()
            .dropsNeeded());
    for (int dropped = 0; dropped <= Rule.SOFT_RULES; dropped++) {
      assertEquals(dropped < 3, slow.evaluation().rejection(dropped).isPresent(), "" + dropped);
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
    return GOOD.placed(new Placement.AllOnGpu(29), Bytes.of(100_000), Bytes.of(100_000 - bytes));
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
    return candidate.fit(new Fit.DoesNotFit(candidate.plan(), Bytes.of(bytes), Fit.Where.RAM));
  }

  private static boolean isShort(Candidates other, Evaluation best) {
    return Rules.isShortOfRoom(other.evaluation(), best, ask());
  }
}
