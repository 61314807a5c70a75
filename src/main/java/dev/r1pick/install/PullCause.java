package dev.r1pick.install;

/// Why a pull ended without success, as far as the server's words tell.
public enum PullCause {
  /// The registry has no such tag.
  UNKNOWN_TAG(Retry.NEVER),
  /// The registry answers 412: this Ollama is too old for the model.
  OLLAMA_TOO_OLD(Retry.NEVER),
  /// The registry answers 401: something between asks for a login.
  REGISTRY_LOGIN(Retry.NEVER),
  /// 429.
  TOO_MANY_REQUESTS(Retry.LATER),
  /// The registry answers 5xx.
  REGISTRY_DOWN(Retry.LATER),
  /// A page came instead of a manifest: a login page of a network.
  LOGIN_PAGE(Retry.NEVER),
  /// The blob host has the blob no more.
  BLOB_GONE(Retry.LATER),
  /// The blob host answers with an error: its status, no address, or nothing in time.
  BLOB_HOST_REFUSES(Retry.LATER),
  /// `max retries exceeded: EOF`: an error page came in place of a part of the blob. Ollama never
  /// looks at its status.
  ERROR_PAGE(Retry.LATER),
  /// 407.
  PROXY_LOGIN(Retry.NEVER),
  /// The proxy does not let Ollama through to the host.
  PROXY_REFUSES(Retry.NEVER),
  /// The proxy answers 502 or 504.
  PROXY_FAILS(Retry.LATER),
  /// The proxy that the server's environment names cannot be reached.
  PROXY_DOWN(Retry.NEVER),
  /// Something between re-signs TLS.
  CERTIFICATE(Retry.NEVER),
  /// A host has no address.
  NO_SUCH_HOST(Retry.LATER),
  /// A host cannot be reached, or lets the connection die.
  UNREACHABLE(Retry.LATER),
  /// The same through an address of IP version 6.
  UNREACHABLE_IPV6(Retry.LATER),
  /// The connection to the blob host was cut again and again.
  LINE_CUT(Retry.LATER),
  /// Wrong bytes came.
  WRONG_DIGEST(Retry.ONCE),
  /// The digest of an empty file: the size of the blob was not told.
  EMPTY_FILE(Retry.ONCE),
  /// The disk is full.
  DISK_FULL(Retry.NEVER),
  /// More would come than the disk has room for.
  NO_ROOM(Retry.NEVER),
  /// The disk cannot be written.
  READ_ONLY(Retry.NEVER),
  /// The user of the server may not write there.
  NO_PERMISSION(Retry.NEVER),
  /// An empty or unreadable part file from a full disk: every pull of the blob fails until it is
  /// deleted.
  BROKEN_PARTIAL(Retry.NEVER),
  /// The server went away in the middle.
  SERVER_STOPPED(Retry.LATER),
  /// The server says nothing any more.
  SERVER_SILENT(Retry.LATER),
  /// Lines come and no bytes. The server itself would go on like that for ever.
  STALLED(Retry.LATER),
  /// Something else, in the server's words.
  OTHER(Retry.NEVER);

  private static final int MOST_RETRIES = 4;

  private final Retry retry;

  PullCause(Retry retry) {
    this.retry = retry;
  }

  /// How often the same pull is worth another try where no try brings more than the one before. All
  /// is loaded anew after wrong bytes, so that is done once.
  int retries() {
    return switch (retry) {
      case NEVER -> 0;
      case ONCE -> 1;
      case LATER -> MOST_RETRIES;
    };
  }

  /// Whether the disk is the reason.
  public boolean isOfDisk() {
    return switch (this) {
      case DISK_FULL, NO_ROOM, READ_ONLY, NO_PERMISSION, BROKEN_PARTIAL -> true;
      default -> false;
    };
  }

  private enum Retry {
    NEVER,
    ONCE,
    LATER
  }
}
