package dev.r1pick.advice;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Ram;
import dev.r1pick.units.Bytes;
import java.util.Optional;

/// A machine with another size of memory: that of its GPU where it has one, else its RAM.
final class Resized {
  private Resized() {}

  static Machine to(Machine machine, Bytes size) {
    if (machine.usableAccelerators().isEmpty()) {
      var ram =
          new Ram(
              Optional.of(size),
              Optional.of(size),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              "given");
      return machine.withRam(ram);
    }
    return machine.withAccelerators(
        machine.accelerators().stream().map(gpu -> resized(gpu, size)).toList());
  }

  private static Accelerator resized(Accelerator gpu, Bytes size) {
    Memory memory = gpu.memory();
    return gpu.withMemory(
        new Memory(
            Optional.of(size),
            false,
            Optional.of(size.minusOrZero(Bytes.ofMiB(500))),
            Optional.empty(),
            memory.pool(),
            memory.unified(),
            memory.basis()));
  }
}
