package dev.r1pick.host;

import java.util.Optional;

/// The answer to a request: its status, and its body as it comes in.
public interface HttpAnswer extends AutoCloseable {
  /// For example 200.
  int status();

  /// The next line of the body without its line end, as soon as it is there; what follows the last
  /// line end is a line too.
  ///
  /// @return empty at the end of the body
  /// @throws HttpFailure if it does not come, or is too long
  Optional<String> line() throws HttpFailure;

  /// All that is left of the body.
  ///
  /// @throws HttpFailure if it does not come, or is too long
  String text() throws HttpFailure;

  /// Closes the connection, so that the other side stops its work.
  @Override
  void close();
}
