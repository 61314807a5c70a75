package dev.r1pick.cli.command;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Arguments;
import dev.r1pick.cli.option.CheckFormat;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.MachineOptions;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.PolicyFile;
import dev.r1pick.cli.option.ReportFile;
import dev.r1pick.cli.option.Session;
import dev.r1pick.cli.option.Subject;
import dev.r1pick.cli.option.Tags;
import dev.r1pick.cli.option.UseCaseOption;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.fit.FitRequest.FlashAttention;
import dev.r1pick.hardware.Machine;
import dev.r1pick.policy.CheckResult;
import dev.r1pick.policy.CheckedMachine;
import dev.r1pick.policy.Outcome;
import dev.r1pick.policy.Policy;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.policy.PolicyCatalog;
import dev.r1pick.policy.PolicyEvaluator;
import dev.r1pick.policy.Requirement;
import dev.r1pick.policy.TagCheck;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.words.PolicyWording;
import dev.r1pick.text.Escaping;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// `r1pick check TAG`: whether one tag fits, and what would make it fit. Without a tag: whether the
/// machine does what a policy asks.
public final class CheckCommand implements Command {
  private static final int MOST_BATCH = 16384;

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

  @Override
  public String name() {
    return "check";
  }

  @Override
  public Optional<String> word() {
    return Optional.of("TAG");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "r1pick check 14b",
        "r1pick check 32b --context 16k",
        "r1pick check 8b --gpu \"RTX 3060 12GB\"");
  }

  @Override
  public List<Option> options() {
    var options =
        new ArrayList<>(
            List.of(
                Option.value(Group.QUESTION, "--context", "TOKENS"),
                Option.KV_CACHE_TYPE,
                Option.PARALLEL,
                Option.FLASH_ATTENTION,
                Option.value(Group.QUESTION, "--batch", "N"),
                Option.value(Group.QUESTION, "--use-case", "ID"),
                Option.value(Group.QUESTION, "--profile", "FILE"),
                Option.value(Group.QUESTION, "--at-tokens", "N"),
                Option.ALLOW));
    options.addAll(MachineOptions.ALL);
    options.add(Option.value(Group.QUESTION, "--policy", "FILE"));
    options.add(Option.FAIL_ON);
    options.add(Option.value(Group.MACHINE, "--machines", "PLACE"));
    options.add(Option.value(Group.OUTPUT, "--format", "FORMAT"));
    options.add(Option.REPORT);
    options.add(Option.value(Group.OUTPUT, "--catalog", "FILE"));
    return options;
  }

  @Override
  public List<String> formats() {
    return List.copyOf(CheckFormat.words().keySet());
  }

  @Override
  public ExitCode run(Session session) {
    Arguments arguments = session.arguments();
    CheckFormat format = CheckFormat.read(arguments);
    List<ReportFile<CheckFormat>> reports = ReportFile.read(session, CheckFormat.words());
    Data data = Data.of(session);
    FailOn failOn = failOn(arguments);
    Optional<String> machines = arguments.text("--machines");
    if (machines.isPresent()) {
      return FleetCheck.run(
          session, data, machines.get(), () -> policy(session, data), format, reports);
    }
    CheckResult result =
        arguments.words().isEmpty() ? ofPolicy(session, data) : ofTag(session, data);
    var writer = new CheckWriter(session, data.catalog().version());
    String answer = writer.write(result, format, session.console().style());
    if (format == CheckFormat.CSV || format == CheckFormat.SARIF) {
      for (String idle : new PolicyWording(session.messages()).idle(result.answer())) {
        session.console().remark("r1pick: " + idle);
      }
    }
    switch (format) {
      case GITHUB -> session.console().annotations(answer);
      case HTML -> session.console().page(answer);
      default -> session.console().answer(answer);
    }
    for (ReportFile<CheckFormat> report : reports) {
      String text = writer.write(result, report.format(), Style.PLAIN);
      report.write(session.files(), Escaping.output(text, report.format() == CheckFormat.GITHUB));
    }
    if (format == CheckFormat.GITHUB) {
      StepSummary.append(session, writer.write(result, CheckFormat.MARKDOWN, Style.PLAIN));
    }
    return exitCode(result.answer().outcome(failOn));
  }

  private static CheckResult ofPolicy(Session session, Data data) {
    Policy policy =
        policyOfFile(session, data).orElseThrow(() -> new CliFailure(new CliError.NoPolicy()));
    return new PolicyEvaluator(PolicyCatalog.of(data.catalog(), data.useCases()), policy)
        .of(machine(session, data));
  }

  private static CheckResult ofTag(Session session, Data data) {
    Requirement.Tag asked = asked(session, data);
    return TagCheck.of(
        asked, PolicyCatalog.of(data.catalog(), data.useCases()), machine(session, data));
  }

  private static CheckedMachine machine(Session session, Data data) {
    Subject subject = MachineOptions.read(session, data).planned(data);
    Machine machine = subject.machine();
    return new CheckedMachine(
        machine,
        data.speedOf(machine, subject.bandwidth(session, data), subject.factor(session)),
        new FitEstimator(),
        session.arguments().flag("--accept-unknown"));
  }

  /// The policy that a command line means: that of a file, or the one that its tag stands for.
  private static Optional<Policy> policy(Session session, Data data) {
    return session.arguments().words().isEmpty()
        ? policyOfFile(session, data)
        : Optional.of(TagCheck.policy(asked(session, data)));
  }

  private static Optional<Policy> policyOfFile(Session session, Data data) {
    Optional<Policy> policy = PolicyFile.read(session, data);
    for (String option : OF_A_TAG) {
      if (policy.isPresent() && session.arguments().flag(option)) {
        throw new CliFailure(new CliError.OptionNeedsTag(option));
      }
    }
    return policy;
  }

  private static Requirement.Tag asked(Session session, Data data) {
    Arguments arguments = session.arguments();
    if (arguments.text("--policy").isPresent()) {
      throw new CliFailure(new CliError.TagAndPolicy());
    }
    boolean partial = arguments.oneOf(Option.ALLOW, Map.of("partial", true)).orElse(false);
    ModelTag tag = Tags.one(session, data.catalog());
    return new Requirement.Tag(
        tag,
        partial ? Requirement.Where.ANY : Requirement.Where.WHOLE,
        request(arguments, tag),
        OptionalDouble.empty(),
        Optional.of(UseCaseOption.read(session, data)),
        arguments.atTokens());
  }

  static FailOn failOn(Arguments arguments) {
    return arguments
        .oneOf(
            Option.FAIL_ON,
            Map.of("error", FailOn.ERROR, "warn", FailOn.WARN, "never", FailOn.NEVER))
        .orElse(FailOn.ERROR);
  }

  private static ExitCode exitCode(Outcome outcome) {
    return switch (outcome) {
      case MET, WARNED -> ExitCode.OK;
      case NOT_MET -> ExitCode.NOTHING_FITS;
      case UNKNOWN -> ExitCode.HARDWARE_UNKNOWN;
    };
  }

  /// What a tag is loaded with.
  private static FitRequest request(Arguments arguments, ModelTag tag) {
    Optional<ContextLength> context = arguments.context("--context");
    ContextLength trained = tag.variant().trainedContext();
    if (context.isPresent() && context.get().compareTo(trained) > 0) {
      throw new CliFailure(
          new CliError.BeyondTrained(
              context.get(), tag.fullName(), trained, arguments.name("--context")));
    }
    return new FitRequest(
        context,
        arguments.kvCacheType("--kv-cache-type"),
        arguments.parallel(),
        arguments.oneOf(
            Option.FLASH_ATTENTION,
            Map.of(
                "auto", FlashAttention.AUTO, "on", FlashAttention.ON, "off", FlashAttention.OFF)),
        arguments.whole("--batch", 1, MOST_BATCH));
  }
}
