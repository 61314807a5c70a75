package dev.r1pick.speed;

import dev.r1pick.units.Bandwidth;

/// How fast the processor's memory can be read, as a range.
///
/// @param low what it has at least, for example with one module
/// @param expected what it most likely has
/// @param high what it has at most
/// @param origin where the figures come from
/// @param kind what the processor is built for
/// @param sockets whose memory it is the sum of, 1 or more
public record CpuBandwidth(
    Bandwidth low,
    Bandwidth expected,
    Bandwidth high,
    Origin origin,
    ProcessorKind kind,
    int sockets) {
  /// Checks the order.
  ///
  /// @throws IllegalArgumentException if not in order
  public CpuBandwidth {
    if (low.compareTo(expected) > 0 || expected.compareTo(high) > 0) {
      throw new IllegalArgumentException("not in order: " + low + expected + high);
    }
  }

  /// A read of this machine's memory by all cores, as `hardware --measure` makes it.
  public static CpuBandwidth measured(Bandwidth bandwidth) {
    return new CpuBandwidth(
        bandwidth, bandwidth, bandwidth, Origin.MEASURED, ProcessorKind.UNKNOWN, 1);
  }

  /// The same where others may read at the same time.
  CpuBandwidth withHalfAsLow() {
    return new CpuBandwidth(
        new Bandwidth(Math.max(1, low.bytesPerSecond() / 2)),
        expected,
        high,
        origin,
        kind,
        sockets);
  }

  /// Where the figures come from.
  public enum Origin {
    /// Measured on this machine.
    MEASURED,
    /// The modules that the user told.
    GIVEN,
    /// The modules that the firmware tells of.
    FIRMWARE,
    /// What the platform of a processor of that name takes; not which modules are fitted.
    PLATFORM,
    /// Nothing is known but the instruction set and the cores.
    GUESSED
  }
}
