package dev.r1pick.cli.command;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Arguments;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.MachineOptions;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.PromptLanguage;
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
import dev.r1pick.report.json.CompareJson;
import dev.r1pick.report.layout.Style;
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
    options.add(Option.value(Group.OUTPUT, "--catalog", "FILE"));
    return options;
  }

  @Override
  public ExitCode run(Session session) {
    Arguments arguments = session.arguments();
    boolean json = arguments.json();
    boolean quiet = arguments.flag("--quiet");
    if (quiet && arguments.given("--format")) {
      throw new CliFailure(new CliError.QuietOrFormat());
    }
    Optional<Upgrade> upgrade = Upgrade.read(arguments);
    int words = arguments.words().size();
    if (upgrade.isPresent() ? words > 0 : words < LEAST_TAGS || words > MOST_TAGS) {
      throw new CliFailure(new CliError.CompareWhat());
    }
    Data data = Data.of(session);
    UseCaseProfile useCase = UseCaseOption.read(session, data);
    String language = PromptLanguage.read(session, !json);
    var catalog = PolicyCatalog.of(data.catalog(), data.useCases());
    return upgrade.isPresent()
        ? upgrade(session, data, upgrade.get(), useCase, language, catalog, json, quiet)
        : tags(session, data, useCase, language, catalog, json, quiet);
  }

  private static Subject subject(Session session, Data data) {
    return MachineOptions.read(session, data).known().answered(session).planned(data);
  }

  private static ExitCode tags(
      Session session,
      Data data,
      UseCaseProfile useCase,
      String language,
      PolicyCatalog catalog,
      boolean json,
      boolean quiet) {
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
    Style style = session.console().style();
    session
        .console()
        .answer(
            quiet
                ? comparison.mostPicked().map(side -> side.tag().fullName() + "\n").orElse("")
                : json
                    ? new CompareJson().tags(comparison, subject.machine(), catalog)
                    : new CompareText(session.messages(), style).tags(comparison, catalog));
    return comparison.mostPicked().isPresent() ? ExitCode.OK : ExitCode.NOTHING_FITS;
  }

  private static ExitCode upgrade(
      Session session,
      Data data,
      Upgrade upgrade,
      UseCaseProfile useCase,
      String language,
      PolicyCatalog catalog,
      boolean json,
      boolean quiet) {
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
    Optional<ModelTag> pick =
        comparison.uses().getFirst().after().map(candidate -> candidate.tag());
    session
        .console()
        .answer(
            quiet
                ? pick.map(tag -> tag.fullName() + "\n").orElse("")
                : json
                    ? new CompareJson().machines(comparison, catalog)
                    : new UpgradeText(session.messages(), session.console().style())
                        .machines(comparison));
    return pick.isPresent() ? ExitCode.OK : ExitCode.NOTHING_FITS;
  }

  private static CheckedMachine checked(
      Machine machine, Data data, Optional<CpuBandwidth> bandwidth) {
    return new CheckedMachine(machine, data.speedOf(machine, bandwidth), new FitEstimator());
  }
}
