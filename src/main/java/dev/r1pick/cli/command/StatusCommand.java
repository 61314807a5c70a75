package dev.r1pick.cli.command;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.Session;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.fit.FreeMemoryShift;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.OllamaPs;
import dev.r1pick.fit.engine.Weights;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.probe.Detector;
import dev.r1pick.hardware.probe.system.OllamaProbe;
import dev.r1pick.hardware.probe.system.ServerSettingsProbe;
import dev.r1pick.hardware.record.Redaction;
import dev.r1pick.host.Host;
import dev.r1pick.install.R1Status;
import dev.r1pick.install.StatusReader;
import dev.r1pick.ollama.OllamaRules;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.server.LoadedModel;
import dev.r1pick.ollama.server.OllamaServer;
import dev.r1pick.report.json.StatusJson;
import dev.r1pick.report.shell.EvaluatedShell;
import dev.r1pick.report.text.StatusText;
import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `r1pick status`: what of R1 is installed, what it takes, what is loaded.
public final class StatusCommand implements Command {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Override
  public String name() {
    return "status";
  }

  @Override
  public List<String> examples() {
    return List.of("r1pick status");
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.value(Group.OUTPUT, "--format", "FORMAT"),
        Option.value(Group.OUTPUT, "--catalog", "FILE"));
  }

  @Override
  public ExitCode run(Session session) {
    boolean json = session.arguments().json();
    Data data = Data.of(session);
    var shell = new EvaluatedShell(session.host());
    OllamaSetup setup = settings(shell);
    var server = OllamaServer.of(session.host().http(), shell, setup);
    var reader = new StatusReader(server, session.host(), shell, setup, data.catalog());
    boolean elsewhere = server.url().otherMachine().isPresent();
    var machine = new FoundMachine(data, shell);
    R1Status status =
        reader.read(
            (tag, loaded, version) ->
                // of another machine neither its devices nor its settings are known
                elsewhere ? Optional.empty() : planned(machine.of(version), tag, loaded));
    if (status.silent().isPresent() && !status.storeSeen()) {
      throw new CliFailure(PullErrors.unanswered(status.server(), status.silent().get()));
    }
    session
        .console()
        .answer(
            json
                ? new StatusJson(new Redaction(session.host())::sentence)
                    .status(status, data.catalog().version())
                : new StatusText(session.messages(), session.console().style(), data.catalog())
                    .status(status));
    return ExitCode.OK;
  }

  /// The settings of the server as far as they are known, else those of this shell.
  static OllamaSetup settings(Host shell) {
    return ServerSettingsProbe.known(
        shell,
        new OllamaSetup(Optional.empty(), OllamaProbe.environment(shell)),
        (id, command) -> shell.run(id, command, PATIENCE));
  }

  /// This machine, which is looked at once, and only where something is loaded.
  private static final class FoundMachine {
    private final Data data;
    private final EvaluatedShell shell;
    private Optional<Machine> found = Optional.empty();

    FoundMachine(Data data, EvaluatedShell shell) {
      this.data = data;
      this.shell = shell;
    }

    /// With the version that its server says.
    Machine of(String version) {
      if (found.isEmpty()) {
        Machine detected = new Detector().detect(shell);
        OllamaSetup ollama = detected.ollama().with(Map.of(), Optional.of(version));
        found = Optional.of(data.planned(detected.withOllama(ollama)));
      }
      return found.get();
    }
  }

  /// What the server should show, by the rules of its version on this machine.
  private static Optional<OllamaPs> planned(Machine machine, ModelTag tag, LoadedModel loaded) {
    if (machine.ram().total().isEmpty() || loaded.context().isEmpty()) {
      return Optional.empty();
    }
    // what it takes itself was free for it
    boolean onGpus = !loaded.vram().isZero() && !machine.accelerators().isEmpty();
    Bytes own =
        onGpus ? Bytes.of(loaded.vram().count() / machine.accelerators().size()) : loaded.size();
    LoadPlan plan =
        new FitEstimator()
            .estimate(
                tag,
                FitRequest.DEFAULTS.withContextLength(loaded.context().get()),
                FreeMemoryShift.more(machine, own))
            .plan();
    return OllamaPs.of(
        plan,
        OllamaRules.of(machine.ollama()).era(),
        machine.cpu(),
        Weights.of(tag).tokenEmbedding());
  }
}
