package dev.r1pick;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Ctrl-C for programs that tests start. A shell without job control starts what runs in its
/// background with that signal ignored, a process hands that on to its children, and a JVM that
/// finds it ignored leaves it so.
public final class Interrupts {
  private Interrupts() {}

  /// A command that Ctrl-C reaches; skips the test where none can be made.
  public static List<String> reach(List<String> command) throws InterruptedException {
    if (ends(0, "env", "--default-signal=INT", "true")) {
      var all = new ArrayList<>(List.of("env", "--default-signal=INT"));
      all.addAll(command);
      return all;
    }
    assumeTrue(
        ends(7, "sh", "-c", "trap 'exit 7' INT; kill -INT $$; exit 0"),
        "what runs the tests ignores Ctrl-C");
    return command;
  }

  private static boolean ends(int code, String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == code;
    } catch (IOException _) {
      return false;
    }
  }
}
