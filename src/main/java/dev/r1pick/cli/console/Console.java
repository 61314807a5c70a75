package dev.r1pick.cli.console;

import dev.r1pick.report.layout.Style;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where a run writes: the answer to `out`, everything else to `err`.
///
/// @param out standard output; not a [PrintStream] there, which would swallow a full disk
/// @param err standard error
/// @param style what standard output can show
public record Console(OutputStream out, PrintStream err, Style style) {

  /// Writes an answer at once. A reader that has gone away is no error of ours: the rest is
  /// dropped.
  ///
  /// @throws NotWritten if it cannot be written for another reason
  public void answer(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      if (!isClosedPipe(reason)) {
        throw new NotWritten(reason);
      }
    }
  }

  /// Writes a remark beside the answer.
  public void remark(String line) {
    err.println(line);
    err.flush();
  }

  /// The system's words on Linux and macOS, and on Windows.
  private static boolean isClosedPipe(String reason) {
    return reason.contains("Broken pipe") || reason.contains("pipe is being closed");
  }

  /// The answer could not be written.
  public static final class NotWritten extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    NotWritten(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    /// The system's words.
    public String reason() {
      return reason;
    }
  }
}
