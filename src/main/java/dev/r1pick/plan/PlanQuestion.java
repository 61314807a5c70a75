package dev.r1pick.plan;

import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.util.Optional;
import java.util.OptionalInt;

/// What hardware is asked for.
///
/// @param useCase what the answers are for: it decides how long they are
/// @param context tokens that shall fit whole; empty: what the use needs of the tag
/// @param minSpeed tokens per second when the context is as full as in the middle of a typical
///   answer; empty: what a reader of such answers reads, or where nothing is as fast, the least
///   that is an answer
/// @param maxWatts board power of all GPUs, at most; empty: any
/// @param maxPriceUsd list price of all GPUs, at most; empty: any
/// @param kind only that kind of hardware; empty: any
/// @param ram of the machines around cards; empty: enough to hold the file once
public record PlanQuestion(
    UseCaseProfile useCase,
    Optional<ContextLength> context,
    Optional<TokenRate> minSpeed,
    OptionalInt maxWatts,
    OptionalInt maxPriceUsd,
    Optional<Wanted> kind,
    Optional<Bytes> ram) {

  /// Kinds of hardware as people ask for them.
  public enum Wanted {
    GPU,
    MAC,
    CHIP,
    CPU;

    /// Whether hardware is of that kind.
    boolean has(Build.Kind kind) {
      return switch (kind) {
        case CARDS, LAPTOP, EXPERTS -> this == GPU;
        case MAC -> this == MAC;
        case CHIP -> this == CHIP;
        case PROCESSOR -> this == CPU;
      };
    }
  }

  /// Whether hardware is of the wanted kind and within the limits. What has no published figure is
  /// not known to be within one.
  boolean allows(Build build) {
    return isWanted(build.kind())
        && (maxWatts.isEmpty()
            || (build.watts().isPresent() && build.watts().getAsInt() <= maxWatts.getAsInt()))
        && (maxPriceUsd.isEmpty()
            || (build.listPriceUsd().isPresent()
                && build.listPriceUsd().getAsInt() <= maxPriceUsd.getAsInt()));
  }

  boolean isWanted(Build.Kind other) {
    return kind.isEmpty() || kind.get().has(other);
  }
}
