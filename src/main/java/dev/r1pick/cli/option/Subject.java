package dev.r1pick.cli.option;

import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.MachineError;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Detection.Source;
import dev.r1pick.hardware.IdleGpu;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.HardwareSupport;
import dev.r1pick.speed.CpuBandwidth;
import dev.r1pick.speed.FittedMemory;
import dev.r1pick.speed.MeasuredFactor;
import java.util.List;
import java.util.Optional;

/// The machine that a command is about.
///
/// @param machine detected, recorded or described
/// @param here whether its processor and memory are those of the machine that r1pick runs on
/// @param fitted how its memory is filled, where the user told it
/// @param sources what was asked to find it out; empty where nobody wanted to know
public record Subject(
    Machine machine, boolean here, Optional<FittedMemory> fitted, List<Source> sources) {
  public Subject {
    sources = List.copyOf(sources);
  }

  /// The same, if enough is known of it to plan with.
  ///
  /// @throws CliFailure if its memory is not known
  public Subject known() {
    if (machine.ram().total().isEmpty()) {
      throw new CliFailure(new MachineError.MachineMemoryUnknown());
    }
    return this;
  }

  /// The same, if there is an Ollama for its architecture.
  ///
  /// @throws CliFailure if there is none, and the user does not accept that
  public Subject supported(Session session) {
    String arch = machine.os().arch();
    if (!HardwareSupport.existsFor(arch) && !session.arguments().flag("--accept-unsupported")) {
      throw new CliFailure(new MachineError.NoOllamaForArchitecture(arch));
    }
    return this;
  }

  /// The same, if every GPU has answered: one that did not answer in time is none that is not
  /// there.
  ///
  /// @throws CliFailure if one has not, and the user does not accept that
  public Subject answered(Session session) {
    Optional<Accelerator> silent = IdleGpu.silent(machine);
    if (silent.isPresent() && !session.arguments().flag("--accept-unknown")) {
      throw new CliFailure(new MachineError.GpuSilent(silent.get().name()));
    }
    return this;
  }

  /// The same with memory assumed for usable cards whose driver does not tell it.
  public Subject planned(Data data) {
    return new Subject(data.planned(machine), here, fitted, sources);
  }

  /// How fast its memory is: as the user told it is filled, or as it was read when that was timed
  /// here, never of another machine.
  public Optional<CpuBandwidth> bandwidth(Session session, Data data) {
    if (fitted.isPresent()) {
      return Optional.of(data.cpus().given(machine.cpu(), fitted.get()));
    }
    return here
        ? new MeasuredBandwidth(session.host())
            .find(machine, session::remark)
            .map(CpuBandwidth::measured)
        : Optional.empty();
  }

  /// How much faster than estimated it generated in a bench; nothing of another machine.
  public MeasuredFactor factor(Session session) {
    return here ? new MeasuredRates(session.host()).find(machine) : MeasuredFactor.NONE;
  }
}
