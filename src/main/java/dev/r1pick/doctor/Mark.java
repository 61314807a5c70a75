package dev.r1pick.doctor;

/// What a finding says of its subject.
public enum Mark {
  /// As it should be.
  GOOD,
  /// Not wrong, but something to look at.
  LOOK,
  /// Wrong.
  BAD,
  /// Cannot be known from here, and matters.
  UNKNOWN
}
