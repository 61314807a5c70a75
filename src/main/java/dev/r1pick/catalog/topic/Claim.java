package dev.r1pick.catalog.topic;

import dev.r1pick.catalog.Source;
import java.util.List;
import java.util.Optional;

/// Something that is said of R1, and what is true.
///
/// @param id for programs, such as `c11`
/// @param verdict what became of it
/// @param claim what is said, in our words
/// @param truth what is true
/// @param heard other ways to ask for it, short
/// @param example a command of r1pick that shows it; empty where none does
/// @param sources where the truth was read
public record Claim(
    String id,
    Verdict verdict,
    Said claim,
    Said truth,
    List<String> heard,
    Optional<String> example,
    List<Source> sources) {
  public Claim {
    heard = List.copyOf(heard);
    sources = List.copyOf(sources);
  }

  /// What became of a claim.
  public enum Verdict {
    /// A source confirms it.
    RIGHT,
    /// A source contradicts it.
    WRONG,
    /// True in part, and it leads to a wrong choice.
    MISLEADING,
    /// The right idea with a wrong figure or unit.
    IMPRECISE,
    /// It was true once.
    OUTDATED,
    /// Nothing was found that could back it.
    UNSUPPORTED,
    /// It could not be checked.
    UNVERIFIED
  }
}
