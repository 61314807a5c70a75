package dev.r1pick.cli.console;

import java.util.List;

/// Something the user gave or has cannot be worked with: one sentence and an exit code.
public final class CliFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String key;
  private final transient List<Object> arguments;

  /// Names the sentence.
  ///
  /// @param key of the sentence in the message bundle
  /// @param arguments of the sentence
  public CliFailure(ExitCode exitCode, String key, Object... arguments) {
    super(key + " " + List.of(arguments), null, false, false);
    this.exitCode = exitCode;
    this.key = key;
    this.arguments = List.of(arguments);
  }

  /// Wrong usage.
  public static CliFailure usage(String key, Object... arguments) {
    return new CliFailure(ExitCode.USAGE, key, arguments);
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public String key() {
    return key;
  }

  public List<Object> arguments() {
    return arguments;
  }
}
