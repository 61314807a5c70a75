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
    var interruption = new Interruption(err());
    Runtime.getRuntime().addShutdownHook(new Thread(interruption));
    ExitCode code = run(List.of(args));
    interruption.finish();
    System.exit(code.code());
  }

  /// All of a run but its end.
  static ExitCode run(List<String> args) {
    var out = new FileOutputStream(FileDescriptor.out);
    PrintStream err = err();
    LiveHost host = new LiveHost();
    Messages messages = Messages.in(Locale.ENGLISH);
    return R1Pick.run(args, new Console(out, err, style(host)), host, messages, version());
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
    return new Style(columns(), colour, !terminal || isUtf8(host));
  }

  private static int columns() {
    try {
      return Integer.parseInt(System.getProperty("r1pick.columns", ""));
    } catch (NumberFormatException _) {
      return Style.PLAIN.columns();
    }
  }

  /// Whether the terminal's locale says UTF-8, by the order in which POSIX looks.
  private static boolean isUtf8(LiveHost host) {
    for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      Optional<String> value = host.environment(name).filter(text -> !text.isEmpty());
      if (value.isPresent()) {
        String text = value.get().toLowerCase(Locale.ROOT);
        return text.contains("utf-8") || text.contains("utf8");
      }
    }
    return System.getProperty("os.name", "").startsWith("Mac");
  }
}
