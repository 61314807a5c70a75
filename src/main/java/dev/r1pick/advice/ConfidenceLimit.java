package dev.r1pick.advice;

import dev.r1pick.text.Kebab;

/// What limits a confidence. Its words are `advice.confidence.` and the [#id].
public enum ConfidenceLimit {
  SPEED_UNKNOWN,
  CHIP_UNKNOWN,
  THIN_EVIDENCE,
  FEW_MEASURED_RUNS,
  FREE_MEMORY_UNKNOWN,
  THIN_HEADROOM,
  SOME_EVIDENCE,
  LANGUAGE_NOT_MEASURED,
  CLOSE_RUNNER_UP,
  NEAR_BORDER;

  /// Kebab-case, stable: scripts read it.
  public String id() {
    return Kebab.of(this);
  }
}
