package dev.r1pick.report.words;

import java.util.Map;
import java.util.Optional;

/// The English sentences by area and key, without reading their files.
///
/// Empty in the sources; the build (`src/build/PrepareData.java`) puts a class in this place that
/// holds them (docs/performance.md).
final class PreparedData {
  private PreparedData() {}

  static Optional<Map<String, Map<String, String>>> english() {
    return Optional.empty();
  }
}
