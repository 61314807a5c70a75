package dev.r1pick.cli.option;

import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Ram;
import dev.r1pick.host.OsFamily;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;

/// A change of a machine that a user thinks about: `--with`, `--add-gpu`, `--add-ram`.
///
/// @param with cards in place of those that are there
/// @param gpu cards beside those that are there
/// @param ram more RAM
public record Upgrade(List<String> with, List<String> gpu, Optional<Bytes> ram) {
  public Upgrade {
    with = List.copyOf(with);
    gpu = List.copyOf(gpu);
  }

  /// The options of a run; empty where none is given.
  ///
  /// @throws CliFailure if cards are both replaced and added
  public static Optional<Upgrade> read(Arguments arguments) {
    List<String> with = arguments.all("--with");
    List<String> gpu = arguments.all("--add-gpu");
    Optional<Bytes> ram = arguments.memory("--add-ram");
    if (!with.isEmpty() && !gpu.isEmpty()) {
      throw new CliFailure(new CliError.WithAndAdd());
    }
    return with.isEmpty() && gpu.isEmpty() && ram.isEmpty()
        ? Optional.empty()
        : Optional.of(new Upgrade(with, gpu, ram));
  }

  /// The machine after it.
  ///
  /// @throws CliFailure if the names mean no card, or the machine takes none
  public Machine of(Machine machine, Data data) {
    Machine upgraded = withGpus(machine, data);
    if (ram.isEmpty()) {
      return upgraded;
    }
    if (isMac(machine)) {
      throw new CliFailure(new CliError.MacTakesNothing());
    }
    Bytes more = ram.get();
    Ram now = upgraded.ram();
    return upgraded
        .withRam(
            new Ram(
                now.total().map(more::plus),
                now.available().map(more::plus),
                now.installed().map(more::plus),
                now.swapTotal(),
                now.swapFree(),
                now.basis()))
        .judged();
  }

  private Machine withGpus(Machine machine, Data data) {
    List<String> names = with.isEmpty() ? gpu : with;
    if (names.isEmpty()) {
      return machine;
    }
    var parts =
        new DescribedParts(
            names,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            true);
    Machine upgraded = new MachineDescription(parts, machine, data).upgraded(with.isEmpty());
    boolean cards = false;
    for (Accelerator accelerator : upgraded.accelerators()) {
      cards |= accelerator.kind() == Accelerator.Kind.DISCRETE;
    }
    if (isMac(machine) && cards) {
      throw new CliFailure(new CliError.MacTakesNothing());
    }
    return upgraded;
  }

  private static boolean isMac(Machine machine) {
    return machine.os().family() == OsFamily.MACOS;
  }
}
