package dev.r1pick.policy;

/// What `check` came to on one machine; every format writes it, none decides anything.
public sealed interface CheckResult permits PolicyAnswer, TagCheck {
  /// The findings, which give the exit code; of a tag the one finding about it.
  PolicyAnswer answer();
}
