package dev.r1pick.host;

/// The working directory does not exist any more, and something in it is needed.
public final class FolderGone extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FolderGone() {
    super("", null, false, false);
  }
}
