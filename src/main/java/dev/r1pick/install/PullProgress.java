package dev.r1pick.install;

import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// How far a pull is.
///
/// @param phase what the server does
/// @param done bytes that are there, those of earlier pulls included
/// @param total bytes of all blobs: what the catalog says until the server says more
/// @param bytesPerSecond measured over the last half minute; empty at first
public record PullProgress(Phase phase, Bytes done, Bytes total, OptionalLong bytesPerSecond) {
  /// What the server does.
  public enum Phase {
    /// It asks the registry what belongs to the tag.
    MANIFEST,
    LOADING,
    /// It reads what was loaded once more, without a word: minutes for large models.
    VERIFYING,
    /// It writes the manifest, and removes what the tag had before.
    WRITING
  }

  /// What is left to load.
  public Bytes left() {
    return total.minusOrZero(done);
  }

  /// How long that takes at the measured rate.
  public Optional<Duration> timeLeft() {
    return bytesPerSecond.isEmpty() || bytesPerSecond.getAsLong() <= 0
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(left().count() / bytesPerSecond.getAsLong()));
  }

  /// Whole percent, 100 only where nothing is left.
  public int percent() {
    return total.isZero()
        ? 0
        : (int) (100.0 * Math.min(done.count(), total.count()) / total.count());
  }
}
