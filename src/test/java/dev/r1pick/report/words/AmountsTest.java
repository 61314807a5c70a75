package dev.r1pick.report.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.units.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0 GiB",
    "1, 1 MiB",
    "52428800, 50 MiB",
    "1073741824, 1.0 GiB",
    "1073687756, 1.0 GiB",
    "25769803776, 24.0 GiB"
  })
  void memoryIsSaidInGiB(long bytes, String text) {
    assertEquals(text, Amounts.memory(Bytes.of(bytes)));
  }

  @ParameterizedTest
  @CsvSource({"8988112209, 9.0 GB", "404430190268, 404 GB", "99960000000, 100.0 GB"})
  void downloadsAreSaidInGB(long bytes, String text) {
    assertEquals(text, Amounts.download(Bytes.of(bytes)));
  }

  @ParameterizedTest
  @CsvSource({"1.95, 1, 2.0", "-0.04, 1, 0.0", "-1.25, 1, -1.3", "0.005, 2, 0.01", "7, 0, 7"})
  void decimalsRoundHalfUp(double value, int decimals, String text) {
    assertEquals(text, Amounts.decimal(value, decimals));
  }
}
