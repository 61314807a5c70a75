package dev.r1pick.catalog.read;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.gpu.GpuCatalog;
import java.util.Optional;

/// What the shipped files say, without reading them: the objects that the readers would make.
///
/// Empty in the sources; the build (`src/build/PrepareData.java`) puts a class in this place that
/// makes the objects, since reading the files is two thirds of a run (docs/performance.md).
final class PreparedData {
  private PreparedData() {}

  static Optional<Catalog> catalog() {
    return Optional.empty();
  }

  static Optional<GpuCatalog> gpus() {
    return Optional.empty();
  }

  static Optional<UseCases> useCases() {
    return Optional.empty();
  }
}
