package dev.r1pick.advice;

import dev.r1pick.advice.Advice.Rejection;
import dev.r1pick.advice.Verdict.Reason;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What became of every tag: nothing that can be pulled goes unmentioned.
///
/// @param catalog all tags
/// @param judged the best way of each manifest
/// @param dropped how many soft rules did not count
record Trace(Catalog catalog, List<Judged> judged, int dropped) {

  /// All tags but those picked, in the order of the catalog.
  List<Rejection> rejections(List<Judged> picked) {
    var rejections = new ArrayList<Rejection>();
    for (ModelTag tag : catalog.tags()) {
      Judged verdict = verdictOf(tag);
      ModelTag manifest = verdict.candidate().tag();
      if (!tag.equals(manifest)) {
        rejections.add(
            new Rejection(
                tag,
                "same-manifest",
                Reason.of("same-manifest", manifest.fullName()),
                Optional.empty(),
                Optional.empty()));
      } else if (!picked.contains(verdict)) {
        rejections.add(rejection(tag, verdict));
      }
    }
    return rejections;
  }

  private Rejection rejection(ModelTag tag, Judged verdict) {
    return verdict
        .rejection(dropped)
        .map(
            entry ->
                new Rejection(
                    tag,
                    entry.getKey().id(),
                    entry.getValue().reason(),
                    Optional.of(verdict),
                    entry.getValue().shortfall()))
        .orElseGet(
            () ->
                new Rejection(
                    tag,
                    "fewer-points",
                    Reason.of("fewer-points", verdict.points()),
                    Optional.of(verdict),
                    Optional.empty()));
  }

  private Judged verdictOf(ModelTag tag) {
    ModelTag explicit = catalog.explicit(tag);
    for (Judged verdict : judged) {
      if (catalog.explicit(verdict.candidate().tag()).equals(explicit)) {
        return verdict;
      }
    }
    throw new IllegalStateException("no manifest of " + tag.name());
  }
}
