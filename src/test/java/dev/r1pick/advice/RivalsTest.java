package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CHAT;
import static dev.r1pick.advice.Candidates.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.advice.quality.Quality;
import dev.r1pick.advice.quality.Quality.Basis;
import dev.r1pick.advice.quality.Quality.Term;
import dev.r1pick.catalog.Strength;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which other tag could have been the pick, and what tells them apart.
class RivalsTest {
  private static final String ID = "rele/accuracy";
  private static final String OTHER = "rele/logic";

  private final Candidates pick = about("14b", 80);

  private static Candidates about(String tag, double score, Term... terms) {
    return Candidates.of(tag)
        .quality(new Quality(score, score - 10, score + 10, List.of(terms), 0, Strength.HIGH));
  }

  private static List<Evaluation> pool(Question question, Candidates... all) {
    var pool = new ArrayList<Evaluation>();
    for (Candidates one : all) {
      pool.add(one.evaluation(question));
    }
    return pool;
  }

  // --- the nearest

  private String nearest(Question question, Candidates... others) {
    return Rivals.nearest(pick.evaluation(question), pool(question, others), question)
        .map(other -> other.candidate().tag().name())
        .orElse("none");
  }

  @Test
  void theNearestIsTheOtherVariantThatIsLeastBehind() {
    Candidates near = about("8b", 75);
    Candidates far = about("7b", 70);
    assertEquals("8b", nearest(ask(), pick, near, far));
    assertEquals("8b", nearest(ask(), far, near, pick));
    assertEquals("none", nearest(ask(), pick, about("14b-qwen-distill-q8_0", 79)));
    assertEquals("none", nearest(ask()));
  }

  /// Two names of one file are as far behind, to the last bit.
  @Test
  void ofTwoThatAreAsNearTheFirstIsNamed() {
    Candidates one = about("8b", 75);
    Candidates other = about("8b-0528-qwen3-q4_K_M", 75);
    assertEquals("8b", nearest(ask(), one, other));
    assertEquals("8b-0528-qwen3-q4_K_M", nearest(ask(), other, one));
  }

  // --- a tie

  private String tie(Question question, Candidates other) {
    return Rivals.nearTie(pick.evaluation(question), pool(question, other), question)
        .map(Caveat::toString)
        .orElse("none");
  }

  @ParameterizedTest
  @CsvSource({"78.1, true", "78, false", "81.9, true", "82, false"})
  void lessThanTwoPointsOfQualityAreATieForWhoAsksForQuality(double score, boolean tie) {
    Question question = ask(Priority.QUALITY);
    var said = new Caveat.NearTie(Candidates.tag("8b"));
    assertEquals(tie ? said.toString() : "none", tie(question, about("8b", score)));
  }

  @Test
  void anotherFileOfTheVariantAndWhatIsBeyondTheDoubtAreNoTie() {
    assertEquals("none", tie(ask(), about("14b-qwen-distill-q8_0", 80)));
    Candidates sure = Candidates.of("8b").score(69.9).rate(99, 9999, 9999);
    double behind = pick.evaluation().points() - sure.evaluation().points();
    assertEquals("none", tie(ask(), sure), "behind by " + behind);
  }

  // --- evidence in the asker's language

  private static Term term(String benchmark, Basis basis, double raw, double weight) {
    return new Term(
        benchmark,
        "title of " + benchmark,
        basis,
        OptionalDouble.of(raw),
        basis == Basis.MEASURED ? Optional.empty() : Optional.of("Qwen3-8B"),
        raw,
        weight);
  }

  private static Term measured(String benchmark, double raw, double weight) {
    return term(benchmark, Basis.MEASURED, raw, weight);
  }

  private static Question in(String language) {
    return new Question(CHAT, language, Priority.BALANCED, Candidates.MACHINE, Constraints.NONE);
  }

  /// `benchmark own rival other`, or `none`.
  private static String evidence(Question question, Candidates best, Candidates... others) {
    Optional<Caveat> found =
        Rivals.evidenceInLanguage(best.evaluation(question), pool(question, others), question);
    if (found.isPresent()
        && found.get()
            instanceof
            Caveat.EvidenceInLanguage(
                var language,
                var benchmark,
                var title,
                var pick,
                var own,
                var rival,
                var other)) {
      assertEquals(Locale.of(question.language()), language);
      assertEquals("title of " + benchmark, title);
      assertEquals(best.candidate().tag(), pick);
      return benchmark + " " + own + " " + rival.name() + " " + other;
    }
    return "none";
  }

  @Test
  void whoAsksInChineseHearsWhatWasMeasuredInChinese() {
    Candidates best = about("14b", 80, measured(ID, 70.5, 1));
    Candidates other = about("8b", 75, measured(ID, 66, 1));
    assertEquals(ID + " 70.5 8b 66.0", evidence(in("zh"), best, best, other));
    assertEquals("none", evidence(in("en"), best, best, other));
    assertEquals("none", evidence(in("de"), best, best, other), "chat has no rows in German");
  }

  @Test
  void theBestOfTheOtherVariantsIsToldBesideThePick() {
    Candidates best = about("14b", 80, measured(ID, 70, 1));
    Candidates weak = about("7b", 60, measured(ID, 50, 1));
    Candidates strong = about("8b", 75, measured(ID, 66, 1));
    Candidates file = about("14b-qwen-distill-q8_0", 81, measured(ID, 71, 1));
    Candidates asStrong = about("8b-0528-qwen3-q4_K_M", 75, measured(ID, 66, 1));
    assertEquals(ID + " 70.0 8b 66.0", evidence(in("zh"), best, weak, strong, file));
    assertEquals(ID + " 70.0 8b 66.0", evidence(in("zh"), best, file, strong, weak));
    assertEquals(ID + " 70.0 8b 66.0", evidence(in("zh"), best, strong, asStrong));
    assertEquals("none", evidence(in("zh"), best, best, file), "another file is no other variant");
  }

  @Test
  void theWeightiestBenchmarkThatWasRunOnBothIsTold() {
    Candidates best = about("14b", 80, measured(ID, 70, 1), measured(OTHER, 60, 2));
    Candidates both = about("8b", 75, measured(ID, 66, 1), measured(OTHER, 55, 2));
    assertEquals(OTHER + " 60.0 8b 55.0", evidence(in("zh"), best, both));
    Candidates turned = about("14b", 80, measured(OTHER, 60, 2), measured(ID, 70, 1));
    assertEquals(OTHER + " 60.0 8b 55.0", evidence(in("zh"), turned, both));
    Candidates equal = about("14b", 80, measured(ID, 70, 2), measured(OTHER, 60, 2));
    assertEquals(ID + " 70.0 8b 66.0", evidence(in("zh"), equal, both), "the first of two");
    Candidates one = about("8b", 75, measured(ID, 66, 1));
    assertEquals(ID + " 70.0 8b 66.0", evidence(in("zh"), best, one));
    assertEquals("none", evidence(in("zh"), best, about("8b", 75)));
  }

  @Test
  void whatWasNotMeasuredOnBothIsNoEvidence() {
    Term standIn = term(ID, Basis.STAND_IN, 70, 1);
    Candidates best = about("14b", 80, measured(ID, 70, 1));
    Candidates other = about("8b", 75, measured(ID, 66, 1));
    assertEquals("none", evidence(in("zh"), about("14b", 80, standIn), other));
    assertEquals("none", evidence(in("zh"), best, about("8b", 75, standIn)));
    assertEquals("none", evidence(in("zh"), best, about("8b", 75, measured(OTHER, 66, 1))));
    Candidates twice = about("8b", 75, standIn, measured(ID, 66, 1));
    assertEquals(ID + " 70.0 8b 66.0", evidence(in("zh"), best, twice));
  }
}
