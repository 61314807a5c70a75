package dev.r1pick.cli;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Adviser;
import dev.r1pick.advice.Priority;
import dev.r1pick.advice.QualityEstimator;
import dev.r1pick.advice.Question;
import dev.r1pick.advice.Question.Wishes;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.cli.Option.Group;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.report.ExplainReport;
import dev.r1pick.report.JsonReport;
import dev.r1pick.report.ScriptReport;
import dev.r1pick.report.TextReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// `r1pick recommend`: the tag to pull on this machine, and why.
final class RecommendCommand implements Command {
  private static final int ALTERNATIVES = 2;
  private static final int MOST_ALTERNATIVES = 10;

  private static final Map<String, Format> FORMATS =
      Map.of(
          "text",
          Format.TEXT,
          "json",
          Format.JSON,
          "env",
          Format.ENV,
          "command",
          Format.COMMAND,
          "tag",
          Format.TAG);

  @Override
  public String name() {
    return "recommend";
  }

  @Override
  public List<Option> options() {
    var options =
        new ArrayList<>(
            List.of(
                Option.value(Group.QUESTION, "--use-case", "ID"),
                Option.value(Group.QUESTION, "--profile", "FILE"),
                Option.value(Group.QUESTION, "--language", "CODE"),
                Option.value(Group.QUESTION, "--priority", "WHAT"),
                Option.value(Group.QUESTION, "--context", "TOKENS"),
                Option.value(Group.QUESTION, "--kv-cache-type", "TYPE"),
                Option.value(Group.QUESTION, "--parallel", "N"),
                Option.value(Group.QUESTION, "--min-speed", "RATE"),
                Option.value(Group.QUESTION, "--max-wait", "TIME"),
                Option.value(Group.QUESTION, "--at-tokens", "N"),
                Option.value(Group.QUESTION, "--max-download", "SIZE"),
                Option.values(Group.QUESTION, "--license", "NAME"),
                Option.value(Group.QUESTION, "--top", "N")));
    options.addAll(MachineOptions.ALL);
    options.add(Option.value(Group.OUTPUT, "--format", "FORMAT"));
    options.add(Option.flag(Group.OUTPUT, "--quiet", "-q"));
    options.add(Option.flag(Group.OUTPUT, "--explain"));
    options.add(Option.value(Group.OUTPUT, "--catalog", "FILE"));
    return options;
  }

  @Override
  public ExitCode run(Session session) {
    Arguments arguments = session.arguments();
    Format format = format(arguments);
    Data data = new Data(arguments.text("--catalog"));
    Wishes wishes = wishes(arguments, data.catalog());
    UseCaseProfile useCase = UseCaseOption.read(arguments, data);
    Priority priority = priority(arguments);
    String language = LanguageOption.read(arguments);
    int alternatives =
        arguments.whole("--top", 1, MOST_ALTERNATIVES + 1).map(n -> n - 1).orElse(ALTERNATIVES);
    Subject subject = MachineOptions.read(session, data).known();
    Machine machine = subject.machine();
    var question = new Question(useCase, language, priority, machine, wishes);
    Advice advice =
        new Adviser(
                data.catalog(),
                data.useCases(),
                new FitEstimator(),
                new QualityEstimator(data.useCases(), data.catalog()),
                data.speedOf(machine, subject.measured(session)))
            .advise(question, alternatives);
    session.console().answer(report(session, advice, format, data));
    return advice instanceof Advice.Recommendation ? ExitCode.OK : ExitCode.NOTHING_FITS;
  }

  private static String report(Session session, Advice advice, Format format, Data data) {
    return switch (format) {
      case TEXT -> text(session, advice);
      case JSON -> new JsonReport(session.messages()).advice(advice, data.catalog().version());
      case ENV -> script(session, advice, ScriptReport::environment);
      case COMMAND -> script(session, advice, ScriptReport::command);
      case TAG -> script(session, advice, ScriptReport::tag);
    };
  }

  private static String text(Session session, Advice advice) {
    var style = session.console().style();
    String text = new TextReport(session.messages(), style).advice(advice);
    return session.arguments().flag("--explain")
        ? new ExplainReport(session.messages(), style).advice(advice) + text
        : text;
  }

  /// A script that reads one line gets none where nothing fits; the reason goes beside it.
  private static String script(
      Session session, Advice advice, Function<Advice.Recommendation, String> lines) {
    return switch (advice) {
      case Advice.Recommendation recommendation -> lines.apply(recommendation);
      case Advice.NothingFits _ -> {
        session.console().remark("r1pick: " + session.messages().text("report.nothing-fits"));
        yield "";
      }
    };
  }

  private static Format format(Arguments arguments) {
    Optional<Format> format =
        arguments.oneOf("--format", FORMATS, List.of("text", "json", "env", "command", "tag"));
    if (arguments.flag("--quiet")) {
      if (format.isPresent() && format.get() != Format.TAG) {
        throw CliFailure.usage("cli.error.quiet-with-format");
      }
      return Format.TAG;
    }
    return format.orElse(Format.TEXT);
  }

  private static Wishes wishes(Arguments arguments, Catalog catalog) {
    return new Wishes(
        arguments.context("--context"),
        arguments.kvCacheType("--kv-cache-type"),
        arguments.parallel(),
        arguments.positive("--min-speed"),
        arguments.download("--max-download"),
        LicenseOption.read(arguments, catalog),
        arguments.duration("--max-wait"),
        arguments.atTokens());
  }

  private static Priority priority(Arguments arguments) {
    return arguments
        .oneOf(
            "--priority",
            Map.of(
                "quality",
                Priority.QUALITY,
                "balanced",
                Priority.BALANCED,
                "speed",
                Priority.SPEED),
            List.of("quality", "balanced", "speed"))
        .orElse(Priority.BALANCED);
  }

  /// How the answer is written.
  private enum Format {
    TEXT,
    JSON,
    ENV,
    COMMAND,
    TAG
  }
}
