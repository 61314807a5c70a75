package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CHAT;
import static dev.r1pick.advice.Candidates.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.advice.quality.Quality;
import dev.r1pick.catalog.Strength;
import dev.r1pick.fit.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which of two equals is the pick, just where that turns.
class ChoiceTest {
  private static final Duration WAIT = CHAT.acceptableWait();
  private static final Duration LONGER = WAIT.multipliedBy(2).plusNanos(1);

  /// Of a quality that may be ten points more or less.
  private static Candidates about(String tag, double score) {
    return Candidates.of(tag)
        .quality(new Quality(score, score - 10, score + 10, List.of(), 0, Strength.HIGH));
  }

  private static String pick(Question question, Candidates... candidates) {
    var pool = new ArrayList<Evaluation>();
    for (Candidates one : candidates) {
      pool.add(one.evaluation(question));
    }
    return Choice.balanced(pool, question).candidate().tag().name();
  }

  @Test
  void aNearTieDoesNotBuyAWaitThatIsLongerByMoreThanTheUseAccepts() {
    Candidates soon = about("14b", 80).time(WAIT, WAIT);
    assertEquals("32b", pick(ask(), soon, about("32b", 81).time(WAIT, WAIT.multipliedBy(2))));
    assertEquals("14b", pick(ask(), soon, about("32b", 81).time(WAIT, LONGER)));
    assertEquals("14b", pick(ask(), about("32b", 81).time(WAIT, LONGER), soon));
  }

  /// A second before the accepted wait is no better than a second after it: the difference counts.
  @Test
  void aWaitThatTheUseAcceptsIsNeverTooLong() {
    Candidates atOnce = about("14b", 80).time(Duration.ZERO, Duration.ZERO);
    assertEquals("32b", pick(ask(), atOnce, about("32b", 81).time(WAIT, WAIT.multipliedBy(2))));
  }

  @Test
  void moreThanANearTieMayBuyIt() {
    Candidates soon = about("14b", 80).time(WAIT, WAIT);
    double lead =
        about("32b", 80).time(WAIT, LONGER).evaluation().points() - soon.evaluation().points();
    double two = 82 - lead;
    assertEquals("14b", pick(ask(), soon, about("32b", two - 0.01).time(WAIT, LONGER)));
    assertEquals("32b", pick(ask(), soon, about("32b", two + 0.01).time(WAIT, LONGER)));
  }

  @Test
  void twoPointsAreNoNearTie() {
    Candidates late = about("32b", 82).time(WAIT, LONGER);
    Candidates sure = RuleBordersTest.behind(Candidates.of("14b"), late.evaluation(), 2);
    assertEquals("32b", pick(ask(), sure.time(WAIT, WAIT), late));
    assertEquals("32b", pick(ask(), late, sure.time(WAIT, WAIT)));
  }

  @Test
  void whoAsksForQualityWaits() {
    Candidates soon = about("14b", 80).time(WAIT, WAIT);
    assertEquals("32b", pick(ask(Priority.QUALITY), soon, about("32b", 81).time(WAIT, LONGER)));
  }

  // --- what weighs more than points among equals

  @Test
  void amongEqualsWhatIsWholeComesBeforeWhatIsPartlyInRam() {
    Candidates whole = about("14b", 80);
    Candidates better = about("32b", 92);
    for (Placement inRam :
        List.of(new Placement.PartlyOffloaded(60, 5), new Placement.ExpertsInRam(60, 5))) {
      assertEquals("14b", pick(ask(), whole, better.placed(inRam)));
      assertEquals("14b", pick(ask(), better.placed(inRam), whole));
      assertEquals("32b", pick(ask(), whole, about("32b", 100.1).placed(inRam)), "no equals");
    }
    assertEquals("32b", pick(ask(), whole, better.placed(new Placement.CpuOnly(65))));
    assertEquals("32b", pick(ask(), better.placed(new Placement.CpuOnly(65)), whole));
  }

  /// Of two that are partly in RAM the points decide.
  @Test
  void ofTwoThatArePartlyInRamTheOneWithMorePointsIsThePick() {
    Placement inRam = new Placement.PartlyOffloaded(60, 5);
    Candidates one = about("14b", 80).placed(inRam);
    Candidates other = about("32b", 85).placed(inRam);
    assertEquals("32b", pick(ask(), one, other));
    assertEquals("32b", pick(ask(), other, one));
  }

  @Test
  void amongEqualsAWaitThatIsBorneComesBeforeOneThatIsNot() {
    Duration borne = WAIT.multipliedBy(3);
    Candidates soon = about("14b", 80).time(WAIT, WAIT);
    Candidates better = about("32b", 90);
    assertEquals("32b", pick(ask(), soon, better.time(WAIT, borne)));
    assertEquals("14b", pick(ask(), soon, better.time(WAIT, borne.plusNanos(1))));
    assertEquals("14b", pick(ask(), better.time(WAIT, borne.plusNanos(1)), soon));
    assertEquals("32b", pick(ask(), soon, better.timeless()), "nothing tells that it is late");
    assertEquals("32b", pick(ask(), better.timeless(), soon));
  }

  /// What is late counts less than what is in RAM.
  @Test
  void whatIsWholeAndLateComesBeforeWhatIsPartlyInRamAndSoon() {
    Candidates late = about("14b", 80).time(WAIT, WAIT.multipliedBy(4));
    Candidates inRam = about("32b", 92).placed(new Placement.PartlyOffloaded(60, 5));
    assertEquals("14b", pick(ask(), late, inRam));
    assertEquals("14b", pick(ask(), inRam, late));
  }

  @ParameterizedTest
  @CsvSource({"84.99, 70b", "85, 671b"})
  void fewerThanFivePointsOfQualityBuyNoDownloadOfHours(double score, String pick) {
    assertEquals(pick, pick(ask(), about("70b", 80), about("671b", score)));
    assertEquals(pick, pick(ask(), about("671b", score), about("70b", 80)));
  }

  @Test
  void ofTwoDownloadsOfHoursTheOneWithMorePointsIsThePick() {
    Candidates eight = about("671b-q8_0", 83);
    assertEquals("671b-q8_0", pick(ask(), about("671b", 80), eight));
    assertEquals("671b", pick(ask(), about("671b", 87), eight));
    assertEquals("671b", pick(ask(), eight, about("671b", 87)));
  }

  /// Two names of one file have the same points, to the last bit.
  @Test
  void ofTwoThatAreTheSameInEverythingTheFirstIsThePick() {
    Candidates one = about("14b", 80);
    Candidates other = about("14b-qwen-distill-q4_K_M", 80);
    assertEquals("14b", pick(ask(), one, other));
    assertEquals("14b-qwen-distill-q4_K_M", pick(ask(), other, one));
  }

  /// An equal of the best is looked for, not an equal of an equal.
  @Test
  void whatIsWorseThanTheBestBeyondTheDoubtIsNoEqual() {
    Candidates best = about("32b", 92).placed(new Placement.PartlyOffloaded(60, 5));
    Candidates equal = about("14b", 73).placed(new Placement.PartlyOffloaded(40, 9));
    Candidates far = about("8b", 71.9);
    assertEquals("32b", pick(ask(), equal, best, far));
    assertEquals("8b", pick(ask(), equal, best, about("8b", 72)));
  }

  // --- quality

  private static String forQuality(Candidates balanced, Candidates... candidates) {
    Question question = ask(Priority.QUALITY);
    var pool = new ArrayList<Evaluation>();
    for (Candidates one : candidates) {
      pool.add(one.evaluation(question));
    }
    return Choice.forQuality(pool, balanced.evaluation(question), question)
        .candidate()
        .tag()
        .name();
  }

  @Test
  void forQualityNothingWorseThanTheBestTradeIsTaken() {
    Candidates balanced = about("14b", 80);
    Candidates surer = Candidates.of("8b").score(79.9);
    assertEquals("14b", forQuality(balanced, surer, balanced));
    assertEquals("8b", forQuality(balanced, surer.score(80), balanced));
    assertEquals("14b", forQuality(balanced, surer), "where nothing else is as good");
  }

  @Test
  void forQualityMoreBitsComeBeforeSpeed() {
    Candidates four = about("14b", 80).rate(40, 40, 40);
    Candidates eight = about("14b-qwen-distill-q8_0", 80).rate(2, 2, 2);
    assertEquals("14b-qwen-distill-q8_0", forQuality(four, four, eight));
    assertEquals("14b-qwen-distill-q8_0", forQuality(four, eight, four));
    Candidates ofAnother = about("32b-qwen-distill-q8_0", 80).rate(2, 2, 2);
    assertEquals("14b", forQuality(four, four, ofAnother), "more bits of another variant");
  }

  @Test
  void forQualityMoreBitsDoNotBuyAWaitBeyondWhatIsBorne() {
    Candidates four = about("14b", 80).rate(40, 40, 40);
    Candidates eight = about("14b-qwen-distill-q8_0", 80).rate(2, 2, 2);
    Duration longest = WAIT.multipliedBy(5);
    assertEquals("14b-qwen-distill-q8_0", forQuality(four, four, eight.time(WAIT, longest)));
    assertEquals("14b", forQuality(four, four, eight.time(WAIT, longest.plusNanos(1))));
  }

  @Test
  void forQualityTheFileWithMostBitsThatHasRoomIsTaken() {
    Candidates four = about("8b", 80).rate(40, 40, 40);
    Candidates eight = about("8b-0528-qwen3-q8_0", 80);
    Candidates sixteen = about("8b-0528-qwen3-fp16", 80).rate(2, 2, 2);
    assertEquals("8b-0528-qwen3-fp16", forQuality(four, four, eight, sixteen));
    assertEquals("8b-0528-qwen3-fp16", forQuality(four, sixteen, eight, four));
    Placement cpu = new Placement.CpuOnly(37);
    assertEquals(
        "8b-0528-qwen3-q8_0",
        forQuality(eight.placed(cpu), eight.placed(cpu), sixteen.placed(cpu)),
        "where neither has room the faster one stays");
  }

  // --- speed

  private static String forSpeed(Candidates balanced, Candidates... candidates) {
    Question question = ask(Priority.SPEED);
    var pool = new ArrayList<Evaluation>();
    for (Candidates one : candidates) {
      pool.add(one.evaluation(question));
    }
    return Choice.forSpeed(pool, balanced.evaluation(question)).candidate().tag().name();
  }

  @Test
  void forSpeedNothingSlowerThanTheBestTradeIsTaken() {
    Candidates balanced = Candidates.of("14b").score(60).rate(10, 10, 10);
    Candidates better = Candidates.of("8b").score(90);
    assertEquals("8b", forSpeed(balanced, balanced, better.rate(10, 10, 10)));
    assertEquals("14b", forSpeed(balanced, balanced, better.rate(9.99, 9.99, 9.99)));
    assertEquals("14b", forSpeed(balanced, balanced, better.noSpeed()));
  }

  @Test
  void forSpeedTheOneWithMostPointsOfTheFasterOnesIsTaken() {
    Candidates balanced = Candidates.of("14b").rate(10, 10, 10);
    Candidates fast = Candidates.of("8b").rate(20, 20, 20);
    Candidates faster = Candidates.of("1.5b").rate(40, 40, 40);
    assertEquals("1.5b", forSpeed(balanced, balanced, fast, faster));
    assertEquals("1.5b", forSpeed(balanced, faster, fast, balanced));
    assertEquals("8b", forSpeed(balanced, balanced, fast, faster.score(70)));
    assertEquals("14b", forSpeed(balanced, balanced, fast.score(20), faster.score(10)));
    assertEquals(
        "14b", forSpeed(balanced, Candidates.of("14b-qwen-distill-q4_K_M").rate(10, 10, 10)));
  }
}
