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
