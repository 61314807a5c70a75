package dev.r1pick.ollama.server;

import java.util.Optional;
import java.util.OptionalLong;

/// A line of `/api/pull` or `/api/create`.
public sealed interface StreamLine {
  /// Work goes on.
  ///
  /// @param status in the server's words: `pulling manifest`, `verifying sha256 digest`
  /// @param digest the blob that is meant, in 64 hex digits
  /// @param total its size in bytes: of one that is on the disk already the size of that file
  /// @param completed bytes of it that are there; empty: the line has no number, which means 0
  record Progress(
      String status, Optional<String> digest, OptionalLong total, OptionalLong completed)
      implements StreamLine {}

  /// It is done; nothing else says so.
  record Success() implements StreamLine {}

  /// It is not done and will not be.
  record Failure(ServerFailure why) implements StreamLine {}
}
