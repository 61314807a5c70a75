package dev.r1pick.ollama.server;

import java.util.Optional;

/// What came of a request.
///
/// @param <T> what was asked for
public sealed interface Reply<T> {
  /// The answer.
  record Given<T>(T value) implements Reply<T> {}

  /// There is none.
  record Missing<T>(ServerFailure why) implements Reply<T> {}

  /// The answer, where there is one.
  default Optional<T> found() {
    return this instanceof Given<T>(T value) ? Optional.of(value) : Optional.empty();
  }
}
