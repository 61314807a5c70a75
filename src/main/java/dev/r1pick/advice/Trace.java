package dev.r1pick.advice;

import dev.r1pick.advice.Advice.Rejection;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What became of every tag: nothing that can be pulled goes unmentioned.
///
/// @param catalog all tags
/// @param judged the best way of each manifest
/// @param dropped how many soft rules did not count
record Trace(Catalog catalog, List<Evaluation> judged, int dropped) {

  /// All tags but those picked, in the order of the catalog.
  List<Rejection> rejections(List<Evaluation> picked) {
    Map<String, Evaluation> byExplicitName = byExplicitName();
    var rejections = new ArrayList<Rejection>();
    for (ModelTag tag : catalog.tags()) {
      String explicit = catalog.explicit(tag).name();
      Evaluation verdict = Objects.requireNonNull(byExplicitName.get(explicit), explicit);
      ModelTag manifest = verdict.candidate().tag();
      if (!tag.name().equals(manifest.name())) {
        rejections.add(
            new Rejection(
                tag, Optional.empty(), new Reason.SameManifest(manifest), Optional.empty()));
      } else if (!isAmong(picked, verdict)) {
        rejections.add(rejection(tag, verdict));
      }
    }
    return rejections;
  }

  private Rejection rejection(ModelTag tag, Evaluation verdict) {
    return verdict
        .rejection(dropped)
        .map(
            entry ->
                new Rejection(
                    tag,
                    Optional.of(entry.getKey()),
                    entry.getValue().reason(),
                    entry.getValue().shortfall()))
        .orElseGet(
            () ->
                new Rejection(
                    tag,
                    Optional.empty(),
                    new Reason.FewerPoints(verdict.points()),
                    Optional.empty()));
  }

  private Map<String, Evaluation> byExplicitName() {
    var byName = new HashMap<String, Evaluation>();
    for (Evaluation verdict : judged) {
      byName.put(catalog.explicit(verdict.candidate().tag()).name(), verdict);
    }
    return byName;
  }

  /// By name: deep equality of records walks whole variants.
  private static boolean isAmong(List<Evaluation> picked, Evaluation verdict) {
    for (Evaluation other : picked) {
      if (other.candidate().tag().name().equals(verdict.candidate().tag().name())) {
        return true;
      }
    }
    return false;
  }
}
