package dev.r1pick.advice;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.text.Kebab;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.TokenRate;

/// The one assumption that would change the pick if it were wrong. Its words are `advice.flip.` and
/// the [#id].
public sealed interface Flip {

  /// Kebab-case, stable: scripts read it.
  default String id() {
    return Kebab.of(getClass());
  }

  /// A little more free memory.
  record MoreMemory(Bytes by, ModelTag instead) implements Flip {}

  /// A little less free memory.
  record LessMemory(Bytes by, ModelTag instead) implements Flip {}

  /// Nothing is left of the memory.
  record NoRoomLeft(Bytes spare) implements Flip {}

  /// A speed that nothing backs is less than that.
  record Slower(TokenRate least) implements Flip {}

  /// Another tag is that much better than taken.
  ///
  /// @param points of quality, on the scale of 100
  record RunnerUp(ModelTag tag, double points) implements Flip {}

  /// No other tag could be the pick unless the memory goes.
  record OnlyOne(Bytes spare) implements Flip {}
}
