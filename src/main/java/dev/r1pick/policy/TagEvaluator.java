package dev.r1pick.policy;

import dev.r1pick.advice.AnswerTokens;
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

  private final PolicyCatalog knowledge;
  private final CheckedMachine examined;

  TagEvaluator(PolicyCatalog knowledge, CheckedMachine examined) {
    this.knowledge = knowledge;
    this.examined = examined;
  }

  Finding of(PolicyRule rule, Requirement.Tag asked) {
    return of(rule, asked, candidate(asked));
  }

  /// The same of a candidate that [#candidate] gave.
  Finding of(PolicyRule rule, Requirement.Tag asked, Candidate candidate) {
    var reached =
        new Actual.Load(asked.tag(), candidate.fit(), candidate.speed(), candidate.answerTime());
    Optional<PolicyReason> reason = refused(candidate, asked).or(() -> misplaced(candidate, asked));
    if (reason.isEmpty()) {
      return Finding.met(rule, reached);
    }
    boolean bySpeed =
        reason.get() instanceof PolicyReason.OfRule(var why)
            && (why instanceof Reason.SpeedUnknown || why instanceof Reason.TooSlow);
    if (bySpeed && candidate.answerTime().isEmpty()) {
      return Finding.unknown(rule, reached, reason.get(), List.of());
    }
    if (GpuUncertainty.hasUnknownMemory(examined.machine())) {
      return Finding.unknown(rule, reached, new PolicyReason.GpuMemoryUnknown(), List.of());
    }
    var ways = new LoadRemedies(knowledge, examined);
    return Finding.missed(
        rule,
        reached,
        reason.get(),
        ways.of(candidate, asked.load(), asked.minSpeed(), reason.get()));
  }

  /// The tag as it would be loaded.
  Candidate candidate(Requirement.Tag asked) {
    UseCaseProfile profile = asked.timed().orElseGet(this::chat);
    Machine machine = examined.machine();
    Fit fit = examined.fits().estimate(asked.tag(), asked.load(), machine);
    AnswerTime.Length length =
        AnswerTokens.of(knowledge.useCases(), profile, asked.tag().variant());
    int typical = AnswerTokens.typicalFill(length);
    int fill = asked.atTokens().orElse(typical);
    SpeedEstimate speed = examined.speeds().of(fit, fill);
    return new Candidate(
        asked.tag(),
        fit,
        speed,
        examined
            .speeds()
            .answerTime(fit, length, fill == typical ? speed : examined.speeds().of(fit, typical)),
        knowledge.qualities().known(asked.tag(), profile, "en"),
        Changes.NONE);
  }

  private UseCaseProfile chat() {
    return knowledge
        .useCases()
        .profile(TIMED)
        .orElseGet(() -> knowledge.useCases().profiles().getFirst());
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
    var question = new Question(chat(), "en", Priority.BALANCED, examined.machine(), wishes);
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
