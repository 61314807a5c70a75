package dev.r1pick.advice;

import dev.r1pick.fit.LoadPlan;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.IdleGpu;
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
      if (note instanceof Note.DescribedChip(_, var share, var ram)
          && share.compareTo(ram) < 0
          && !AssumedShare.hasMetal(machine)) {
        caveats.add(new Caveat.DescribedShare(share, ram));
      }
      if (note instanceof Note.ServerContextUnseen) {
        caveats.add(new Caveat.ServerContextUnseen());
      }
      if (note instanceof Note.OutOfReach out && machine.usableAccelerators().isEmpty()) {
        caveats.add(new Caveat.OutOfReach(out));
      }
      if (note instanceof Note.KindInDoubt doubt) {
        caveats.add(new Caveat.KindInDoubt(doubt));
      }
    }
    return caveats;
  }

  /// Whether the same was said of another device of that name; an idle GPU has a sentence of its
  /// own.
  static boolean isSaid(List<Caveat> said, Caveat caveat) {
    if (caveat instanceof Caveat.GpuNotUsed(var gpu, _) && IdleGpu.isIdle(gpu)) {
      return true;
    }
    for (Caveat other : said) {
      boolean same =
          switch (caveat) {
            case Caveat.GpuNotUsed(var gpu, var why) ->
                other instanceof Caveat.GpuNotUsed(var of, var reason)
                    && of.name().equals(gpu.name())
                    && reason.reason() == why.reason();
            case Caveat.GpuTooSmall(var gpu) ->
                other instanceof Caveat.GpuTooSmall(var of) && of.name().equals(gpu.name());
            case Caveat.GpuMemoryInUse(var gpu, var used) ->
                other instanceof Caveat.GpuMemoryInUse(var of, var there)
                    && of.name().equals(gpu.name())
                    && there.equals(used);
            default -> other.equals(caveat);
          };
      if (same) {
        return true;
      }
    }
    return false;
  }

  /// What is to be said of the machine beside one tag; idle GPUs and a server elsewhere concern
  /// every tag, and are said before.
  static List<Caveat> beside(Machine machine, LoadPlan plan) {
    var caveats = new ArrayList<Caveat>();
    for (Caveat caveat : of(machine)) {
      if (!(caveat instanceof Caveat.ServerElsewhere) && !isSaid(caveats, caveat)) {
        caveats.add(caveat);
      }
    }
    caveats.addAll(assumed(machine, plan));
    return List.copyOf(caveats);
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

  /// What was not told of a described machine, where a load needs its RAM or its processor.
  static List<Caveat> assumed(Machine machine, LoadPlan plan) {
    if (!plan.devices().isEmpty() && plan.placement().cpuLayers() == 0) {
      return List.of();
    }
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
