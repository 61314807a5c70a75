package dev.r1pick.host;

import java.io.Closeable;
import java.io.IOException;

/// A file that is written piece by piece and takes its name only when it is whole.
public interface PendingFile extends Closeable {
  /// Adds to it, in UTF-8.
  ///
  /// @throws IOException if it cannot be written
  void write(String text) throws IOException;

  /// Gives it its name: all is written.
  ///
  /// @throws IOException if it cannot take its name
  void keep() throws IOException;

  /// Drops it unless it was kept.
  ///
  /// @throws IOException if it cannot be removed
  @Override
  void close() throws IOException;
}
