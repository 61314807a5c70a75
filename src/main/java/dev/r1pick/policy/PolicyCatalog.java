package dev.r1pick.policy;

import dev.r1pick.advice.quality.QualityEstimator;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCases;
import java.util.List;

/// What is known of tags and uses, prepared once for any number of machines; several threads may
/// use it.
///
/// @param manifests one tag for each distinct manifest of the catalog
public record PolicyCatalog(
    Catalog catalog, UseCases useCases, QualityEstimator qualities, List<ModelTag> manifests) {
  public PolicyCatalog {
    manifests = List.copyOf(manifests);
  }

  /// Prepares it.
  public static PolicyCatalog of(Catalog catalog, UseCases useCases) {
    return new PolicyCatalog(
        catalog, useCases, new QualityEstimator(useCases, catalog), catalog.manifests());
  }
}
