package dev.r1pick.report.words;

import dev.r1pick.advice.TagAssessment;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.install.InstalledTag;
import dev.r1pick.policy.TagCheck;
import java.util.Optional;

/// Whether one tag runs, in words.
public final class CheckWording {
  private final Messages messages;
  private final Wording words;

  /// Words of one language.
  public CheckWording(Messages messages) {
    this.messages = messages;
    this.words = new Wording(messages);
  }

  /// Whether it runs as asked.
  public String verdict(TagCheck check) {
    var wording = new PolicyWording(messages);
    if (check.assessment().isEmpty()) {
      return messages.text("policy.line", check.tag().fullName(), wording.said(check.finding()));
    }
    return check.isDecidedByMemory()
        ? verdict(check.assessment().get())
        : wording.said(check.finding());
  }

  private String verdict(TagAssessment check) {
    LoadPlan plan = check.fit().plan();
    String where = where(plan);
    String context = plan.settings().contextLength().shortText();
    if (isRefused(check)) {
      return messages.text("report.check.refused", check.tag().fullName());
    }
    return switch (check.fit()) {
      case Fit.Whole _ ->
          messages.text(
              plan.devices().isEmpty() ? "report.check.whole-in-ram" : "report.check.whole",
              check.tag().fullName(),
              context,
              where,
              Amounts.memory(plan.headroom()));
      case Fit.Partly(_, var shortfall) ->
          messages.text(
              plan.devices().isEmpty() ? "report.check.gpu-full" : "report.check.partly",
              check.tag().fullName(),
              context,
              where,
              Amounts.memory(shortfall),
              plan.placement().gpuLayers(),
              plan.placement().gpuLayers() + plan.placement().cpuLayers());
      case Fit.DoesNotFit(_, var shortfall, var pool) ->
          messages.text(
              pool == Fit.Where.RAM ? "report.check.ram-short" : "report.check.gpu-short",
              check.tag().fullName(),
              context,
              Amounts.memory(shortfall));
    };
  }

  /// Whether the engine would not even try, however much memory there is.
  public static boolean isRefused(TagAssessment check) {
    return check.assumptions().failure().isPresent()
        && check.fit() instanceof Fit.DoesNotFit(_, var shortfall, _)
        && shortfall.isZero();
  }

  private String where(LoadPlan plan) {
    if (plan.devices().isEmpty()) {
      return messages.text("report.check.ram");
    }
    return plan.devices().size() == 1
        ? Wording.shortName(plan.devices().getFirst().device())
        : words.names(plan);
  }

  /// What Ollama does by itself.
  public String context(TagAssessment check) {
    String own = check.byItself().plan().settings().contextLength().shortText();
    return switch (check.byItself()) {
      case Fit.Whole _ -> messages.text("report.check.own-fits", own);
      case Fit.Partly(_, var shortfall) ->
          messages.text("report.check.own-spills", own, Amounts.memory(shortfall));
      case Fit.DoesNotFit(_, var shortfall, _) ->
          messages.text("report.check.own-does-not-fit", own, Amounts.memory(shortfall));
    };
  }

  /// The longest context that fits whole.
  public String largest(TagAssessment check) {
    return check
        .largestWhole()
        .map(context -> messages.text("report.check.largest", context.inWholeK().shortText()))
        .orElseGet(() -> messages.text("report.check.no-largest"));
  }

  /// How fast it answers, at first and with a full context where one was asked for.
  public String speed(TagAssessment check) {
    return check.contextAsked() && check.atTokens().isEmpty()
        ? words.speedOverContext(check.atFirst(), check.whenFull(), check.answerTime())
        : words.speed(check.speed(), check.answerTime(), check.atTokens().isPresent());
  }

  /// What has to be downloaded, and what room there is.
  public String disk(TagAssessment check) {
    Optional<String> here = InstalledTag.of(check.tag(), check.machine().ollama()).runAs();
    if (here.isPresent()) {
      return messages.text("report.check.here", here.get());
    }
    String download = Amounts.download(check.tag().download());
    return check
        .machine()
        .disk()
        .flatMap(d -> d.free().map(free -> Amounts.download(free)))
        .map(free -> messages.text("report.check.disk", download, free))
        .orElseGet(() -> messages.text("report.check.disk-unknown", download));
  }
}
