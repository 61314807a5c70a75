package dev.r1pick.advice;

import java.util.List;

/// What a reader must know beside the pick; the sentence is `advice.caveat.` and the id.
///
/// @param id kebab-case, stable: scripts read it
/// @param figures in the order of the sentence
/// @param weight how much it matters
public record Caveat(String id, List<Object> figures, Weight weight) {
  public Caveat {
    figures = List.copyOf(figures);
  }

  /// How much a caveat matters.
  public enum Weight {
    /// Said before the pick: the honest answer may be another kind of model.
    FIRST,
    /// Said beside the pick.
    BESIDE
  }

  static Caveat first(String id, Object... figures) {
    return new Caveat(id, List.of(figures), Weight.FIRST);
  }

  static Caveat beside(String id, Object... figures) {
    return new Caveat(id, List.of(figures), Weight.BESIDE);
  }
}
