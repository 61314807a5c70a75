package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.hardware.AmdChips;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// AMD's numbers and names.
class AmdChipsTest {
  @ParameterizedTest
  @CsvSource({
    "9999, ''",
    "10000, gfx100",
    "999999, ''",
    "991515, gfx99ff",
    "1000000, ''",
    "91500, gfx9f0",
    "91600, ''",
    "90015, gfx90f",
    "90016, ''"
  })
  void aTargetHasThreeParts(long version, String target) {
    assertEquals(target, AmdChips.ofVersion(version).orElse(""));
  }

  @ParameterizedTest
  @CsvSource({
    "10.3.0, gfx1030",
    "1.0.0, gfx100",
    "0.3.0, ''",
    "99.0.0, gfx9900",
    "100.0.0, ''",
    "9.15.15, gfx9ff",
    "9.16.0, ''",
    "9.0.16, ''",
    "9.4.2, gfx942",
    "9.0, ''",
    "9.x.0, ''"
  })
  void anOverrideHasThreeNumbers(String value, String target) {
    assertEquals(target, AmdChips.ofOverride(value).orElse(""));
  }

  @ParameterizedTest
  @CsvSource({
    "AMD Radeon RX 780M, false",
    "AMD Radeon PRO W7900, false",
    "AMD Instinct MI50, false",
    "AMD Radeon 8060S Graphics, true",
    "AMD Radeon 8050S Graphics, true",
    "AMD Radeon 8040S Graphics, true",
    "AMD Radeon 780M Graphics, true",
    "AMD Radeon 7800M Graphics, false",
    "AMD Radeon 780X Graphics, false",
    "AMD Radeon 78xM Graphics, false",
    "AMD Radeon(TM) Graphics, true",
    "AMD Radeon Graphics, true",
    "AMD Radeon Graphics 2, false",
    "AMD Radeon Vega 8 Graphics, true",
    "Radeon Vega Frontier Edition Graphics, false",
    "Radeon Vega 64, false"
  })
  void aNameTellsAGpuInsideAProcessor(String name, boolean part) {
    assertEquals(part, AmdChips.isPartOfProcessorByName(name));
  }
}
