package dev.r1pick.json;

import java.util.Map;
import java.util.Optional;

/// A document and where each part of it stands.
///
/// @param value the document
/// @param places by path as [Fields] writes it, such as `require[0].ram`: of a member its name, of
///   an element its beginning
public record LocatedValue(JsonValue value, Map<String, Place> places) {
  public LocatedValue {
    places = Map.copyOf(places);
  }

  /// Where that path stands, or the nearest part above it that is there: what is missing from an
  /// object is missing where the object begins.
  public Place placeOf(String path) {
    String there = path;
    while (!there.isEmpty()) {
      Optional<Place> place = Optional.ofNullable(places.get(there));
      if (place.isPresent()) {
        return place.get();
      }
      there =
          there.substring(0, Math.max(0, Math.max(there.lastIndexOf('.'), there.lastIndexOf('['))));
    }
    return Place.START;
  }
}
