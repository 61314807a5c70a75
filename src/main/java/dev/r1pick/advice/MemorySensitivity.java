package dev.r1pick.advice;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.units.Bytes;
import java.util.Optional;

/// A pick that a little more or less free memory would change.
///
/// @param by how much the free memory moves
/// @param more whether there is more of it
/// @param instead what would be picked then, of another variant; empty where nothing would fit
record MemorySensitivity(Bytes by, boolean more, Optional<ModelTag> instead) {
  /// Free memory moves by about this much while a desktop is used.
  static final Bytes STEP = Bytes.ofMiB(200);

  /// What to say beside the pick.
  Caveat caveat() {
    if (instead.isEmpty()) {
      return new Caveat.NearBorderNothing(by);
    }
    return more
        ? new Caveat.NearBorderMore(by, instead.get())
        : new Caveat.NearBorderLess(by, instead.get());
  }
}
