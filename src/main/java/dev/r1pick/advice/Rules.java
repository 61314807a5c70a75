package dev.r1pick.advice;

import dev.r1pick.advice.Verdict.Keep;
import dev.r1pick.advice.Verdict.Prefer;
import dev.r1pick.advice.Verdict.Reject;
import dev.r1pick.catalog.Architecture.Family;
import dev.r1pick.catalog.Quantization;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.Placement;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.ollama.OllamaRules;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.util.Optional;
import java.util.OptionalDouble;

/// How each [Rule] judges, but for those whose limit the asker sets ([Limits]).
///
/// Points are on the scale of quality, 0 to 100 over the R1 variants: a rule that takes three
/// points says that it is worth as much as three points of quality. The weights are judgments of
/// ours, held by the table of cases in the tests.
final class Rules {
  /// Below this share of the strongest R1 a model is no help for a use: the 1.5B reaches 39 in chat
  /// and 30 in coding, where its own twin without thinking beats it, but 44 in maths and 60 in the
  /// small tasks of a small device.
  static final double USABLE = 43;

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

  /// What a use of tools loses with a tag that Ollama passes none to.
  private static final double POINTS_WITHOUT_TOOLS = -20;

  private static final double POINTS_FOR_A_SPLIT = -0.5;
  private static final double POINTS_FOR_PARTLY_OFFLOADED = -8;

  /// The same where GPU and processor read one memory.
  private static final double POINTS_FOR_PARTLY_IN_ONE_MEMORY = -4;

  /// Below this share of the budget free memory may move by more from one minute to the next.
  private static final double THIN_HEADROOM = 0.02;

  private static final double POINTS_FOR_THIN_HEADROOM = -0.5;

  /// Per doubling of the download: decides between equals.
  private static final double POINTS_PER_DOWNLOAD_DOUBLING = -0.2;

  private static final double SMALLEST_DOWNLOAD_GB = 1.0;

  /// What a q8_0 file is worth beyond its smaller loss, where there is room for it: the losses were
  /// measured in maths and code, and little else.
  private static final double POINTS_FOR_PRECISION = 1;

  /// The same for somebody who asked for quality.
  private static final double POINTS_FOR_PRECISION_IN_QUALITY = 2;

  /// What an f16 file of a small model is worth beyond that: small ones lose most.
  private static final double POINTS_FOR_F16 = 0.5;

  /// Where there is no room or no time to spare, what a larger file costs.
  private static final double POINTS_WITHOUT_ROOM = -4;

  /// From this share of the budget on there is room to spare.
  private static final double ROOM_TO_SPARE = 0.15;

  /// Below this size a model is a small one.
  private static final long SMALL_PARAMETERS = 10_000_000_000L;

  /// More missing than this is not made good by what moves from one minute to the next, even on
  /// eight GPUs.
  private static final Bytes FAR = Bytes.ofGiB(2);

  /// What one more layer on the GPU, or one GPU instead of two, may be worth, in points.
  private static final double LAYER_GAIN = 2;

  /// What room to spare may be worth to a larger file, in points.
  private static final double ROOM_GAIN = 5;

  private Rules() {}

  /// Whether that much less free memory can change what a candidate is.
  static boolean isNearTheEdge(Candidate candidate, Bytes by) {
    Bytes left = candidate.fit().plan().headroom().minusOrZero(by);
    boolean bits = candidate.tag().quantization() != Quantization.Q4_K_M;
    double share = bits ? ROOM_TO_SPARE : THIN_HEADROOM;
    return candidate.fit() instanceof Fit.Partly
        || left.count() < share * budget(candidate).count();
  }

  /// Whether more memory could make another variant the pick: it lacks some, or context, or room to
  /// spare, has what it needs only with a smaller cache, or is late by little.
  static boolean isShortOfRoom(Evaluation other, Evaluation best, Question question) {
    Candidate candidate = other.candidate();
    boolean another = !candidate.tag().variant().id().equals(best.candidate().tag().variant().id());
    boolean far =
        candidate.fit() instanceof Fit.DoesNotFit(_, var shortfall, _) && FAR.atMost(shortfall);
    boolean cut = !candidate.hasNeededContext() || candidate.changes().kvCacheType();
    double behind = best.points() - other.points();
    boolean near =
        behind < LAYER_GAIN
            || (other.points(Rule.PRECISION) < 0 && behind < LAYER_GAIN + ROOM_GAIN);
    boolean partly =
        candidate.fit() instanceof Fit.Partly(_, var missing)
            && (!FAR.atMost(missing) || WaitRules.isLateByLittle(candidate, question));
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
    double low = candidate.quality().low();
    String use = question.useCase().id();
    if (score < USABLE) {
      return new Reject(new Reason.NotGoodEnough(score, use, USABLE));
    }
    Optional<String> twin = candidate.twin();
    return twin.isPresent() && low < USABLE
        ? new Reject(new Reason.OutdoneByTwin(low, use, USABLE, twin.get()))
        : new Keep();
  }

  static Verdict roomForThinking(Candidate candidate, Question question) {
    int needed = candidate.neededContext().tokens();
    boolean asked = question.wishes().contextLength().isPresent();
    return !asked && candidate.contextLength().tokens() * 2 < needed
        ? new Reject(new Reason.ThinkingCut(candidate.contextLength(), candidate.neededContext()))
        : new Keep();
  }

  /// Whether what is in RAM is read as fast as what the GPU has: they are one memory.
  static boolean isOneMemory(Candidate candidate) {
    var devices = candidate.fit().plan().devices();
    return !devices.isEmpty() && devices.getFirst().device().memory().unified();
  }

  static boolean isWholeOnGpu(Candidate candidate) {
    return switch (candidate.fit().plan().placement()) {
      case Placement.AllOnGpu _, Placement.SplitAcrossGpus _ -> true;
      case Placement.PartlyOffloaded _, Placement.ExpertsInRam _, Placement.CpuOnly _ -> false;
    };
  }

  static Verdict quality(Candidate candidate, Question question) {
    double score = candidate.quality().score();
    double worth = candidate.worth();
    return new Prefer(worth, new Reason.Quality(score, question.useCase().id(), score - worth));
  }

  /// Ollama refuses tools for the distills (ollama/ollama issues on tools); the full R1 calls them.
  static Verdict tools(Candidate candidate, Question question) {
    boolean refused = needsTools(question) && candidate.tag().variant().distill();
    return refused
        ? new Prefer(POINTS_WITHOUT_TOOLS, new Reason.ToolsRefused())
        : new Prefer(0, new Reason.NoToolsNeeded());
  }

  static boolean needsTools(Question question) {
    return question.useCase().warnings().contains("tools-may-be-refused");
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
    int needed = candidate.neededContext().tokens();
    int tokens = candidate.contextLength().tokens();
    double points =
        tokens < needed ? POINTS_PER_CONTEXT_HALVING * log2((double) tokens / needed) : 0;
    return new Prefer(
        points, new Reason.Context(candidate.contextLength(), candidate.neededContext()));
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
              isOneMemory(candidate)
                  ? POINTS_FOR_PARTLY_IN_ONE_MEMORY
                  : POINTS_FOR_PARTLY_OFFLOADED,
              new Reason.Partly(gpuLayers, gpuLayers + cpuLayers));
      case Placement.ExpertsInRam(int gpuLayers, int cpuLayers) ->
          new Prefer(
              POINTS_FOR_PARTLY_OFFLOADED, new Reason.Experts(cpuLayers, gpuLayers + cpuLayers));
    };
  }

  static Verdict headroom(Candidate candidate, Question question) {
    var plan = candidate.fit().plan();
    Bytes headroom = plan.headroom();
    boolean thin = !hasRoom(candidate, THIN_HEADROOM);
    return new Prefer(thin ? POINTS_FOR_THIN_HEADROOM : 0, new Reason.Headroom(headroom));
  }

  private static Bytes budget(Candidate candidate) {
    var plan = candidate.fit().plan();
    return plan.devices().isEmpty() ? plan.host().budget() : plan.devices().getFirst().budget();
  }

  static Verdict noSettings(Candidate candidate, Question question) {
    double points =
        (candidate.changes().contextLength() ? POINTS_FOR_A_SETTING : 0)
            + (candidate.changes().kvCacheType() ? POINTS_FOR_A_SETTING : 0)
            + (candidate.changes().visibleDevices().isPresent() ? POINTS_FOR_A_SETTING : 0);
    return new Prefer(points, points == 0 ? new Reason.NoSetting() : new Reason.Setting());
  }

  /// More bits where there is room and time for them: the reader's rate is kept, the context is
  /// that of the use, and some memory is left. Asked for quality, time is no question.
  static Verdict precision(Candidate candidate, Question question) {
    Quantization quantization = candidate.tag().quantization();
    if (quantization == Quantization.Q4_K_M || question.priority() == Priority.SPEED) {
      return new Prefer(0, new Reason.Precision(quantization));
    }
    boolean quality = question.priority() == Priority.QUALITY;
    double reader = question.useCase().readerRate().tokensPerSecond();
    boolean room =
        isWholeOnGpu(candidate)
            && candidate.hasNeededContext()
            && (quality || hasRoom(candidate, ROOM_TO_SPARE));
    boolean time = quality || candidate.generationRate().orElse(0) >= reader;
    if (!room || !time) {
      return new Prefer(POINTS_WITHOUT_ROOM, new Reason.Precision(quantization));
    }
    boolean small = candidate.tag().variant().architecture().parameters() < SMALL_PARAMETERS;
    boolean f16 = quantization == Quantization.F16;
    if (f16 && !(quality && small)) {
      return new Prefer(POINTS_WITHOUT_ROOM, new Reason.Precision(quantization));
    }
    return new Prefer(
        (quality ? POINTS_FOR_PRECISION_IN_QUALITY : POINTS_FOR_PRECISION)
            + (f16 ? POINTS_FOR_F16 : 0),
        new Reason.Precision(quantization));
  }

  private static boolean hasRoom(Candidate candidate, double share) {
    return candidate.fit().plan().headroom().count() >= share * budget(candidate).count();
  }

  static Verdict smallDownload(Candidate candidate, Question question) {
    Bytes download = candidate.tag().download();
    double size = Math.max(0, log2(download.inGB() / SMALLEST_DOWNLOAD_GB));
    return new Prefer(POINTS_PER_DOWNLOAD_DOUBLING * size, new Reason.Download(download));
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
