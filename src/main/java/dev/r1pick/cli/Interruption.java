package dev.r1pick.cli;

import dev.r1pick.report.words.Messages;
import java.io.PrintStream;
import java.util.Locale;

/// Says so when a signal ends the process before its answer is written. The Java runtime gives the
/// exit code, 128 and the number of the signal: 130 for Ctrl-C.
final class Interruption implements Runnable {
  private final PrintStream err;
  private volatile boolean finished;

  Interruption(PrintStream err) {
    this.err = err;
  }

  /// The run came to its own end.
  void finish() {
    finished = true;
  }

  /// Called by the runtime when the process ends, whatever the reason.
  @Override
  public void run() {
    if (!finished) {
      err.println("r1pick: " + Messages.in(Locale.ENGLISH).text("cli.interrupted"));
    }
  }
}
