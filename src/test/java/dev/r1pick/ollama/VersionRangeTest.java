package dev.r1pick.ollama;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which versions of Ollama, and which drivers, will do.
class VersionRangeTest {
  @ParameterizedTest
  @CsvSource({
    ">=0.30, false, true, true",
    ">0.30, false, false, true",
    "<=0.30, true, true, false",
    "<0.30, true, false, false",
    "=0.30, false, true, false",
    "!=0.30, true, false, true",
  })
  void eachSignHoldsOnItsOwnSideOfTheVersion(
      String range, boolean below, boolean same, boolean above) {
    VersionRange read = VersionRange.parse(range).orElseThrow();
    assertEquals(below, read.contains(new OllamaVersion(0, 29, 99)));
    assertEquals(same, read.contains(new OllamaVersion(0, 30, 0)));
    assertEquals(above, read.contains(new OllamaVersion(0, 30, 1)));
  }

  @ParameterizedTest
  @CsvSource({"0.29.9, false", "0.30.0, true", "0.39.9, true", "0.40.0, false"})
  void everyBoundHasToHold(String version, boolean inside) {
    assertEquals(
        inside,
        VersionRange.parse(">=0.30, <0.40")
            .orElseThrow()
            .contains(OllamaVersion.parse(version).orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0.30", ">=", ">=new", ">=0.30,", ",>=0.30", "~0.30", ">=0.30 <0.40"})
  void whatIsNoComparisonIsRefused(String text) {
    assertEquals(Optional.empty(), VersionRange.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {">=0.30 | >=0.30.0", " >= 0.30 , <v1 | >=0.30.0, <1.0.0", "!=0.33.0-rc2 | !=0.33.0"})
  void aRangeIsWrittenWithWholeVersions(String text, String written) {
    assertEquals(written, VersionRange.parse(text).orElseThrow().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "550.54.14, 551.61, true",
    "551.60, 551.61, true",
    "551.61, 551.61, false",
    "551.61.03, 551.61, false",
    "551.7, 551.61, true",
    "551.100, 551.61, false",
    "552.1, 551.61, false",
    "551, 551.61, true",
    "570, 570, false",
    "569.99, 570, true",
    "garbage, 570, false",
    "'', 570, false"
  })
  void driversCompareNumberByNumber(String version, String floor, boolean older) {
    assertEquals(older, DriverVersion.isOlder(version, floor));
  }
}
