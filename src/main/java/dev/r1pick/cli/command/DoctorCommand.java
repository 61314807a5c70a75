package dev.r1pick.cli.command;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Adviser;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Priority;
import dev.r1pick.advice.Question;
import dev.r1pick.advice.quality.QualityEstimator;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.MachineOptions;
import dev.r1pick.cli.option.MachineOptions.Place;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.Session;
import dev.r1pick.cli.option.Subject;
import dev.r1pick.cli.option.UseCaseOption;
import dev.r1pick.doctor.Diagnosis;
import dev.r1pick.doctor.Faults;
import dev.r1pick.doctor.Patient;
import dev.r1pick.doctor.Symptoms;
import dev.r1pick.doctor.Wanted;
import dev.r1pick.doctor.exam.Examiner;
import dev.r1pick.doctor.look.Look;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.probe.Detector;
import dev.r1pick.hardware.record.RecordedHost;
import dev.r1pick.report.json.DoctorJson;
import dev.r1pick.report.shell.Setup;
import dev.r1pick.report.text.DoctorText;
import dev.r1pick.speed.SpeedEstimate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// `r1pick doctor`: what is wrong with the Ollama of this machine, and what to do about it.
public final class DoctorCommand implements Command {
  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public List<String> examples() {
    return List.of("r1pick doctor", "r1pick doctor --format json");
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.value(Group.QUESTION, "--use-case", "ID"),
        Option.value(Group.QUESTION, "--profile", "FILE"),
        Option.value(Group.MACHINE, "--machine", "PATH"),
        Option.value(Group.OUTPUT, "--format", "FORMAT"));
  }

  @Override
  public ExitCode run(Session session) {
    boolean json = session.arguments().json();
    Data data = Data.shipped();
    Place place = MachineOptions.place(session);
    Patient patient =
        new Patient(
            place.host(),
            place.recording().map(RecordedHost::disk).orElseGet(session::files),
            place.recording().map(RecordedHost::http).orElseGet(() -> session.host().http()));
    Machine detected = data.planned(new Detector().detect(place.host()));
    Symptoms seen = Look.at(patient, detected, data.catalog());
    Symptoms symptoms = seen.with(wanted(session, data, seen.machine(), place));
    Diagnosis diagnosis = Examiner.diagnose(symptoms, Faults.shipped());
    session
        .console()
        .answer(
            json
                ? new DoctorJson(session.documents()).diagnosis(diagnosis)
                : new DoctorText(session.messages(), session.console().style())
                    .diagnosis(diagnosis));
    return switch (diagnosis.outcome()) {
      case WELL -> ExitCode.OK;
      case WRONG -> ExitCode.NOTHING_FITS;
      case UNKNOWN -> ExitCode.HARDWARE_UNKNOWN;
      case NO_OLLAMA -> ExitCode.OLLAMA_MISSING;
    };
  }

  /// What `recommend` would print for this machine with the server's own settings.
  private static Optional<Wanted> wanted(Session session, Data data, Machine machine, Place place) {
    if (machine.ram().total().isEmpty()) {
      return Optional.empty();
    }
    boolean here = place.recording().isEmpty();
    var subject = new Subject(machine, here, Optional.empty(), List.of());
    var fits = new FitEstimator();
    Advice advice =
        new Adviser(
                data.catalog(),
                data.useCases(),
                fits,
                new QualityEstimator(data.useCases(), data.catalog()),
                data.speedOf(machine, subject.bandwidth(session, data), subject.factor(session)))
            .advise(
                new Question(
                    UseCaseOption.read(session, data),
                    "en",
                    Priority.BALANCED,
                    machine,
                    Question.Constraints.NONE),
                0,
                false);
    return advice instanceof Advice.Recommendation pick
        ? Optional.of(wanted(pick, machine))
        : Optional.empty();
  }

  private static Wanted wanted(Advice.Recommendation advice, Machine machine) {
    Candidate pick = advice.best().candidate();
    return new Wanted(
        pick.tag(),
        pick.contextLength(),
        pick.fit(),
        advice.byItself(),
        pick.changes().isOfServer() ? Setup.variables(pick, machine) : List.of(),
        slowest(pick.speed()));
  }

  private static OptionalDouble slowest(SpeedEstimate speed) {
    return switch (speed) {
      case SpeedEstimate.Known known ->
          OptionalDouble.of(known.generation().low().tokensPerSecond());
      case SpeedEstimate.Bounds bounds -> OptionalDouble.of(bounds.low().tokensPerSecond());
      case SpeedEstimate.Unknown _ -> OptionalDouble.empty();
    };
  }
}
