package dev.r1pick.policy;

import dev.r1pick.advice.Adviser;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Evaluation;
import dev.r1pick.advice.Priority;
import dev.r1pick.advice.Question;
import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.advice.Reason;
import dev.r1pick.advice.Rule;
import dev.r1pick.advice.Verdict.Reject;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.units.TokenRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Whether some tag serves a use as a rule asks.
final class UseCaseEvaluator {
  /// Rules by how near a tag is that only they put out, the nearest first: speed and disk before
  /// memory, and a tag that is too weak for the use is no way to it at all.
  private static final List<Rule> NEAREST =
      List.of(
          Rule.SOON_ENOUGH,
          Rule.WHOLE_OR_SOON,
          Rule.BEARABLE_WAIT,
          Rule.READABLE_SPEED,
          Rule.ENDURABLE_WAIT,
          Rule.FAST_ENOUGH,
          Rule.FITS_DISK,
          Rule.ROOM_FOR_THINKING,
          Rule.OLLAMA_NEW_ENOUGH,
          Rule.FITS_MEMORY,
          Rule.WITHIN_DOWNLOAD_LIMIT,
          Rule.WITHIN_TRAINED_CONTEXT,
          Rule.LICENSE_ALLOWED,
          Rule.WORTH_THE_DOWNLOAD,
          Rule.GOOD_ENOUGH);

  private final PolicyCatalog data;
  private final CheckedMachine checked;

  UseCaseEvaluator(PolicyCatalog data, CheckedMachine checked) {
    this.data = data;
    this.checked = checked;
  }

  /// The finding.
  ///
  /// @param allowed the tags that may serve the use
  Finding of(PolicyRule rule, Requirement.UseCase asked, List<ModelTag> allowed) {
    if (allowed.isEmpty()) {
      return Finding.missed(
          rule, new Actual.Nothing(), new PolicyReason.NothingAllowed(), List.of());
    }
    var adviser =
        new Adviser(
            data.catalog(),
            data.manifests(),
            data.useCases(),
            checked.fits(),
            data.qualities(),
            checked.speeds());
    var good = new ArrayList<Evaluation>();
    var unknown = new ArrayList<TagShortfall>();
    var missed = new ArrayList<TagShortfall>();
    for (Evaluation judged : adviser.judge(allowed, question(asked))) {
      Optional<TagShortfall> why = missed(judged, asked);
      if (why.isEmpty()) {
        good.add(judged);
      } else {
        (why.get().isUnknown() ? unknown : missed).add(why.get());
      }
    }
    if (!good.isEmpty()) {
      Evaluation best =
          good.stream().max(Comparator.comparingDouble(Evaluation::points)).orElseThrow();
      return Finding.met(rule, actual(best.candidate()));
    }
    if (!unknown.isEmpty()) {
      TagShortfall first =
          unknown.stream().max(Comparator.comparingDouble(m -> m.judged().points())).orElseThrow();
      return Finding.unknown(rule, actual(first.candidate()), first.reason(), List.of());
    }
    return missed(rule, asked, missed.stream().min(nearest()).orElseThrow());
  }

  private Finding missed(PolicyRule rule, Requirement.UseCase asked, TagShortfall nearest) {
    Candidate candidate = nearest.candidate();
    if (GpuUncertainty.hasUnknownMemory(checked.machine())) {
      return Finding.unknown(
          rule, actual(candidate), new PolicyReason.GpuMemoryUnknown(), List.of());
    }
    List<PolicyRemedy> remedies =
        nearest.rule() == Rule.FITS_DISK && nearest.shortfall().isPresent()
            ? List.of(new PolicyRemedy.FreeDisk(nearest.shortfall().get()))
            : new LoadRemedies(data, checked)
                .of(
                    candidate,
                    new FitRequest(
                        asked.context(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                    floor(asked, candidate),
                    nearest.reason());
    return Finding.missed(rule, actual(candidate), nearest.reason(), remedies);
  }

  /// The rate below which the rule does not hold.
  private static OptionalDouble floor(Requirement.UseCase asked, Candidate candidate) {
    if (asked.maxWait().isPresent() && candidate.answerTime().isPresent()) {
      double needed = seconds(candidate.answerTime().get().typical().expected());
      OptionalDouble rate = candidate.generationRate();
      double factor = needed / seconds(asked.maxWait().get());
      if (factor > 1 && rate.isPresent()) {
        return OptionalDouble.of(rate.getAsDouble() * factor);
      }
    }
    TokenRate least = asked.profile().leastRate();
    return asked.minSpeed().isPresent()
        ? asked.minSpeed()
        : OptionalDouble.of(least.tokensPerSecond());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /// The tags that are large enough and under no forbidden license.
  static List<ModelTag> allowed(Requirement.UseCase asked, Policy policy, PolicyCatalog data) {
    var allowed = new ArrayList<ModelTag>();
    for (ModelTag tag : data.manifests()) {
      boolean large =
          asked.minSize().isEmpty()
              || ModelSize.of(tag.variant()).compareTo(asked.minSize().get()) >= 0;
      if (large && !policy.forbids(tag.variant())) {
        allowed.add(tag);
      }
    }
    return allowed;
  }

  private Question question(Requirement.UseCase asked) {
    return new Question(
        asked.profile(),
        asked.language(),
        Priority.BALANCED,
        checked.machine(),
        new Constraints(
            asked.context(),
            Optional.empty(),
            Optional.empty(),
            asked.minSpeed(),
            asked.maxDownload(),
            List.of(),
            Optional.empty(),
            OptionalInt.empty()));
  }

  private static Actual.Load actual(Candidate candidate) {
    return new Actual.Load(
        candidate.tag(), candidate.fit(), candidate.speed(), candidate.answerTime());
  }

  /// Why a tag does not do; empty where it does. A speed that is not known never does.
  private static Optional<TagShortfall> missed(Evaluation judged, Requirement.UseCase asked) {
    Optional<Map.Entry<Rule, Reject>> rejection = judged.rejection(0);
    if (rejection.isPresent()) {
      Reject reject = rejection.get().getValue();
      return Optional.of(
          new TagShortfall(
              judged,
              rejection.get().getKey(),
              new PolicyReason.OfRule(reject.reason()),
              reject.shortfall()));
    }
    if (judged.candidate().answerTime().isEmpty()) {
      return Optional.of(
          new TagShortfall(
              judged,
              Rule.FAST_ENOUGH,
              new PolicyReason.OfRule(new Reason.SpeedNotKnown()),
              Optional.empty()));
    }
    Optional<AnswerTime> time = judged.candidate().answerTime();
    if (asked.maxWait().isPresent()
        && time.isPresent()
        && time.get().typical().expected().compareTo(asked.maxWait().get()) > 0) {
      return Optional.of(
          new TagShortfall(
              judged,
              Rule.SOON_ENOUGH,
              new PolicyReason.WaitsTooLong(time.get()),
              Optional.empty()));
    }
    return Optional.empty();
  }

  private static Comparator<TagShortfall> nearest() {
    return Comparator.<TagShortfall>comparingInt(missed -> NEAREST.indexOf(missed.rule()))
        .thenComparingDouble(TagShortfall::distance);
  }
}
