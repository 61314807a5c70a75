package dev.r1pick.policy;

import dev.r1pick.fit.FitEstimator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.speed.MachineSpeed;

/// The machine that a policy is held against.
///
/// @param machine the machine
/// @param speeds how fast it is
/// @param fits what fits it; one for each thread, since it remembers the machine it saw last
/// @param withoutSilentGpus whether a GPU that did not answer in time counts as none
public record CheckedMachine(
    Machine machine, MachineSpeed speeds, FitEstimator fits, boolean withoutSilentGpus) {
  /// A machine whose GPUs have to answer.
  public CheckedMachine(Machine machine, MachineSpeed speeds, FitEstimator fits) {
    this(machine, speeds, fits, false);
  }
}
