package dev.r1pick.fit;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.hardware.Machine;
import dev.r1pick.units.ContextLength;
import java.util.Optional;

/// With how much context a tag is used that somebody has chosen already.
public final class UsualContext {
  /// Below it an answer that thinks is cut off.
  private static final int LEAST_USEFUL = 4096;

  private UsualContext() {}

  /// What Ollama opens by itself where that is enough and fits whole; else what the use needs; else
  /// the longest that fits whole; else what Ollama opens.
  ///
  /// @param needed what the use needs of this variant
  public static ContextLength of(
      ModelTag tag, ContextLength needed, Machine machine, FitEstimator fits) {
    ContextLength own = fits.defaultContext(tag, machine);
    if (own.compareTo(needed) >= 0 && isWhole(tag, own, machine, fits)) {
      return own;
    }
    if (isWhole(tag, needed, machine, fits)) {
      return needed;
    }
    return longest(tag, FitRequest.DEFAULTS, machine, fits).orElse(own);
  }

  /// The longest context at which a tag fits whole, in whole k; empty where an answer that thinks
  /// would be cut off in it.
  public static Optional<ContextLength> longest(
      ModelTag tag, FitRequest request, Machine machine, FitEstimator fits) {
    return fits.largestWholeContext(tag, request, machine)
        .map(ContextLength::inWholeK)
        .filter(context -> context.tokens() >= LEAST_USEFUL);
  }

  private static boolean isWhole(
      ModelTag tag, ContextLength context, Machine machine, FitEstimator fits) {
    return fits.estimate(tag, FitRequest.DEFAULTS.withContextLength(context), machine)
        instanceof Fit.Whole;
  }
}
