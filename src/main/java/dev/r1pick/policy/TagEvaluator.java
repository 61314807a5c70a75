package dev.r1pick.policy;

import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Candidate.Changes;
import dev.r1pick.advice.Priority;
import dev.r1pick.advice.Question;
import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.advice.Reason;
import dev.r1pick.advice.Rule;
import dev.r1pick.advice.Verdict;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.Placement;
import dev.r1pick.hardware.Machine;
import dev.r1pick.policy.Requirement.Where;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.AnswerTokens;
import dev.r1pick.speed.SpeedEstimate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Whether one tag runs as a rule asks.
final class TagEvaluator {
  /// Whose answers are timed, as `check` does where nothing else is said.
  private static final String TIMED = "chat";

  private static final List<Rule> NEEDED =
      List.of(Rule.FITS_MEMORY, Rule.OLLAMA_NEW_ENOUGH, Rule.FAST_ENOUGH);

  private final PolicyCatalog data;
  private final CheckedMachine checked;

  TagEvaluator(PolicyCatalog data, CheckedMachine checked) {
    this.data = data;
    this.checked = checked;
  }

  Finding of(PolicyRule rule, Requirement.Tag asked) {
    return of(rule, asked, candidate(asked));
  }

  /// The same of a candidate that [#candidate] gave.
  Finding of(PolicyRule rule, Requirement.Tag asked, Candidate candidate) {
    var actual =
        new Actual.Load(asked.tag(), candidate.fit(), candidate.speed(), candidate.answerTime());
    Optional<PolicyReason> reason = refused(candidate, asked).or(() -> misplaced(candidate, asked));
    if (reason.isEmpty()) {
      return Finding.met(rule, actual);
    }
    boolean bySpeed =
        reason.get() instanceof PolicyReason.OfRule(var why)
            && (why instanceof Reason.SpeedUnknown || why instanceof Reason.TooSlow);
    if (bySpeed && candidate.answerTime().isEmpty()) {
      return Finding.unknown(rule, actual, reason.get(), List.of());
    }
    if (GpuUncertainty.hasUnknownMemory(checked.machine())) {
      return Finding.unknown(rule, actual, new PolicyReason.GpuMemoryUnknown(), List.of());
    }
    var ways = new LoadRemedies(data, checked);
    return Finding.missed(
        rule,
        actual,
        reason.get(),
        ways.of(candidate, asked.load(), asked.minSpeed(), reason.get()));
  }

  /// The tag as it would be loaded.
  Candidate candidate(Requirement.Tag asked) {
    UseCaseProfile profile = asked.timed().orElseGet(this::chat);
    Machine machine = checked.machine();
    Fit fit = checked.fits().estimate(asked.tag(), asked.load(), machine);
    AnswerTime.Length length = AnswerTokens.of(data.useCases(), profile, asked.tag().variant());
    int typical = AnswerTokens.typicalFill(length);
    int fill = asked.atTokens().orElse(typical);
    SpeedEstimate speed = checked.speeds().of(fit, fill);
    return new Candidate(
        asked.tag(),
        fit,
        speed,
        checked
            .speeds()
            .answerTime(fit, length, fill == typical ? speed : checked.speeds().of(fit, typical)),
        data.qualities().known(asked.tag(), profile, "en"),
        data.useCases().neededContext(profile, asked.tag().variant().id()),
        Optional.empty(),
        Changes.NONE);
  }

  private UseCaseProfile chat() {
    return data.useCases().profile(TIMED).orElseGet(() -> data.useCases().profiles().getFirst());
  }

  /// The first of the rules that a load cannot do without.
  private Optional<PolicyReason> refused(Candidate candidate, Requirement.Tag asked) {
    var wishes =
        new Constraints(
            asked.load().contextLength(),
            asked.load().kvCacheType(),
            asked.load().parallel(),
            asked.minSpeed(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            OptionalInt.empty());
    var question = new Question(chat(), "en", Priority.BALANCED, checked.machine(), wishes);
    for (Rule rule : NEEDED) {
      if (rule.judge(candidate, question) instanceof Verdict.Reject(var reason, _)) {
        return Optional.of(new PolicyReason.OfRule(reason));
      }
    }
    return Optional.empty();
  }

  private static Optional<PolicyReason> misplaced(Candidate candidate, Requirement.Tag asked) {
    Placement placement = candidate.fit().plan().placement();
    boolean onGpu =
        placement instanceof Placement.AllOnGpu || placement instanceof Placement.SplitAcrossGpus;
    if (asked.placement() == Where.ANY || onGpu) {
      return Optional.empty();
    }
    if (candidate.fit() instanceof Fit.Partly(_, var shortfall)) {
      return Optional.of(
          new PolicyReason.NotWhole(
              shortfall,
              placement.gpuLayers(),
              placement.gpuLayers() + placement.cpuLayers(),
              candidate.contextLength()));
    }
    return asked.placement() == Where.GPU
        ? Optional.of(new PolicyReason.OnTheCpu())
        : Optional.empty();
  }
}
