package dev.r1pick.doctor;

import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.OllamaVersion;
import java.util.Optional;

/// A fault of some versions of Ollama that is known.
///
/// @param id in kebab-case; its sentences are `doctor.known-fault.ID`
/// @param from the first version that has it; empty: every one before
/// @param before the first version without it; empty: none yet
/// @param system that it shows on; empty: any
/// @param where what must be so for it to show
public record Fault(
    String id,
    Optional<OllamaVersion> from,
    Optional<OllamaVersion> before,
    Optional<OsFamily> system,
    Condition where) {

  /// What must be so.
  public enum Condition {
    ALWAYS,
    /// The path of the store has letters outside ASCII.
    STORE_NOT_ASCII,
    /// There is a card of compute capability 8.6.
    CAPABILITY_8_6,
    /// There is a card of compute capability 6.0 to 6.2.
    CAPABILITY_6,
    /// There are an integrated and a discrete GPU.
    INTEGRATED_AND_DISCRETE,
    /// A model is loaded, partly into GPUs.
    LOADED_PARTLY,
    /// A GPU is used.
    GPU_USED,
    /// Downloads have begun and are not done.
    PARTIALS,
    /// Homebrew installed it, and there is a GPU.
    BREW_AND_GPU
  }

  /// Whether a version has it; one that is not known has none.
  public boolean isIn(OllamaVersion version) {
    return (from.isEmpty() || version.compareTo(from.get()) >= 0)
        && (before.isEmpty() || version.compareTo(before.get()) < 0);
  }
}
