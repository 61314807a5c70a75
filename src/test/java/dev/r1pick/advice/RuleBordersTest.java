package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CHAT;
import static dev.r1pick.advice.Candidates.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.Candidate.Changes;
import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.advice.Verdict.Keep;
import dev.r1pick.advice.Verdict.Prefer;
import dev.r1pick.advice.Verdict.Reject;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.ollama.ServerVariable;
import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a little more memory or speed may change, GPUs that share the processor's memory, and what
/// has to be set.
class RuleBordersTest {
  private static final Duration WAIT = CHAT.acceptableWait();
  private static final double FLOOR = CHAT.leastRate().tokensPerSecond();

  private final Candidates good = Candidates.of("14b");

  /// The same with a score that puts it exactly that many points behind.
  static Candidates behind(Candidates other, Evaluation best, double points) {
    double start = best.points() - points - other.score(0).evaluation().points() - 1e-11;
    double score = start;
    while (best.points() - other.score(score).evaluation().points() > points) {
      score = Math.nextUp(score);
      if (score > start + 1e-10) {
        throw new AssertionError("never " + points + " behind");
      }
    }
    assertEquals(points, best.points() - other.score(score).evaluation().points());
    return other.score(score);
  }

  // --- a little more or less memory

  private static Candidates spare(Candidates candidate, long thousandths) {
    return candidate.placed(
        new Placement.AllOnGpu(29), Bytes.of(100_000), Bytes.of(100_000 - thousandths * 100));
  }

  @ParameterizedTest
  @CsvSource({
    "14b, 30, false",
    "14b, 29, true",
    "14b-qwen-distill-q8_0, 160, false",
    "14b-qwen-distill-q8_0, 159, true"
  })
  void moreBitsAreNearTheEdgeWhereLessMemoryLeavesLessThanFifteenPercent(
      String tag, long thousandths, boolean near) {
    Candidate candidate = spare(Candidates.of(tag), thousandths).candidate();
    assertEquals(near, Rules.isNearTheEdge(candidate, Bytes.of(1000)));
  }

  private boolean isShort(Candidates other) {
    return Rules.isShortOfRoom(other.evaluation(), good.evaluation(), ask());
  }

  @Test
  void whatIsTwoPointsBehindIsNotMadeThePickByOneMoreLayer() {
    Evaluation best = good.evaluation();
    assertFalse(isShort(behind(Candidates.of("32b"), best, 2)));
    assertTrue(isShort(behind(Candidates.of("32b"), best, 1.75)));
  }

  /// Room to spare may bring a larger file five points more.
  @Test
  void aLargerFileWithoutRoomToSpareIsShortOfRoomUpToSevenPointsBehind() {
    Evaluation best = good.evaluation();
    Candidates tight = spare(Candidates.of("32b-qwen-distill-q8_0"), 149);
    assertTrue(isShort(behind(tight, best, 6.75)));
    assertFalse(isShort(behind(tight, best, 7)));
    Candidates roomy = Candidates.of("32b-qwen-distill-q8_0");
    assertFalse(isShort(behind(roomy, best, 6.75)), "it has room to spare");
    assertFalse(isShort(behind(Candidates.of("32b"), best, 6.75)), "it has no more bits");
  }

  @Test
  void whatIsFarFromGoingWholeIsShortOfRoomOnlyWhereItIsLateByLittle() {
    Candidates far = Candidates.of("32b").score(60);
    Candidates partly = far.fit(new Fit.Partly(far.plan(), Bytes.ofGiB(2)));
    assertFalse(isShort(partly));
    assertTrue(isShort(partly.time(WAIT, WAIT.plusNanos(1))));
    assertFalse(isShort(far.time(WAIT, WAIT.plusNanos(1))), "it is whole");
  }

  // --- late by little: one layer of eight more on the GPU

  private boolean isLateByLittle(Candidates candidate) {
    return WaitRules.isLateByLittle(candidate.candidate(), ask());
  }

  @Test
  void anEighthLessWaitMayBringATagInTime() {
    for (int times : new int[] {1, 3}) {
      Duration limit = WAIT.multipliedBy(times);
      Duration most = limit.multipliedBy(8).dividedBy(7);
      assertFalse(isLateByLittle(good.time(WAIT, limit)), times + ": it is in time");
      assertTrue(isLateByLittle(good.time(WAIT, limit.plusNanos(1))), times + ": just late");
      assertTrue(isLateByLittle(good.time(WAIT, most)), times + ": just enough");
      assertFalse(isLateByLittle(good.time(WAIT, most.plusNanos(1))), times + ": too late");
    }
    assertFalse(isLateByLittle(good.noSpeed()), "nothing tells how late it is");
  }

  @Test
  void anEighthMoreSpeedMayMakeATagReadable() {
    double just = FLOOR * 8 / 9;
    assertEquals(FLOOR, just * 1.125);
    assertTrue(isLateByLittle(good.rate(1, just, 9)));
    assertFalse(isLateByLittle(good.rate(1, just - 0.001, 9)));
    assertTrue(isLateByLittle(good.rate(1, FLOOR - 0.001, 9)));
    assertFalse(isLateByLittle(good.rate(1, FLOOR, 9)), "it is readable");
  }

  // --- limits that the asker sets

  @Test
  void whoSaysHowLongHeWaitsIsNotToldWhatIsTooLong() {
    var wishes =
        new Constraints(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            List.of(),
            Optional.of(WAIT),
            OptionalInt.empty());
    Candidates late = good.time(WAIT, WAIT.multipliedBy(16)).rate(1, 2, 3);
    assertInstanceOf(Reject.class, late.judged(Rule.ENDURABLE_WAIT, ask()));
    assertEquals(new Keep(), late.judged(Rule.ENDURABLE_WAIT, ask(wishes)));
    Candidates large = Candidates.of("671b").placed(new Placement.ExpertsInRam(20, 42));
    assertInstanceOf(Reject.class, large.rate(1, 2, 3).judged(Rule.WORTH_THE_DOWNLOAD, ask()));
    assertEquals(new Keep(), large.rate(1, 2, 3).judged(Rule.WORTH_THE_DOWNLOAD, ask(wishes)));
  }

  @Test
  void theFastestAndTheSoonestAreCloseWhereALimitOfTimeIsBroken() {
    for (Rule rule : Rule.BOOK) {
      boolean time = rule == Rule.FAST_ENOUGH || rule == Rule.SOON_ENOUGH;
      assertEquals(time, rule.isAboutTime(), rule.id());
    }
  }

  // --- one memory

  private Candidates inOneMemory(boolean unified) {
    Candidates partly = good.placed(new Placement.PartlyOffloaded(20, 9));
    LoadPlan plan = partly.plan();
    DeviceLoad old = plan.devices().getFirst();
    Memory memory = old.device().memory();
    Accelerator device =
        old.device().withMemory(Memory.of(memory.total(), memory.free(), memory.pool(), unified));
    var load =
        new DeviceLoad(
            device,
            29,
            Bytes.ZERO,
            Bytes.ZERO,
            Bytes.ZERO,
            Optional.of(Bytes.ofGiB(100)),
            Bytes.ZERO,
            Bytes.ZERO);
    return partly.plan(
        new LoadPlan(plan.tag(), plan.settings(), plan.placement(), List.of(load), plan.host()));
  }

  /// Layers in RAM are read as fast as the others there.
  @Test
  void whereGpuAndProcessorShareOneMemoryLayersInRamCostHalf() {
    Candidates shared = inOneMemory(true);
    Candidates own = inOneMemory(false);
    assertEquals(new Prefer(-4, new Reason.Partly(20, 29)), shared.judged(Rule.PLACEMENT, ask()));
    assertEquals(new Prefer(-8, new Reason.Partly(20, 29)), own.judged(Rule.PLACEMENT, ask()));
    Duration late = WAIT.plusNanos(1);
    assertEquals(new Keep(), shared.time(WAIT, late).judged(Rule.WHOLE_OR_SOON, ask()));
    assertInstanceOf(Reject.class, own.time(WAIT, late).judged(Rule.WHOLE_OR_SOON, ask()));
  }

  // --- what has to be set

  @Test
  void hidingCardsIsASettingOfTheServer() {
    var variable = Optional.of(new ServerVariable("CUDA_VISIBLE_DEVICES", "0"));
    assertEquals(0, settings(Changes.NONE));
    assertEquals(-0.5, settings(new Changes(false, false, false, variable)));
    assertEquals(-1, settings(new Changes(true, false, false, variable)));
    assertEquals(-1.5, settings(new Changes(true, true, false, variable)));
    assertTrue(new Changes(false, false, false, variable).isOfServer());
    assertTrue(new Changes(false, false, true, Optional.empty()).isOfServer());
    assertTrue(new Changes(false, true, false, Optional.empty()).isOfServer());
    assertFalse(new Changes(true, false, false, Optional.empty()).isOfServer());
    assertTrue(new Changes(true, false, false, Optional.empty()).any());
    assertFalse(Changes.NONE.any());
  }

  private double settings(Changes changes) {
    Candidate old = good.candidate();
    var changed =
        new Candidate(
            old.tag(),
            old.fit(),
            old.speed(),
            old.answerTime(),
            old.quality(),
            old.neededContext(),
            old.twin(),
            changes);
    return assertInstanceOf(Prefer.class, Rule.NO_SETTINGS.judge(changed, ask())).points();
  }

  /// Ten billion parameters are no small model.
  @ParameterizedTest
  @CsvSource({"9999999999, 2.5", "10000000000, -4"})
  void forQualityAnF16FileOfASmallModelIsWorthMore(long parameters, double points) {
    Candidates sized = CaveatsTest.sized(Candidates.of("8b-0528-qwen3-fp16"), parameters);
    assertEquals(
        points,
        assertInstanceOf(Prefer.class, sized.judged(Rule.PRECISION, ask(Priority.QUALITY)))
            .points());
  }

  @Test
  void aRuleThatPrefersNothingGivesNoPoints() {
    Evaluation judged = good.evaluation();
    assertEquals(80, judged.points(Rule.QUALITY));
    assertEquals(0, judged.points(Rule.FITS_MEMORY));
    assertEquals(0, good.score(10).evaluation().points(Rule.GOOD_ENOUGH));
  }
}
