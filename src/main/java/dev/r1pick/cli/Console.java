package dev.r1pick.cli;

import dev.r1pick.report.Style;
import java.io.PrintStream;

/// Where a run writes: the answer to `out`, everything else to `err`.
///
/// @param out standard output
/// @param err standard error
/// @param style what standard output can show
public record Console(PrintStream out, PrintStream err, Style style) {

  /// Writes an answer at once. A reader that has gone away is no error of ours: the rest is
  /// dropped.
  public void answer(String text) {
    out.print(text);
    out.flush();
  }

  /// Writes a remark beside the answer.
  public void remark(String line) {
    err.println(line);
    err.flush();
  }
}
