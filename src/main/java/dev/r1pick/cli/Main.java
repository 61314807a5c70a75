package dev.r1pick.cli;

import dev.r1pick.cli.console.Console;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.host.LiveHost;
import dev.r1pick.host.TypedArguments;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.module.ModuleDescriptor;
import java.util.List;

/// Where the process begins and ends.
public final class Main {
  /// The launcher, which told that it would, starts Java again without its cache.
  private static final int AGAIN = 72;

  private Main() {}

  /// Runs r1pick on this machine.
  ///
  /// @param args as typed
  public static void main(String[] args) {
    LiveHost host = new LiveHost();
    var interruption = new Interruption(host, err());
    Runtime.getRuntime().addShutdownHook(new Thread(interruption));
    int code = codeOf(TypedArguments.of(List.of(args), Terminal.typed()), host);
    interruption.finish();
    System.exit(told(code));
  }

  private static int codeOf(List<String> args, LiveHost host) {
    try {
      return run(args, host).code();
    } catch (FirstTry.Failed _) {
      return AGAIN;
    }
  }

  /// The launcher tells our exit codes by their base from those of a Java that could not start. The
  /// code of an end by a signal, which is also that of a run whose reader went away, it knows as it
  /// is: beside the base it would not fit into the byte that a system keeps.
  private static int told(int code) {
    return code == ExitCode.INTERRUPTED.code()
        ? code
        : Integer.getInteger("r1pick.exit-base", 0) + code;
  }

  /// All of a run but its end.
  static ExitCode run(List<String> args, LiveHost host) {
    boolean again = Boolean.getBoolean("r1pick.again") && !readsInput(args);
    OutputStream out = host.standardOutput();
    var console =
        new Console(
            again ? new FirstTry(out) : out,
            err(),
            Terminal.style(host),
            Terminal.isTerminal("r1pick.stderr"));
    return R1Pick.run(args, console, host, Terminal.language(), version());
  }

  /// What was read from standard input is gone.
  private static boolean readsInput(List<String> args) {
    for (String word : args) {
      if (word.equals("-") || word.endsWith("=-")) {
        return true;
      }
    }
    return false;
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
