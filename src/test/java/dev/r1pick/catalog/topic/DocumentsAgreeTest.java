package dev.r1pick.catalog.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Variant;
import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.TopicReader;
import dev.r1pick.report.words.Amounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// README and docs say nothing that the claims call wrong, and their figures are those of the
/// catalog.
class DocumentsAgreeTest {
  /// A sentence that meets a claim so well says the same.
  private static final double SAYS = 0.72;

  /// Questions of others are no sayings of ours.
  private static final Path QUESTIONS = Path.of("docs/questions.md");

  private static final Pattern SENTENCE_END =
      Pattern.compile("(?<=[.;:|])\\s+|\\n\\n+|\\n(?=[-|#])");
  private static final Pattern WORDS = Pattern.compile("\\s+");
  private static final int FEWEST_WORDS = 5;

  private static final Pattern DENIES =
      Pattern.compile("(?i)\\b(no|not|none|never|nothing|wrong|neither|without|does not|is no)\\b");

  /// `32b … AIME 2024 72.6`, in prose.
  private static final Pattern SCORE =
      Pattern.compile("\\b(1\\.5b|7b|8b|14b|32b|70b|671b)\\b[^.|]{0,40}?AIME 2024 (\\d+\\.\\d)");

  /// What r1pick prints is no sentence of the document.
  private static final Pattern CONSOLE = Pattern.compile("```console\n.*?```", Pattern.DOTALL);

  private static final Pattern DOWNLOAD = Pattern.compile("(\\d+(?:\\.\\d)?) GB to download");

  /// The tag that a text is about: the last one before a figure.
  private static final Pattern TAG =
      Pattern.compile("(?:deepseek-r1:|check |show |next )([0-9][A-Za-z0-9._-]*[A-Za-z0-9])");

  private final Catalog catalog = CatalogReader.readDefault();

  private static List<Path> documents() throws IOException {
    var documents = new ArrayList<Path>();
    documents.add(Path.of("README.md"));
    try (var files = Files.walk(Path.of("docs"))) {
      files
          .filter(file -> file.toString().endsWith(".md") && !file.equals(QUESTIONS))
          .sorted()
          .forEach(documents::add);
    }
    return documents;
  }

  @Test
  void noSentenceSaysWhatIsWrong() throws IOException {
    var matcher = new ClaimMatcher(new Vocabulary(TopicReader.terms()), TopicReader.claims());
    var wrong = new ArrayList<String>();
    int sentences = 0;
    for (Path document : documents()) {
      for (String sentence : SENTENCE_END.split(prose(document), -1)) {
        sentences++;
        Set<String> tokens = matcher.tokens(sentence);
        // a cell of a table names, it says nothing
        boolean brief = WORDS.split(sentence.strip()).length < FEWEST_WORDS || tokens.size() < 3;
        if (brief || DENIES.matcher(sentence).find()) {
          continue;
        }
        for (ClaimMatcher.Match match : matcher.matches(tokens, false)) {
          boolean refuted = match.claim().verdict() == Claim.Verdict.WRONG;
          if (refuted && match.score() >= SAYS) {
            wrong.add(document + ": " + sentence.strip() + " = " + match.claim().id());
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(sentences > 500, sentences + " sentences");
  }

  private static String prose(Path document) throws IOException {
    return CONSOLE.matcher(Files.readString(document)).replaceAll("");
  }

  @Test
  void aSentenceThatSaysWhatIsWrongWouldBeSeen() {
    var matcher = new ClaimMatcher(new Vocabulary(TopicReader.terms()), TopicReader.claims());
    for (String sentence :
        List.of("The 70B scores 79.8 on AIME 2024", "A 24 GB card runs the 32B at Q8")) {
      assertTrue(
          matcher.matches(matcher.tokens(sentence), false).getFirst().score() >= SAYS, sentence);
    }
  }

  @Test
  void downloadsAndScoresAreThoseOfTheCatalog() throws IOException {
    var wrong = new ArrayList<String>();
    int compared = 0;
    for (Path document : documents()) {
      String text = Files.readString(document);
      Matcher download = DOWNLOAD.matcher(text);
      while (download.find()) {
        Optional<ModelTag> tag = tagBefore(text, download.start());
        String told = download.group(1);
        if (tag.isPresent()) {
          compared++;
          if (!Amounts.download(tag.get().download()).equals(told + " GB")) {
            wrong.add(document + ": " + download.group() + " of " + tag.get().name());
          }
        }
      }
      Matcher score = SCORE.matcher(text);
      while (score.find()) {
        compared++;
        if (scores(score.group(1)).stream()
            .noneMatch(s -> s == Double.parseDouble(score.group(2)))) {
          wrong.add(document + ": " + score.group());
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(compared > 0, "nothing was compared");
  }

  private Optional<ModelTag> tagBefore(String text, int end) {
    Matcher tag = TAG.matcher(text).region(0, end);
    Optional<ModelTag> last = Optional.empty();
    while (tag.find()) {
      last = catalog.tag(tag.group(1));
    }
    return last;
  }

  private List<Double> scores(String size) {
    var scores = new ArrayList<Double>();
    for (Variant variant : catalog.variants()) {
      if (variant.sizeLabel().equals(size)) {
        for (String id :
            List.of("official_january/aime_2024_pass1", "official_0528/aime_2024_pass1")) {
          OptionalDouble score = variant.score(id);
          score.ifPresent(scores::add);
        }
      }
    }
    return scores;
  }
}
