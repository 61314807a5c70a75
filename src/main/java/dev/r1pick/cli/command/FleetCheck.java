package dev.r1pick.cli.command;

import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.Console;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.fleet.FleetOutput;
import dev.r1pick.cli.fleet.FleetRun;
import dev.r1pick.cli.fleet.GrowingFile;
import dev.r1pick.cli.option.Arguments;
import dev.r1pick.cli.option.CheckFormat;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.MachineOptions;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.ReportFile;
import dev.r1pick.cli.option.Session;
import dev.r1pick.policy.FleetSummary;
import dev.r1pick.policy.Policy;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.report.fleet.FleetCsv;
import dev.r1pick.report.fleet.FleetJson;
import dev.r1pick.report.fleet.FleetJunit;
import dev.r1pick.report.fleet.FleetMarkdown;
import dev.r1pick.report.fleet.FleetText;
import dev.r1pick.report.fleet.FleetWriter;
import dev.r1pick.report.html.FleetHtml;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.words.Messages;
import dev.r1pick.text.Escaping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// `r1pick check --machines`: many machines.
final class FleetCheck {
  private FleetCheck() {}

  /// Runs. `--use-case` without a tag asks for the advice, not for a policy.
  ///
  /// @param place what `--machines` says
  /// @param policy that the command line means
  static ExitCode run(
      Session session,
      Data data,
      String place,
      Supplier<Optional<Policy>> policy,
      CheckFormat format,
      List<ReportFile<CheckFormat>> reports) {
    Arguments arguments = session.arguments();
    for (Option option : MachineOptions.ALL) {
      String name = option.names().getFirst();
      if (arguments.flag(name)) {
        throw new CliFailure(new CliError.MachinesAnd(name));
      }
    }
    boolean advice = arguments.words().isEmpty() && arguments.flag("--use-case");
    if (advice && arguments.text("--policy").isPresent()) {
      throw new CliFailure(new CliError.UseCaseAndPolicy());
    }
    Optional<Policy> asked = advice ? Optional.empty() : policy.get();
    FailOn failOn = CheckCommand.failOn(arguments);
    Messages words = words(session, format);
    return new FleetRun(session, data, asked, failOn, words)
        .run(place, outputs(session, format, reports, FleetRun.shown(failOn)));
  }

  private static List<FleetOutput> outputs(
      Session session, CheckFormat format, List<ReportFile<CheckFormat>> reports, FailOn failOn) {
    var outputs = new ArrayList<FleetOutput>();
    Console console = session.console();
    Consumer<FleetSummary> remarks =
        summary ->
            console.remark(
                new FleetText(session.messages(), console.style().withColor(false), failOn)
                    .end(summary)
                    .stripTrailing());
    Console out = format == CheckFormat.HTML ? console.with(console.style().inUtf8()) : console;
    outputs.add(
        new FleetOutput(
            writer(session, format, console.style(), failOn),
            out::piece,
            remarks,
            FleetOutput.Ending.NONE));
    for (ReportFile<CheckFormat> report : reports) {
      FleetWriter writer = writer(session, report.format(), Style.PLAIN, failOn);
      GrowingFile file = GrowingFile.begin(session.files(), report);
      outputs.add(
          new FleetOutput(writer, text -> file.write(Escaping.output(text, false)), _ -> {}, file));
    }
    return outputs;
  }

  private static Messages words(Session session, CheckFormat format) {
    return format == CheckFormat.TEXT || format == CheckFormat.HTML
        ? session.messages()
        : session.documents();
  }

  private static FleetWriter writer(
      Session session, CheckFormat format, Style style, FailOn failOn) {
    Messages messages = words(session, format);
    return switch (format) {
      case TEXT -> new FleetText(messages, style, failOn);
      case JSON -> new FleetJson(messages, failOn);
      case CSV -> new FleetCsv(messages, failOn);
      case MARKDOWN -> new FleetMarkdown(messages, failOn);
      case JUNIT -> new FleetJunit(messages);
      case HTML -> new FleetHtml(messages, failOn, session.version());
      case SARIF, GITHUB -> throw new CliFailure(new CliError.FormatOfMany(format.word()));
    };
  }
}
