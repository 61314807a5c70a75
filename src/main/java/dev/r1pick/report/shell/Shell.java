package dev.r1pick.report.shell;

import java.util.Optional;

/// How a shell is told values that stay values: nothing in them is expanded, run or split.
///
/// In each of the three a text in single quotes is taken as it stands; what differs is how a quote
/// inside it is written.
public enum Shell {
  /// `sh` and what descends from it (POSIX.1-2024, Shell Command Language, 2.2.2 "Single-Quotes").
  POSIX,
  /// PowerShell 5.1 and 7 (about_Quoting_Rules, "Single-quoted strings"); it takes typographic
  /// quotes for plain ones. The exit code is in `$LASTEXITCODE` by itself.
  POWERSHELL,
  /// fish (fish documentation, "Quotes": in single quotes only `\'` and `\\` are escapes).
  FISH;

  /// The shell that a value of `--format` stands for.
  public static Optional<Shell> ofFormat(String format) {
    return switch (format) {
      case "env" -> Optional.of(POSIX);
      case "powershell" -> Optional.of(POWERSHELL);
      case "fish" -> Optional.of(FISH);
      default -> Optional.empty();
    };
  }

  /// A line that sets a variable for the shell and for the programs it starts.
  public String assignment(String name, String value) {
    return switch (this) {
      case POSIX -> "export " + name + "='" + value.replace("'", "'\\''") + "'\n";
      case POWERSHELL -> "$env:" + name + " = '" + withQuotesTwice(value) + "'\n";
      case FISH ->
          "set -gx " + name + " '" + value.replace("\\", "\\\\").replace("'", "\\'") + "'\n";
    };
  }

  /// A line that makes sure there is no such variable.
  public String withdrawal(String name) {
    return switch (this) {
      case POSIX -> "unset " + name + "\n";
      case POWERSHELL -> "Remove-Item Env:" + name + " -ErrorAction SilentlyContinue\n";
      case FISH -> "set -eg " + name + "\n";
    };
  }

  /// A line that leaves the shell with a status that says failure, the exit code itself where the
  /// shell can; nothing where it has it by itself.
  public String failure(int exitCode) {
    return switch (this) {
      case POSIX -> "(exit " + exitCode + ")\n";
      case POWERSHELL -> "";
      case FISH -> "false\n";
    };
  }

  private static String withQuotesTwice(String value) {
    var quoted = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      quoted.append(c);
      if (c == '\'' || (c >= '\u2018' && c <= '\u201b')) {
        quoted.append(c);
      }
    }
    return quoted.toString();
  }
}
