package dev.r1pick.policy;

import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Reason;
import dev.r1pick.advice.TagAssessment;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.UsualContext;
import dev.r1pick.json.Place;
import dev.r1pick.policy.PolicyRule.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether one tag runs as asked, and everything about it: what `check TAG` came to.
///
/// @param answer of the policy with the one rule that the tag stands for
/// @param assessment where its bytes go and how fast it is; empty where the memory of the machine
///   is not known
public record TagCheck(PolicyAnswer answer, Optional<TagAssessment> assessment)
    implements CheckResult {
  /// The policy that a tag on the command line stands for.
  public static Policy policy(Requirement.Tag asked) {
    return new Policy(
        Policy.NO_FILE,
        List.of(new PolicyRule(Severity.REQUIRE, 0, Place.START, asked, Optional.empty())));
  }

  /// Checks a tag.
  public static TagCheck of(Requirement.Tag asked, PolicyCatalog data, CheckedMachine checked) {
    Policy policy = policy(asked);
    if (checked.machine().ram().total().isEmpty() || GpuUncertainty.silent(checked).isPresent()) {
      return new TagCheck(new PolicyEvaluator(data, policy).of(checked), Optional.empty());
    }
    var evaluator = new TagEvaluator(data, checked);
    Requirement.Tag planned = planned(asked, checked);
    Candidate candidate = evaluator.candidate(planned);
    Finding finding = evaluator.of(policy.rules().getFirst(), planned, candidate);
    var assessment =
        TagAssessment.of(
            candidate,
            planned.load(),
            checked.machine(),
            asked.atTokens(),
            checked.fits(),
            checked.speeds(),
            asked.load().contextLength().isPresent(),
            data.manifests());
    return new TagCheck(
        new PolicyAnswer(policy, checked.machine(), List.of(withAllRemedies(finding, assessment))),
        Optional.of(assessment));
  }

  /// A failure at a context that nobody asked for says little of a tag that fits with a shorter
  /// one: then it is the longest that does.
  private static Requirement.Tag planned(Requirement.Tag asked, CheckedMachine checked) {
    if (asked.load().contextLength().isPresent()
        || !(checked.fits().estimate(asked.tag(), asked.load(), checked.machine())
            instanceof Fit.DoesNotFit)) {
      return asked;
    }
    return UsualContext.longest(asked.tag(), asked.load(), checked.machine(), checked.fits())
        .map(
            longest ->
                new Requirement.Tag(
                    asked.tag(),
                    asked.placement(),
                    asked.load().withContextLength(longest),
                    asked.minSpeed(),
                    asked.timed(),
                    asked.atTokens()))
        .orElse(asked);
  }

  /// A policy names only what keeps its rule as it is; who asks for one tag is told every change
  /// that makes it fit.
  private static Finding withAllRemedies(Finding finding, TagAssessment assessment) {
    if (finding.outcome() != Outcome.NOT_MET) {
      return finding;
    }
    var ways = new ArrayList<PolicyRemedy>();
    for (PolicyRemedy way : finding.remedies()) {
      if (!(way instanceof PolicyRemedy.FitWith)) {
        ways.add(way);
      }
    }
    assessment.remedies().forEach(remedy -> ways.add(new PolicyRemedy.FitWith(remedy)));
    return finding.withWaysOut(ways);
  }

  /// The tag.
  public ModelTag tag() {
    return asked().tag();
  }

  private Requirement.Tag asked() {
    return switch (finding().rule().requirement()) {
      case Requirement.Tag tag -> tag;
      default -> throw new IllegalStateException("no finding about a tag");
    };
  }

  /// The finding about the tag.
  public Finding finding() {
    return answer.findings().getFirst();
  }

  /// Whether memory decided, so that the fit says why; not where too little is known, or where the
  /// installed Ollama does not know the model.
  public boolean isDecidedByMemory() {
    return finding().outcome() != Outcome.UNKNOWN && !isTooNew();
  }

  /// Whether the installed Ollama is older than the model.
  public boolean isTooNew() {
    return finding()
        .reason()
        .filter(
            reason ->
                reason instanceof PolicyReason.OfRule(var ofRule)
                    && ofRule instanceof Reason.OllamaTooOld)
        .isPresent();
  }
}
