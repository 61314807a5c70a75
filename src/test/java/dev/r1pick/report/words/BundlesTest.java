package dev.r1pick.report.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.r1pick.catalog.BenchmarkTable;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.read.UseCaseReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The sentences of one language are those of every other, each written as its language is.
class BundlesTest {
  private static final Path FOLDER = Path.of("src/main/resources/dev/r1pick/messages");
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_.+/'-]*");

  /// What a reader types or copies: it stays what it is in every language.
  private static final Pattern TYPED =
      Pattern.compile(
          "\"[^\"]*\"|--?[a-z][a-z-]*|[A-Za-z0-9_./-]*[_/=][A-Za-z0-9_./=>-]*"
              + "|(sudo|docker|brew|ollama|r1pick|nvidia-smi|vulkaninfo)( [a-z0-9.:/_-]+)+");

  /// Sentences in which languages measure differently: words or characters, billions or 亿; or in
  /// which one language names what another one only identifies.
  private static final Set<String> OWN_MEASURE =
      Set.of(
          "report.context.words",
          "report.model",
          "report.model-of-experts",
          "format.use-case",
          "policy.asked.use-case",
          "cli.json.SYNTAX",
          "report.show.active",
          "report.show.all-active",
          "explain.tag.dense",
          "explain.tag.moe");

  /// All sentences of a language, by key.
  static Map<String, String> sentences(String language) throws IOException {
    var sentences = new TreeMap<String, String>();
    try (var files = Files.list(FOLDER.resolve(language))) {
      for (Path file : files.toList()) {
        var lines = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
          lines.load(reader);
        }
        for (String key : lines.stringPropertyNames()) {
          String area = key.substring(0, key.indexOf('.'));
          assertEquals(area + ".properties", String.valueOf(file.getFileName()), key);
          assertEquals(null, sentences.put(key, lines.getProperty(key)), key + " twice");
        }
      }
    }
    return sentences;
  }

  @Test
  void eachLanguageHasEachSentence() throws IOException {
    Set<String> english = withoutNumber(sentences("en").keySet());
    for (String language : Messages.LANGUAGES) {
      assertEquals(english, withoutNumber(sentences(language).keySet()), language);
    }
  }

  /// A language may have no form of its own for one thing.
  private static Set<String> withoutNumber(Set<String> keys) {
    var names = new TreeSet<String>();
    for (String key : keys) {
      if (!key.endsWith(".one") || !keys.contains(key.replaceFirst("\\.one$", ".other"))) {
        names.add(key);
      }
    }
    return names;
  }

  @Test
  void eachSentenceTellsTheSameInEachLanguage() throws IOException {
    Map<String, String> english = sentences("en");
    for (String language : Messages.LANGUAGES) {
      Map<String, String> own = sentences(language);
      var different = new ArrayList<String>();
      own.forEach(
          (key, sentence) -> {
            String other = english.getOrDefault(key, "");
            if (!key.endsWith(".one")
                && !OWN_MEASURE.contains(key)
                && !places(sentence).equals(places(other))) {
              different.add(key + ": " + other + " / " + sentence);
            }
          });
      assertEquals(List.of(), different);
    }
  }

  private static Set<String> places(String sentence) {
    var places = new HashSet<String>();
    Matcher place = PLACE.matcher(sentence);
    while (place.find()) {
      places.add(place.group());
    }
    return places;
  }

  @Test
  void chineseSentencesAreChinese() throws IOException {
    var allowed = new HashSet<>(Files.readAllLines(Path.of("src/test/resources/latin-in-zh.txt")));
    var foreign = new TreeMap<String, String>();
    var used = new HashSet<String>();
    sentences("zh")
        .forEach(
            (key, sentence) -> {
              Matcher word = WORD.matcher(TYPED.matcher(plain(sentence)).replaceAll(" "));
              while (word.find()) {
                String latin = word.group().replaceAll("[.'/-]+$", "");
                used.add(latin);
                if (!allowed.contains(latin)) {
                  foreign.put(latin, key);
                }
              }
            });
    assertEquals(Map.of(), foreign);
    allowed.removeAll(used);
    assertEquals(Set.of(), allowed, "allowed, but nowhere");
  }

  private static String plain(String sentence) {
    return PLACE.matcher(sentence).replaceAll(" ");
  }

  @Test
  void chineseSentencesAreSetAsChinese() throws IOException {
    var faults = new TreeMap<String, List<String>>();
    sentences("zh")
        .forEach(
            (key, sentence) -> {
              List<String> found = ChineseTypography.faults(sentence);
              if (!found.isEmpty()) {
                faults.put(key, found);
              }
            });
    assertEquals(Map.of(), faults);
  }

  @Test
  void eachBenchmarkAndEachUseHasANameInEachLanguage() {
    UseCases useCases = UseCaseReader.readDefault();
    for (String language : Messages.LANGUAGES) {
      Messages messages = Messages.in(Locale.of(language));
      for (BenchmarkTable table : useCases.benchmarks().values()) {
        String name = messages.text("benchmarks." + table.id().replace('/', '.'));
        assertFalse(name.isBlank(), table.id());
        if (language.equals("en")) {
          assertEquals(table.title(), name, "as the catalog says");
        }
      }
      for (UseCaseProfile profile : useCases.profiles()) {
        assertFalse(messages.text("use-cases." + profile.id()).isBlank(), profile.id());
      }
    }
  }
}
