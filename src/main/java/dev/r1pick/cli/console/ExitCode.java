package dev.r1pick.cli.console;

/// How a run ended, for scripts. The same table stands in `--help` and in the README.
public enum ExitCode {
  /// A recommendation, a fit, an answer.
  OK(0),
  /// Nothing fits, or a requirement is not met: an answer too.
  NOTHING_FITS(1),
  /// Wrong usage or unreadable input.
  USAGE(2),
  /// The hardware could not be determined well enough.
  HARDWARE_UNKNOWN(3),
  /// Ollama is needed and not there.
  OLLAMA_MISSING(4),
  /// Not enough disk space, or the disk cannot be written.
  DISK(5),
  /// A pull did not succeed.
  PULL_FAILED(6),
  /// A fault of r1pick itself.
  BUG(70),
  /// Stopped by the user, or by a reader that went away before the last machine of many.
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /// The number the process ends with.
  public int code() {
    return code;
  }
}
