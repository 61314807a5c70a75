package dev.r1pick.cli;

import dev.r1pick.cli.console.Console;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.hardware.record.RecordedHost;
import dev.r1pick.host.Host;
import dev.r1pick.host.LiveHost;
import dev.r1pick.host.LocalHost;
import dev.r1pick.report.layout.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One run of the program in this process, as a user would see it.
///
/// @param code the exit code
/// @param out what stood on standard output
/// @param err what stood on standard error
public record Run(ExitCode code, String out, String err) {
  public static final Path MACHINES = Path.of("src/test/resources/machines");

  /// Runs on a recorded machine, into a pipe.
  public static Run on(String machine, String... args) {
    return on(host(machine), Style.PLAIN, args);
  }

  public static Run on(Host host, Style style, String... args) {
    return on(new LocalRecording(host, Optional.empty()), style, args);
  }

  /// With what belongs to the user.
  public static Run on(LocalHost host, Style style, String... args) {
    return in(Locale.ENGLISH, host, style, args);
  }

  /// For a reader of that language, on a recorded machine, into a pipe.
  public static Run in(Locale language, String machine, String... args) {
    return in(language, new LocalRecording(host(machine), Optional.empty()), Style.PLAIN, args);
  }

  private static Run in(Locale language, LocalHost host, Style style, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    ExitCode code =
        R1Pick.run(
            List.of(args),
            new Console(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                style),
            host,
            language,
            "1.2.3");
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  public static Host host(String machine) {
    return switch (RecordedHost.open(new LiveHost().files(), MACHINES.resolve(machine))) {
      case RecordedHost.Opened opened -> opened.host();
      case RecordedHost.NotARecording not -> throw new IllegalArgumentException(not.toString());
    };
  }

  /// The last line of the answer.
  public String lastLine() {
    return out.lines().reduce("", (_, line) -> line);
  }
}
