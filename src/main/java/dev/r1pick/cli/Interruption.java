package dev.r1pick.cli;

import dev.r1pick.host.LiveHost;
import dev.r1pick.report.words.Messages;
import java.io.PrintStream;
import java.util.Locale;

/// The last thing of a process: leaves nothing behind, and says so when a signal ends it before its
/// answer is written. The Java runtime gives the exit code, 128 and the number of the signal: 130
/// for Ctrl-C.
final class Interruption implements Runnable {
  private final LiveHost host;
  private final PrintStream err;
  private volatile boolean finished;

  Interruption(LiveHost host, PrintStream err) {
    this.host = host;
    this.err = err;
  }

  /// The run came to its own end.
  void finish() {
    finished = true;
  }

  /// Called by the runtime when the process ends, whatever the reason.
  @Override
  public void run() {
    host.abandon();
    if (!finished) {
      err.println(
          "r1pick: "
              + host.lastWords()
                  .orElseGet(() -> Messages.in(Locale.ENGLISH).text("cli.interrupted")));
    }
  }
}
