package dev.r1pick.cli.command;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.console.OllamaError;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.MeasuredRates;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.Session;
import dev.r1pick.cli.option.Subject;
import dev.r1pick.cli.option.Tags;
import dev.r1pick.doctor.bench.Bench;
import dev.r1pick.doctor.bench.BenchReport;
import dev.r1pick.doctor.bench.BenchRun;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.fit.OllamaPs;
import dev.r1pick.fit.engine.Weights;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.probe.Detector;
import dev.r1pick.host.Host;
import dev.r1pick.install.InstalledTag;
import dev.r1pick.ollama.OllamaRules;
import dev.r1pick.ollama.RunningServer.Installed;
import dev.r1pick.ollama.server.InstalledModel;
import dev.r1pick.ollama.server.LoadedModel;
import dev.r1pick.ollama.server.OllamaServer;
import dev.r1pick.ollama.server.Reply;
import dev.r1pick.report.json.BenchJson;
import dev.r1pick.report.shell.EvaluatedShell;
import dev.r1pick.report.text.BenchText;
import dev.r1pick.speed.MachineSpeed;
import dev.r1pick.speed.MeasuredFactor;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `r1pick bench [TAG]`: how fast an installed R1 really is, against what was predicted.
public final class BenchCommand implements Command {
  /// More work than that for each core, and another program is measured too.
  private static final double BUSY = 0.5;

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public Optional<String> word() {
    return Optional.of("TAG");
  }

  @Override
  public List<String> examples() {
    return List.of("r1pick bench", "r1pick bench 14b");
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.value(Group.QUESTION, "--context", "TOKENS"),
        Option.flag(Group.OUTPUT, "--force"),
        Option.value(Group.OUTPUT, "--format", "FORMAT"));
  }

  @Override
  public ExitCode run(Session session) {
    boolean json = session.arguments().json();
    Data data = Data.shipped();
    Host host = new EvaluatedShell(session.host());
    Machine found = new Detector().detect(host);
    OllamaServer server = OllamaServer.of(session.host().http(), host, found.ollama());
    String version =
        switch (server.version()) {
          case Reply.Given<String>(var said) -> said;
          case Reply.Missing<String>(var why) ->
              throw new CliFailure(PullErrors.unanswered(server.url(), why));
        };
    Machine machine =
        data.planned(found.withOllama(found.ollama().with(Map.of(), Optional.of(version))));
    List<Installed> installed = installed(server);
    ModelTag tag = tag(session, data.catalog(), server, installed);
    if (!session.arguments().flag("--force")) {
      refuseIfBusy(host, machine);
    }
    var fits = new FitEstimator();
    ContextLength context =
        session
            .arguments()
            .context("--context")
            .orElseGet(() -> fits.defaultContext(tag, machine))
            .clampedTo(tag.variant().trainedContext());
    String name = InstalledTag.of(tag, installed).runAs().orElse(tag.fullName());
    var run = new BenchRun(server, host.nanoTime());
    BenchRun.Result result =
        run.run(
            name, version, context, (number, of) -> session.remark("bench.runs", number, of, name));
    return switch (result) {
      case BenchRun.Result.Failed(var why) ->
          throw new CliFailure(new OllamaError.NotRun(name, why.said()));
      case BenchRun.Result.TooShort _ -> throw new CliFailure(new OllamaError.NoRate(name));
      case BenchRun.Result.Done(var bench) -> {
        BenchReport report = report(session, data, machine, tag, fits, bench);
        session
            .console()
            .answer(
                json
                    ? BenchJson.report(report)
                    : new BenchText(session.messages(), session.console().style()).report(report));
        yield ExitCode.OK;
      }
    };
  }

  /// Asked with patience: a busy machine answers the detection too late.
  private static List<Installed> installed(OllamaServer server) {
    var models = new ArrayList<Installed>();
    for (InstalledModel model : server.installed().found().orElse(List.of())) {
      models.add(new Installed(model.name(), model.digest()));
    }
    return models;
  }

  /// The named one, else the one that is loaded, else the newest that is installed.
  private static ModelTag tag(
      Session session, Catalog catalog, OllamaServer server, List<Installed> installed) {
    if (!session.arguments().words().isEmpty()) {
      ModelTag named = Tags.one(session, catalog);
      if (InstalledTag.of(named, installed) instanceof InstalledTag.Absent) {
        throw new CliFailure(new OllamaError.NotInstalled(named.fullName()));
      }
      return named;
    }
    var names = new ArrayList<String>();
    for (LoadedModel model : server.loaded().found().orElse(List.of())) {
      names.add(model.name());
    }
    installed.forEach(model -> names.add(model.name()));
    for (String name : names) {
      Optional<ModelTag> tag =
          name.startsWith(ModelTag.MODEL + ":") ? catalog.tag(name) : Optional.empty();
      if (tag.isPresent()) {
        return tag.get();
      }
    }
    throw new CliFailure(new OllamaError.NothingInstalled());
  }

  /// By the load of the last minute, which Linux tells.
  private static void refuseIfBusy(Host host, Machine machine) {
    List<String> words = Text.words(host.read("/proc/loadavg").orElse(""));
    double load;
    try {
      load = words.isEmpty() ? 0 : Double.parseDouble(words.getFirst());
    } catch (NumberFormatException _) {
      load = 0;
    }
    if (load > BUSY * machine.cpu().usableCpus()) {
      throw new CliFailure(new OllamaError.Busy(words.getFirst(), machine.cpu().usableCpus()));
    }
  }

  private static BenchReport report(
      Session session, Data data, Machine machine, ModelTag tag, FitEstimator fits, Bench bench) {
    Fit fit = fits.estimate(tag, FitRequest.DEFAULTS.withContextLength(bench.context()), machine);
    var subject = new Subject(machine, true, Optional.empty(), List.of());
    // against the estimate, not against what an earlier bench made of it
    MachineSpeed speeds =
        data.speedOf(machine, subject.bandwidth(session, data), MeasuredFactor.NONE);
    var predicted = new ArrayList<Optional<BenchReport.Range>>();
    for (Bench.Stage stage : bench.stages()) {
      predicted.add(range(speeds.of(fit, stage.fill())));
    }
    Optional<Bytes> size =
        OllamaPs.of(
                fit.plan(),
                OllamaRules.of(machine.ollama()).era(),
                machine.cpu(),
                Weights.of(tag).tokenEmbedding())
            .map(OllamaPs::size);
    var draft = new BenchReport(bench, predicted, size, false);
    boolean onGpus = !bench.vram().isZero() && bench.vram().compareTo(bench.size()) >= 0;
    boolean mixed = !onGpus && !bench.vram().isZero();
    boolean alike = fit.plan().devices().isEmpty() == bench.vram().isZero();
    boolean kept =
        !mixed
            && alike
            && draft
                .factor()
                .map(
                    factor ->
                        new MeasuredRates(session.host())
                            .keep(
                                machine,
                                onGpus ? MeasuredRates.Where.GPU : MeasuredRates.Where.PROCESSOR,
                                factor))
                .orElse(false);
    return new BenchReport(bench, predicted, size, kept);
  }

  private static Optional<BenchReport.Range> range(SpeedEstimate speed) {
    return speed instanceof SpeedEstimate.Known known
        ? Optional.of(
            new BenchReport.Range(
                known.generation().low().tokensPerSecond(),
                known.generation().expected().tokensPerSecond(),
                known.generation().high().tokensPerSecond()))
        : Optional.empty();
  }
}
