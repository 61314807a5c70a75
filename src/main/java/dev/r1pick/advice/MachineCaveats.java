package dev.r1pick.advice;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Usability;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is to be said of a machine beside an answer.
final class MachineCaveats {
  /// Held by other programs: enough to be worth closing them.
  private static final Bytes MUCH_IN_USE = Bytes.ofGiB(1);

  private MachineCaveats() {}

  /// What is to be said of the machine whatever the pick.
  static List<Caveat> of(Machine machine) {
    var caveats = new ArrayList<Caveat>();
    for (Accelerator accelerator : machine.accelerators()) {
      if (accelerator.usability() instanceof Usability.NotUsable not
          && isWorthAWord(accelerator, not.reason(), machine)) {
        caveats.add(new Caveat.GpuNotUsed(accelerator, not));
      }
    }
    machine.usableAccelerators().forEach(gpu -> inUse(gpu, caveats));
    for (Note note : machine.notes()) {
      if (note instanceof Note.OllamaHostElsewhere(var server)) {
        caveats.add(new Caveat.ServerElsewhere(server));
      }
      if (note instanceof Note.ServerContextUnseen) {
        caveats.add(new Caveat.ServerContextUnseen());
      }
      if (note instanceof Note.MemoryAssumed(var gpu, var size, var larger)) {
        caveats.add(new Caveat.MemoryAssumed(gpu, size, larger));
      }
      if (note instanceof Note.OutOfReach out && machine.usableAccelerators().isEmpty()) {
        caveats.add(new Caveat.OutOfReach(out));
      }
      if (note instanceof Note.GpuKindGuessed(var planned, var others)) {
        caveats.add(new Caveat.GpuKindGuessed(planned, others));
      }
      if (note instanceof Note.GpuNameShared(var typed, var model, var others)) {
        caveats.add(new Caveat.GpuNameShared(typed, model, others));
      }
    }
    return caveats;
  }

  /// Display chips and virtual screens are no surprise to anybody; a GPU inside the processor is
  /// one where there is no other.
  private static boolean isWorthAWord(Accelerator accelerator, WhyNot reason, Machine machine) {
    return switch (reason) {
      case DISPLAY_ONLY, VIRTUAL_DISPLAY, VIRTUAL_GPU -> false;
      case IGPU_DROPPED_BY_DEFAULT -> machine.usableAccelerators().isEmpty();
      default -> accelerator.kind() != Kind.BMC && accelerator.kind() != Kind.VIRTUAL;
    };
  }

  /// What was not told of a described machine.
  static List<Caveat> assumed(Machine machine) {
    var caveats = new ArrayList<Caveat>();
    Optional<String> processor = Optional.empty();
    Optional<Note.AssumedFree> ram = Optional.empty();
    for (Note note : machine.notes()) {
      if (note instanceof Note.AssumedProcessor(var name)) {
        processor = Optional.of(name);
      }
      if (note instanceof Note.AssumedFree free) {
        ram = Optional.of(free);
      }
    }
    if (processor.isPresent() && ram.isPresent()) {
      caveats.add(new Caveat.AssumedMachine(processor.get(), ram.get().total(), ram.get().free()));
      return caveats;
    }
    processor.ifPresent(name -> caveats.add(new Caveat.AssumedProcessor(name)));
    ram.ifPresent(free -> caveats.add(new Caveat.AssumedFree(free.total(), free.free())));
    return caveats;
  }

  /// Also of GPUs that take no part in a plan: they may take none because they are full.
  private static void inUse(Accelerator gpu, List<Caveat> caveats) {
    var memory = gpu.memory();
    if (memory.pool() != Accelerator.Pool.DEDICATED
        || memory.total().isEmpty()
        || memory.free().isEmpty()) {
      return;
    }
    Bytes used =
        memory
            .total()
            .get()
            .minusOrZero(memory.reserved().orElse(Bytes.ZERO))
            .minusOrZero(memory.free().get());
    if (MUCH_IN_USE.atMost(used)) {
      caveats.add(new Caveat.GpuMemoryInUse(gpu, used));
    }
  }
}
