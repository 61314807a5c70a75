package dev.r1pick.install;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.ollama.server.ServerUrl;
import dev.r1pick.ollama.store.Partial;
import dev.r1pick.units.Bytes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What there is to do to have a tag.
///
/// @param tag of the catalog
/// @param server where it goes
/// @param version of the server, as it says it
/// @param state what is there of it
/// @param left bytes that have to be loaded, as far as can be told beforehand
/// @param place folder of the models; empty where the server is another machine, or nothing tells
/// @param storeSeen whether what lies in the store could be read
/// @param free what the file system has room for; empty where there is no place
/// @param damaged models that use a damaged blob of the tag
/// @param broken downloads that can never go on
/// @param variant what is made of the tag then; empty: nothing
public record PullPlan(
    ModelTag tag,
    ServerUrl server,
    String version,
    State state,
    Bytes left,
    Optional<Path> place,
    boolean storeSeen,
    Optional<Bytes> free,
    List<String> damaged,
    List<Partial> broken,
    Optional<VariantPlan> variant) {
  public PullPlan {
    damaged = List.copyOf(damaged);
    broken = List.copyOf(broken);
  }

  /// What is there of a tag.
  public enum State {
    /// Nothing.
    ABSENT,
    /// A part of it, from a pull that was broken off.
    BEGUN,
    /// All of it under another name, so that nothing but a manifest has to be written.
    UNDER_ANOTHER_NAME,
    /// The name holds what it meant before. What it means now has to be loaded beside it.
    OLDER,
    /// It is there.
    CURRENT
  }

  /// A file server lets the address of a blob live for a day.
  private static final long DAY = 24 * 3600;

  /// Whether one blob takes longer than its address lives, at that rate.
  public boolean isLongerThanADay(OptionalLong bytesPerSecond) {
    return bytesPerSecond.isPresent()
        && bytesPerSecond.getAsLong() > 0
        && left.count() / bytesPerSecond.getAsLong() >= DAY;
  }

  /// The same for another variant.
  PullPlan with(Optional<VariantPlan> other) {
    return new PullPlan(
        tag, server, version, state, left, place, storeSeen, free, damaged, broken, other);
  }
}
