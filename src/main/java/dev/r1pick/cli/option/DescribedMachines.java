package dev.r1pick.cli.option;

import dev.r1pick.hardware.Machine;
import dev.r1pick.plan.Build;
import dev.r1pick.plan.Workshop;
import dev.r1pick.speed.MachineSpeed;
import java.util.List;
import java.util.Optional;

/// Machines to plan with, made as `--gpu`, `--cpu` and `--ram` make them, with the system and the
/// Ollama of the machine that is asked.
public final class DescribedMachines implements Workshop {
  private final Machine base;
  private final Data data;

  /// Machines described from that one.
  public DescribedMachines(Machine base, Data data) {
    this.base = base;
    this.data = data;
  }

  @Override
  public Machine machine(Build build) {
    var description = new MachineDescription(parts(build), base, data);
    if (build.gpus().isEmpty()) {
      return description.apply();
    }
    Build.Gpus gpus = build.gpus().get();
    return description.apply(
        List.of(
            new MachineDescription.Gpus(
                gpus.number(),
                gpus.model(),
                Optional.of(
                    gpus.model().unified()
                        ? gpus.memory()
                        : gpus.model().reported(gpus.memory())))));
  }

  private static DescribedParts parts(Build build) {
    return new DescribedParts(
        List.of(),
        Optional.empty(),
        Optional.of(build.ram()),
        build.cpu(),
        Optional.empty(),
        build.gpus().isEmpty(),
        false);
  }

  @Override
  public MachineSpeed speed(Machine machine, Build build) {
    MachineSpeed speed = data.speedOf(machine, Optional.empty());
    return speed;
  }
}
