package dev.r1pick.cli.console;

/// Something the user gave or has cannot be worked with: one sentence and an exit code.
public final class CliFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient CliError error;

  /// For that error.
  public CliFailure(CliError error) {
    super(error.toString(), null, false, false);
    this.error = error;
  }

  public CliError error() {
    return error;
  }
}
