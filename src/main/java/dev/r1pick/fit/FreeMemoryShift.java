package dev.r1pick.fit;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.Usability;
import dev.r1pick.ollama.Backend;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.Optional;

/// The same machine with a little more or less free memory, as another program makes it.
public final class FreeMemoryShift {
  private FreeMemoryShift() {}

  /// With that much more free on every GPU and in RAM.
  public static Machine more(Machine machine, Bytes by) {
    return moved(machine, by, Bytes.ZERO);
  }

  /// With that much less free on every GPU and in RAM.
  public static Machine less(Machine machine, Bytes by) {
    return moved(machine, Bytes.ZERO, by);
  }

  private static Machine moved(Machine machine, Bytes more, Bytes less) {
    var gpus = new ArrayList<Accelerator>();
    for (Accelerator gpu : machine.accelerators()) {
      gpus.add(moved(gpu, more, less));
    }
    Ram ram = machine.ram();
    Optional<Bytes> available = ram.available().or(ram::total);
    return machine
        .withAccelerators(gpus)
        .withRam(
            ram.with(ram.total(), available.map(a -> a.plus(more).minusOrZero(less)), ram.basis()));
  }

  /// Where free memory is not known, it is planned as the total less the driver's share.
  private static Accelerator moved(Accelerator gpu, Bytes more, Bytes less) {
    Memory memory = gpu.memory();
    boolean metal =
        gpu.usability() instanceof Usability.Usable(var backend) && backend == Backend.METAL;
    Bytes driver = Bytes.of(metal ? 0 : MachinePlanner.DRIVER_SHARE);
    Optional<Bytes> free = memory.free().or(() -> memory.total().map(t -> t.minusOrZero(driver)));
    return gpu.withMemory(
        new Memory(
            memory.total(),
            memory.totalIsLowerBound(),
            free.map(f -> f.plus(more).minusOrZero(less)),
            memory.reserved(),
            memory.pool(),
            memory.unified(),
            memory.basis()));
  }
}
