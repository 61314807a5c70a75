package dev.r1pick.cli;

import dev.r1pick.fit.FitEstimator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.json.Place;
import dev.r1pick.policy.Examined;
import dev.r1pick.policy.Knowledge;
import dev.r1pick.policy.Outcome;
import dev.r1pick.policy.Policy;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.policy.PolicyCheck;
import dev.r1pick.policy.PolicyRule;
import dev.r1pick.policy.Requirement;
import dev.r1pick.report.GithubReport;
import dev.r1pick.report.JunitReport;
import dev.r1pick.report.PolicyJson;
import dev.r1pick.report.PolicyTables;
import dev.r1pick.report.PolicyText;
import dev.r1pick.report.SarifReport;
import dev.r1pick.report.Style;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// `r1pick check` with a policy: one of a file, or the one rule that a tag on the command line
/// stands for.
final class PolicyRun {
  /// Where a GitHub workflow takes a step's summary.
  private static final String STEP_SUMMARY = "GITHUB_STEP_SUMMARY";

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
    Policy policy = policy().orElseThrow(() -> CliFailure.usage("cli.error.no-policy"));
    Subject subject = MachineOptions.read(session, data);
    Machine machine = subject.machine();
    PolicyAnswer answer =
        new PolicyCheck(Knowledge.of(data.catalog(), data.useCases()))
            .of(
                policy,
                new Examined(
                    machine, data.speedOf(machine, subject.measured(session)), new FitEstimator()));
    session.console().answer(text(answer, format, session.console().style()));
    for (ReportFile report : reports) {
      report.write(text(answer, report.format(), Style.PLAIN));
    }
    if (format == CheckFormat.GITHUB) {
      summarise(answer);
    }
    return exitCode(answer.outcome(failOn));
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
    Optional<String> file =
        session.host().environment(STEP_SUMMARY).filter(value -> !value.isBlank());
    if (file.isPresent()) {
      ReportFile.append(
          Path.of(file.get()), new PolicyTables(session.messages()).markdown(answer) + "\n");
    }
  }
}
