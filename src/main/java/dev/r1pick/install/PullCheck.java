package dev.r1pick.install;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.units.Bytes;
import java.util.Optional;

/// What was made sure of after a pull.
///
/// @param tag that was pulled
/// @param digest of its manifest as the server tells it, 64 hex digits
/// @param build whether that is the one that the catalog knows
/// @param weights digest of its weights as the server tells it; empty where it does not
/// @param weightsAsPulled whether these are the ones that the pull named; empty where one of the
///   two is not known
/// @param size bytes of all its blobs
public record PullCheck(
    ModelTag tag,
    String digest,
    Build build,
    Optional<String> weights,
    Optional<Boolean> weightsAsPulled,
    Bytes size) {

  /// How a manifest compares to the catalog.
  public enum Build {
    /// The one that the catalog describes.
    KNOWN,
    /// Another one: the registry has a newer build than this catalog.
    OTHER,
    /// The catalog has no digest of the tag.
    UNKNOWN
  }
}
