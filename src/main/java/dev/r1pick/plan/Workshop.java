package dev.r1pick.plan;

import dev.r1pick.hardware.Machine;
import dev.r1pick.speed.MachineSpeed;

/// Makes machines of descriptions, as the options of a command line do.
public interface Workshop {
  /// The machine that the options would describe.
  Machine machine(Build build);

  /// How fast it is.
  MachineSpeed speed(Machine machine, Build build);
}
