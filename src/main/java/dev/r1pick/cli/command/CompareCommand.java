package dev.r1pick.cli.command;

import dev.r1pick.advice.Candidate;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Arguments;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.DocumentFormat;
import dev.r1pick.cli.option.MachineOptions;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.PromptLanguage;
import dev.r1pick.cli.option.ReportFile;
import dev.r1pick.cli.option.Session;
import dev.r1pick.cli.option.Subject;
import dev.r1pick.cli.option.Tags;
import dev.r1pick.cli.option.Upgrade;
import dev.r1pick.cli.option.UseCaseOption;
import dev.r1pick.compare.MachineComparison;
import dev.r1pick.compare.TagComparison;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.policy.CheckedMachine;
import dev.r1pick.policy.PolicyCatalog;
import dev.r1pick.report.html.CompareHtml;
import dev.r1pick.report.html.UpgradeHtml;
import dev.r1pick.report.json.CompareJson;
import dev.r1pick.report.text.CompareText;
import dev.r1pick.report.text.UpgradeText;
import dev.r1pick.speed.CpuBandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `r1pick compare A B`: tags side by side. With `--with`, `--add-gpu` or `--add-ram`: what an
/// upgrade changes for the pick.
public final class CompareCommand implements Command {
  private static final int LEAST_TAGS = 2;
  private static final int MOST_TAGS = 4;

  @Override
  public String name() {
    return "compare";
  }

  @Override
  public Optional<String> word() {
    return Optional.of("TAG");
  }

  @Override
  public boolean takesManyWords() {
    return true;
  }

  @Override
  public List<String> examples() {
    return List.of("r1pick compare 14b 32b", "r1pick compare --add-ram 64GB");
  }

  @Override
  public List<Option> options() {
    var options =
        new ArrayList<>(
            List.of(
                Option.value(Group.QUESTION, "--use-case", "ID"),
                Option.value(Group.QUESTION, "--profile", "FILE"),
                PromptLanguage.OPTION,
                Option.value(Group.QUESTION, "--context", "TOKENS"),
                Option.values(Group.QUESTION, "--with", "NAME"),
                Option.values(Group.QUESTION, "--add-gpu", "NAME"),
                Option.value(Group.QUESTION, "--add-ram", "SIZE")));
    options.addAll(MachineOptions.ALL);
    options.add(Option.value(Group.OUTPUT, "--format", "FORMAT"));
    options.add(Option.flag(Group.OUTPUT, "--quiet", "-q"));
    options.add(Option.REPORT);
    options.add(Option.value(Group.OUTPUT, "--catalog", "FILE"));
    return options;
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
    Optional<Upgrade> upgrade = Upgrade.read(arguments);
    int words = Tags.typed(arguments).size();
    if (upgrade.isPresent() && words > 0) {
      throw new CliFailure(new CliError.TagsAndUpgrade());
    }
    if (upgrade.isEmpty() && (words < LEAST_TAGS || words > MOST_TAGS)) {
      throw new CliFailure(new CliError.CompareWhat());
    }
    Data data = Data.of(session);
    UseCaseProfile useCase = UseCaseOption.read(session, data);
    String language = PromptLanguage.read(session, format != DocumentFormat.JSON);
    var catalog = PolicyCatalog.of(data.catalog(), data.useCases());
    Answer answer =
        upgrade.isPresent()
            ? upgrade(session, data, upgrade.get(), useCase, language, catalog)
            : tags(session, data, useCase, language, catalog);
    Documents documents = new Documents(session);
    if (quiet) {
      session.console().answer(answer.pick().map(tag -> tag.fullName() + "\n").orElse(""));
    } else {
      documents.answer(format, answer.in());
    }
    documents.report(reports, answer.in());
    return answer.pick().isPresent() ? ExitCode.OK : ExitCode.NOTHING_FITS;
  }

  /// What the comparison came to.
  ///
  /// @param pick the tag for the use, or that of the upgraded machine; empty where nothing fits
  /// @param in each format
  private record Answer(Optional<ModelTag> pick, Documents.Writer in) {}

  private static Subject subject(Session session, Data data) {
    return MachineOptions.read(session, data).known().answered(session).planned(data);
  }

  private static Answer tags(
      Session session, Data data, UseCaseProfile useCase, String language, PolicyCatalog catalog) {
    List<ModelTag> tags = Tags.all(session, data.catalog());
    Subject subject = subject(session, data);
    var comparison =
        TagComparison.of(
            tags,
            useCase,
            session.arguments().context("--context"),
            language,
            catalog,
            checked(subject.machine(), data, subject.bandwidth(session, data)));
    Machine machine = subject.machine();
    return new Answer(
        comparison.pick().map(TagComparison.Side::tag),
        (format, style) ->
            switch (format) {
              case TEXT -> new CompareText(session.messages(), style).tags(comparison, catalog);
              case JSON -> new CompareJson().tags(comparison, machine, catalog);
              case HTML ->
                  new CompareHtml(catalog, session.version())
                      .tags(comparison, machine, session.messages());
            });
  }

  private static Answer upgrade(
      Session session,
      Data data,
      Upgrade upgrade,
      UseCaseProfile useCase,
      String language,
      PolicyCatalog catalog) {
    Subject subject = subject(session, data);
    Machine after = data.planned(upgrade.of(subject.machine(), data));
    Optional<CpuBandwidth> known = subject.bandwidth(session, data);
    boolean sameProcessor = after.cpu().equals(subject.machine().cpu());
    var comparison =
        MachineComparison.of(
            checked(subject.machine(), data, known),
            checked(after, data, sameProcessor ? known : Optional.empty()),
            useCase,
            language,
            catalog);
    return new Answer(
        comparison.uses().getFirst().after().map(Candidate::tag),
        (format, style) ->
            switch (format) {
              case TEXT -> new UpgradeText(session.messages(), style).machines(comparison);
              case JSON -> new CompareJson().machines(comparison, catalog);
              case HTML ->
                  new UpgradeHtml(session.version()).machines(comparison, session.messages());
            });
  }

  private static CheckedMachine checked(
      Machine machine, Data data, Optional<CpuBandwidth> bandwidth) {
    return new CheckedMachine(machine, data.speedOf(machine, bandwidth), new FitEstimator());
  }
}
