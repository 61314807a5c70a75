package dev.r1pick.speed;

import dev.r1pick.units.TokenRate;
import java.util.Optional;

/// How fast an answer comes.
public sealed interface SpeedEstimate {

  /// A figure with its range and where it comes from.
  ///
  /// @param generation tokens generated per second (decode)
  /// @param prompt prompt tokens read per second (prefill); empty where nothing backs a figure
  /// @param atContextTokens how full the context is at that rate
  /// @param basis where the figures come from
  record Known(Range generation, Optional<Range> prompt, int atContextTokens, Basis basis)
      implements SpeedEstimate {}

  /// The chip is not in the catalog: what known chips of the same backend with about as much memory
  /// do, from the slow end of the slowest to the fast end of the fastest. There is no middle,
  /// because nothing tells where between them the chip lies.
  ///
  /// @param low tokens generated per second by the slowest of them
  /// @param high by the fastest of them
  /// @param atContextTokens how full the context is at that rate
  /// @param backend whose chips they are, for example `cuda`; several with `+` between
  record Bounds(TokenRate low, TokenRate high, int atContextTokens, String backend)
      implements SpeedEstimate {
    /// Checks the order.
    ///
    /// @throws IllegalArgumentException if not in order
    public Bounds {
      if (low.compareTo(high) > 0) {
        throw new IllegalArgumentException("not in order: " + low + high);
      }
    }
  }

  /// Nothing backs a figure.
  ///
  /// @param reason message key below `speed.unknown.`
  record Unknown(String reason) implements SpeedEstimate {}

  /// 10th percentile, middle and 90th percentile of what was seen for such hardware.
  record Range(TokenRate low, TokenRate expected, TokenRate high) {
    /// Checks the order.
    ///
    /// @throws IllegalArgumentException if not in order
    public Range {
      if (low.compareTo(expected) > 0 || expected.compareTo(high) > 0) {
        throw new IllegalArgumentException("not in order: " + low + expected + high);
      }
    }
  }

  /// Where a speed figure comes from.
  sealed interface Basis {
    /// Memory bandwidth measured on this machine.
    record MeasuredHere() implements Basis {}

    /// Memory bandwidth from the catalog and constants fitted on measured runs.
    ///
    /// @param speedClass for example `cuda-ada`
    /// @param rows measured runs behind the constants
    record FromBandwidth(String speedClass, int rows) implements Basis {}

    /// The chip is in the catalog, but no run of its generation was measured: constants of the
    /// backend, wide range.
    record ByBackend(String backend) implements Basis {}
  }
}
