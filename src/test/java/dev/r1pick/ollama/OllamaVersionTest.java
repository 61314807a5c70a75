package dev.r1pick.ollama;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.host.OsFamily;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaVersionTest {
  @ParameterizedTest
  @CsvSource({
    "0.32.15, 0.32.15",
    "v0.6.6, 0.6.6",
    "0.33.0-rc2, 0.33.0",
    "0.33.0rc2, 0.33.0",
    "0.33+abc, 0.33.0",
    "0.6, 0.6.0",
    "1, 1.0.0",
    "' 0.5.7 ', 0.5.7",
    "0.32.15 (client), 0.32.15",
  })
  void whatIsLeftOutIsZero(String text, String version) {
    assertEquals(version, OllamaVersion.parse(text).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0.0",
        "0.0.0",
        "0.0.0-dirty",
        "v",
        "garbage",
        ".5",
        "0.",
        "0.6.",
        "0.6.x",
        "0.6.0.1",
        "1234567.0.0",
        "-1.2.3"
      })
  void garbageAndBuildsFromSourceHaveNoVersion(String text) {
    assertEquals(Optional.empty(), OllamaVersion.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0.0.0", "garbage", "0.6.x"})
  void anUnknownVersionIsNewestForEveryRule(String text) {
    var setup = new OllamaSetup(text.isEmpty() ? Optional.empty() : Optional.of(text), Map.of());
    assertTrue(setup.isAtLeast(999, 0));
    assertEquals(Era.C, OllamaRules.of(setup).era());
    assertTrue(new HardwareSupport(setup, OsFamily.LINUX, "x86_64").drives(Backend.VULKAN));
  }

  @ParameterizedTest
  @CsvSource({
    "0.6, 6, 0, true",
    "0.6, 6, 1, false",
    "0.5.9, 6, 0, false",
    "1.0, 99, 0, true",
    "0.30.10, 30, 11, false",
    "0.30.11, 30, 11, true",
  })
  void versionsCompareNumberByNumber(String text, int minor, int patch, boolean atLeast) {
    assertEquals(atLeast, new OllamaSetup(Optional.of(text), Map.of()).isAtLeast(minor, patch));
  }
}
