package dev.r1pick.cli;

import dev.r1pick.cli.console.Console;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.host.LiveHost;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.module.ModuleDescriptor;
import java.util.List;

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
    var console = new Console(host.standardOutput(), err(), Terminal.style(host));
    return R1Pick.run(args, console, host, Terminal.language(), version());
  }

  private static PrintStream err() {
    return new PrintStream(new FileOutputStream(FileDescriptor.err), true, Terminal.errors());
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
}
