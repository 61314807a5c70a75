package dev.r1pick.report.words;

import java.util.Map;
import java.util.Optional;

/// The sentences of each language by area and key, without reading their files.
///
/// Empty in the sources; the build (`src/build/PrepareData.java`) puts a class in this place that
/// holds them (docs/performance.md).
final class PreparedData {
  private PreparedData() {}

  static Optional<Map<String, Messages.Area>> en() {
    return Optional.empty();
  }

  static Optional<Map<String, Messages.Area>> zh() {
    return Optional.empty();
  }
}
