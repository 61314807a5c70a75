package dev.r1pick.advice;

import dev.r1pick.advice.Verdict.Keep;
import dev.r1pick.advice.Verdict.Reject;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.fit.Fit;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.TokenRate;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/// The soft rules about how fast an answer is and how long it takes; the middle of an estimated
/// range counts, never its fast end.
final class WaitRules {
  /// How many times the acceptable wait is bearable. The least rates of the use cases allow 3 to 5
  /// times for the answer alone.
  private static final int BEARABLE_WAIT = 3;

  /// The same for somebody who asked for quality.
  private static final int LONGEST_WAIT = 5;

  /// Beyond this many times the acceptable wait a weak answer is of more use than a good one.
  private static final int ENDURABLE_WAIT = 15;

  /// Tokens per second below which no use can be read along: the least rate of any.
  private static final double ENDURABLE_RATE = 3;

  /// One layer of that many is what 200 MiB may bring to the GPU.
  private static final int LAYER_SHARE = 8;

  private WaitRules() {}

  /// The middle of the range counts, never its fast end.
  static Verdict readableSpeed(Candidate candidate, Question question) {
    if (question.wishes().minSpeed().isPresent() || question.wishes().maxWait().isPresent()) {
      return new Keep();
    }
    TokenRate floor = question.useCase().leastRate();
    return switch (candidate.speed()) {
      case SpeedEstimate.Unknown _ ->
          candidate.fit() instanceof Fit.Partly
              ? new Reject(new Reason.SpeedUnknownAndInRam())
              : new Keep();
      case SpeedEstimate.Bounds bounds -> {
        TokenRate rate = candidate.fit() instanceof Fit.Partly ? bounds.low() : middle(bounds);
        yield rate.compareTo(floor) < 0
            ? new Reject(new Reason.BelowFloor(rate, floor))
            : new Keep();
      }
      case SpeedEstimate.Known known -> {
        TokenRate rate = known.generation().expected();
        yield rate.compareTo(floor) < 0 && !isBearableForQuality(candidate, question)
            ? new Reject(new Reason.BelowFloor(rate, floor))
            : new Keep();
      }
    };
  }

  /// Of an unknown chip nothing tells where between its bounds it lies: as far from one as from the
  /// other, by factors.
  private static TokenRate middle(SpeedEstimate.Bounds bounds) {
    return new TokenRate(
        Math.sqrt(bounds.low().tokensPerSecond() * bounds.high().tokensPerSecond()));
  }

  /// Asked for quality, a slow answer is readable that is complete in time.
  private static boolean isBearableForQuality(Candidate candidate, Question question) {
    return question.priority() == Priority.QUALITY
        && candidate.answerTime().isPresent()
        && isBearable(candidate.answerTime().get(), question);
  }

  /// Whether a wait is one that the use bears, longer for somebody who asked for quality.
  static boolean isBearable(AnswerTime time, Question question) {
    int limit = question.priority() == Priority.QUALITY ? LONGEST_WAIT : BEARABLE_WAIT;
    return isWithin(time, question.useCase(), limit);
  }

  private static boolean isWithin(AnswerTime time, UseCaseProfile useCase, int times) {
    return time.typical().expected().compareTo(times(useCase.acceptableWait(), times)) <= 0;
  }

  /// [Duration#multipliedBy] goes through decimal numbers, which is dear for every candidate.
  private static Duration times(Duration duration, int factor) {
    return Duration.ofSeconds(duration.getSeconds() * factor, (long) duration.getNano() * factor);
  }

  /// What the rate does not tell: long prompts are read first, and some variants think longer.
  static Verdict bearableWait(Candidate candidate, Question question) {
    Optional<AnswerTime> time = candidate.answerTime();
    boolean judged =
        question.wishes().minSpeed().isPresent() || question.wishes().maxWait().isPresent();
    return judged || time.isEmpty() || isBearable(time.get(), question)
        ? new Keep()
        : new Reject(
            new Reason.BeyondBearing(
                time.get().typical().expected(), question.useCase().acceptableWait()));
  }

  /// What is not whole on GPUs is taken where a typical answer comes within the acceptable wait:
  /// else one that is whole, and good enough, serves better. Asked for quality, the wait is judged
  /// alone.
  static Verdict wholeOrSoon(Candidate candidate, Question question) {
    Optional<AnswerTime> time = candidate.answerTime();
    boolean judged =
        question.wishes().minSpeed().isPresent() || question.wishes().maxWait().isPresent();
    return judged
            || time.isEmpty()
            || question.priority() == Priority.QUALITY
            || Rules.isWholeOnGpu(candidate)
            || Rules.isOneMemory(candidate)
            || isWithin(time.get(), question.useCase(), 1)
        ? new Keep()
        : new Reject(
            new Reason.LateInRam(
                time.get().typical().expected(), question.useCase().acceptableWait()));
  }

  /// The longest wait that anybody endures; who asks for quality endures any rate.
  static Verdict endurableWait(Candidate candidate, Question question) {
    Optional<AnswerTime> time = candidate.answerTime();
    boolean judged =
        question.wishes().minSpeed().isPresent() || question.wishes().maxWait().isPresent();
    boolean crawls =
        question.priority() != Priority.QUALITY
            && candidate.generationRate().orElse(ENDURABLE_RATE) < ENDURABLE_RATE;
    boolean inTime =
        time.isPresent() && isWithin(time.get(), question.useCase(), ENDURABLE_WAIT) && !crawls;
    return judged || time.isEmpty() || inTime
        ? new Keep()
        : new Reject(
            new Reason.BeyondEnduring(
                time.get().typical().expected(), question.useCase().acceptableWait()));
  }

  /// A download over 100 GB is worth it where it answers at a reader's rate or lies whole on GPUs;
  /// who asks for quality waits.
  static Verdict worthTheDownload(Candidate candidate, Question question) {
    Bytes download = candidate.tag().download();
    boolean small = download.atMost(Choice.LARGE_DOWNLOAD);
    OptionalDouble rate = candidate.generationRate();
    double reader = question.useCase().readerRate().tokensPerSecond();
    boolean limited =
        question.wishes().minSpeed().isPresent() || question.wishes().maxWait().isPresent();
    return small
            || limited
            || question.priority() == Priority.QUALITY
            || Rules.isWholeOnGpu(candidate)
            || (rate.isPresent() && rate.getAsDouble() >= reader)
        ? new Keep()
        : new Reject(new Reason.NotWorthTheDownload(download, question.useCase().readerRate()));
  }

  /// Whether one more layer on the GPU may bring it in time.
  static boolean isLateByLittle(Candidate candidate, Question question) {
    if (candidate.answerTime().isEmpty()) {
      return false;
    }
    AnswerTime time = candidate.answerTime().get();
    Duration typical = time.typical().expected();
    Duration faster = typical.minus(typical.dividedBy(LAYER_SHARE));
    double rate = candidate.generationRate().orElse(0) * (1 + 1.0 / LAYER_SHARE);
    boolean readable =
        rate >= question.useCase().leastRate().tokensPerSecond()
            && candidate.generationRate().orElse(0)
                < question.useCase().leastRate().tokensPerSecond();
    return readable
        || isBetween(typical, faster, question.useCase(), 1)
        || isBetween(typical, faster, question.useCase(), BEARABLE_WAIT);
  }

  private static boolean isBetween(
      Duration late, Duration faster, UseCaseProfile useCase, int times) {
    Duration limit = times(useCase.acceptableWait(), times);
    return late.compareTo(limit) > 0 && faster.compareTo(limit) <= 0;
  }
}
