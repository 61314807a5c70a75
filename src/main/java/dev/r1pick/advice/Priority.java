package dev.r1pick.advice;

/// What matters most to the asker.
public enum Priority {
  /// The best answers, whatever the wait below the limits.
  QUALITY,
  /// Good answers at a speed that a reader can follow.
  BALANCED,
  /// The fastest answers that are still of use.
  SPEED
}
