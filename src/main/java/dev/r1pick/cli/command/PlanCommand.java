package dev.r1pick.cli.command;

import dev.r1pick.advice.quality.QualityEstimator;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Arguments;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.DescribedMachines;
import dev.r1pick.cli.option.DocumentFormat;
import dev.r1pick.cli.option.MachineOptions;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.PromptLanguage;
import dev.r1pick.cli.option.ReportFile;
import dev.r1pick.cli.option.Session;
import dev.r1pick.cli.option.Tags;
import dev.r1pick.cli.option.UseCaseOption;
import dev.r1pick.plan.HardwarePlan;
import dev.r1pick.plan.HardwarePlanner;
import dev.r1pick.plan.PlanQuestion;
import dev.r1pick.plan.PlanQuestion.Wanted;
import dev.r1pick.plan.Planned;
import dev.r1pick.plan.UseCasePlan;
import dev.r1pick.report.html.PlanHtml;
import dev.r1pick.report.json.PlanJson;
import dev.r1pick.report.text.PlanText;
import dev.r1pick.report.words.BuildWording;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// `r1pick plan TAG`: which hardware runs a tag as asked. Without a tag: what each size takes.
public final class PlanCommand implements Command {
  private static final Map<String, Wanted> KINDS =
      Map.of("gpu", Wanted.GPU, "mac", Wanted.MAC, "chip", Wanted.CHIP, "cpu", Wanted.CPU);

  private static final Option KIND =
      Option.value(Group.QUESTION, "--kind", "KIND").of("gpu", "mac", "chip", "cpu");

  private static final int MOST_WATTS = 1_000_000;
  private static final int MOST_DOLLARS = 100_000_000;

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public Optional<String> word() {
    return Optional.of("TAG");
  }

  @Override
  public List<String> examples() {
    return List.of("r1pick plan 32b", "r1pick plan 32b --min-speed 20");
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.value(Group.QUESTION, "--use-case", "ID"),
        Option.value(Group.QUESTION, "--profile", "FILE"),
        PromptLanguage.OPTION,
        Option.value(Group.QUESTION, "--context", "TOKENS"),
        Option.value(Group.QUESTION, "--min-speed", "RATE"),
        Option.value(Group.QUESTION, "--max-power", "WATTS"),
        Option.value(Group.QUESTION, "--max-price", "USD"),
        KIND,
        Option.value(Group.MACHINE, "--ram", "SIZE"),
        Option.value(Group.MACHINE, "--machine", "PATH"),
        Option.value(Group.MACHINE, "--ollama-version", "VERSION"),
        Option.values(Group.MACHINE, "--ollama-env", "KEY=VALUE"),
        Option.flag(Group.OUTPUT, "--all"),
        Option.value(Group.OUTPUT, "--format", "FORMAT"),
        Option.flag(Group.OUTPUT, "--quiet", "-q"),
        Option.REPORT,
        Option.value(Group.OUTPUT, "--catalog", "FILE"));
  }

  @Override
  public List<String> formats() {
    return List.copyOf(DocumentFormat.words().keySet());
  }

  @Override
  public ExitCode run(Session session) {
    Arguments arguments = session.arguments();
    DocumentFormat format = DocumentFormat.read(arguments);
    List<ReportFile<DocumentFormat>> reports = ReportFile.read(session, DocumentFormat.words());
    boolean quiet = arguments.flag("--quiet");
    if (quiet && arguments.given("--format")) {
      throw new CliFailure(new CliError.QuietOrFormat());
    }
    Data data = Data.of(session);
    Catalog catalog = data.catalog();
    Optional<ModelTag> tag =
        arguments.words().isEmpty() ? Optional.empty() : Optional.of(Tags.one(session, catalog));
    PlanQuestion question = question(session, data, tag);
    String language = PromptLanguage.read(session, format != DocumentFormat.JSON);
    var planner =
        new HardwarePlanner(
            data.gpus(),
            data.deployments(),
            data.useCases(),
            catalog.manifests(),
            new DescribedMachines(MachineOptions.read(session, data).machine(), data));
    Answer answer =
        tag.isPresent()
            ? answer(session, data, planner.plan(tag.get(), question))
            : answer(
                session,
                data,
                planner.plan(
                    sizes(catalog),
                    question,
                    new QualityEstimator(data.useCases(), catalog),
                    language));
    Documents documents = new Documents(session);
    if (quiet) {
      session.console().answer(answer.cheapest());
    } else {
      documents.answer(format, answer.in());
    }
    documents.report(reports, answer.in());
    return answer.met() ? ExitCode.OK : ExitCode.NOTHING_FITS;
  }

  /// What the plan came to.
  ///
  /// @param met whether something is known to do it
  /// @param cheapest the cheapest hardware that does, for scripts
  /// @param in each format
  private record Answer(boolean met, String cheapest, Documents.Writer in) {}

  private static Answer answer(Session session, Data data, HardwarePlan plan) {
    boolean all = session.arguments().flag("--all");
    return new Answer(
        plan.isMet(),
        quiet(session, data, plan),
        (format, style) ->
            switch (format) {
              case TEXT -> new PlanText(session.messages(), style, data.gpus()).plan(plan, all);
              case JSON -> json(session, data).plan(plan, data.catalog().version());
              case HTML ->
                  new PlanHtml(data.gpus(), session.version()).plan(plan, session.messages());
            });
  }

  private static Answer answer(Session session, Data data, UseCasePlan plan) {
    return new Answer(
        plan.isMet(),
        quiet(session, data, plan),
        (format, style) ->
            switch (format) {
              case TEXT -> new PlanText(session.messages(), style, data.gpus()).plan(plan);
              case JSON -> json(session, data).plan(plan, data.catalog().version());
              case HTML ->
                  new PlanHtml(data.gpus(), session.version()).plan(plan, session.messages());
            });
  }

  private static PlanJson json(Session session, Data data) {
    return new PlanJson(session.documents(), data.deployments());
  }

  private static PlanQuestion question(Session session, Data data, Optional<ModelTag> tag) {
    Arguments arguments = session.arguments();
    Optional<ContextLength> context = arguments.context("--context");
    if (tag.isPresent() && context.isPresent()) {
      ContextLength trained = tag.get().variant().trainedContext();
      if (context.get().compareTo(trained) > 0) {
        throw new CliFailure(
            new CliError.BeyondTrained(
                context.get(), tag.get().fullName(), trained, arguments.name("--context")));
      }
    }
    OptionalDouble least = arguments.positive("--min-speed");
    return new PlanQuestion(
        UseCaseOption.read(session, data),
        context,
        least.isPresent() ? Optional.of(new TokenRate(least.getAsDouble())) : Optional.empty(),
        arguments.figure("--max-power", "w", MOST_WATTS),
        arguments.figure("--max-price", "$", MOST_DOLLARS),
        arguments.oneOf(KIND, KINDS),
        arguments.memory("--ram"));
  }

  /// The usual tag of each size, smallest first.
  private static List<ModelTag> sizes(Catalog catalog) {
    var sizes = new ArrayList<ModelTag>();
    for (ModelTag tag : catalog.manifests()) {
      if (catalog.alias(tag.name()).isPresent()) {
        sizes.add(tag);
      }
    }
    return sizes;
  }

  /// The cheapest hardware that does it, as `--gpu` or `--cpu` takes it; nothing where none does.
  private static String quiet(Session session, Data data, HardwarePlan plan) {
    List<Planned> does = plan.shortlist(Planned.Standing.DOES_IT, 1);
    return does.isEmpty() ? "" : typed(session, data, does.getFirst()) + "\n";
  }

  /// The same for each size, the tag and a tab before it.
  private static String quiet(Session session, Data data, UseCasePlan plan) {
    var lines = new StringBuilder();
    for (UseCasePlan.Step step : plan.steps()) {
      String hardware = quiet(session, data, step.plan());
      if (!hardware.isEmpty()) {
        lines.append(step.plan().tag().name()).append('\t').append(hardware);
      }
    }
    return lines.toString();
  }

  private static String typed(Session session, Data data, Planned planned) {
    String gpu = new BuildWording(session.messages(), data.gpus()).gpu(planned.build());
    return gpu.isEmpty() ? planned.build().cpu().orElse("") : gpu;
  }
}
