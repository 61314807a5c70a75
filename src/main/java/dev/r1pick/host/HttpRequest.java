package dev.r1pick.host;

import java.time.Duration;
import java.util.Optional;

/// One request.
///
/// @param method `GET`, `POST` or `DELETE`
/// @param url `http` or `https`
/// @param body JSON; empty: none
/// @param proxy what it goes through; empty: nothing
/// @param connect the longest to wait for a connection
/// @param silence the longest to wait for the next byte of the answer; zero: for ever
/// @param most bytes of a line, or of an answer that is read as a whole
public record HttpRequest(
    String method,
    String url,
    Optional<String> body,
    Optional<Proxy> proxy,
    Duration connect,
    Duration silence,
    int most) {

  /// An HTTP proxy.
  ///
  /// @param host name or address
  /// @param port 1 to 65535
  /// @param authorization value of `Proxy-Authorization`; empty: none is sent
  public record Proxy(String host, int port, Optional<String> authorization) {}
}
