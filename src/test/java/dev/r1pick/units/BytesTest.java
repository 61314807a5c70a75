package dev.r1pick.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
  @ParameterizedTest
  @CsvSource({
    "24GiB, 25769803776",
    "24GB, 25769803776",
    "24 gb, 25769803776",
    "24G, 25769803776",
    "512MiB, 536870912",
    "1.5GiB, 1610612736",
    "1T, 1099511627776",
    "16384k, 16777216"
  })
  void memoryIsInPowersOfTwoWhateverTheLabel(String text, long bytes) {
    assertEquals(Optional.of(Bytes.of(bytes)), Bytes.parseMemory(text));
  }

  @ParameterizedTest
  @CsvSource({"10GB, 10000000000", "10G, 10000000000", "10GiB, 10737418240", "500mb, 500000000"})
  void downloadsAreDecimalUnlessTheySayOtherwise(String text, long bytes) {
    assertEquals(Optional.of(Bytes.of(bytes)), Bytes.parseDownload(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "banana",
        "24",
        "-4GB",
        "+4GB",
        "0GB",
        "GB",
        "4 X",
        "1e3GB",
        "NaNGB",
        "4GBB",
        "..GB",
        "99999999999T",
        "４GB"
      })
  void whatIsNoSizeIsRefused(String text) {
    assertEquals(Optional.empty(), Bytes.parseMemory(text));
    assertEquals(Optional.empty(), Bytes.parseDownload(text));
  }

  @Test
  void overflowIsAnErrorAndNotASmallNumber() {
    Bytes half = Bytes.of(Long.MAX_VALUE / 2 + 1);
    assertThrows(ArithmeticException.class, () -> half.plus(half));
    assertThrows(ArithmeticException.class, () -> half.times(2));
    assertThrows(ArithmeticException.class, () -> Bytes.ofGiB(1L << 40));
  }

  @Test
  void thereAreNoNegativeBytes() {
    assertThrows(IllegalArgumentException.class, () -> Bytes.of(-1));
    assertEquals(Bytes.ZERO, Bytes.of(1).minusOrZero(Bytes.of(2)));
  }
}
