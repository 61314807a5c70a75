package dev.r1pick.report.words;

import dev.r1pick.units.Bytes;

/// Figures as people read them. Memory in GiB, downloads in GB, each with one decimal.
public final class Amounts {
  private Amounts() {}

  /// `12.3 GiB`, `512 MiB` below one tenth of a GiB.
  public static String memory(Bytes bytes) {
    return bytes.inGiB() < 0.1 && !bytes.isZero()
        ? Math.max(1, Math.round(bytes.inMiB())) + " MiB"
        : gib(bytes) + " GiB";
  }

  /// `12.3`: GiB without the unit, for a line that names it once.
  public static String gib(Bytes bytes) {
    return decimal(bytes.inGiB(), 1);
  }

  /// `9.0 GB`, or without decimals from 100 GB up.
  public static String download(Bytes bytes) {
    return bytes.inGB() >= 100
        ? Math.round(bytes.inGB()) + " GB"
        : decimal(bytes.inGB(), 1) + " GB";
  }

  /// A number with that many decimals (0 to 3), rounded half up, without the cost of a formatter.
  public static String decimal(double value, int decimals) {
    long scale = 1;
    for (int i = 0; i < decimals; i++) {
      scale *= 10;
    }
    long scaled = Math.round(Math.abs(value) * scale);
    var text = new StringBuilder(12);
    if (value < 0 && scaled > 0) {
      text.append('-');
    }
    text.append(scaled / scale);
    if (decimals > 0) {
      String fraction = Long.toString(scaled % scale);
      text.append('.');
      for (int i = fraction.length(); i < decimals; i++) {
        text.append('0');
      }
      text.append(fraction);
    }
    return text.toString();
  }

  /// A rate or score with the precision it deserves: `0.4`, `7.3`, `38`.
  public static String about(double value) {
    return value < 9.95 ? decimal(value, 1) : Long.toString(Math.round(value));
  }
}
