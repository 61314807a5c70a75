package dev.r1pick.catalog.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Questions find their answers, however they are worded.
class ExplainerTest {
  private static final Claims CLAIMS = TopicReader.claims();
  private static final Terms TERMS = TopicReader.terms();
  private static final Explainer EXPLAINER =
      new Explainer(CatalogReader.readDefault(), TERMS, CLAIMS);

  private static List<String> questions() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/topic/questions.tsv"));
  }

  /// What an explanation is about, as the file of questions writes it.
  private static String about(Explanation explanation) {
    return switch (explanation) {
      case Explanation.OfTag(var tag, _) -> tag.name();
      case Explanation.OfTerm(var term, _) -> term.id();
      case Explanation.OfClaim(var claim, _) -> claim.id();
      case Explanation.NoSuchSize _ -> "no-such-size";
      case Explanation.AboutMachine _ -> "machine";
      case Explanation.Unknown _ -> "unknown";
    };
  }

  @Test
  void freeWordingsFindWhatTheyMean() throws IOException {
    var missed = new ArrayList<String>();
    for (String line : questions()) {
      String[] parts = line.split("\t", -1);
      String found = about(EXPLAINER.explain(parts[0]));
      if (!List.of(parts[1].split("\\|", -1)).contains(found)) {
        missed.add(parts[0] + ": " + found + " instead of " + parts[1]);
      }
    }
    assertEquals(List.of(), missed);
  }

  /// Statements in the words of others, written before the rule. Those that are not found are
  /// offered as what is near; none has the verdict of another claim.
  @Test
  void aStatementInOtherWordsHasTheVerdictOfItsClaimOrNone() throws IOException {
    var missed = new ArrayList<String>();
    var other = new ArrayList<String>();
    List<String> lines = Files.readAllLines(Path.of("src/test/resources/topic/paraphrases.tsv"));
    for (String line : lines) {
      String[] parts = line.split("\t", -1);
      Explanation found = EXPLAINER.explain(parts[0]);
      if (!List.of(parts[1].split("\\|", -1)).contains(about(found))) {
        missed.add(line);
        if (found instanceof Explanation.OfClaim) {
          other.add(parts[0] + ": " + about(found));
        }
      }
    }
    assertEquals(List.of(), other);
    assertTrue(missed.size() <= lines.size() / 20, missed.toString());
  }

  /// "32b needs 24GB" was called wrong, by a claim about Q8.
  @Test
  void whatNoClaimSaysHasNoVerdict() throws IOException {
    var judged = new ArrayList<String>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/topic/near-misses.txt"))) {
      Explanation found = EXPLAINER.explain(line);
      if (found instanceof Explanation.OfClaim || found instanceof Explanation.OfTag) {
        judged.add(line + ": " + about(found));
      }
    }
    assertEquals(List.of(), judged);
  }

  @Test
  void aFigureThatIsNotTheClaimsIsAnotherStatement() {
    assertEquals("c11", about(EXPLAINER.explain("70b scores 79.8 on AIME")));
    assertEquals("unknown", about(EXPLAINER.explain("70b scores 79.7 on AIME")));
    assertEquals("unknown", about(EXPLAINER.explain("70b scores on AIME")));
  }

  @Test
  void whatIsDeniedIsNotWhatIsSaid() {
    assertEquals("c50", about(EXPLAINER.explain("there is a cloud tag")));
    assertEquals("unknown", about(EXPLAINER.explain("there is no cloud tag")));
    assertEquals("c104", about(EXPLAINER.explain("ollama can't resume a download")));
    assertEquals("unknown", about(EXPLAINER.explain("ollama can resume a download")));
    assertEquals("c104", about(EXPLAINER.explain("can ollama resume a download")));
  }

  @Test
  void whatIsComparedTheOtherWayRoundIsAnotherStatement() {
    assertEquals("c73", about(EXPLAINER.explain("the 8B is faster than the 7B")));
    assertEquals("unknown", about(EXPLAINER.explain("the 7B is faster than the 8B")));
    assertEquals("c73", about(EXPLAINER.explain("8b 比 7b 快")));
    assertEquals("unknown", about(EXPLAINER.explain("7b 比 8b 快")));
  }

  @Test
  void aQuestionAboutAMachineIsForAnotherCommand() {
    assertEquals(
        new Explanation.AboutMachine(Optional.of("14b"), Optional.of("8")),
        EXPLAINER.explain("14b runs on 8gb"));
    assertEquals(
        new Explanation.AboutMachine(Optional.of("70b"), Optional.empty()),
        EXPLAINER.explain("70b needs 64 GB of RAM"));
    assertEquals(
        new Explanation.AboutMachine(Optional.empty(), Optional.empty()),
        EXPLAINER.explain("how much vram do I need"));
  }

  @Test
  void everyClaimIsAskedForInTheFileOfQuestions() throws IOException {
    Set<String> asked = new HashSet<>();
    for (String line : questions()) {
      asked.addAll(List.of(line.substring(line.indexOf('\t') + 1).split("\\|", -1)));
    }
    var silent = new ArrayList<String>();
    for (Claim claim : CLAIMS.claims()) {
      if (!asked.contains(claim.id())) {
        silent.add(claim.id());
      }
    }
    assertEquals(List.of(), silent);
  }

  @Test
  void aClaimIsFoundByItsOwnWordsInBothLanguages() {
    var missed = new ArrayList<String>();
    for (Claim claim : CLAIMS.claims()) {
      for (String text : List.of(claim.claim().english(), claim.claim().chinese())) {
        if (!about(EXPLAINER.explain(text)).equals(claim.id())) {
          missed.add(claim.id() + " " + text + ": " + about(EXPLAINER.explain(text)));
        }
      }
    }
    assertEquals(List.of(), missed);
  }

  @Test
  void aClaimIsFoundByEachShortWayToAskForIt() {
    var missed = new ArrayList<String>();
    for (Claim claim : CLAIMS.claims()) {
      for (String text : claim.heard()) {
        Explanation found = EXPLAINER.explain(text);
        boolean named =
            found instanceof Explanation.OfClaim(var best, var also)
                && (best.equals(claim) || also.contains(claim));
        if (!named) {
          missed.add(claim.id() + " " + text + ": " + about(found));
        }
      }
    }
    assertEquals(List.of(), missed);
  }

  @Test
  void aTermIsFoundByEachOfItsNames() {
    var missed = new ArrayList<String>();
    for (Term term : TERMS.terms()) {
      for (String name : term.names()) {
        for (String text : List.of(name, name.toUpperCase(Locale.ROOT))) {
          if (!about(EXPLAINER.explain(text)).equals(term.id())) {
            missed.add(text + ": " + about(EXPLAINER.explain(text)));
          }
        }
      }
    }
    assertEquals(List.of(), missed);
  }

  @Test
  void aTypingSlipInOneWordIsForgiven() {
    assertEquals("c03", about(EXPLAINER.explain("Is the 7B a mixture of expertts?")));
    assertEquals("c103", about(EXPLAINER.explain("OLLAMA_TRANSPROT=quic")));
  }

  @Test
  void whatIsNotNearIsNotOffered() {
    assertEquals(List.of(), near("😀"));
    assertEquals(List.of(), near("r1 is censored"));
    assertEquals(List.of(new Said("context", "上下文")), near("32k"));
    assertEquals(List.of(new Said("1.5b", "1.5b")), near("1.5b is useless"));
    assertEquals(List.of(new Said("quantization", "量化")), near("quantization ruins the model"));
    assertEquals("license", about(EXPLAINER.explain("is it free")));
  }

  private static List<Said> near(String text) {
    return ((Explanation.Unknown) EXPLAINER.explain(text)).nearest();
  }

  @Test
  void anUnknownWordIsMetWithWhatIsNear() {
    assertTrue(EXPLAINER.explain("quantizatoin") instanceof Explanation.OfTerm);
    assertTrue(
        EXPLAINER.explain("kv cach") instanceof Explanation.Unknown unknown
            ? unknown.nearest().contains(new Said("kv cache", "kv 缓存"))
            : about(EXPLAINER.explain("kv cach")).equals("kv-cache"));
    assertEquals(
        List.of("14b", "8b"),
        EXPLAINER.explain("16b") instanceof Explanation.NoSuchSize size
            ? size.nearest()
            : List.of());
  }
}
