package dev.r1pick.units;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;

/// An exact, non-negative number of bytes.
///
/// Memory is printed in GiB (2^30, what drivers print), downloads in GB (10^9, what Ollama prints).
///
/// @param count bytes, 0 or more
public record Bytes(long count) implements Comparable<Bytes> {
  /// No bytes.
  public static final Bytes ZERO = new Bytes(0);

  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long TIB = 1L << 40;
  private static final long GB = 1_000_000_000L;

  /// No machine has more GiB than this that people plan with; 24,576 is what a driver prints.
  private static final long MOST_BARE_GIB = 1024;

  /// Checks the count.
  ///
  /// @throws IllegalArgumentException if it is negative
  public Bytes {
    if (count < 0) {
      throw new IllegalArgumentException("negative byte count: " + count);
    }
  }

  /// That many bytes.
  ///
  /// @param count 0 or more
  public static Bytes of(long count) {
    return new Bytes(count);
  }

  /// That many units of 2^10 bytes.
  public static Bytes ofKiB(long kib) {
    return new Bytes(Math.multiplyExact(kib, KIB));
  }

  /// That many units of 2^20 bytes.
  public static Bytes ofMiB(long mib) {
    return new Bytes(Math.multiplyExact(mib, MIB));
  }

  /// That many units of 2^30 bytes.
  public static Bytes ofGiB(long gib) {
    return new Bytes(Math.multiplyExact(gib, GIB));
  }

  /// The exact sum; an empty collection gives zero.
  public static Bytes sum(Collection<Bytes> parts) {
    Bytes total = ZERO;
    for (Bytes part : parts) {
      total = total.plus(part);
    }
    return total;
  }

  /// Reads a memory size such as `24GiB`, `24 GB`, `24G` or `512MiB`.
  ///
  /// Memory modules and graphics cards are made and sold in powers of two whatever the label says,
  /// so here `G`, `GB` and `GiB` all mean 2^30 bytes (`M`, `K`, `T` likewise). A number without a
  /// unit is refused: 24 could be anything.
  ///
  /// @return empty if the text is not a positive size in that form
  public static Optional<Bytes> parseMemory(String text) {
    return parse(text, true);
  }

  /// Reads a download size such as `20GB` or `20GiB`: here `G` and `GB` mean 10^9 bytes, as on
  /// Ollama's pages, and only `GiB` means 2^30.
  ///
  /// @return empty if the text is not a positive size in that form
  public static Optional<Bytes> parseDownload(String text) {
    return parse(text, false);
  }

  /// What a memory size without a unit was probably meant to be, as `24GiB` by `24`: up to 1,024
  /// GiB, above that MiB, as drivers print it.
  ///
  /// @return empty if the text is no whole number above 0
  public static Optional<String> meantAsMemory(String text) {
    return meant(text, number -> number <= MOST_BARE_GIB ? "GiB" : "MiB");
  }

  /// The same of a download size: `20GB` by `20`.
  public static Optional<String> meantAsDownload(String text) {
    return meant(text, _ -> "GB");
  }

  private static Optional<String> meant(String text, LongFunction<String> unit) {
    try {
      long number = Long.parseLong(text.strip());
      return number > 0 ? Optional.of(number + unit.apply(number)) : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static Optional<Bytes> parse(String text, boolean decimalLabelIsBinary) {
    String trimmed = text.strip();
    int end = 0;
    while (end < trimmed.length()
        && (trimmed.charAt(end) == '.'
            || (trimmed.charAt(end) >= '0' && trimmed.charAt(end) <= '9'))) {
      end++;
    }
    String unit = trimmed.substring(end).strip().toLowerCase(Locale.ROOT);
    double scale = scaleOf(unit, decimalLabelIsBinary);
    try {
      double value = Double.parseDouble(trimmed.substring(0, end)) * scale;
      return value >= 1 && value < 0x1p60 ? Optional.of(of(Math.round(value))) : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// Zero for a unit that is not known.
  private static double scaleOf(String unit, boolean decimalLabelIsBinary) {
    return switch (unit) {
      case "kib" -> KIB;
      case "mib" -> MIB;
      case "gib" -> GIB;
      case "tib" -> TIB;
      case "k", "kb" -> decimalLabelIsBinary ? KIB : 1e3;
      case "m", "mb" -> decimalLabelIsBinary ? MIB : 1e6;
      case "g", "gb" -> decimalLabelIsBinary ? GIB : 1e9;
      case "t", "tb" -> decimalLabelIsBinary ? TIB : 1e12;
      default -> 0;
    };
  }

  /// The sum.
  ///
  /// @throws ArithmeticException on overflow
  public Bytes plus(Bytes other) {
    return new Bytes(Math.addExact(count, other.count));
  }

  /// The difference, or zero where `other` is larger.
  public Bytes minusOrZero(Bytes other) {
    return count > other.count ? new Bytes(count - other.count) : ZERO;
  }

  /// The product.
  ///
  /// @throws ArithmeticException on overflow
  public Bytes times(long factor) {
    return new Bytes(Math.multiplyExact(count, factor));
  }

  /// The product, rounded to the nearest byte.
  ///
  /// @param factor 0 or more
  public Bytes scaledBy(double factor) {
    return new Bytes(Math.round(count * factor));
  }

  /// The smaller of the two.
  public Bytes min(Bytes other) {
    return count <= other.count ? this : other;
  }

  /// The larger of the two.
  public Bytes max(Bytes other) {
    return count >= other.count ? this : other;
  }

  /// True where this is at most `other`.
  public boolean atMost(Bytes other) {
    return count <= other.count;
  }

  public boolean isZero() {
    return count == 0;
  }

  /// Units of 2^20 bytes.
  public double inMiB() {
    return (double) count / MIB;
  }

  /// Units of 2^30 bytes.
  public double inGiB() {
    return (double) count / GIB;
  }

  /// Units of 10^9 bytes.
  public double inGB() {
    return (double) count / GB;
  }

  @Override
  public int compareTo(Bytes other) {
    return Long.compare(count, other.count);
  }
}
