package dev.r1pick.cli.command;

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
import dev.r1pick.cli.option.PolicyFile;
import dev.r1pick.cli.option.ReportFile;
import dev.r1pick.cli.option.Session;
import dev.r1pick.cli.option.Subject;
import dev.r1pick.cli.option.Tags;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.json.Place;
import dev.r1pick.policy.CheckedMachine;
import dev.r1pick.policy.Outcome;
import dev.r1pick.policy.Policy;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.policy.PolicyCatalog;
import dev.r1pick.policy.PolicyEvaluator;
import dev.r1pick.policy.PolicyRule;
import dev.r1pick.policy.Requirement;
import dev.r1pick.report.ci.FleetReport;
import dev.r1pick.report.ci.GithubReport;
import dev.r1pick.report.ci.JunitReport;
import dev.r1pick.report.ci.PolicyTables;
import dev.r1pick.report.ci.SarifReport;
import dev.r1pick.report.json.PolicyJson;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.text.PolicyText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/// `r1pick check` with a policy: one of a file, or the one rule that a tag on the command line
/// stands for.
final class PolicyRun {

  /// Questions about one tag; a policy asks its own.
  private static final List<String> OF_A_TAG =
      List.of(
          "--context",
          "--kv-cache-type",
          "--parallel",
          "--flash-attention",
          "--batch",
          "--use-case",
          "--at-tokens",
          "--allow");

  private final Session session;
  private final Data data;
  private final CheckFormat format;
  private final List<ReportFile> reports;

  PolicyRun(Session session, Data data, CheckFormat format, List<ReportFile> reports) {
    this.session = session;
    this.data = data;
    this.format = format;
    this.reports = reports;
  }

  ExitCode run() {
    FailOn failOn = failOn(session.arguments());
    Optional<String> machines = session.arguments().text("--machines");
    if (machines.isPresent()) {
      return fleet(machines.get(), failOn);
    }
    Policy policy = policy().orElseThrow(() -> CliFailure.usage("cli.error.no-policy"));
    Subject subject = MachineOptions.read(session, data);
    Machine machine = subject.machine();
    PolicyAnswer answer =
        new PolicyEvaluator(PolicyCatalog.of(data.catalog(), data.useCases()), policy)
            .of(
                new CheckedMachine(
                    machine,
                    data.speedOf(machine, subject.bandwidth(session, data)),
                    new FitEstimator()));
    session.console().answer(text(answer, format, session.console().style()));
    for (ReportFile report : reports) {
      report.write(text(answer, report.format(), Style.PLAIN));
    }
    if (format == CheckFormat.GITHUB) {
      summarise(answer);
    }
    return exitCode(answer.outcome(failOn));
  }

  /// Many machines. `--use-case` without a tag asks for the advice, not for a policy.
  private ExitCode fleet(String place, FailOn failOn) {
    Arguments arguments = session.arguments();
    for (Option option : MachineOptions.ALL) {
      String name = option.names().getFirst();
      if (arguments.flag(name)) {
        throw CliFailure.usage("cli.error.machines-and", name);
      }
    }
    boolean advice = arguments.words().isEmpty() && arguments.flag("--use-case");
    if (advice && arguments.text("--policy").isPresent()) {
      throw CliFailure.usage("cli.error.use-case-and-policy");
    }
    Optional<Policy> policy = advice ? Optional.empty() : policy();
    return new FleetRun(session, data, policy, failOn).run(place, outputs(failOn));
  }

  private List<FleetOutput> outputs(FailOn failOn) {
    var outputs = new ArrayList<FleetOutput>();
    Console console = session.console();
    Consumer<String> remarks = text -> console.remark(text.stripTrailing());
    outputs.add(
        new FleetOutput(
            ofMany(format),
            new FleetReport(session.messages(), console.style(), FleetRun.shown(failOn)),
            console::answer,
            remarks,
            FleetOutput.Ending.NONE));
    for (ReportFile report : reports) {
      ofMany(report.format());
      GrowingFile file = GrowingFile.begin(report);
      outputs.add(
          new FleetOutput(
              report.format(),
              new FleetReport(session.messages(), Style.PLAIN, FleetRun.shown(failOn)),
              file::write,
              _ -> {},
              file));
    }
    return outputs;
  }

  private static CheckFormat ofMany(CheckFormat format) {
    if (format == CheckFormat.SARIF || format == CheckFormat.GITHUB) {
      throw CliFailure.usage("cli.error.format-of-many", format.word());
    }
    return format;
  }

  static FailOn failOn(Arguments arguments) {
    return arguments
        .oneOf(
            "--fail-on",
            Map.of("error", FailOn.ERROR, "warn", FailOn.WARN, "never", FailOn.NEVER),
            List.of("error", "warn", "never"))
        .orElse(FailOn.ERROR);
  }

  static ExitCode exitCode(Outcome outcome) {
    return switch (outcome) {
      case MET, WARNED -> ExitCode.OK;
      case NOT_MET -> ExitCode.NOTHING_FITS;
      case UNKNOWN -> ExitCode.HARDWARE_UNKNOWN;
    };
  }

  /// The policy that this run is about; empty where there is none.
  Optional<Policy> policy() {
    Arguments arguments = session.arguments();
    if (arguments.words().isEmpty()) {
      Optional<Policy> policy = PolicyFile.read(session, data, Path.of(""));
      for (String option : OF_A_TAG) {
        if (policy.isPresent() && arguments.flag(option)) {
          throw CliFailure.usage("cli.error.option-needs-tag", option);
        }
      }
      return policy;
    }
    if (arguments.text("--policy").isPresent()) {
      throw CliFailure.usage("cli.error.tag-and-policy");
    }
    return Optional.of(ofTag(arguments));
  }

  private Policy ofTag(Arguments arguments) {
    var tag = Tags.one(session, data.catalog());
    var requirement =
        new Requirement.Tag(
            tag,
            CheckCommand.partial(arguments) ? Requirement.Where.ANY : Requirement.Where.WHOLE,
            CheckCommand.request(arguments, tag),
            OptionalDouble.empty());
    return new Policy(
        "r1pick",
        List.of(
            new PolicyRule(
                PolicyRule.Severity.REQUIRE, 0, Place.START, requirement, Optional.empty())));
  }

  private String text(PolicyAnswer answer, CheckFormat as, Style style) {
    var messages = session.messages();
    return switch (as) {
      case TEXT -> new PolicyText(messages, style).answer(answer);
      case JSON -> new PolicyJson(messages).answer(answer, data.catalog().version());
      case JUNIT -> new JunitReport(messages).document(answer);
      case SARIF -> new SarifReport(messages, session.version()).document(answer);
      case GITHUB -> new GithubReport(messages).answer(answer);
      case MARKDOWN -> new PolicyTables(messages).markdown(answer);
      case CSV -> new PolicyTables(messages).csv(answer);
    };
  }

  private void summarise(PolicyAnswer answer) {
    StepSummary.append(session, new PolicyTables(session.messages()).markdown(answer));
  }
}
