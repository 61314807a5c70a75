package dev.r1pick.catalog;

/// How sure a figure of the catalog is.
public enum Certainty {
  /// Read in a capture or an official file.
  EXACT,
  /// Only a rounded figure was seen.
  ROUNDED,
  /// Computed from other figures; where it matters a tolerance stands beside it.
  DERIVED,
  /// Recalled, or from one weak source.
  UNVERIFIED
}
