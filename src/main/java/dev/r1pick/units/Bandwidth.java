package dev.r1pick.units;

/// How fast a memory can be read.
///
/// @param bytesPerSecond above 0
public record Bandwidth(long bytesPerSecond) implements Comparable<Bandwidth> {
  /// Checks the figure.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public Bandwidth {
    if (bytesPerSecond <= 0) {
      throw new IllegalArgumentException("bandwidth must be positive: " + bytesPerSecond);
    }
  }

  /// From a data sheet.
  ///
  /// @param gigabytes units of 10^9 bytes per second, as in data sheets
  public static Bandwidth ofGBPerSecond(double gigabytes) {
    return new Bandwidth(Math.round(gigabytes * 1e9));
  }

  /// Units of 10^9 bytes per second.
  public double inGBPerSecond() {
    return bytesPerSecond / 1e9;
  }

  /// Seconds to read this many bytes once.
  ///
  /// @param bytes 0 or more; a double because a share of a file is read
  public double secondsToRead(double bytes) {
    return bytes / bytesPerSecond;
  }

  /// Of several such memories.
  ///
  /// @param count 1 or more
  public Bandwidth times(int count) {
    return new Bandwidth(count * bytesPerSecond);
  }

  @Override
  public int compareTo(Bandwidth other) {
    return Long.compare(bytesPerSecond, other.bytesPerSecond);
  }
}
