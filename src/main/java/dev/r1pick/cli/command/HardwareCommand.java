package dev.r1pick.cli.command;

import dev.r1pick.advice.MachineSpeed;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ErrorCode;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Arguments;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.MachineOptions;
import dev.r1pick.cli.option.MeasuredBandwidth;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.Session;
import dev.r1pick.cli.option.Subject;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.record.Recorder;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.json.ErrorJson;
import dev.r1pick.report.json.HardwareJson;
import dev.r1pick.report.shell.EvaluatedShell;
import dev.r1pick.report.text.HardwareText;
import dev.r1pick.speed.CpuBandwidth;
import dev.r1pick.units.Bandwidth;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `r1pick hardware`: what was detected, from where, and what of it Ollama would use.
public final class HardwareCommand implements Command {
  @Override
  public String name() {
    return "hardware";
  }

  @Override
  public List<Option> options() {
    var options = new ArrayList<>(MachineOptions.ALL);
    options.add(Option.flag(Group.OUTPUT, "--verbose", "-v"));
    options.add(Option.flag(Group.OUTPUT, "--measure"));
    options.add(Option.value(Group.OUTPUT, "--record", "FOLDER"));
    options.add(Option.value(Group.OUTPUT, "--format", "FORMAT"));
    return options;
  }

  @Override
  public ExitCode run(Session session) {
    Arguments arguments = session.arguments();
    boolean json = arguments.json();
    boolean measure = arguments.flag("--measure");
    boolean verbose = arguments.flag("--verbose");
    Optional<String> folder = arguments.text("--record");
    if (folder.isPresent()) {
      if (measure) {
        throw CliFailure.usage("cli.error.measure-with-record");
      }
      return record(session, folder.get());
    }
    Data data = Data.shipped();
    Subject subject =
        verbose
            ? MachineOptions.readWithSources(session, data)
            : MachineOptions.read(session, data);
    Machine machine = subject.machine();
    if (measure && !subject.here()) {
      throw CliFailure.usage("cli.error.measure-elsewhere");
    }
    Optional<Bandwidth> timed =
        measure ? session.host().memoryRead(machine.cpu().usableCpus()) : Optional.empty();
    MachineSpeed speeds =
        data.speedOf(
            machine,
            timed.isPresent()
                ? timed.map(CpuBandwidth::measured)
                : subject.bandwidth(session, data));
    Optional<Kept> kept = measure ? Optional.of(keep(session, machine, timed)) : Optional.empty();
    session
        .console()
        .answer(
            json
                ? json(session, subject, speeds, kept)
                : new HardwareText(session.messages(), session.console().style())
                    .machine(machine, speeds, subject.sources()));
    if (verbose && subject.sources().isEmpty()) {
      session.remark("cli.no-sources");
    }
    timed.ifPresent(figure -> doubt(session, data, machine, figure));
    if (kept.isPresent()) {
      session.remark(kept.get().key(), kept.get().figures().toArray());
      if (kept.get().code() != ExitCode.OK) {
        return kept.get().code();
      }
    }
    return isUnknown(machine) ? ExitCode.HARDWARE_UNKNOWN : ExitCode.OK;
  }

  private static String json(
      Session session, Subject subject, MachineSpeed speeds, Optional<Kept> kept) {
    return HardwareJson.document(
        subject.machine(), speeds, subject.sources(), kept.flatMap(k -> k.error(session)));
  }

  /// Neither the system's memory nor that of any GPU could be read: there is nothing to plan with.
  private static boolean isUnknown(Machine machine) {
    boolean known = machine.ram().total().isPresent();
    for (Accelerator accelerator : machine.accelerators()) {
      known |= accelerator.memory().total().isPresent();
    }
    return !known;
  }

  /// Slower than such a machine with one module can be: something else was reading too.
  private static void doubt(Session session, Data data, Machine machine, Bandwidth figure) {
    if (figure.compareTo(data.speedOf(machine, Optional.empty()).cpu().low()) < 0) {
      session.remark("cli.measured-low");
    }
  }

  /// Whether later answers will have the figure.
  ///
  /// @param key of the sentence that says so
  private record Kept(ExitCode code, String key, List<Object> figures) {
    /// For an answer as JSON, which says itself what went wrong. It is made to be passed on, so of
    /// a path it tells the last name alone; the sentence on standard error tells all of it.
    Optional<JsonValue> error(Session session) {
      if (code == ExitCode.OK) {
        return Optional.empty();
      }
      var names = new ArrayList<Object>();
      for (Object figure : figures) {
        names.add(figure instanceof Path path ? String.valueOf(path.getFileName()) : figure);
      }
      return Optional.of(
          ErrorJson.error(
              ErrorCode.of(key), session.messages().parts(key, names.toArray()), code.code()));
    }
  }

  private static Kept keep(Session session, Machine machine, Optional<Bandwidth> timed) {
    if (timed.isEmpty()) {
      return new Kept(ExitCode.HARDWARE_UNKNOWN, "cli.measured-not", List.of());
    }
    return switch (new MeasuredBandwidth(session.host()).keep(machine, timed.get())) {
      case MeasuredBandwidth.Kept.In(var file) ->
          new Kept(ExitCode.OK, "cli.measured-kept", List.of(file));
      case MeasuredBandwidth.Kept.Nowhere(var variable) ->
          new Kept(ExitCode.DISK, "cli.measured-nowhere", List.of(variable));
      case MeasuredBandwidth.Kept.Refused(var file, var reason) ->
          new Kept(ExitCode.DISK, "cli.measured-not-kept", List.of(file, reason));
    };
  }

  private static ExitCode record(Session session, String folder) {
    try {
      Recorder.record(new EvaluatedShell(session.host()), session.files(), Path.of(folder));
    } catch (IOException | InvalidPathException e) {
      throw new CliFailure(
          ExitCode.DISK, "cli.error.record", folder, String.valueOf(e.getMessage()));
    }
    session.console().remark(session.messages().text("cli.recorded", folder));
    return ExitCode.OK;
  }
}
