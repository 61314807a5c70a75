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
      return Caveat.beside("near-border-nothing", by);
    }
    return Caveat.beside(more ? "near-border-more" : "near-border-less", by, instead.get().name());
  }
}
