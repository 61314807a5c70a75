package dev.r1pick.policy;

import dev.r1pick.advice.Adviser;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Evaluation;
import dev.r1pick.advice.Priority;
import dev.r1pick.advice.Question;
import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.json.Place;
import dev.r1pick.policy.PolicyRule.Severity;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The pick of `recommend` in the form of a policy of one rule, for many machines at once: it holds
/// where something fits.
public final class AdviceEvaluator {
  private final PolicyCatalog data;
  private final UseCaseProfile profile;
  private final PolicyRule rule;
  private final Policy policy;

  /// For one use.
  public AdviceEvaluator(PolicyCatalog data, UseCaseProfile profile) {
    this.data = data;
    this.profile = profile;
    this.rule =
        new PolicyRule(
            Severity.REQUIRE,
            0,
            Place.START,
            new Requirement.UseCase(
                profile,
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                "en"),
            Optional.empty());
    this.policy = new Policy(Policy.NO_FILE, List.of(rule));
  }

  /// The pick for one machine.
  public PolicyAnswer of(CheckedMachine checked) {
    Machine machine = checked.machine();
    return new PolicyAnswer(policy, machine, List.of(finding(checked)));
  }

  private Finding finding(CheckedMachine checked) {
    Machine machine = checked.machine();
    Optional<Accelerator> silent = GpuUncertainty.silent(checked);
    if (silent.isPresent()) {
      return GpuUncertainty.unknown(rule, silent.get());
    }
    if (machine.ram().total().isEmpty()) {
      return Finding.unknown(
          rule,
          new Actual.Nothing(),
          new PolicyReason.MemoryUnknown(),
          List.of(new PolicyRemedy.DescribeMachine()));
    }
    Optional<Evaluation> pick =
        new Adviser(
                data.catalog(),
                data.manifests(),
                data.useCases(),
                checked.fits(),
                data.qualities(),
                checked.speeds())
            .pick(new Question(profile, "en", Priority.BALANCED, machine, Constraints.NONE));
    if (pick.isEmpty()) {
      return Finding.missed(rule, new Actual.Nothing(), new PolicyReason.NothingFits(), List.of());
    }
    Candidate candidate = pick.get().candidate();
    return Finding.met(
        rule,
        new Actual.Load(
            candidate.tag(), candidate.fit(), candidate.speed(), candidate.answerTime()));
  }
}
