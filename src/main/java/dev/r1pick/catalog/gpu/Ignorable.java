package dev.r1pick.catalog.gpu;

import dev.r1pick.catalog.gpu.GpuWords.Kind;
import dev.r1pick.text.Spelling;

/// Which words of a typed name may be passed over: none, or those that say nothing of a card.
///
/// @param vocabulary that says which words do
/// @param any whether any may
record Ignorable(GpuWords vocabulary, boolean any) {
  /// A word this short, or this near to a word that tells cards apart, is not passed over.
  private static final int SHORTEST = 3;

  private static final int LONG = 5;

  /// Whether the word is one of letters that is no known part of a name, nor nearly one.
  boolean test(String atom) {
    if (!any) {
      return false;
    }
    if (vocabulary.is(atom, Kind.BUS)) {
      return true;
    }
    if (atom.length() < SHORTEST
        || GpuName.isDigits(atom)
        || vocabulary.families().containsKey(atom)
        || vocabulary.is(atom, Kind.BUILD)
        || vocabulary.is(atom, Kind.CARD)) {
      return false;
    }
    for (var known : vocabulary.kinds().entrySet()) {
      if (known.getValue() == Kind.CARD
          && Spelling.distance(known.getKey(), atom) <= (atom.length() < LONG ? 1 : 2)) {
        return false;
      }
    }
    return true;
  }
}
