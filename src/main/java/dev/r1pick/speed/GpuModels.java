package dev.r1pick.speed;

import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.units.Bytes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Looks chips up in the catalog, each kind once for any number of machines. Safe for use by
/// several threads.
public final class GpuModels {
  /// More kinds than are sold; names that go on changing are looked up each time, so that no input
  /// can fill the memory.
  private static final int MOST = 4096;

  private final Supplier<GpuCatalog> catalog;
  private final Map<Seen, Optional<GpuModel>> found = new ConcurrentHashMap<>();

  /// With nothing looked up yet.
  ///
  /// @param catalog read when the first chip is looked up
  public GpuModels(Supplier<GpuCatalog> catalog) {
    this.catalog = catalog;
  }

  /// The catalog itself.
  GpuCatalog catalog() {
    return catalog.get();
  }

  /// All that a chip is told by.
  private record Seen(
      Optional<String> pciId, String name, Optional<Bytes> memory, Optional<Integer> cores) {}

  /// What the catalog says of a chip; see [GpuCatalog#match].
  Optional<GpuModel> match(
      Optional<String> pciId, String name, Optional<Bytes> memory, Optional<Integer> cores) {
    var seen = new Seen(pciId, name, memory, cores);
    Optional<GpuModel> known = found.get(seen);
    if (known == null) {
      known = catalog.get().match(pciId, name, memory, cores);
      if (found.size() < MOST) {
        found.put(seen, known);
      }
    }
    return known;
  }
}
