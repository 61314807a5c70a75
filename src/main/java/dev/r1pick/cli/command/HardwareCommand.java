package dev.r1pick.cli.command;

import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.console.MachineError;
import dev.r1pick.cli.option.Arguments;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.MachineOptions;
import dev.r1pick.cli.option.MeasuredBandwidth;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.ReportFile;
import dev.r1pick.cli.option.Session;
import dev.r1pick.cli.option.Subject;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.record.Recorder;
import dev.r1pick.hardware.record.Redaction;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.json.ErrorJson;
import dev.r1pick.report.json.HardwareJson;
import dev.r1pick.report.shell.EvaluatedShell;
import dev.r1pick.report.text.HardwareText;
import dev.r1pick.report.words.ErrorWording;
import dev.r1pick.report.words.Messages;
import dev.r1pick.speed.CpuBandwidth;
import dev.r1pick.speed.MachineSpeed;
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
  public List<String> examples() {
    return List.of("r1pick hardware", "r1pick hardware -v");
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
        throw new CliFailure(new CliError.MeasureWithRecord());
      }
      return record(session, folder.get(), json);
    }
    Data data = Data.shipped();
    Subject subject =
        verbose
            ? MachineOptions.readWithSources(session, data)
            : MachineOptions.read(session, data);
    Machine machine = subject.machine();
    if (measure && !subject.here()) {
      throw new CliFailure(new CliError.MeasureElsewhere());
    }
    Optional<Bandwidth> timed =
        measure ? session.host().memoryRead(machine.cpu().usableCpus()) : Optional.empty();
    MachineSpeed speeds =
        data.speedOf(
            machine,
            timed.isPresent()
                ? timed.map(CpuBandwidth::measured)
                : subject.bandwidth(session, data));
    Optional<MeasuredBandwidth.Kept> kept =
        timed.map(figure -> new MeasuredBandwidth(session.host()).keep(machine, figure));
    Optional<CliError> problem = measure ? problem(kept) : Optional.empty();
    session
        .console()
        .answer(
            json
                ? json(session, subject, speeds, problem)
                : new HardwareText(session.messages(), session.console().style())
                    .machine(data.planned(machine), speeds, subject.sources()));
    if (verbose && subject.sources().isEmpty()) {
      session.remark("cli.no-sources");
    }
    timed.ifPresent(figure -> doubt(session, data, machine, figure));
    if (kept.isPresent() && kept.get() instanceof MeasuredBandwidth.Kept.In(var file)) {
      session.remark("cli.measured-kept", file);
    }
    if (problem.isPresent()) {
      session.console().remark("r1pick: " + sentence(session, problem.get()).sentence());
      return problem.get().exitCode();
    }
    return isUnknown(machine) ? ExitCode.HARDWARE_UNKNOWN : ExitCode.OK;
  }

  private static String json(
      Session session, Subject subject, MachineSpeed speeds, Optional<CliError> problem) {
    return HardwareJson.document(
        subject.machine(),
        speeds,
        subject.sources(),
        problem.map(p -> json(session, p)),
        Optional.empty());
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

  /// What stands in the way of later answers having the figure; empty where they will have it.
  private static Optional<CliError> problem(Optional<MeasuredBandwidth.Kept> kept) {
    if (kept.isEmpty()) {
      return Optional.of(new MachineError.MeasuredNot());
    }
    return switch (kept.get()) {
      case MeasuredBandwidth.Kept.In _ -> Optional.empty();
      case MeasuredBandwidth.Kept.Nowhere(var variable) ->
          Optional.of(new CliError.MeasuredNowhere(variable));
      case MeasuredBandwidth.Kept.Refused(var file, var reason) ->
          Optional.of(new CliError.MeasuredNotKept(file, reason));
    };
  }

  /// For an answer as JSON, which says itself what went wrong. It is made to be passed on, so of a
  /// path it tells the last name alone; the sentence on standard error tells all of it.
  private static JsonValue json(Session session, CliError problem) {
    CliError told =
        problem instanceof CliError.MeasuredNotKept(var file, var reason)
            ? new CliError.MeasuredNotKept(file.getFileName(), reason)
            : problem;
    Messages.Parts said = ErrorWording.sentence(session.documents(), told.key(), told);
    return ErrorJson.error(told.code(), said, told.exitCode().code());
  }

  private static Messages.Parts sentence(Session session, CliError problem) {
    return ErrorWording.sentence(session.messages(), problem.key(), problem);
  }

  private static ExitCode record(Session session, String name, boolean json) {
    for (Option option : MachineOptions.ALL) {
      String described = option.names().getFirst();
      if (session.arguments().flag(described)) {
        throw new CliFailure(new CliError.RecordAnd(described));
      }
    }
    Recorder.Recording recording;
    try {
      recording =
          Recorder.record(
              new EvaluatedShell(session.host()), session.files(), freshFolder(session, name));
    } catch (IOException e) {
      throw ReportFile.failure(name, e);
    } catch (InvalidPathException e) {
      throw new CliFailure(new CliError.Recording(name, String.valueOf(e.getReason())));
    }
    if (json) {
      session.console().answer(json(session, name, recording));
    }
    session.console().remark(session.messages().text("cli.recorded", name));
    return ExitCode.OK;
  }

  /// A recording among other files would have a machine that never was.
  private static Path freshFolder(Session session, String name) throws IOException {
    if (name.isBlank()) {
      throw new CliFailure(new CliError.RecordName());
    }
    Path folder = Path.of(name);
    boolean fresh =
        switch (session.files().kind(folder)) {
          case ABSENT -> true;
          case FOLDER -> session.files().list(folder).isEmpty();
          case FILE, OTHER -> false;
        };
    if (!fresh) {
      throw new CliFailure(new CliError.RecordNotEmpty(name));
    }
    return folder;
  }

  private static String json(Session session, String folder, Recorder.Recording recording) {
    var redaction = new Redaction(session.host());
    Machine machine = redaction.machine(recording.machine());
    Data data = Data.shipped();
    var subject = new Subject(machine, true, Optional.empty(), List.of());
    MachineSpeed speeds = data.speedOf(machine, subject.bandwidth(session, data));
    JsonValue recorded =
        JsonValue.object()
            .put("folder", redaction.sentence(folder))
            .put("files", JsonValue.texts(recording.files()))
            .build();
    return HardwareJson.document(
        machine, speeds, List.of(), Optional.empty(), Optional.of(recorded));
  }
}
