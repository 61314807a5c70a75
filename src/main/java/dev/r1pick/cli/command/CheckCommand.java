package dev.r1pick.cli.command;

import dev.r1pick.advice.MachineSpeed;
import dev.r1pick.advice.TagAssessment;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Arguments;
import dev.r1pick.cli.option.CheckFormat;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.MachineOptions;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.ReportFile;
import dev.r1pick.cli.option.Session;
import dev.r1pick.cli.option.Subject;
import dev.r1pick.cli.option.Tags;
import dev.r1pick.cli.option.UseCaseOption;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.fit.FitRequest.FlashAttention;
import dev.r1pick.hardware.Machine;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.report.text.CheckReport;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// `r1pick check TAG`: whether one tag fits, and what would make it fit. Without a tag: whether the
/// machine does what a policy asks.
public final class CheckCommand implements Command {
  private static final int MOST_BATCH = 16384;

  @Override
  public String name() {
    return "check";
  }

  @Override
  public Optional<String> word() {
    return Optional.of("TAG");
  }

  @Override
  public List<Option> options() {
    var options =
        new ArrayList<>(
            List.of(
                Option.value(Group.QUESTION, "--context", "TOKENS"),
                Option.value(Group.QUESTION, "--kv-cache-type", "TYPE"),
                Option.value(Group.QUESTION, "--parallel", "N"),
                Option.value(Group.QUESTION, "--flash-attention", "WHEN"),
                Option.value(Group.QUESTION, "--batch", "N"),
                Option.value(Group.QUESTION, "--use-case", "ID"),
                Option.value(Group.QUESTION, "--profile", "FILE"),
                Option.value(Group.QUESTION, "--at-tokens", "N"),
                Option.value(Group.QUESTION, "--allow", "WHAT")));
    options.addAll(MachineOptions.ALL);
    options.add(Option.value(Group.QUESTION, "--policy", "FILE"));
    options.add(Option.value(Group.QUESTION, "--fail-on", "WHEN"));
    options.add(Option.value(Group.MACHINE, "--machines", "PLACE"));
    options.add(Option.value(Group.OUTPUT, "--format", "FORMAT"));
    options.add(Option.values(Group.OUTPUT, "--report", "KIND=FILE"));
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
    List<ReportFile> reports = ReportFile.read(arguments);
    Data data = Data.of(arguments);
    boolean screen = format == CheckFormat.TEXT || format == CheckFormat.JSON;
    boolean many = arguments.text("--machines").isPresent();
    return arguments.words().isEmpty() || many || !screen || !reports.isEmpty()
        ? new PolicyRun(session, data, format, reports).run()
        : oneTag(session, data, format == CheckFormat.JSON);
  }

  /// Everything about one tag.
  private static ExitCode oneTag(Session session, Data data, boolean json) {
    Arguments arguments = session.arguments();
    boolean partial = partial(arguments);
    if (arguments.text("--policy").isPresent()) {
      throw CliFailure.usage("cli.error.tag-and-policy");
    }
    boolean neverFails = PolicyRun.failOn(arguments) == FailOn.NEVER;
    ModelTag tag = Tags.one(session, data.catalog());
    FitRequest request = request(arguments, tag);
    var useCase = UseCaseOption.read(arguments, data);
    OptionalInt atTokens = arguments.atTokens();
    Subject subject = MachineOptions.read(session, data).known();
    Machine machine = subject.machine();
    MachineSpeed speeds = data.speedOf(machine, subject.bandwidth(session, data));
    TagAssessment check =
        TagAssessment.of(
            tag,
            request,
            machine,
            data.useCases(),
            useCase,
            atTokens,
            new FitEstimator(),
            speeds,
            data.catalog().manifests());
    var report = new CheckReport(session.messages(), session.console().style());
    session
        .console()
        .answer(json ? report.json(check, data.catalog().version()) : report.text(check));
    boolean passes =
        check.fit() instanceof Fit.Whole || (partial && check.fit() instanceof Fit.Partly);
    return passes || neverFails ? ExitCode.OK : ExitCode.NOTHING_FITS;
  }

  /// Whether a tag that fits partly passes.
  static boolean partial(Arguments arguments) {
    return arguments.oneOf("--allow", Map.of("partial", true), List.of("partial")).orElse(false);
  }

  /// What a tag is loaded with.
  static FitRequest request(Arguments arguments, ModelTag tag) {
    Optional<ContextLength> context = arguments.context("--context");
    ContextLength trained = tag.variant().trainedContext();
    if (context.isPresent() && context.get().compareTo(trained) > 0) {
      throw CliFailure.usage(
          "cli.error.beyond-trained",
          context.get().shortText(),
          tag.fullName(),
          trained.shortText(),
          arguments.name("--context"));
    }
    return new FitRequest(
        context,
        arguments.kvCacheType("--kv-cache-type"),
        arguments.parallel(),
        arguments.oneOf(
            "--flash-attention",
            Map.of("auto", FlashAttention.AUTO, "on", FlashAttention.ON, "off", FlashAttention.OFF),
            List.of("auto", "on", "off")),
        arguments.whole("--batch", 1, MOST_BATCH));
  }
}
