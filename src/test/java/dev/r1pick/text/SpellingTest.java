package dev.r1pick.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which of many names was meant.
class SpellingTest {
  private static final List<String> KNOWN = List.of("recommend", "check", "config", "OLLAMA_HOST");

  @ParameterizedTest
  @CsvSource({
    "chekc, check",
    "CONFGI, config",
    "reco, recommend",
    "recomended, recommend",
    "ollama_hsot, OLLAMA_HOST",
  })
  void aSlipIsRecognized(String typed, String meant) {
    assertEquals(List.of(meant), Spelling.slips(typed, KNOWN, 1));
  }

  @ParameterizedTest
  @CsvSource({"banana", "''", "xyz"})
  void anotherWordIsNoSlip(String typed) {
    assertEquals(List.of(), Spelling.slips(typed, KNOWN, 3));
  }

  /// Of 9 letters 3 may differ, and not a fourth.
  @Test
  void oneLetterInThreeMayDiffer() {
    assertEquals(List.of("recommend"), Spelling.slips("xxxommend", KNOWN, 3));
    assertEquals(List.of(), Spelling.slips("xxxxmmend", KNOWN, 3));
  }

  @Test
  void anAbbreviationComesBeforeFewerLetters() {
    assertEquals(
        List.of("long-documents", "ldx"),
        Spelling.nearest("ldo", List.of("ldx", "long-documents"), 2));
    assertEquals(List.of(), Spelling.nearest("ldo", List.of("ldx"), 0));
  }
}
