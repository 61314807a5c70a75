package dev.r1pick.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.advice.Advice.Alternative;
import dev.r1pick.fit.Fit;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The pick reads 100 tokens per second and has a quality of 80.
class AlternativesTest {
  private static final Candidates PICK = Candidates.of("14b").rate(90, 100, 110);
  private static final int CONTEXT = PICK.candidate().contextLength().tokens();

  private static Candidates other(String tag, double quality, double rate) {
    return Candidates.of(tag).score(quality).rate(rate, rate, rate);
  }

  /// `tag TRADE` of each.
  private static List<String> offered(int most, Candidates pick, Candidates... others) {
    var pool = new ArrayList<Evaluation>(List.of(pick.evaluation()));
    for (Candidates other : others) {
      pool.add(other.evaluation());
    }
    var offered = new ArrayList<String>();
    for (Alternative found : Alternatives.of(pick.evaluation(), pool, most, false)) {
      offered.add(found.judged().candidate().tag().name() + " " + found.trade());
    }
    return offered;
  }

  private static List<String> offered(Candidates... others) {
    return offered(9, PICK, others);
  }

  @ParameterizedTest
  @CsvSource({
    "80, 50, ''",
    "80.01, 50, 32b BETTER_BUT_SLOWER",
    "90, 100, ''",
    "90, 99.99, 32b BETTER_BUT_SLOWER",
    "90, 25, 32b BETTER_BUT_SLOWER",
    "90, 24.99, ''"
  })
  void betterAndSlowerIsOfferedUnlessItIsFourTimesSlower(
      double quality, double rate, String found) {
    assertEquals(
        found.isEmpty() ? List.of() : List.of(found), offered(other("32b", quality, rate)));
  }

  @ParameterizedTest
  @CsvSource({"70, 125, 8b FASTER_BUT_WEAKER", "70, 124.99, ''"})
  void weakerIsOfferedWhereItIsAQuarterFaster(double quality, double rate, String found) {
    assertEquals(found.isEmpty() ? List.of() : List.of(found), offered(other("8b", quality, rate)));
  }

  @Test
  void twiceTheContextIsOffered() {
    Candidates longer = other("8b", 70, 110).context(2 * CONTEXT);
    assertEquals(List.of("8b LONGER_CONTEXT"), offered(longer));
    assertEquals(List.of(), offered(other("8b", 70, 110).context(2 * CONTEXT - 1)));
    Candidates longerAndBetter = other("32b", 90, 50).context(2 * CONTEXT);
    assertEquals(
        List.of("32b BETTER_BUT_SLOWER"),
        offered(longerAndBetter, longer),
        "one with more context is offered already");
  }

  @Test
  void whatAnotherOneBeatsInEverythingIsNotOffered() {
    assertEquals(
        List.of("32b BETTER_BUT_SLOWER"), offered(other("70b", 85, 40), other("32b", 90, 50)));
    assertEquals(
        List.of("70b BETTER_BUT_SLOWER"),
        offered(other("70b", 91, 50), other("32b", 90, 50)),
        "equal in speed, better in quality");
    assertEquals(
        List.of("8b FASTER_BUT_WEAKER"),
        offered(other("7b", 70, 200), other("8b", 70, 201)),
        "equal in quality, better in speed");
    assertEquals(List.of(), offered(other("8b", 80, 100)), "equal in all is no gain");
  }

  @Test
  void oneOfEachTradeIsOfferedAndTheOneWithMostPointsFirst() {
    Candidates slower = other("70b", 95, 30);
    Candidates better = other("32b", 94, 60);
    Candidates faster = other("8b", 70, 200);
    Candidates fastest = other("7b", 60, 400);
    assertEquals(
        List.of("70b BETTER_BUT_SLOWER", "8b FASTER_BUT_WEAKER"),
        offered(fastest, faster, better, slower));
    assertEquals(List.of("70b BETTER_BUT_SLOWER"), offered(1, PICK, faster, slower));
    assertEquals(List.of(), offered(0, PICK, faster, slower));
  }

  @Test
  void oneQuantizationStandsForAVariant() {
    assertEquals(List.of(), offered(other("14b-qwen-distill-q8_0", 90, 50)));
    Candidates four = other("32b", 90, 50);
    Candidates eight = other("32b-qwen-distill-q8_0", 95, 60);
    assertEquals(List.of("32b-qwen-distill-q8_0 BETTER_BUT_SLOWER"), offered(four, eight));
    assertEquals(List.of("32b-qwen-distill-q8_0 BETTER_BUT_SLOWER"), offered(eight, four));
  }

  @Test
  void aPickThatIsNoGoodHasNoSlowerAlternative() {
    Candidates late =
        PICK.time(
            Candidates.CHAT.acceptableWait().multipliedBy(6),
            Candidates.CHAT.acceptableWait().multipliedBy(6));
    assertEquals(List.of(), offered(9, late, other("32b", 90, 50)));
  }

  @Test
  void whereASpeedIsNotKnownOnlyWhatIsWholeIsOffered() {
    Candidates better = Candidates.of("32b").score(90).noSpeed();
    assertEquals(List.of("32b BETTER_BUT_SLOWER"), offered(better));
    Candidates inRam = better.fit(new Fit.Partly(better.plan(), Bytes.ofGiB(1)));
    assertEquals(List.of(), offered(inRam));
    assertEquals(List.of(), offered(Candidates.of("8b").score(70).noSpeed()), "perhaps faster");
  }
}
