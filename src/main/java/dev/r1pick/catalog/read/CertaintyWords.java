package dev.r1pick.catalog.read;

import dev.r1pick.catalog.Certainty;
import java.util.Map;

/// How the files write a [Certainty].
final class CertaintyWords {
  static final Map<String, Certainty> WORDS =
      Map.of(
          "exact", Certainty.EXACT,
          "rounded", Certainty.ROUNDED,
          "derived", Certainty.DERIVED,
          "unverified", Certainty.UNVERIFIED);

  private CertaintyWords() {}
}
