package dev.r1pick.host;

import java.io.IOException;

/// A request that got no whole answer.
public final class HttpFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final Cause cause;

  /// Says what and how the system says it.
  ///
  /// @param cause what went wrong
  /// @param words of the system about it
  public HttpFailure(Cause cause, String words) {
    super(words);
    this.cause = cause;
  }

  /// What went wrong.
  public Cause reason() {
    return cause;
  }

  /// The words of the system, which may be in its language.
  public String words() {
    return String.valueOf(getMessage());
  }

  /// What can go wrong.
  public enum Cause {
    /// The address is none that a request can be sent to.
    BAD_ADDRESS,
    /// No name server knows the host.
    UNKNOWN_HOST,
    /// The machine is there, and nothing listens at that port.
    REFUSED,
    /// The machine cannot be reached, or does not let a connection come about in time.
    UNREACHABLE,
    /// The connection stands, and nothing came for too long.
    SILENT,
    /// The connection ended in the middle.
    CUT,
    /// The certificate of the other side is not trusted.
    UNTRUSTED,
    /// What answers does not speak HTTP.
    NOT_HTTP,
    /// The answer is longer than any that is expected.
    TOO_LARGE
  }
}
