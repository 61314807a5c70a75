package dev.r1pick.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSizeTest {
  @ParameterizedTest
  @CsvSource({
    "14b, 14, 14b",
    "1.5B, 1.5, 1.5b",
    "' 8b ', 8, 8b",
    "0.1b, 0.1, 0.1b",
    "671b, 671, 671b",
    "90.0b, 90, 90b"
  })
  void aSizeIsReadAndWrittenAsTagsHaveIt(String text, double billions, String written) {
    ModelSize size = ModelSize.parse(text).orElseThrow();
    assertEquals(billions, size.billions());
    assertEquals(written, size.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "b", "14", "14m", "0b", "0.0b", "-1b", "1..5b", "1,5b", "1e3b", "/b", ":b", "NaNb"
      })
  void whatIsNoSizeIsNone(String text) {
    assertEquals(Optional.empty(), ModelSize.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9"})
  void aSizeBeyondAnyNumberIsNone(String digit) {
    assertEquals(Optional.empty(), ModelSize.parse(digit.repeat(400) + "b"));
  }

  @ParameterizedTest
  @CsvSource({"8b, 14b", "1.5b, 7b", "70b, 671b"})
  void sizesCompareAsNumbers(String smaller, String larger) {
    ModelSize small = ModelSize.parse(smaller).orElseThrow();
    ModelSize large = ModelSize.parse(larger).orElseThrow();
    assertTrue(small.compareTo(large) < 0);
    assertTrue(large.compareTo(small) > 0);
    assertEquals(0, small.compareTo(ModelSize.parse(smaller).orElseThrow()));
  }
}
