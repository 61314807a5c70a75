package dev.r1pick.ollama.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a line of the log and the environment in it are taken apart.
class LogLineTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "level=INFO msg=ready | level | INFO",
        "level=INFO msg=ready | msg | ready",
        "msg=\"two words\" id=7 | msg | two words",
        "msg=\"two words\" id=7 | id | 7",
        "msg=\"a \\\"quoted\\\" word\" id=7 | msg | a \"quoted\" word",
        "msg=\"a \\\"quoted\\\" word\" id=7 | id | 7",
        "path=\"C:\\\\Users\" id=7 | path | C:\\Users",
        "msg=\"never ends | msg | never ends",
        "msg=\"ends in \\ | msg | ends in \\",
        "id=1 id=2 | id | 1",
        "memory.gpu_overhead=5 | memory.gpu_overhead | 5",
        "plain words id=7 | id | 7",
        "=5 id=7 | id | 7",
        "-x=5 id=7 | id | 7",
        "-x=5 | x | none",
        "empty= id=7 | empty | none",
        "empty= id=7 | id | 7",
        "blank=\"  \" id=7 | blank | none",
        "empty=\"\" id=7 | id | 7",
        "name | name | none",
        "name= | name | none"
      },
      delimiter = '|')
  void valuesAreReadAsGoWritesThem(String line, String name, String value) {
    assertEquals(value, LogLine.of(line).value(name).orElse("none"));
  }

  @Test
  void aLineBreakInAValueIsOne() {
    assertEquals(Optional.of("a\nb"), LogLine.of("error=\"a\\nb\"").value("error"));
  }

  @Test
  void whatIsLongerThanAnyLineIsCut() {
    assertEquals(20_000, LogLine.of("x".repeat(20_000)).text().length());
    assertEquals(20_000, LogLine.of("x".repeat(20_001)).text().length());
    assertEquals(
        Optional.empty(), LogLine.of("x".repeat(19_996) + " id=7").value("id"), "behind the cut");
    assertEquals(Optional.of("7"), LogLine.of("x".repeat(19_995) + " id=7").value("id"));
  }

  @Test
  void whatStandsBehindWordsGoesToTheEndOfTheLine() {
    LogLine line = LogLine.of("size = 14.00 MiB (f16)");
    assertEquals(Optional.of("14.00 MiB (f16)"), line.after("size = "));
    assertEquals(Optional.of("f16)"), line.after("("));
    assertEquals(Optional.empty(), line.after("length = "));
  }

  // --- the environment of the server

  @Test
  void aValueOfTheEnvironmentEndsWhereTheNextNameBegins() {
    assertEquals(
        Map.of("A_B", "1", "C_D", "x y", "no_proxy", "a.b,c.d", "AZ_az09", "[q] r"),
        ServerConfig.read("map[A_B:1 C_D:x y E_F: no_proxy:a.b,c.d AZ_az09:[q] r]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"@", "[", "`", "{", "/", "-", "."})
  void nothingButLettersDigitsAndUnderscoresIsAName(String sign) {
    assertEquals(
        Map.of("A_1", "x B_" + sign + "C:y"), ServerConfig.read("map[A_1:x B_" + sign + "C:y]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http:", "C:", "9:"})
  void aWordWithoutUnderscoreIsPartOfTheValue(String word) {
    assertEquals(Map.of("A_1", "x " + word + "y"), ServerConfig.read("map[A_1:x " + word + "y]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A_B:1", "map[]", "map[", "map[A_B:1", "map[A_B]", "map[A_B:]"})
  void whatIsNoEnvironmentSetsNothing(String text) {
    assertEquals(Map.of(), ServerConfig.read(text));
  }

  @Test
  void anEnvironmentMayStandBehindOtherWords() {
    assertEquals(Map.of("A_B", "1"), ServerConfig.read("env=map[A_B:1]"));
  }
}
