package dev.r1pick.advice;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Usability;
import dev.r1pick.ollama.Backend;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.Optional;

/// The share of a described Mac's memory that its GPU is assumed to have, and what a larger one
/// would change.
///
/// @param share that is planned with
/// @param ram of the Mac
record AssumedShare(Bytes share, Bytes ram) {
  /// What macOS 26 gave by itself on Macs with 128 and 512 GB: 84 to 91 %.
  private static final double RAISED = 0.9;

  /// What stays for macOS, as in the change that makes a load fit ([dev.r1pick.fit.Remedies]).
  private static final Bytes KEPT = Bytes.ofGiB(2);

  /// That of a machine; empty where there is none, or it is large already.
  static Optional<AssumedShare> of(Machine machine) {
    for (Note note : machine.notes()) {
      if (note instanceof Note.DescribedChip(_, var share, var ram) && hasMetal(machine)) {
        var assumed = new AssumedShare(share, ram);
        return assumed.raised().atMost(share) ? Optional.empty() : Optional.of(assumed);
      }
    }
    return Optional.empty();
  }

  /// What its owner can give to the GPU.
  private Bytes raised() {
    return ram.scaledBy(RAISED).min(ram.minusOrZero(KEPT));
  }

  static boolean hasMetal(Machine machine) {
    for (Accelerator gpu : machine.usableAccelerators()) {
      if (gpu.usability() instanceof Usability.Usable(var backend) && backend == Backend.METAL) {
        return true;
      }
    }
    return false;
  }

  /// The machine with a larger share.
  Machine raised(Machine machine) {
    var all = new ArrayList<Accelerator>();
    for (Accelerator gpu : machine.accelerators()) {
      var memory = gpu.memory();
      all.add(
          gpu.withMemory(
              new Accelerator.Memory(
                  Optional.of(raised()),
                  memory.totalIsLowerBound(),
                  memory.free(),
                  memory.reserved(),
                  memory.pool(),
                  memory.unified(),
                  memory.basis())));
    }
    return machine.withAccelerators(all);
  }

  /// What is to be said of it.
  ///
  /// @param with the pick with the larger share; empty where it is no other
  Caveat caveat(Optional<Candidate> with) {
    return new Caveat.AssumedShare(share, ram, raised(), with);
  }
}
