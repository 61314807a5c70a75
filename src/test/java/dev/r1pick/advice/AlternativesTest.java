package dev.r1pick.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.advice.Advice.Alternative;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.Placement;
import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The pick reads half as fast as a reader of chat, 10 tokens per second, and has a quality of 80.
class AlternativesTest {
  private static final Candidates PICK = Candidates.of("14b").rate(9, 10, 11);
  private static final int CONTEXT = PICK.candidate().contextLength().tokens();
  private static final Duration WAIT = Candidates.CHAT.acceptableWait();

  private static Candidates other(String tag, double quality, double rate) {
    return Candidates.of(tag).score(quality).rate(rate, rate, rate);
  }

  /// `tag TRADE` of each.
  private static List<String> offered(int most, Candidates pick, Candidates... others) {
    var all = new ArrayList<Candidates>(List.of(pick));
    all.addAll(List.of(others));
    Judged judged = Candidates.judged(Candidates.ask(), all.toArray(Candidates[]::new));
    var offered = new ArrayList<String>();
    for (Alternative found : Alternatives.of(judged.all().getFirst(), judged, most, false)) {
      offered.add(found.judged().candidate().tag().name() + " " + found.trade());
    }
    return offered;
  }

  private static List<String> offered(Candidates... others) {
    return offered(9, PICK, others);
  }

  @ParameterizedTest
  @CsvSource({
    "80, 9, ''",
    "80.01, 9, 32b BETTER_BUT_SLOWER",
    "90, 10, ''",
    "90, 9.99, 32b BETTER_BUT_SLOWER",
    "90, 1, 32b BETTER_BUT_SLOWER"
  })
  void betterAndSlowerIsOfferedHoweverSlowItWrites(double quality, double rate, String found) {
    assertEquals(
        found.isEmpty() ? List.of() : List.of(found), offered(other("32b", quality, rate)));
  }

  @Test
  void betterIsOfferedUpToSixTimesTheAcceptableWait() {
    Candidates better = other("32b", 90, 9);
    assertEquals(
        List.of("32b BETTER_BUT_SLOWER"), offered(better.time(WAIT, WAIT.multipliedBy(6))));
    assertEquals(
        List.of(), offered(better.time(WAIT, WAIT.multipliedBy(6).plus(Duration.ofNanos(1)))));
  }

  @Test
  void theLargestGainIsOfferedNotTheMostPoints() {
    assertEquals(
        List.of("70b BETTER_BUT_SLOWER"), offered(other("32b", 90, 9), other("70b", 91, 5)));
  }

  @ParameterizedTest
  @CsvSource({"70, 15, 8b FASTER_BUT_WEAKER", "70, 14.99, ''"})
  void weakerIsOfferedWhereItIsHalfAgainAsFast(double quality, double rate, String found) {
    assertEquals(found.isEmpty() ? List.of() : List.of(found), offered(other("8b", quality, rate)));
  }

  @Test
  void nothingIsOfferedAsFasterThanAReaderReads() {
    Candidates asFastAsAReader = PICK.rate(20, 20, 20);
    assertEquals(List.of(), offered(9, asFastAsAReader, other("1.5b", 60, 200)));
    assertEquals(
        List.of("1.5b FASTER_BUT_WEAKER"),
        offered(9, PICK.rate(19, 19, 19), other("1.5b", 60, 200)));
  }

  @Test
  void ofFasterOnesTheBestIsOffered() {
    assertEquals(
        List.of("8b FASTER_BUT_WEAKER"), offered(other("1.5b", 60, 90), other("8b", 70, 20)));
  }

  @Test
  void twiceTheContextIsOffered() {
    Candidates longer = other("8b", 70, 11).context(2 * CONTEXT);
    assertEquals(List.of("8b LONGER_CONTEXT"), offered(longer));
    assertEquals(List.of(), offered(other("8b", 70, 11).context(2 * CONTEXT - 1)));
    Candidates longerAndBetter = other("32b", 90, 5).context(2 * CONTEXT);
    assertEquals(
        List.of("32b BETTER_BUT_SLOWER"),
        offered(longerAndBetter, longer),
        "one with more context is offered already");
  }

  @Test
  void oneOfEachTradeIsOffered() {
    Candidates better = other("70b", 95, 6);
    Candidates faster = other("8b", 70, 20);
    assertEquals(List.of("70b BETTER_BUT_SLOWER", "8b FASTER_BUT_WEAKER"), offered(faster, better));
    assertEquals(List.of("70b BETTER_BUT_SLOWER"), offered(1, PICK, faster, better));
    assertEquals(List.of(), offered(0, PICK, faster, better));
  }

  @Test
  void anotherQuantizationOfThePickIsNoChoice() {
    assertEquals(List.of(), offered(other("14b-qwen-distill-q8_0", 90, 5)));
  }

  @Test
  void whatOnlyTimePutsOutIsOfferedAndWhatIsTooWeakIsNot() {
    Candidates late = other("32b", 90, 4).time(WAIT, WAIT.multipliedBy(5));
    assertEquals(List.of("32b BETTER_BUT_SLOWER"), offered(late));
    assertEquals(List.of(), offered(other("8b", 42, 30)));
  }

  @Test
  void whereASpeedIsNotKnownOnlyWhatIsWholeIsOffered() {
    Candidates better = Candidates.of("32b").score(90).noSpeed();
    assertEquals(List.of("32b BETTER_BUT_SLOWER"), offered(better));
    Candidates inRam = better.fit(new Fit.Partly(better.plan(), Bytes.ofGiB(1)));
    assertEquals(List.of(), offered(inRam));
    assertEquals(List.of(), offered(Candidates.of("8b").score(70).noSpeed()), "perhaps faster");
  }

  /// Where as many as there are shall be shown: first one of each variant, then other files.
  private static List<String> filled(int most, Candidates... others) {
    var all = new ArrayList<Candidates>(List.of(PICK));
    all.addAll(List.of(others));
    Judged judged = Candidates.judged(Candidates.ask(), all.toArray(Candidates[]::new));
    var offered = new ArrayList<String>();
    for (Alternative found : Alternatives.of(judged.all().getFirst(), judged, most, true)) {
      offered.add(found.judged().candidate().tag().name() + " " + found.trade());
    }
    return offered;
  }

  @Test
  void whatIsNoTradeFillsTheRestByPoints() {
    Candidates better = other("32b", 90, 9);
    Candidates near = other("8b", 79, 10);
    Candidates far = other("7b", 60, 10);
    Candidates ownFile = other("14b-qwen-distill-q8_0", 70, 10);
    List<String> all =
        List.of(
            "32b BETTER_BUT_SLOWER",
            "8b NEXT_BEST",
            "7b NEXT_BEST",
            "14b-qwen-distill-q8_0 NEXT_BEST");
    assertEquals(all, filled(9, far, ownFile, near, better));
    for (int most = 0; most <= 4; most++) {
      assertEquals(all.subList(0, most), filled(most, far, ownFile, near, better));
    }
    assertEquals(List.of("32b BETTER_BUT_SLOWER"), offered(far, ownFile, near, better));
  }

  @Test
  void ofTwoFilesOfAVariantTheOneWithMorePointsStandsForIt() {
    Candidates four = other("32b", 85, 9);
    Candidates eight = other("32b-qwen-distill-q8_0", 95, 4);
    assertEquals(
        List.of("32b-qwen-distill-q8_0 BETTER_BUT_SLOWER"),
        offered(four.score(81), eight.score(99).rate(9, 9, 9)));
    assertEquals(
        List.of("32b BETTER_BUT_SLOWER"), offered(four.score(99), eight.score(81).rate(9, 9, 9)));
  }

  /// Two names of one file have the same points, to the last bit.
  @Test
  void ofTwoFilesOfAVariantWithAsManyPointsTheFirstStandsForIt() {
    Candidates one = other("32b", 90, 9);
    Candidates two = other("32b-qwen-distill-q4_K_M", 90, 9);
    assertEquals(List.of("32b BETTER_BUT_SLOWER"), offered(one, two));
    assertEquals(List.of("32b-qwen-distill-q4_K_M BETTER_BUT_SLOWER"), offered(two, one));
  }

  @Test
  void twiceTheContextIsOfferedBesideWhatIsBetterAndNoLonger() {
    Candidates better = other("32b", 90, 9);
    Candidates longer = other("8b", 70, 11).context(2 * CONTEXT);
    assertEquals(List.of("32b BETTER_BUT_SLOWER", "8b LONGER_CONTEXT"), offered(better, longer));
  }

  /// A file with more bits that is late stands for its variant where lateness counts for nothing.
  @Test
  void aVariantIsOfferedForOneTradeOnly() {
    Candidates late = other("32b-qwen-distill-q8_0", 99, 9).time(WAIT, WAIT.multipliedBy(4));
    Candidates longer = other("32b", 85, 11).context(2 * CONTEXT);
    assertEquals(List.of("32b-qwen-distill-q8_0 BETTER_BUT_SLOWER"), offered(late, longer));
    assertEquals(
        List.of("32b-qwen-distill-q8_0 BETTER_BUT_SLOWER", "8b LONGER_CONTEXT"),
        offered(late, longer, other("8b", 70, 11).context(2 * CONTEXT)));
  }

  @Test
  void whatHasNoRoomToThinkIsNotOfferedAsBetterUnlessThePickHasNoneEither() {
    int cut = CONTEXT / 2 - 1;
    Candidates better = other("32b", 90, 9).context(cut);
    assertEquals(List.of(), offered(better));
    assertEquals(List.of("32b BETTER_BUT_SLOWER"), offered(better.context(CONTEXT / 2)));
    assertEquals(List.of("32b BETTER_BUT_SLOWER"), offered(9, PICK.context(cut), better));
  }

  /// Each of the rules about time, and none beside them.
  @Test
  void whatIsInRamAndCrawlsIsOfferedWhereItsAnswerComesInTime() {
    Candidates inRam =
        other("32b", 90, 2)
            .placed(new Placement.PartlyOffloaded(60, 5))
            .time(WAIT, WAIT.multipliedBy(5));
    assertEquals(List.of("32b BETTER_BUT_SLOWER"), offered(inRam));
    Candidates large = other("671b", 95, 9).placed(new Placement.ExpertsInRam(58, 4));
    assertEquals(List.of(), offered(large), "hundreds of gigabytes for 9 tokens a second");
  }

  @Test
  void whereTheSpeedOfThePickIsNotKnownOnlyWhatIsWholeIsOffered() {
    Candidates better = other("32b", 90, 5);
    assertEquals(List.of("32b BETTER_BUT_SLOWER"), offered(9, PICK.noSpeed(), better));
    Candidates inRam = better.fit(new Fit.Partly(better.plan(), Bytes.ofGiB(1)));
    assertEquals(List.of(), offered(9, PICK.noSpeed(), inRam));
    assertEquals(List.of(), offered(9, PICK, inRam.noSpeed()));
  }
}
