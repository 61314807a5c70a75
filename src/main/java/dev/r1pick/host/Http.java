package dev.r1pick.host;

/// The one door to the network. Nothing is sent but what is asked for here: no redirect is
/// followed, no cookie kept, no request repeated.
public interface Http {
  /// Sends a request and waits for the head of its answer, whatever its status.
  ///
  /// @return the answer, to be closed
  /// @throws HttpFailure if none comes
  HttpAnswer send(HttpRequest request) throws HttpFailure;
}
