package dev.r1pick.speed;

import dev.r1pick.hardware.MemoryModules;
import dev.r1pick.text.Counts;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bandwidth;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a memory is filled, as a user tells it: `12x DDR5-4800`, `LPDDR5X-8533` or `460GB/s`.
///
/// @param modules how many; 0 where all channels are filled
/// @param transfers in 10^6 per second; 0 where the bandwidth is told
/// @param bandwidth the whole; empty where modules are told
public record FittedMemory(int modules, int transfers, Optional<Bandwidth> bandwidth) {
  private static final int MOST_MODULES = 96;
  private static final int FEWEST_TRANSFERS = 200;
  private static final int MOST_TRANSFERS = 20_000;
  private static final double LEAST = 1;
  private static final double MOST = 20_000;

  /// Bytes that a channel of 64 bits carries at once.
  private static final int BYTES = 8;

  /// Reads such a text, also with Chinese words: `双通道 DDR5-5600`, `4根 DDR4-3200`; empty where it is
  /// none.
  public static Optional<FittedMemory> parse(String text) {
    String lower = Text.narrow(text).strip().toLowerCase(Locale.ROOT).replace("×", "x");
    if (lower.endsWith("gb/s")) {
      return bandwidth(lower.substring(0, lower.length() - "gb/s".length()).strip());
    }
    Matcher told = Written.MODULES.matcher(lower);
    if (!told.matches() || !isKind(told.group(3))) {
      return Optional.empty();
    }
    int modules = 0;
    for (int group : new int[] {1, 2, 5, 6}) {
      String number = told.group(group);
      if (number != null) {
        modules = number(number) >= 0 ? number(number) : Counts.of(number);
        if (modules == 0) {
          return Optional.empty();
        }
      }
    }
    int transfers = number(told.group(4));
    return transfers < FEWEST_TRANSFERS || transfers > MOST_TRANSFERS || modules > MOST_MODULES
        ? Optional.empty()
        : Optional.of(new FittedMemory(modules, transfers, Optional.empty()));
  }

  /// Made only where somebody types a memory, since each run would pay for it.
  private static final class Written {
    static final Pattern MODULES =
        Pattern.compile(
            "(?:([0-9]{1,3}|[单双两一二三四六八十]{1,3})\\s*[x根条路]\\s*"
                + "|([0-9]{1,2}|[单双两一二三四六八十]{1,3}|single|dual|quad|octa)[- ]*(?:通道|channels?)\\s*)?"
                + "((?:lp)?ddr[0-9]?[a-z]?|mrdimm|rdimm|udimm)\\s*[- ]\\s*([0-9]{1,6})(?:mhz|mt/s)?"
                + "(?:\\s*x\\s*([0-9]{1,3})|\\s*([单双两四六八十]{1,3}|[0-9]{1,2})\\s*(?:通道|[根条]))?");

    private Written() {}
  }

  /// What the firmware tells; chips of less than 64 bits that are soldered on count by their share.
  static FittedMemory of(MemoryModules read) {
    return new FittedMemory(
        Math.max(1, read.bits() / (8 * BYTES)), read.transfers(), Optional.empty());
  }

  private static boolean isKind(String kind) {
    return switch (kind) {
      case "ddr", "ddr2", "ddr3", "ddr3l", "ddr4", "ddr5", "mrdimm", "rdimm", "udimm" -> true;
      case "lpddr3", "lpddr4", "lpddr4x", "lpddr5", "lpddr5x", "lpddr6" -> true;
      default -> false;
    };
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// -1 where it is none.
  private static int number(String digits) {
    if (digits.isEmpty() || digits.length() > 6) {
      return -1;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (!isDigit(digits.charAt(i))) {
        return -1;
      }
    }
    return Integer.parseInt(digits);
  }

  private static Optional<FittedMemory> bandwidth(String number) {
    try {
      double told = Double.parseDouble(number);
      return told >= LEAST && told <= MOST
          ? Optional.of(new FittedMemory(0, 0, Optional.of(Bandwidth.ofGBPerSecond(told))))
          : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// What it can carry; modules beyond the channels add memory and no bandwidth.
  ///
  /// @param channels of all sockets
  Bandwidth on(int channels) {
    int used = modules == 0 ? channels : Math.min(modules, channels);
    return bandwidth.orElseGet(() -> new Bandwidth((long) used * BYTES * transfers * 1_000_000L));
  }
}
