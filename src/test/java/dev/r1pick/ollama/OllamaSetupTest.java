package dev.r1pick.ollama;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How the variables of a server are read, wherever they were found.
class OllamaSetupTest {
  private static OllamaSetup with(String value) {
    return new OllamaSetup(Optional.of("0.30.0"), Map.of("X", value));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "q8_0 | q8_0",
        "` q8_0 ` | q8_0",
        "\"q8_0\" | q8_0",
        "'q8_0' | q8_0",
        "\"'q8_0'\" | q8_0",
        "\" q8_0 \" | q8_0",
        "\"q8_0' | \"q8_0'",
        "q8_0\" | q8_0\"",
        "\" | \"",
        "\"\" | none",
        "` ` | none",
        "`` | none",
      },
      delimiter = '|')
  void blanksAndQuotesAroundAValueAreNone(String value, String read) {
    assertEquals(read, with(value).variable("X").orElse("none"));
    assertEquals(Optional.empty(), with(value).variable("Y"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, true",
    "true, true",
    "yes, true",
    "2, true",
    "0, false",
    "f, false",
    "F, false",
    "false, false",
    "FALSE, false",
    "False, false",
    "fAlse, true",
    "'\"0\"', false",
  })
  void onlyWhatGoReadsAsFalseIsOff(String value, boolean on) {
    assertEquals(Optional.of(on), with(value).flag("X"));
  }

  @Test
  void aSwitchThatIsNotSetSaysNothing() {
    assertEquals(Optional.empty(), with("").flag("X"));
    assertEquals(Optional.empty(), with("1").flag("Y"));
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "0, 0", "-5, 0", "x, 0", "'', 0", "9223372036854775808, 0"})
  void aNumberIsZeroOrMore(String value, long number) {
    assertEquals(number, with(value).number("X"));
  }

  @Test
  void whatIsGivenTakesThePlaceOfWhatIsThere() {
    var setup =
        new OllamaSetup(
            Optional.of("0.24.0"),
            Map.of("A", "1", "B", "2"),
            Optional.of(Installation.SNAP),
            Optional.of(
                new RunningServer(
                    "0.24.0",
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    RunningServer.Settings.UNKNOWN)));
    OllamaSetup other = setup.with(Map.of("B", "3", "C", "4"), Optional.of("0.30.0"));
    assertEquals(Map.of("A", "1", "B", "3", "C", "4"), other.environment());
    assertEquals(Optional.of("0.30.0"), other.version());
    assertEquals(Optional.of(Installation.SNAP), other.installation());
    assertEquals(setup.server(), other.server());
    assertEquals(Optional.of("0.24.0"), setup.with(Map.of("A", "0"), Optional.empty()).version());
    assertEquals(
        Map.of("A", "1", "B", "2"), setup.with(Map.of(), Optional.of("0.30.0")).environment());
    assertEquals(setup, setup.with(Map.of(), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"f16, F16", "Q8_0, Q8_0", "q4_0, Q4_0", "q4_1, none", "'', none"})
  void typesOfTheCacheAreKnownByName(String name, String type) {
    assertEquals(type, KvCacheType.named(name).map(Enum::name).orElse("none"));
  }

  @ParameterizedTest
  @CsvSource({"F16, 64, 128", "Q8_0, 64, 68", "Q4_0, 64, 36", "Q8_0, 128, 136"})
  void blocksOfTheCacheHaveTheirBytes(KvCacheType type, long values, long bytes) {
    assertEquals(bytes, type.bytesOf(values));
  }

  // --- the service

  @Test
  void theServiceTellsItsVariables() {
    Map<String, String> unit =
        UnitEnvironment.read(
                """
                LoadState=loaded
                ActiveState=active
                Environment=PATH=/bin:/usr/bin "OLLAMA_MODELS=/my models" A=b\\"c =x y EMPTY= LAST=1
                """)
            .orElseThrow();
    assertEquals(
        Map.of(
            "PATH",
            "/bin:/usr/bin",
            "OLLAMA_MODELS",
            "/my models",
            "A",
            "b\"c",
            "EMPTY",
            "",
            "LAST",
            "1"),
        unit);
  }

  @Test
  void aServiceWithoutVariablesSetsNone() {
    assertEquals(Optional.of(Map.of()), UnitEnvironment.read("LoadState=loaded\n"));
    assertEquals(
        Optional.of("failed"),
        UnitEnvironment.properties("LoadState=loaded\nActiveState=failed\n")
            .map(properties -> properties.get("ActiveState")));
  }

  @ParameterizedTest
  @CsvSource({"LoadState=not-found", "''", "ActiveState=active", "LoadState"})
  void aServiceThatIsNotLoadedTellsNothing(String output) {
    assertEquals(Optional.empty(), UnitEnvironment.read(output));
    assertEquals(Optional.empty(), UnitEnvironment.properties(output));
  }

  @Test
  void aBackslashAtTheEndIsItself() {
    assertEquals(
        Optional.of(Map.of("A", "b\\")),
        UnitEnvironment.read("LoadState=loaded\nEnvironment=A=b\\\n"));
  }
}
