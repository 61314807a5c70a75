package dev.r1pick.advice;

import dev.r1pick.advice.Verdict.Keep;
import dev.r1pick.advice.Verdict.Prefer;
import dev.r1pick.advice.Verdict.Reject;
import dev.r1pick.catalog.Architecture.Family;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.Placement;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.ollama.OllamaRules;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/// How each [Rule] judges, but for those whose limit the asker sets ([Limits]).
///
/// Points are on the scale of quality, 0 to 100 over the R1 variants: a rule that takes three
/// points says that it is worth as much as three points of quality. The weights are judgements of
/// ours, held by the table of cases in the tests.
final class Rules {
  /// Below this share of the strongest R1 a model is no help for a use: the 1.5B reaches 39 in chat
  /// and 30 in coding, where its own twin without thinking beats it, but 44 in maths and 60 in the
  /// small tasks of a small device.
  private static final double USABLE = 43;

  /// How many times the acceptable wait is bearable: what the least rates of the use cases allow
  /// for the answer alone, 3 to 5 times.
  private static final int BEARABLE_WAIT = 5;

  /// Asked for quality, how many times the acceptable wait is bearable.
  private static final int LONGEST_WAIT = 20;

  /// What half of the needed context costs: on AIME 2024 the 32B falls from 66.7 to 46.7 when 16k
  /// become 8k; questions of other uses need the room less often.
  private static final double POINTS_PER_CONTEXT_HALVING = 7;

  /// What half of the speed that a reader needs costs; a quarter costs four times that: a little
  /// slow is bearable, twice as slow again is another thing.
  private static final double POINTS_PER_SPEED_HALVING_SQUARED = -5;

  /// What twice the speed that a reader needs is worth: little, nobody reads faster.
  private static final double POINTS_PER_SPEED_DOUBLING = 0.5;

  /// How much more speed counts for somebody who asked for it.
  private static final double SPEED_PRIORITY = 10;

  /// A q8_0 cache is near lossless, but a setting whose loss was measured on few models.
  private static final double POINTS_FOR_Q8_CACHE = -0.5;

  private static final double POINTS_FOR_Q4_CACHE = -3;

  /// A setting that has to be made, and kept, in the server's environment.
  private static final double POINTS_FOR_A_SETTING = -0.5;

  private static final double POINTS_FOR_A_SPLIT = -0.5;
  private static final double POINTS_FOR_PARTLY_OFFLOADED = -4;

  /// Below this share of the budget free memory may move by more from one minute to the next.
  private static final double THIN_HEADROOM = 0.02;

  private static final double POINTS_FOR_THIN_HEADROOM = -0.5;

  /// Per doubling of the download: decides between equals.
  private static final double POINTS_PER_DOWNLOAD_DOUBLING = -0.2;

  private static final double SMALLEST_DOWNLOAD_GB = 1.0;

  /// Per doubling of the bits of a weight beyond Q4_K_M's: what they add to quality is inside the
  /// noise (0 to 1.5 % from 7B up), what they take from speed and room is not.
  private static final double POINTS_PER_BITS_DOUBLING = -1;

  /// Bits per weight of a Q4_K_M file (llama.cpp, tools/quantize/README.md: 4.89 for an 8B).
  private static final double USUAL_BITS = 4.9;

  /// More missing than this is not made good by what moves from one minute to the next, even on
  /// eight GPUs.
  private static final Bytes FAR = Bytes.ofGiB(2);

  /// What one more layer on the GPU, or one GPU instead of two, may be worth, in points.
  private static final double LAYER_GAIN = 2;

  private Rules() {}

  /// Whether that much less free memory can change what a candidate is.
  static boolean isNearTheEdge(Candidate candidate, Bytes by) {
    Bytes headroom = candidate.fit().plan().headroom();
    return candidate.fit() instanceof Fit.Partly
        || headroom.minusOrZero(by).count() < THIN_HEADROOM * budget(candidate).count();
  }

  /// Whether more memory could make another variant the pick: it lacks some, or context, or has
  /// what it needs only with a smaller cache.
  static boolean isShortOfRoom(Evaluation other, Evaluation best, Question question) {
    Candidate candidate = other.candidate();
    boolean another = !candidate.tag().variant().id().equals(best.candidate().tag().variant().id());
    boolean far =
        candidate.fit() instanceof Fit.DoesNotFit(_, var shortfall, _) && FAR.atMost(shortfall);
    boolean cut =
        candidate.contextLength().compareTo(question.useCase().neededContext()) < 0
            || candidate.changes().kvCacheType();
    boolean near = best.points() - other.points() < LAYER_GAIN;
    boolean partly = candidate.fit() instanceof Fit.Partly(_, var missing) && !FAR.atMost(missing);
    return another && !far && (near || cut || partly || candidate.fit() instanceof Fit.DoesNotFit);
  }

  static Verdict fitsMemory(Candidate candidate, Question question) {
    return switch (candidate.fit()) {
      case Fit.Whole _, Fit.Partly _ -> new Keep();
      case Fit.DoesNotFit(var plan, var shortfall, _) when shortfall.isZero() ->
          new Reject(new Reason.CacheRefused(plan.settings().kvCacheType()));
      case Fit.DoesNotFit(var plan, var shortfall, var where) ->
          new Reject(
              where == Fit.Where.RAM
                  ? new Reason.RamShort(plan.total(), shortfall, plan.settings().contextLength())
                  : new Reason.GpuShort(plan.total(), shortfall, plan.settings().contextLength()),
              Optional.of(shortfall));
    };
  }

  static Verdict withinTrainedContext(Candidate candidate, Question question) {
    ContextLength trained = candidate.tag().variant().trainedContext();
    Optional<ContextLength> wanted = question.wishes().contextLength();
    return wanted.isPresent() && wanted.get().compareTo(trained) > 0
        ? new Reject(new Reason.BeyondTrained(wanted.get(), trained))
        : new Keep();
  }

  static Verdict ollamaNewEnough(Candidate candidate, Question question) {
    OllamaRules ollama = OllamaRules.of(question.machine().ollama());
    boolean old =
        candidate.tag().variant().architecture().family() == Family.QWEN3 && !ollama.runsQwen3();
    return old
        ? new Reject(
            new Reason.OllamaTooOld(
                ollama.version().orElse(OllamaRules.FIRST_WITH_QWEN3),
                OllamaRules.FIRST_WITH_QWEN3))
        : new Keep();
  }

  static Verdict goodEnough(Candidate candidate, Question question) {
    double score = candidate.quality().score();
    return score < USABLE
        ? new Reject(new Reason.NotGoodEnough(score, question.useCase().id(), USABLE))
        : new Keep();
  }

  static Verdict roomForThinking(Candidate candidate, Question question) {
    int needed = question.useCase().neededContext().tokens();
    boolean asked = question.wishes().contextLength().isPresent();
    return !asked && candidate.contextLength().tokens() * 2 < needed
        ? new Reject(
            new Reason.ThinkingCut(candidate.contextLength(), question.useCase().neededContext()))
        : new Keep();
  }

  static Verdict readableSpeed(Candidate candidate, Question question) {
    if (question.wishes().minSpeed().isPresent() || question.wishes().maxWait().isPresent()) {
      return new Keep();
    }
    return switch (candidate.speed()) {
      case SpeedEstimate.Unknown _ ->
          candidate.fit() instanceof Fit.Partly
              ? new Reject(new Reason.SpeedUnknownAndInRam())
              : new Keep();
      case SpeedEstimate.Bounds bounds -> readableSpeed(candidate, question, bounds);
      case SpeedEstimate.Known known -> readableSpeed(candidate, question, known);
    };
  }

  /// The fast end of the range counts, so that a wide range throws nothing out by a hair. Asked for
  /// quality, only a wait of many times the acceptable one is too long.
  static Verdict readableSpeed(Candidate candidate, Question question, SpeedEstimate.Known known) {
    double floor = question.useCase().leastRate().tokensPerSecond();
    double fast = known.generation().high().tokensPerSecond();
    return fast < floor && !isBearableForQuality(candidate, question)
        ? new Reject(
            new Reason.BelowFloor(known.generation().expected(), question.useCase().leastRate()))
        : new Keep();
  }

  private static boolean isBearableForQuality(Candidate candidate, Question question) {
    Optional<AnswerTime> time = candidate.answerTime();
    return question.priority() == Priority.QUALITY
        && time.isPresent()
        && time.get()
                .typical()
                .expected()
                .compareTo(times(question.useCase().acceptableWait(), LONGEST_WAIT))
            <= 0;
  }

  /// [Duration#multipliedBy] goes through decimal numbers, which is dear for every candidate.
  private static Duration times(Duration duration, int factor) {
    return Duration.ofSeconds(duration.getSeconds() * factor, (long) duration.getNano() * factor);
  }

  /// What the rate does not tell: long prompts are read first, and some variants think longer. The
  /// fast end counts here too. Asked for quality, [#readableSpeed] has judged the wait.
  static Verdict bearableWait(Candidate candidate, Question question) {
    Optional<AnswerTime> time = candidate.answerTime();
    boolean judged =
        question.priority() == Priority.QUALITY
            || question.wishes().minSpeed().isPresent()
            || question.wishes().maxWait().isPresent();
    if (judged || time.isEmpty()) {
      return new Keep();
    }
    Duration acceptable = question.useCase().acceptableWait();
    Duration typical = time.get().typical().low();
    return typical.compareTo(times(acceptable, BEARABLE_WAIT)) > 0
        ? new Reject(new Reason.BeyondBearing(time.get().typical().expected(), acceptable))
        : new Keep();
  }

  /// Of an unknown chip: whole on it the fast end counts, as with known ones; partly in RAM, where
  /// a slow answer is likely, the slow end.
  static Verdict readableSpeed(
      Candidate candidate, Question question, SpeedEstimate.Bounds bounds) {
    double floor = question.useCase().leastRate().tokensPerSecond();
    TokenRate rate = candidate.fit() instanceof Fit.Partly ? bounds.low() : bounds.high();
    return rate.tokensPerSecond() < floor
        ? new Reject(new Reason.BelowFloor(rate, question.useCase().leastRate()))
        : new Keep();
  }

  static Verdict quality(Candidate candidate, Question question) {
    double score = candidate.quality().score();
    double worth = candidate.worth();
    return new Prefer(worth, new Reason.Quality(score, question.useCase().id(), score - worth));
  }

  static Verdict speed(Candidate candidate, Question question) {
    OptionalDouble rate = candidate.generationRate();
    if (rate.isEmpty()) {
      return new Prefer(0, new Reason.SpeedNotKnown());
    }
    double needed = question.useCase().readerRate().tokensPerSecond();
    double doublings = log2(rate.getAsDouble() / needed);
    double weight = question.priority() == Priority.SPEED ? SPEED_PRIORITY : 1;
    double points =
        doublings < 0
            ? POINTS_PER_SPEED_HALVING_SQUARED * doublings * doublings
            : POINTS_PER_SPEED_DOUBLING * doublings;
    var told = new TokenRate(rate.getAsDouble());
    TokenRate reader = question.useCase().readerRate();
    return new Prefer(
        weight * points,
        candidate.speed() instanceof SpeedEstimate.Bounds
            ? new Reason.SpeedAtLeast(told, reader)
            : new Reason.Speed(told, reader));
  }

  static Verdict context(Candidate candidate, Question question) {
    int needed = question.useCase().neededContext().tokens();
    int tokens = candidate.contextLength().tokens();
    double points =
        tokens < needed ? POINTS_PER_CONTEXT_HALVING * log2((double) tokens / needed) : 0;
    return new Prefer(
        points, new Reason.Context(candidate.contextLength(), question.useCase().neededContext()));
  }

  static Verdict kvCacheLoss(Candidate candidate, Question question) {
    KvCacheType type = candidate.settings().kvCacheType();
    double points =
        switch (type) {
          case F16 -> 0;
          case Q8_0 -> POINTS_FOR_Q8_CACHE;
          case Q4_0 -> POINTS_FOR_Q4_CACHE;
        };
    return new Prefer(points, new Reason.KvCache(type));
  }

  static Verdict placement(Candidate candidate, Question question) {
    return switch (candidate.fit().plan().placement()) {
      case Placement.AllOnGpu _ -> new Prefer(0, new Reason.OnOneGpu());
      case Placement.CpuOnly _ -> new Prefer(0, new Reason.OnTheCpu());
      case Placement.SplitAcrossGpus(_, int gpus) ->
          new Prefer(POINTS_FOR_A_SPLIT, new Reason.Split(gpus));
      case Placement.PartlyOffloaded(int gpuLayers, int cpuLayers) ->
          new Prefer(
              POINTS_FOR_PARTLY_OFFLOADED, new Reason.Partly(gpuLayers, gpuLayers + cpuLayers));
      case Placement.ExpertsInRam(int gpuLayers, int cpuLayers) ->
          new Prefer(
              POINTS_FOR_PARTLY_OFFLOADED, new Reason.Experts(cpuLayers, gpuLayers + cpuLayers));
    };
  }

  static Verdict headroom(Candidate candidate, Question question) {
    var plan = candidate.fit().plan();
    Bytes headroom = plan.headroom();
    boolean thin = headroom.count() < THIN_HEADROOM * budget(candidate).count();
    return new Prefer(thin ? POINTS_FOR_THIN_HEADROOM : 0, new Reason.Headroom(headroom));
  }

  private static Bytes budget(Candidate candidate) {
    var plan = candidate.fit().plan();
    return plan.devices().isEmpty() ? plan.host().budget() : plan.devices().getFirst().budget();
  }

  static Verdict noSettings(Candidate candidate, Question question) {
    double points =
        (candidate.changes().contextLength() ? POINTS_FOR_A_SETTING : 0)
            + (candidate.changes().kvCacheType() ? POINTS_FOR_A_SETTING : 0);
    return new Prefer(points, points == 0 ? new Reason.NoSetting() : new Reason.Setting());
  }

  static Verdict smallDownload(Candidate candidate, Question question) {
    Bytes download = candidate.tag().download();
    long parameters = candidate.tag().variant().architecture().parameters();
    double size = Math.max(0, log2(download.inGB() / SMALLEST_DOWNLOAD_GB));
    double bits = Math.max(0, log2(8.0 * download.count() / parameters / USUAL_BITS));
    return new Prefer(
        POINTS_PER_DOWNLOAD_DOUBLING * size + POINTS_PER_BITS_DOUBLING * bits,
        new Reason.Download(download));
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
