package dev.r1pick.units;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "90s, 90000",
    "90, 90000",
    "90 sec, 90000",
    "3min, 180000",
    "3M, 180000",
    "' 1.5h ', 5400000",
    "0.001s, 1"
  })
  void timesAreReadAsPeopleWriteThem(String text, long millis) {
    assertEquals(Optional.of(Duration.ofMillis(millis)), Durations.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "0", "0s", "-3s", "3d", "1.2.3s", "s", "1e3s", "0.0001s", "9000h"})
  void whatIsNoTimeIsRefused(String text) {
    assertEquals(Optional.empty(), Durations.parse(text));
  }
}
