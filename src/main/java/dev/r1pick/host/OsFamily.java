package dev.r1pick.host;

/// The operating systems that r1pick knows.
public enum OsFamily {
  LINUX,
  MACOS,
  WINDOWS,
  /// Linux under Android, as in Termux.
  ANDROID
}
