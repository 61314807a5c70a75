package dev.r1pick.speed;

import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Memory that is not known is not none: a usable card without a figure, as stock drivers leave
/// Intel's, is planned with the smallest size that its kind is sold with.
public final class AssumedMemory {
  private AssumedMemory() {}

  /// The machine to plan with, and a note for each card whose memory is assumed.
  ///
  /// @param catalog read only where a figure is missing
  public static Machine of(Machine machine, Supplier<GpuCatalog> catalog) {
    if (!isAnyUnknown(machine)) {
      return machine;
    }
    var devices = new ArrayList<Accelerator>();
    var notes = new ArrayList<Note>();
    for (Accelerator device : machine.accelerators()) {
      Optional<Bytes> size =
          isUnknown(device, machine) ? smallest(device, catalog.get()) : Optional.empty();
      if (size.isPresent()) {
        devices.add(device.withMemory(assumed(device.memory(), size.get())));
        notes.add(new Note.MemoryAssumed(device.name(), size.get()));
      } else {
        devices.add(device);
      }
    }
    return machine.withAccelerators(devices).withNotes(notes);
  }

  private static boolean isAnyUnknown(Machine machine) {
    for (Accelerator device : machine.usableAccelerators()) {
      if (isUnknown(device, machine)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnknown(Accelerator device, Machine machine) {
    return !device.memory().unified()
        && !MachineSpeed.isSlice(device)
        && device.memory().total().isEmpty()
        && machine.usableAccelerators().contains(device);
  }

  private static Memory assumed(Memory memory, Bytes size) {
    return new Memory(
        Optional.of(size),
        true,
        memory.free().map(free -> free.min(size)),
        memory.reserved(),
        memory.pool(),
        memory.unified(),
        Optional.of("catalog"));
  }

  /// Of all kinds that share the PCI id; by its name where the catalog has no such id.
  private static Optional<Bytes> smallest(Accelerator device, GpuCatalog catalog) {
    List<GpuModel> kinds = catalog.ofPciId(device.identity().pciIdWithRevision().orElse(""));
    if (kinds.isEmpty()) {
      kinds =
          catalog
              .match(Optional.empty(), device.name(), Optional.empty(), Optional.empty())
              .map(List::of)
              .orElse(List.of());
    }
    Optional<Bytes> smallest = Optional.empty();
    for (GpuModel kind : kinds) {
      for (Bytes size : kind.memorySizes()) {
        smallest = Optional.of(smallest.isPresent() ? smallest.get().min(size) : size);
      }
    }
    return smallest;
  }
}
