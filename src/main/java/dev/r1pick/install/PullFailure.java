package dev.r1pick.install;

import dev.r1pick.host.HttpFailure;
import dev.r1pick.ollama.server.ServerFailure;
import dev.r1pick.text.Text;
import java.util.Locale;
import java.util.Optional;

/// Why a pull ended, and with whom.
///
/// @param cause what went wrong
/// @param host the other side that is named, `registry.ollama.ai` or that of the blobs
/// @param said the server's own words; may be empty
public record PullFailure(PullCause cause, Optional<String> host, String said) {
  private static final String MANIFEST = "pull model manifest: ";
  private static final String RETRIES = "max retries exceeded: ";

  /// SHA-256 of nothing, as far as a message has to show it.
  private static final String EMPTY_FILE = "got sha256:e3b0c442";

  /// Whether the way to the model is the reason, and neither the disk nor the server.
  boolean isOfTheWay() {
    return switch (cause) {
      case SERVER_STOPPED, SERVER_SILENT, OTHER -> false;
      default -> !cause.isOfDisk();
    };
  }

  /// Where the server itself is the reason.
  static PullFailure of(PullCause cause) {
    return new PullFailure(cause, Optional.empty(), "");
  }

  /// Reads what the server said (`server/download.go`, `server/images.go`, Go's `net/http`).
  static PullFailure of(ServerFailure failure) {
    return switch (failure) {
      case ServerFailure.Ended _ -> of(PullCause.SERVER_STOPPED);
      case ServerFailure.NoAnswer(var cause, var words) ->
          new PullFailure(
              cause == HttpFailure.Cause.SILENT
                  ? PullCause.SERVER_SILENT
                  : PullCause.SERVER_STOPPED,
              Optional.empty(),
              words);
      case ServerFailure.NotOllama(var words) ->
          new PullFailure(PullCause.OTHER, Optional.empty(), words);
      case ServerFailure.GaveUp(var said) -> new PullFailure(cause(said), hostIn(said), said);
      case ServerFailure.Refused(_, var said) -> new PullFailure(cause(said), hostIn(said), said);
    };
  }

  private static PullCause cause(String said) {
    String words = said.toLowerCase(Locale.ROOT);
    Optional<PullCause> onDisk = onDisk(words);
    if (onDisk.isPresent()) {
      return onDisk.get();
    }
    if (words.startsWith("digest mismatch")) {
      return words.contains(EMPTY_FILE) ? PullCause.EMPTY_FILE : PullCause.WRONG_DIGEST;
    }
    Optional<PullCause> onTheWay = onTheWay(words);
    if (onTheWay.isPresent()) {
      return onTheWay.get();
    }
    return words.startsWith(MANIFEST)
        ? ofManifest(words.substring(MANIFEST.length()))
        : ofBlob(words);
  }

  private static Optional<PullCause> onDisk(String words) {
    if (words.contains("no space left on device")
        || words.contains("not enough space on the disk")
        || words.contains("disk quota exceeded")) {
      return Optional.of(PullCause.DISK_FULL);
    }
    if (words.contains("read-only file system")) {
      return Optional.of(PullCause.READ_ONLY);
    }
    return words.contains("permission denied") || words.contains("access is denied")
        ? Optional.of(PullCause.NO_PERMISSION)
        : Optional.empty();
  }

  /// Between the server and the host that it asked.
  private static Optional<PullCause> onTheWay(String words) {
    if (words.contains("x509:") || words.contains("failed to verify certificate")) {
      return Optional.of(PullCause.CERTIFICATE);
    }
    if (words.contains("proxyconnect")) {
      return Optional.of(PullCause.PROXY_DOWN);
    }
    if (words.contains("no such host") || words.contains("server misbehaving")) {
      return Optional.of(PullCause.NO_SUCH_HOST);
    }
    // a proxy's answer to CONNECT is its status in words, and nothing else
    if (words.endsWith("\": proxy authentication required")) {
      return Optional.of(PullCause.PROXY_LOGIN);
    }
    if (words.endsWith("\": forbidden")) {
      return Optional.of(PullCause.PROXY_REFUSES);
    }
    if (words.endsWith("\": bad gateway")
        || words.endsWith("\": gateway timeout")
        || words.endsWith("\": service unavailable")) {
      return Optional.of(PullCause.PROXY_FAILS);
    }
    boolean dead =
        words.contains("i/o timeout")
            || words.contains("connection reset")
            || words.contains("connection refused")
            || words.contains("no route to host")
            || words.contains("network is unreachable")
            || words.contains("forcibly closed")
            || words.contains("tls handshake timeout");
    return dead
        ? Optional.of(words.contains("[2") ? PullCause.UNREACHABLE_IPV6 : PullCause.UNREACHABLE)
        : Optional.empty();
  }

  private static PullCause ofManifest(String words) {
    if (words.equals("file does not exist")) {
      return PullCause.UNKNOWN_TAG;
    }
    if (words.startsWith("412") || words.contains("requires a newer version of ollama")) {
      return PullCause.OLLAMA_TOO_OLD;
    }
    if (words.startsWith("401") || words.startsWith("realm host") || words.startsWith("403")) {
      return PullCause.REGISTRY_LOGIN;
    }
    if (words.startsWith("429")) {
      return PullCause.TOO_MANY_REQUESTS;
    }
    if (words.startsWith("invalid character")) {
      return PullCause.LOGIN_PAGE;
    }
    if (words.endsWith("eof")) {
      return PullCause.LINE_CUT;
    }
    return words.startsWith("5") ? PullCause.REGISTRY_DOWN : PullCause.OTHER;
  }

  private static PullCause ofBlob(String words) {
    if (words.equals(RETRIES + "eof")) {
      return PullCause.ERROR_PAGE;
    }
    if (words.equals("eof") || words.startsWith("invalid character")) {
      return PullCause.BROKEN_PARTIAL;
    }
    if (words.equals("file does not exist")) {
      return PullCause.BLOB_GONE;
    }
    if (words.equals("context deadline exceeded")
        || words.contains("no location header")
        || isStatus(words)) {
      return words.startsWith("429") ? PullCause.TOO_MANY_REQUESTS : PullCause.BLOB_HOST_REFUSES;
    }
    return words.endsWith("eof") ? PullCause.LINE_CUT : PullCause.OTHER;
  }

  /// `500: ` and a body.
  private static boolean isStatus(String words) {
    return words.indexOf(':') == 3 && Text.whole(words.substring(0, 3)).isPresent();
  }

  /// The host of the address that stands in the words.
  private static Optional<String> hostIn(String said) {
    int scheme = said.indexOf("://");
    if (scheme < 0) {
      return Optional.empty();
    }
    int from = scheme + 3;
    int to = from;
    while (to < said.length() && "/\"?: ".indexOf(said.charAt(to)) < 0) {
      to++;
    }
    return Text.cleaned(said.substring(from, to));
  }
}
