package dev.r1pick.policy;

import dev.r1pick.advice.AnswerTokens;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Candidate.Changes;
import dev.r1pick.advice.Priority;
import dev.r1pick.advice.Question;
import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.advice.Rule;
import dev.r1pick.advice.Rules;
import dev.r1pick.advice.Verdict;
import dev.r1pick.advice.Verdict.Reason;
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

  private final PolicyCatalog knowledge;
  private final CheckedMachine examined;

  TagEvaluator(PolicyCatalog knowledge, CheckedMachine examined) {
    this.knowledge = knowledge;
    this.examined = examined;
  }

  Finding of(PolicyRule rule, Requirement.Tag asked) {
    Candidate candidate = candidate(asked);
    var reached =
        new Actual.Load(asked.tag(), candidate.fit(), candidate.speed(), candidate.answerTime());
    Optional<Reason> reason = refused(candidate, asked).or(() -> misplaced(candidate, asked));
    if (reason.isEmpty()) {
      return Finding.met(rule, reached);
    }
    boolean bySpeed =
        reason.get().id().equals("speed-unknown") || reason.get().id().equals("too-slow");
    if (bySpeed && candidate.answerTime().isEmpty()) {
      return Finding.unknown(rule, reached, reason.get(), List.of());
    }
    if (GpuUncertainty.hasUnknownMemory(examined.machine())) {
      return Finding.unknown(rule, reached, Reason.of("gpu-memory-unknown"), List.of());
    }
    var ways = new LoadRemedies(knowledge, examined);
    return Finding.missed(
        rule, reached, reason.get(), ways.of(candidate, asked.load(), asked.minSpeed()));
  }

  private Candidate candidate(Requirement.Tag asked) {
    UseCaseProfile profile = profile();
    Machine machine = examined.machine();
    Fit fit = examined.fits().estimate(asked.tag(), asked.load(), machine);
    AnswerTime.Length length =
        AnswerTokens.of(knowledge.useCases(), profile, asked.tag().variant());
    SpeedEstimate speed = examined.speeds().of(fit, AnswerTokens.typicalFill(length));
    return new Candidate(
        asked.tag(),
        fit,
        speed,
        examined.speeds().answerTime(fit, length, speed),
        knowledge.qualities().known(asked.tag(), profile, "en"),
        Changes.NONE);
  }

  private UseCaseProfile profile() {
    return knowledge
        .useCases()
        .profile(TIMED)
        .orElseGet(() -> knowledge.useCases().profiles().getFirst());
  }

  /// The first rule of the book that a load cannot do without.
  private Optional<Reason> refused(Candidate candidate, Requirement.Tag asked) {
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
    var question = new Question(profile(), "en", Priority.BALANCED, examined.machine(), wishes);
    for (Rule rule : Rules.book()) {
      boolean counts =
          switch (rule.id()) {
            case "fits-memory", "ollama-new-enough", "fast-enough" -> true;
            default -> false;
          };
      if (counts
          && rule.judge().apply(candidate, question) instanceof Verdict.Reject(var reason, _)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }

  private static Optional<Reason> misplaced(Candidate candidate, Requirement.Tag asked) {
    Placement placement = candidate.fit().plan().placement();
    boolean onGpu =
        placement instanceof Placement.AllOnGpu || placement instanceof Placement.SplitAcrossGpus;
    if (asked.placement() == Where.ANY || onGpu) {
      return Optional.empty();
    }
    if (candidate.fit() instanceof Fit.Partly(_, var shortfall)) {
      return Optional.of(
          Reason.of(
              "not-whole",
              shortfall,
              placement.gpuLayers(),
              placement.gpuLayers() + placement.cpuLayers(),
              candidate.contextLength()));
    }
    return asked.placement() == Where.GPU ? Optional.of(Reason.of("on-the-cpu")) : Optional.empty();
  }
}
