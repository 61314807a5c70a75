package dev.r1pick.compare;

import dev.r1pick.advice.Adviser;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Evaluation;
import dev.r1pick.advice.Priority;
import dev.r1pick.advice.Question;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.policy.CheckedMachine;
import dev.r1pick.policy.PolicyCatalog;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an upgrade of a machine changes for the pick.
///
/// @param before the machine as it is
/// @param after the same upgraded
/// @param uses every use, that which was asked for first
/// @param longest for each size of R1 the longest context that fits whole
public record MachineComparison(
    CheckedMachine before, CheckedMachine after, List<Use> uses, List<Longest> longest) {
  public MachineComparison {
    uses = List.copyOf(uses);
    longest = List.copyOf(longest);
  }

  /// The picks for one use.
  ///
  /// @param before the pick on the machine as it is; empty where nothing fits
  /// @param after the pick after the upgrade; empty where nothing fits
  public record Use(UseCaseProfile profile, Optional<Candidate> before, Optional<Candidate> after) {

    /// Whether another tag is picked.
    public boolean isOtherTag() {
      return !before.map(Candidate::tag).equals(after.map(Candidate::tag));
    }

    /// Whether it is the same tag at the same context with the same speed.
    public boolean isUnchanged() {
      return !isOtherTag()
          && before.map(Candidate::contextLength).equals(after.map(Candidate::contextLength))
          && speed(before).equals(speed(after));
    }

    private static Optional<SpeedEstimate> speed(Optional<Candidate> candidate) {
      return candidate.map(Candidate::speed);
    }

    /// How many times as fast the same tag generates; empty where another one is picked, or a speed
    /// is not known.
    public Optional<Double> timesAsFast() {
      if (isOtherTag() || before.isEmpty() || after.isEmpty()) {
        return Optional.empty();
      }
      double was = before.get().generationRate().orElse(0);
      double is = after.get().generationRate().orElse(0);
      return was > 0 && is > 0 ? Optional.of(is / was) : Optional.empty();
    }
  }

  /// The longest context at which a tag fits whole.
  public record Longest(
      ModelTag tag, Optional<ContextLength> before, Optional<ContextLength> after) {}

  /// Compares two machines.
  ///
  /// @param useCase that the answer begins with
  /// @param language of the prompts, its two-letter code
  public static MachineComparison of(
      CheckedMachine before,
      CheckedMachine after,
      UseCaseProfile useCase,
      String language,
      PolicyCatalog data) {
    Adviser was = adviser(before, data);
    Adviser is = adviser(after, data);
    var uses = new ArrayList<Use>();
    uses.add(use(useCase, language, before, after, was, is));
    for (UseCaseProfile profile : data.useCases().profiles()) {
      if (!profile.id().equals(useCase.id())) {
        uses.add(use(profile, language, before, after, was, is));
      }
    }
    var longest = new ArrayList<Longest>();
    for (ModelTag tag : data.manifests()) {
      if (data.catalog().alias(tag.name()).isPresent()) {
        longest.add(
            new Longest(
                tag,
                before.fits().largestWholeContext(tag, FitRequest.DEFAULTS, before.machine()),
                after.fits().largestWholeContext(tag, FitRequest.DEFAULTS, after.machine())));
      }
    }
    return new MachineComparison(before, after, uses, longest);
  }

  private static Adviser adviser(CheckedMachine checked, PolicyCatalog data) {
    return new Adviser(
        data.catalog(),
        data.manifests(),
        data.useCases(),
        checked.fits(),
        data.qualities(),
        checked.speeds());
  }

  private static Use use(
      UseCaseProfile profile,
      String language,
      CheckedMachine before,
      CheckedMachine after,
      Adviser was,
      Adviser is) {
    return new Use(
        profile, pick(was, profile, language, before), pick(is, profile, language, after));
  }

  private static Optional<Candidate> pick(
      Adviser adviser, UseCaseProfile profile, String language, CheckedMachine checked) {
    return adviser
        .pick(
            new Question(
                profile, language, Priority.BALANCED, checked.machine(), Question.Constraints.NONE))
        .map(Evaluation::candidate);
  }

  /// Whether every pick stays what it is.
  public boolean changesNothing() {
    for (Use use : uses) {
      if (!use.isUnchanged()) {
        return false;
      }
    }
    return true;
  }
}
