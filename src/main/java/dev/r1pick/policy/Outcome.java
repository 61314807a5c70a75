package dev.r1pick.policy;

import java.util.Locale;

/// What became of a rule.
public enum Outcome {
  /// It holds.
  MET,
  /// A rule of `warn` that does not hold.
  WARNED,
  /// A rule of `require` or `forbid` that does not hold.
  NOT_MET,
  /// What is known of the machine does not tell. Never taken for met.
  UNKNOWN;

  /// In kebab-case, as in JSON.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
