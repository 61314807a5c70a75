package dev.r1pick.host;

import java.io.IOException;

/// Whoever read standard output has gone away, as `head` does when it has its lines.
public final class ReaderGone extends IOException {
  private static final long serialVersionUID = 1L;

  /// @param cause how the system says so
  public ReaderGone(IOException cause) {
    super(cause);
  }
}
