package dev.r1pick.speed;

import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.units.Bytes;
import java.util.List;
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
  private final Map<Seen, List<GpuModel>> found = new ConcurrentHashMap<>();

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

  /// What the catalog says of a chip; see [GpuCatalog#kinds].
  List<GpuModel> kinds(
      Optional<String> pciId, String name, Optional<Bytes> memory, Optional<Integer> cores) {
    var seen = new Seen(pciId, name, memory, cores);
    List<GpuModel> known = found.get(seen);
    if (known == null) {
      known = catalog.get().kinds(pciId, name, memory, cores);
      if (found.size() < MOST) {
        found.put(seen, known);
      }
    }
    return known;
  }

  /// The kinds that a device of a machine can be, the slowest first.
  ///
  /// What tells kinds of one name apart is the memory of the whole device: a slice has only a part
  /// of it, and a chip that shares the system's memory is sold by that, not by the share it gets.
  List<GpuModel> kinds(Accelerator device, Machine machine) {
    return kinds(
        device.identity().pciIdWithRevision(),
        device.name(),
        MachineSpeed.isSlice(device) ? Optional.empty() : memory(device, machine),
        device.identity().gpuCores());
  }

  /// By which a device is sold.
  static Optional<Bytes> memory(Accelerator device, Machine machine) {
    return device.memory().unified()
        ? machine.ram().installed().or(() -> machine.ram().total())
        : device.memory().total();
  }
}
