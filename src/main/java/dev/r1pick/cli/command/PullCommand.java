package dev.r1pick.cli.command;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Candidate;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Arguments;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.MachineOptions;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.Session;
import dev.r1pick.cli.option.Tags;
import dev.r1pick.install.PullJob;
import dev.r1pick.install.VariantPlan;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.server.OllamaServer;
import dev.r1pick.report.shell.EvaluatedShell;
import dev.r1pick.report.shell.Setup;
import dev.r1pick.report.text.AdviceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `r1pick pull [TAG]`: from the answer to a model that runs.
public final class PullCommand implements Command {
  /// As typed.
  public static final String NAME = "pull";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> word() {
    return Optional.of("TAG");
  }

  @Override
  public List<String> examples() {
    return List.of("r1pick pull", "r1pick pull 14b --dry-run");
  }

  @Override
  public List<Option> options() {
    var options = new ArrayList<>(RecommendCommand.WISHES);
    options.addAll(MachineOptions.ALL);
    options.add(Option.flag(Group.OUTPUT, "--dry-run"));
    options.add(Option.flag(Group.OUTPUT, "--yes", "-y"));
    options.add(Option.flag(Group.OUTPUT, "--no-variant"));
    options.add(Option.value(Group.OUTPUT, "--format", "FORMAT"));
    options.add(Option.flag(Group.OUTPUT, "--quiet", "-q"));
    options.add(Option.value(Group.OUTPUT, "--catalog", "FILE"));
    return options;
  }

  @Override
  public ExitCode run(Session session) {
    Arguments arguments = session.arguments();
    PullScreen.Form form = form(session);
    Data data = Data.of(session);
    Optional<ModelTag> named =
        arguments.words().isEmpty()
            ? Optional.empty()
            : Optional.of(Tags.one(session, data.catalog()));
    boolean withVariant = !arguments.flag("--no-variant");
    Optional<Advice> advice =
        named.isPresent() && !withVariant
            ? Optional.empty()
            : Optional.of(
                RecommendCommand.advise(
                    session,
                    data,
                    named.map(data.catalog()::only).orElseGet(data::catalog),
                    form != PullScreen.Form.JSON,
                    0,
                    false));
    Optional<Advice.Recommendation> picked =
        advice.flatMap(
            given ->
                given instanceof Advice.Recommendation pick ? Optional.of(pick) : Optional.empty());
    if (named.isEmpty() && picked.isEmpty()) {
      session
          .console()
          .remark(
              new AdviceText(session.messages(), session.console().style())
                  .advice(advice.orElseThrow())
                  .stripTrailing());
      return ExitCode.NOTHING_FITS;
    }
    ModelTag tag = named.orElseGet(() -> picked.orElseThrow().best().candidate().tag());
    if (withVariant && picked.isEmpty()) {
      session.remark("pull.not-advised", tag.fullName(), tag.name());
    }
    Optional<VariantPlan> variant =
        withVariant ? picked.flatMap(pick -> variant(pick, tag)) : Optional.empty();
    List<String> settings =
        withVariant ? picked.map(pick -> settings(session, pick)).orElse(List.of()) : List.of();
    return pull(session, form, tag, variant, settings);
  }

  private static ExitCode pull(
      Session session,
      PullScreen.Form form,
      ModelTag tag,
      Optional<VariantPlan> variant,
      List<String> settings) {
    Arguments arguments = session.arguments();
    boolean dryRun = arguments.flag("--dry-run");
    var rates = new PullRate(session.host());
    var screen = new PullScreen(session, form, tag.fullName(), rates.last());
    var shell = new EvaluatedShell(session.host());
    OllamaSetup setup = StatusCommand.settings(shell);
    var server = OllamaServer.of(session.host().http(), shell, setup);
    var job = new PullJob(server, session.host(), shell, setup, screen);
    session.host().lastWords(Optional.of(session.messages().text("pull.interrupted")));
    PullJob.Result result =
        job.run(new PullJob.Order(tag, variant, arguments.flag("--yes"), dryRun));
    session.host().lastWords(Optional.empty());
    rates.keep(screen.rate());
    switch (result) {
      case PullJob.Result.Done(var run) -> screen.end(run, dryRun, settings);
      case PullJob.Result.Stopped(var problem) -> {
        screen.stop();
        throw new CliFailure(PullErrors.of(problem));
      }
    }
    return ExitCode.OK;
  }

  /// A context alone can be kept with the model, which `Setup` says.
  private static Optional<VariantPlan> variant(Advice.Recommendation advice, ModelTag tag) {
    Candidate pick = advice.best().candidate();
    return Setup.place(pick, advice.question().machine()) instanceof Setup.Place.Model
        ? Optional.of(
            new VariantPlan(
                Setup.variantName(tag, pick.contextLength()), tag.fullName(), pick.contextLength()))
        : Optional.empty();
  }

  private static List<String> settings(Session session, Advice.Recommendation advice) {
    Candidate pick = advice.best().candidate();
    return Setup.place(pick, advice.question().machine()) instanceof Setup.Place.Server
        ? Setup.lines(pick, advice.question().machine(), session.console().style().columns() - 2)
        : List.of();
  }

  private static PullScreen.Form form(Session session) {
    Arguments arguments = session.arguments();
    if (arguments.flag("--quiet")) {
      return PullScreen.Form.QUIET;
    }
    if (arguments.json()) {
      return PullScreen.Form.JSON;
    }
    return session.console().style().isTerminal()
        ? PullScreen.Form.TERMINAL
        : PullScreen.Form.LINES;
  }
}
