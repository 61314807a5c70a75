package dev.r1pick.install;

import dev.r1pick.ollama.server.StreamLine;
import dev.r1pick.units.Bytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The blobs of a pull as its lines tell of them, over all its attempts.
///
/// The lines are not complete: a small blob may have none, the last one of a loaded blob is mostly
/// below its size, and a part that fails takes its bytes back.
final class PulledBlobs {
  private static final Bytes SMALL_BLOBS = Bytes.ofKiB(64);
  private static final long WINDOW = 30_000_000_000L;
  private static final long LEAST_WINDOW = 2_000_000_000L;
  private static final long SAMPLE = 500_000_000L;

  private final Map<String, Blob> blobs = new LinkedHashMap<>();
  private final Set<String> ofThisAttempt = new HashSet<>();
  private final Deque<Sample> samples = new ArrayDeque<>();
  private long fetched;
  private long most;

  /// A blob.
  ///
  /// @param total its size, as the server says it
  /// @param completed what is there of it
  /// @param wasWhole whether it was there before: the server does not verify it then
  record Blob(long total, long completed, boolean wasWhole) {}

  private record Sample(long nanos, long fetched) {}

  /// A new request: its first line about a blob says where it goes on.
  void beginAttempt() {
    ofThisAttempt.clear();
    samples.clear();
  }

  /// Takes a line in.
  ///
  /// @return whether it is the first one of this attempt about its blob
  boolean take(StreamLine.Progress line, long nanos) {
    String digest = line.digest().orElse("");
    long total = line.total().orElse(0);
    long completed = Math.min(line.completed().orElse(0), total);
    boolean first = ofThisAttempt.add(digest);
    Blob known = blobs.get(digest);
    if (!first && known != null) {
      fetched += completed - known.completed();
    }
    boolean whole = first && completed == total;
    blobs.put(
        digest, new Blob(total, completed, known == null ? whole : known.wasWhole() && whole));
    most = Math.max(most, done().count());
    Sample last = samples.peekLast();
    if (last == null || nanos - last.nanos() >= SAMPLE) {
      samples.add(new Sample(nanos, fetched));
      while (nanos - samples.getFirst().nanos() > WINDOW) {
        samples.removeFirst();
      }
    }
    return first;
  }

  /// Bytes that came over the line, less those that were taken back.
  long fetched() {
    return fetched;
  }

  /// The most that was there at any time, of this try or an earlier one.
  long most() {
    return most;
  }

  /// What is there of all blobs that were named.
  Bytes done() {
    long done = 0;
    for (Blob blob : blobs.values()) {
      done += blob.completed();
    }
    return Bytes.of(done);
  }

  /// The size of all blobs that were named.
  Bytes named() {
    long total = 0;
    for (Blob blob : blobs.values()) {
      total += blob.total();
    }
    return Bytes.of(total);
  }

  /// What is left of the blobs that were named.
  Bytes left() {
    return named().minusOrZero(done());
  }

  /// The largest blob: the weights.
  Optional<String> largest() {
    Optional<String> largest = Optional.empty();
    long size = -1;
    for (var blob : blobs.entrySet()) {
      if (blob.getValue().total() > size) {
        size = blob.getValue().total();
        largest = Optional.of(blob.getKey());
      }
    }
    return largest;
  }

  /// Whether the largest blob was there before.
  boolean largestWasWhole() {
    Optional<String> largest = largest();
    Blob blob = largest.isEmpty() ? null : blobs.get(largest.get());
    return blob != null && blob.wasWhole();
  }

  /// Whether the weights were there before and are shorter than a manifest of that size has them.
  /// What is missing in the lines is small: the weights always have one.
  boolean isShorterThan(Bytes manifest) {
    return largestWasWhole() && named().plus(SMALL_BLOBS).compareTo(manifest) < 0;
  }

  /// Bytes per second over the last half minute.
  OptionalLong rate() {
    if (samples.size() < 2) {
      return OptionalLong.empty();
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    long time = last.nanos() - first.nanos();
    return time < LEAST_WINDOW
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, (long) ((last.fetched() - first.fetched()) * 1e9 / time)));
  }
}
