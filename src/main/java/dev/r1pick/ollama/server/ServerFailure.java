package dev.r1pick.ollama.server;

import dev.r1pick.host.HttpFailure;

/// Why a request to the server has no answer. Texts are the server's or the system's own, on one
/// line, without control characters and without what stands behind a `?` in an address.
public sealed interface ServerFailure {
  /// Nothing came back, or not all of it.
  record NoAnswer(HttpFailure.Cause cause, String words) implements ServerFailure {}

  /// The server refused.
  ///
  /// @param status 400 and above, or a redirect
  /// @param said its reason; may be empty
  record Refused(int status, String said) implements ServerFailure {}

  /// The server began and gave up: a line with an error in a stream, behind a status of 200.
  record GaveUp(String said) implements ServerFailure {}

  /// The stream came to its end without a word about how the work ended: the server was stopped.
  record Ended() implements ServerFailure {}

  /// What answers there is not Ollama.
  record NotOllama(String words) implements ServerFailure {}

  /// What the server said; empty where it said nothing.
  default String said() {
    return switch (this) {
      case Refused(_, var text) -> text;
      case GaveUp(var text) -> text;
      case NoAnswer _, Ended _, NotOllama _ -> "";
    };
  }
}
