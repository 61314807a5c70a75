package dev.r1pick.catalog;

/// How much the evidence behind a judgment bears, from weak to strong.
public enum Strength {
  /// Few rows, or only of other models.
  LOW,
  /// Some rows, with gaps.
  MEDIUM,
  /// Several rows of most variants.
  HIGH
}
