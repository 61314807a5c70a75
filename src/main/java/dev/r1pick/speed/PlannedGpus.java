package dev.r1pick.speed;

import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Usability;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The GPUs of a machine as they are planned with: under the catalog's name where only the PCI
/// database has one, which names all products of a chip at once; with the smallest memory that its
/// kind is sold with where the driver does not tell it, for memory that is not known is not none;
/// and as the slowest of its kinds where nothing tells them apart.
public final class PlannedGpus {
  /// Stands between the name of a device and the number of its part.
  private static final String PARTITION = " partition ";

  private final GpuModels models;

  /// @param models read only where there is something to look up
  public PlannedGpus(GpuModels models) {
    this.models = models;
  }

  /// The machine to plan with, and a note for each thing that is assumed.
  public Machine of(Machine machine) {
    var devices = new ArrayList<Accelerator>();
    var notes = new ArrayList<Note>();
    List<Accelerator> usable = machine.usableAccelerators();
    for (Accelerator device : machine.accelerators()) {
      devices.add(
          isOfInterest(device) ? planned(device, machine, usable.contains(device), notes) : device);
    }
    notes.removeAll(machine.notes());
    return machine.withAccelerators(devices).withNotes(notes);
  }

  /// A GPU inside a processor that is left out, and has a name, is no reason to read the catalog.
  private static boolean isOfInterest(Accelerator device) {
    boolean used = device.usability() instanceof Usability.Usable;
    boolean nameless = device.identity().pciId().filter(device.name()::endsWith).isPresent();
    return device.kind() != Kind.BMC
        && device.kind() != Kind.VIRTUAL
        && (used || nameless || device.kind() != Kind.INTEGRATED)
        && !device.memory().basis().equals(Optional.of("given"));
  }

  private Accelerator planned(Accelerator device, Machine machine, boolean used, List<Note> notes) {
    boolean sizeless = used && isSizeless(device);
    boolean nameless = device.identity().driverVersion().isEmpty();
    if (!sizeless && !nameless) {
      return device;
    }
    List<GpuModel> kinds = models.kinds(device, machine);
    if (kinds.isEmpty()) {
      return device;
    }
    Accelerator named = nameless ? named(device, kinds.getFirst()) : device;
    Optional<Bytes> size = sizeless ? smallest(kinds) : Optional.empty();
    if (size.isPresent()) {
      add(new Note.MemoryAssumed(named.name(), size.get(), larger(kinds, size.get())), notes);
      named = named.withMemory(assumed(named.memory(), size.get()));
    } else if (used && kinds.size() > 1) {
      add(new Note.GpuKindGuessed(named.name(), others(kinds, device, machine)), notes);
    }
    return named;
  }

  private static void add(Note note, List<Note> notes) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  private static boolean isSizeless(Accelerator device) {
    return !device.memory().unified()
        && !MachineSpeed.isSlice(device)
        && device.memory().total().isEmpty();
  }

  /// A driver that tells its version tells a name as well; others leave it to the PCI database.
  private Accelerator named(Accelerator device, GpuModel model) {
    String id = device.identity().pciIdWithRevision().orElse("");
    if (models.catalog().ofPciId(id).isEmpty() || device.kind() == Kind.MIG_INSTANCE) {
      return device;
    }
    int part = device.name().indexOf(PARTITION);
    return device.withName(model.name() + (part < 0 ? "" : device.name().substring(part)));
  }

  private List<String> larger(List<GpuModel> kinds, Bytes least) {
    var larger = new ArrayList<String>();
    for (GpuModel kind : kinds) {
      for (Bytes size : kind.memorySizes()) {
        if (!size.atMost(least)) {
          larger.add(models.catalog().typed(kind, Optional.of(size)));
        }
      }
    }
    return larger;
  }

  private List<String> others(List<GpuModel> kinds, Accelerator device, Machine machine) {
    var others = new ArrayList<String>();
    for (GpuModel kind : kinds.subList(1, kinds.size())) {
      others.add(models.catalog().typed(kind, GpuModels.memory(device, machine)));
    }
    return others;
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

  private static Optional<Bytes> smallest(List<GpuModel> kinds) {
    Optional<Bytes> smallest = Optional.empty();
    for (GpuModel kind : kinds) {
      for (Bytes size : kind.memorySizes()) {
        smallest = Optional.of(smallest.isPresent() ? smallest.get().min(size) : size);
      }
    }
    return smallest;
  }
}
