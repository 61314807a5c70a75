package dev.r1pick.units;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextLengthTest {
  @ParameterizedTest
  @CsvSource({"16384, 16384, 16k", "16k, 16384, 16k", "128K, 131072, 128k", "5000, 5000, 5000"})
  void aContextIsReadAndSaidShortly(String text, int tokens, String shortText) {
    assertEquals(Optional.of(ContextLength.of(tokens)), ContextLength.parse(text));
    assertEquals(shortText, ContextLength.of(tokens).shortText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "0", "-1", "16 k b", "1.5k", "99999999999", "9999999999999999k"})
  void whatIsNoContextIsRefused(String text) {
    assertEquals(Optional.empty(), ContextLength.parse(text));
  }
}
