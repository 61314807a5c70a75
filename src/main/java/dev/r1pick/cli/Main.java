package dev.r1pick.cli;

import dev.r1pick.cli.console.Console;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.host.LiveHost;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.words.Messages;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where the process begins and ends.
public final class Main {
  private Main() {}

  /// Runs r1pick on this machine.
  ///
  /// @param args as typed
  public static void main(String[] args) {
    LiveHost host = new LiveHost();
    var interruption = new Interruption(host, err());
    Runtime.getRuntime().addShutdownHook(new Thread(interruption));
    ExitCode code = run(List.of(args), host);
    interruption.finish();
    System.exit(exitBase() + code.code());
  }

  /// What the launcher tells our exit codes from those of a Java that could not start by.
  private static int exitBase() {
    return Integer.getInteger("r1pick.exit-base", 0);
  }

  /// All of a run but its end.
  static ExitCode run(List<String> args, LiveHost host) {
    Messages messages = Messages.in(Locale.ENGLISH);
    var console =
        new Console(
            host.standardOutput(),
            err(),
            style(host),
            "terminal".equals(System.getProperty("r1pick.stderr")));
    return R1Pick.run(args, console, host, messages, version());
  }

  private static PrintStream err() {
    return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
  }

  /// From the module in the packaged image, from the manifest of the jar elsewhere.
  private static String version() {
    ModuleDescriptor module = Main.class.getModule().getDescriptor();
    String version =
        module == null
            ? Main.class.getPackage().getImplementationVersion()
            : module.rawVersion().orElse(null);
    return version == null ? "(unpackaged)" : version;
  }

  /// What the launcher found out of the terminal; without it, a pipe is assumed.
  private static Style style(LiveHost host) {
    boolean terminal = "terminal".equals(System.getProperty("r1pick.stdout"));
    boolean colour =
        terminal
            && host.environment("NO_COLOR").filter(value -> !value.isEmpty()).isEmpty()
            && !host.environment("TERM").equals(Optional.of("dumb"));
    return new Style(
        columns(), terminal ? lines() : Style.PLAIN.lines(), colour, !terminal || isUtf8());
  }

  private static int lines() {
    try {
      int lines = Integer.parseInt(System.getProperty("r1pick.lines", ""));
      return lines > 0 ? lines : Style.USUAL_LINES;
    } catch (NumberFormatException _) {
      return Style.USUAL_LINES;
    }
  }

  private static int columns() {
    try {
      return Integer.parseInt(System.getProperty("r1pick.columns", ""));
    } catch (NumberFormatException _) {
      return Style.PLAIN.columns();
    }
  }

  /// Whether the terminal's locale, as the launcher found it, says UTF-8.
  private static boolean isUtf8() {
    String locale = System.getProperty("r1pick.locale", "").toLowerCase(Locale.ROOT);
    return locale.isEmpty()
        ? System.getProperty("os.name", "").startsWith("Mac")
        : locale.contains("utf-8") || locale.contains("utf8");
  }
}
