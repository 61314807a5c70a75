package dev.r1pick.report.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

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
          if (messages.find(matcher.group(1)).isEmpty()) {
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
        "deepseek-r1:14b = {x}",
        Messages.in(Locale.ENGLISH)
            .text("report.verdict", "deepseek-r1:14b", "=", "{x}")
            .replace("; ", " ")
            .replace(" = {x}.", " = {x}"));
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
}
