package dev.r1pick.report.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {
  private static final Pattern KEY =
      Pattern.compile(
          "\"((?:cli|report|advice|hardware|fit|policy|speed)\\.[a-z][A-Za-z0-9.-]*[A-Za-z0-9])\"");

  private final Messages messages = Messages.in(Locale.ENGLISH);

  @Test
  void everySentenceThatTheCodeNamesExists() throws IOException {
    var missing = new ArrayList<String>();
    try (var files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher matcher = KEY.matcher(Files.readString(file));
        while (matcher.find()) {
          if (messages.find(matcher.group(1)).isEmpty()
              && messages.find(matcher.group(1) + ".other").isEmpty()) {
            missing.add(file.getFileName() + ": " + matcher.group(1));
          }
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void figuresTakeThePlacesOfTheirNumbers() {
    assertEquals(
        "deepseek-r1:14b is the best R1 for {2} {x}.",
        messages.text("report.verdict.balanced", "deepseek-r1:14b", "{2}", "{x}"));
  }

  @Test
  void aLanguageWithoutASentenceFallsBackToEnglish() {
    assertEquals(
        messages.text("report.unknown"), Messages.in(Locale.ITALIAN).text("report.unknown"));
  }

  @Test
  void aMissingSentenceIsABugAndSaysWhich() {
    var bug =
        assertThrows(IllegalStateException.class, () -> messages.text("report.no-such-sentence"));
    assertTrue(String.valueOf(bug.getMessage()).contains("report.no-such-sentence"));
  }

  @ParameterizedTest
  @CsvSource({
    "0.2, 1 s",
    "40, 40 s",
    "89.4, 89 s",
    "90, 2 min",
    "600, 10 min",
    "5400, 1.5 h",
    "180000, 2 d"
  })
  void durationsAreSaidAsAPersonWould(double seconds, String text) {
    assertEquals(text, messages.duration(Duration.ofMillis(Math.round(1000 * seconds))));
  }

  @Test
  void eachLanguageJoinsListsAndWordsTimesByItsOwnRules() {
    Messages chinese = Messages.in(Locale.CHINESE);
    List<String> two = List.of("a", "b");
    assertEquals("a, b", messages.list(two));
    assertEquals("a、b", chinese.list(two));
    assertEquals("33–42", messages.range("33", "42"));
    assertEquals("33~42", chinese.range("33", "42"));
    assertEquals("3 分钟", chinese.duration(Duration.ofMinutes(3)));
    assertEquals("7", chinese.range("7", "7"));
  }
}
