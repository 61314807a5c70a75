package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CHAT;
import static dev.r1pick.advice.Candidates.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.advice.quality.Quality;
import dev.r1pick.catalog.Strength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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
  void whoAsksForQualityWaits() {
    Candidates soon = about("14b", 80).time(WAIT, WAIT);
    assertEquals("32b", pick(ask(Priority.QUALITY), soon, about("32b", 81).time(WAIT, LONGER)));
  }
}
