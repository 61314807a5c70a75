package dev.r1pick.cli.command;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Adviser;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Caveat;
import dev.r1pick.advice.Priority;
import dev.r1pick.advice.Question;
import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.advice.quality.QualityEstimator;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Arguments;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.LicenseOption;
import dev.r1pick.cli.option.MachineOptions;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.PromptLanguage;
import dev.r1pick.cli.option.ReportFile;
import dev.r1pick.cli.option.Session;
import dev.r1pick.cli.option.Subject;
import dev.r1pick.cli.option.UseCaseOption;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.report.ci.AdviceCsv;
import dev.r1pick.report.ci.AdviceGithub;
import dev.r1pick.report.ci.AdviceMarkdown;
import dev.r1pick.report.html.AdviceHtml;
import dev.r1pick.report.json.AdviceJson;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.shell.AdviceScript;
import dev.r1pick.report.shell.EvaluatedShell;
import dev.r1pick.report.shell.Setup;
import dev.r1pick.report.shell.Shell;
import dev.r1pick.report.text.AdviceText;
import dev.r1pick.report.words.Wording;
import dev.r1pick.text.Escaping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `r1pick recommend`: the tag to pull on this machine, and why.
public final class RecommendCommand implements Command {
  private static final int TAGS = 3;
  private static final int MOST_TAGS = 11;

  /// What can be asked for, by every command that picks a tag.
  static final List<Option> WISHES =
      List.of(
          Option.value(Group.QUESTION, "--use-case", "ID"),
          Option.value(Group.QUESTION, "--profile", "FILE"),
          PromptLanguage.OPTION,
          Option.PRIORITY,
          Option.value(Group.QUESTION, "--context", "TOKENS"),
          Option.KV_CACHE_TYPE,
          Option.PARALLEL,
          Option.value(Group.QUESTION, "--min-speed", "RATE"),
          Option.value(Group.QUESTION, "--max-wait", "TIME"),
          Option.value(Group.QUESTION, "--at-tokens", "N"),
          Option.value(Group.QUESTION, "--max-download", "SIZE"),
          Option.values(Group.QUESTION, "--license", "NAME"));

  @Override
  public String name() {
    return "recommend";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "r1pick recommend",
        "r1pick recommend --use-case coding",
        "r1pick recommend --gpu \"RTX 4090\"");
  }

  @Override
  public List<Option> options() {
    var options = new ArrayList<>(WISHES);
    options.add(Option.TOP);
    options.addAll(MachineOptions.ALL);
    options.add(Option.value(Group.OUTPUT, "--format", "FORMAT"));
    options.add(Option.flag(Group.OUTPUT, "--quiet", "-q"));
    options.add(Option.flag(Group.OUTPUT, "--explain"));
    options.add(Option.REPORT);
    options.add(Option.value(Group.OUTPUT, "--catalog", "FILE"));
    return options;
  }

  @Override
  public List<String> formats() {
    return List.copyOf(Format.words().keySet());
  }

  @Override
  public ExitCode run(Session session) {
    Arguments arguments = session.arguments();
    Format format = format(arguments);
    List<ReportFile<Format>> reports = ReportFile.read(session, Format.words());
    Data data = Data.of(session);
    Optional<Integer> tags = tags(arguments);
    Asked asked =
        ask(session, data, data.catalog(), format == Format.TEXT || format == Format.HTML);
    Advice advice = asked.advise(tags.orElse(TAGS) - 1, tags.isPresent());
    beside(session, advice, format);
    String answer = report(session, asked, advice, format, session.console().style(), data);
    switch (format) {
      case GITHUB -> session.console().annotations(answer);
      case HTML -> session.console().page(answer);
      default -> session.console().answer(answer);
    }
    for (ReportFile<Format> report : reports) {
      String text = report(session, asked, advice, report.format(), Style.PLAIN, data);
      report.write(session.files(), Escaping.output(text, report.format() == Format.GITHUB));
    }
    if (format == Format.GITHUB) {
      StepSummary.append(session, new AdviceMarkdown(session.documents()).advice(advice));
    }
    return advice instanceof Advice.Recommendation ? ExitCode.OK : ExitCode.NOTHING_FITS;
  }

  /// The answer to what the options ask, for commands that go on from it.
  ///
  /// @param catalog the tags to choose from
  /// @param text whether the answer is for people, who have a language
  /// @param alternatives how many at most
  /// @param fill whether those that are no trade shall fill the number
  static Advice advise(
      Session session, Data data, Catalog catalog, boolean text, int alternatives, boolean fill) {
    return ask(session, data, catalog, text).advise(alternatives, fill);
  }

  /// A question and who answers it.
  private record Asked(Adviser adviser, Question question) {
    Advice advise(int alternatives, boolean fill) {
      return adviser.advise(question, alternatives, fill);
    }
  }

  private static Asked ask(Session session, Data data, Catalog catalog, boolean text) {
    Arguments arguments = session.arguments();
    Constraints wishes = wishes(arguments, catalog);
    UseCaseProfile useCase = UseCaseOption.read(session, data);
    Priority priority = priority(arguments);
    String language = PromptLanguage.read(session, text);
    Subject subject =
        MachineOptions.read(session, data)
            .supported(session)
            .known()
            .answered(session)
            .planned(data);
    Machine machine = subject.machine();
    return new Asked(
        new Adviser(
            catalog,
            data.useCases(),
            new FitEstimator(),
            new QualityEstimator(data.useCases(), catalog),
            data.speedOf(machine, subject.bandwidth(session, data), subject.factor(session))),
        new Question(useCase, language, priority, machine, wishes));
  }

  private static String report(
      Session session, Asked asked, Advice advice, Format format, Style style, Data data) {
    return switch (format) {
      case TEXT -> text(session, advice, style);
      case JSON -> new AdviceJson(session.documents()).advice(advice, data.catalog().version());
      case ENV -> assignments(session, advice, Shell.POSIX);
      case POWERSHELL -> assignments(session, advice, Shell.POWERSHELL);
      case FISH -> assignments(session, advice, Shell.FISH);
      case COMMAND ->
          switch (advice) {
            case Advice.Recommendation recommendation -> AdviceScript.command(recommendation);
            case Advice.NothingFits _ -> "";
          };
      case TAG ->
          switch (advice) {
            case Advice.Recommendation recommendation -> AdviceScript.tag(recommendation);
            case Advice.NothingFits _ -> "";
          };
      case GITHUB -> new AdviceGithub(session.documents()).advice(advice);
      case MARKDOWN -> new AdviceMarkdown(session.documents()).advice(advice);
      case CSV -> AdviceCsv.advice(advice);
      case HTML ->
          new AdviceHtml(
                  advice,
                  asked.adviser().judge(data.catalog().manifests(), advice.question()),
                  data.useCases())
              .page(session.messages(), session.version(), data.catalog().version());
    };
  }

  private static String text(Session session, Advice advice, Style style) {
    var text = new AdviceText(session.messages(), style);
    return session.arguments().flag("--explain") ? text.explained(advice) : text.advice(advice);
  }

  private static String assignments(Session session, Advice advice, Shell shell) {
    return switch (advice) {
      case Advice.Recommendation recommendation ->
          AdviceScript.assignments(recommendation, shell, new EvaluatedShell(session.host()));
      case Advice.NothingFits _ ->
          AdviceScript.noAnswer(
              shell, ExitCode.NOTHING_FITS.code(), new EvaluatedShell(session.host()));
    };
  }

  /// What a format has no place for goes beside it: why nothing fits and what would help, and what
  /// has to be set for the server.
  private static void beside(Session session, Advice advice, Format format) {
    if (format != Format.TEXT
        && format != Format.JSON
        && format != Format.GITHUB
        && format != Format.HTML) {
      var words = new Wording(session.messages());
      for (Caveat caveat : advice.caveats()) {
        if (caveat instanceof Caveat.GpuIdle) {
          session.console().remark("r1pick: " + words.caveat(caveat));
        }
      }
    }
    boolean lacks =
        switch (format) {
          case COMMAND, TAG, CSV -> true;
          case ENV, POWERSHELL, FISH -> advice instanceof Advice.NothingFits;
          case TEXT, JSON, GITHUB, MARKDOWN, HTML -> false;
        };
    if (!lacks) {
      return;
    }
    switch (advice) {
      case Advice.Recommendation recommendation -> {
        Candidate pick = recommendation.best().candidate();
        if (pick.changes().parallel()) {
          session.remark("report.needs-setting", Setup.parallel(pick.settings()));
        }
      }
      case Advice.NothingFits _ ->
          session.console().remark("r1pick: " + new Wording(session.messages()).sum(advice));
    }
  }

  private static Format format(Arguments arguments) {
    Map<String, Format> words = Format.words();
    Optional<Format> format = arguments.oneOf("--format", words, List.copyOf(words.keySet()));
    if (arguments.flag("--quiet")) {
      if (arguments.given("--format") && !format.equals(Optional.of(Format.TAG))) {
        throw new CliFailure(new CliError.QuietWithFormat());
      }
      return Format.TAG;
    }
    return format.orElse(Format.TEXT);
  }

  /// How many tags to name, the pick included.
  static Optional<Integer> tags(Arguments arguments) {
    return arguments.whole("--top", 1, MOST_TAGS);
  }

  static Constraints wishes(Arguments arguments, Catalog catalog) {
    return new Constraints(
        arguments.context("--context"),
        arguments.kvCacheType("--kv-cache-type"),
        arguments.parallel(),
        arguments.positive("--min-speed"),
        arguments.download("--max-download"),
        LicenseOption.read(arguments, catalog),
        arguments.duration("--max-wait"),
        arguments.atTokens());
  }

  static Priority priority(Arguments arguments) {
    return arguments
        .oneOf(
            Option.PRIORITY,
            Map.of(
                "quality",
                Priority.QUALITY,
                "质量",
                Priority.QUALITY,
                "balanced",
                Priority.BALANCED,
                "均衡",
                Priority.BALANCED,
                "平衡",
                Priority.BALANCED,
                "speed",
                Priority.SPEED,
                "速度",
                Priority.SPEED))
        .orElse(Priority.BALANCED);
  }

  /// How the answer is written.
  private enum Format {
    TEXT,
    JSON,
    ENV,
    POWERSHELL,
    FISH,
    COMMAND,
    TAG,
    GITHUB,
    MARKDOWN,
    CSV,
    HTML;

    /// All of them, by word, in the order in which an error names them.
    static Map<String, Format> words() {
      var words = new LinkedHashMap<String, Format>();
      for (Format format : values()) {
        words.put(format.name().toLowerCase(Locale.ROOT), format);
      }
      return words;
    }
  }
}
