package dev.r1pick.ollama.store;

import dev.r1pick.units.Bytes;
import java.util.List;

/// A blob whose download has begun (`server/download.go`). While a pull runs its files say less
/// than is there: they are written when a part ends or the download is broken off.
///
/// @param digest of the whole blob, sha256 in 64 hex digits
/// @param total sum of the sizes of its parts: the size of the blob, where none is lost
/// @param completed bytes of them that need not be fetched again
/// @param broken names of part files that are empty or unreadable: a full disk leaves them, and
///   every later pull of the blob fails at once until all files of the download are deleted
/// @param files names of all its files
public record Partial(
    String digest, Bytes total, Bytes completed, List<String> broken, List<String> files) {
  public Partial {
    broken = List.copyOf(broken);
    files = List.copyOf(files);
  }

  /// What is left to fetch.
  public Bytes left() {
    return total.minusOrZero(completed);
  }
}
