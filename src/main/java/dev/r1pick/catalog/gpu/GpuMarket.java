package dev.r1pick.catalog.gpu;

import java.util.Optional;
import java.util.OptionalInt;

/// What buying a GPU means.
///
/// @param year in which it came out
/// @param watts board power, or that of the machine where the GPU is a part of a chip
/// @param listPriceUsd round price in US dollars as a public list gives it, the launch price or
///   thereabouts; no shop's price
/// @param listPriceYear year of that list
/// @param availability how it can be had, derived from its year and kind
public record GpuMarket(
    OptionalInt year,
    OptionalInt watts,
    OptionalInt listPriceUsd,
    OptionalInt listPriceYear,
    Optional<Availability> availability) {

  /// How a GPU can be had.
  public enum Availability {
    /// New, in shops.
    SOLD,
    /// Used only.
    SECOND_HAND,
    /// In servers and by the hour.
    DATA_CENTER,
    /// In China.
    CHINA,
    /// Not yet.
    ANNOUNCED
  }
}
