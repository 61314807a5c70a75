package dev.r1pick.advice;

import dev.r1pick.advice.Rule.Kind;
import dev.r1pick.advice.Verdict.Keep;
import dev.r1pick.advice.Verdict.Prefer;
import dev.r1pick.advice.Verdict.Reason;
import dev.r1pick.advice.Verdict.Reject;
import dev.r1pick.catalog.Architecture.Family;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.Placement;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.ollama.OllamaVersion;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The rule book, in order. docs/rules.md gives each rule's reason and source.
///
/// Points are on the scale of quality, 0 to 100 over the R1 variants: a rule that takes three
/// points says that it is worth as much as three points of quality. The weights are judgements of
/// ours, held by the table of cases in the tests.
public final class Rules {
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

  /// The first Ollama that loads the qwen3 architecture of R1-0528-Qwen3-8B (users report that
  /// 0.6.5 refuses it; ollama/ollama issue 10905).
  private static final OllamaVersion FIRST_WITH_QWEN3 = new OllamaVersion(0, 6, 6);

  /// More missing than this is not made good by what moves from one minute to the next, even on
  /// eight GPUs.
  private static final Bytes FAR = Bytes.ofGiB(2);

  /// What one more layer on the GPU, or one GPU instead of two, may be worth, in points.
  private static final double LAYER_GAIN = 2;

  private static final List<Rule> BOOK =
      List.of(
          new Rule("fits-memory", Kind.HARD, Rules::fitsMemory),
          new Rule("within-trained-context", Kind.HARD, Rules::withinTrainedContext),
          new Rule("ollama-new-enough", Kind.HARD, Rules::ollamaNewEnough),
          new Rule("within-download-limit", Kind.HARD, Limits::withinDownloadLimit),
          new Rule("fits-disk", Kind.HARD, Limits::fitsDisk),
          new Rule("licence-allowed", Kind.HARD, Limits::licenceAllowed),
          new Rule("fast-enough", Kind.HARD, Limits::fastEnough),
          new Rule("soon-enough", Kind.HARD, Limits::soonEnough),
          new Rule("good-enough", Kind.SOFT, Rules::goodEnough),
          new Rule("room-for-thinking", Kind.SOFT, Rules::roomForThinking),
          new Rule("readable-speed", Kind.SOFT, Rules::readableSpeed),
          new Rule("bearable-wait", Kind.SOFT, Rules::bearableWait),
          new Rule("quality", Kind.PREFERENCE, Rules::quality),
          new Rule("speed", Kind.PREFERENCE, Rules::speed),
          new Rule("context", Kind.PREFERENCE, Rules::context),
          new Rule("kv-cache-loss", Kind.PREFERENCE, Rules::kvCacheLoss),
          new Rule("placement", Kind.PREFERENCE, Rules::placement),
          new Rule("headroom", Kind.PREFERENCE, Rules::headroom),
          new Rule("no-settings", Kind.PREFERENCE, Rules::noSettings),
          new Rule("small-download", Kind.PREFERENCE, Rules::smallDownload));

  private static final int SOFT_RULES =
      (int) BOOK.stream().filter(rule -> rule.kind() == Kind.SOFT).count();

  private Rules() {}

  /// Every rule, in the order in which they judge.
  public static List<Rule> book() {
    return BOOK;
  }

  /// Whether the rule at that place is about how long an answer takes.
  static boolean isAboutTime(int place) {
    String id = place < BOOK.size() ? BOOK.get(place).id() : "";
    return id.equals("fast-enough") || id.equals("soon-enough");
  }

  /// Whether the rule at that place is the one about licences.
  static boolean isAboutLicences(int place) {
    return place < BOOK.size() && BOOK.get(place).id().equals("licence-allowed");
  }

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

  /// How many rules are soft. They are dropped one by one, the last of the book first, until a tag
  /// is left: rather slow than cut short, rather cut short than of no help.
  static int softRules() {
    return SOFT_RULES;
  }

  private static Verdict fitsMemory(Candidate candidate, Question question) {
    return switch (candidate.fit()) {
      case Fit.Whole _, Fit.Partly _ -> new Keep();
      case Fit.DoesNotFit(var plan, var shortfall, _) when shortfall.isZero() ->
          new Reject(
              Reason.of("cache-refused", plan.settings().kvCacheType().label()), Optional.empty());
      case Fit.DoesNotFit(var plan, var shortfall, var where) ->
          new Reject(
              Reason.of(
                  where == Fit.Where.RAM ? "ram-short" : "gpu-short",
                  plan.total(),
                  shortfall,
                  plan.settings().contextLength()),
              Optional.of(shortfall));
    };
  }

  private static Verdict withinTrainedContext(Candidate candidate, Question question) {
    ContextLength trained = candidate.tag().variant().trainedContext();
    Optional<ContextLength> wanted = question.wishes().contextLength();
    return wanted.isPresent() && wanted.get().compareTo(trained) > 0
        ? new Reject(Reason.of("beyond-trained", wanted.get(), trained), Optional.empty())
        : new Keep();
  }

  private static Verdict ollamaNewEnough(Candidate candidate, Question question) {
    Optional<OllamaVersion> version =
        question.machine().ollama().version().flatMap(OllamaVersion::parse);
    boolean old =
        candidate.tag().variant().architecture().family() == Family.QWEN3
            && version.isPresent()
            && version.get().compareTo(FIRST_WITH_QWEN3) < 0;
    return old
        ? new Reject(Reason.of("ollama-too-old", version.get(), FIRST_WITH_QWEN3), Optional.empty())
        : new Keep();
  }

  private static Verdict goodEnough(Candidate candidate, Question question) {
    double score = candidate.quality().score();
    return score < USABLE
        ? new Reject(
            Reason.of("not-good-enough", score, question.useCase().id(), USABLE), Optional.empty())
        : new Keep();
  }

  private static Verdict roomForThinking(Candidate candidate, Question question) {
    int needed = question.useCase().neededContext().tokens();
    boolean asked = question.wishes().contextLength().isPresent();
    return !asked && candidate.contextLength().tokens() * 2 < needed
        ? new Reject(
            Reason.of(
                "thinking-cut", candidate.contextLength(), question.useCase().neededContext()),
            Optional.empty())
        : new Keep();
  }

  private static Verdict readableSpeed(Candidate candidate, Question question) {
    if (question.wishes().minSpeed().isPresent() || question.wishes().maxWait().isPresent()) {
      return new Keep();
    }
    return switch (candidate.speed()) {
      case SpeedEstimate.Unknown _ ->
          candidate.fit() instanceof Fit.Partly
              ? new Reject(Reason.of("speed-unknown-and-in-ram"), Optional.empty())
              : new Keep();
      case SpeedEstimate.Bounds bounds -> readableSpeed(candidate, question, bounds);
      case SpeedEstimate.Known known -> readableSpeed(candidate, question, known);
    };
  }

  /// The fast end of the range counts, so that a wide range throws nothing out by a hair. Asked for
  /// quality, only a wait of many times the acceptable one is too long.
  private static Verdict readableSpeed(
      Candidate candidate, Question question, SpeedEstimate.Known known) {
    double floor = question.useCase().leastRate().tokensPerSecond();
    double fast = known.generation().high().tokensPerSecond();
    return fast < floor && !isBearableForQuality(candidate, question)
        ? new Reject(
            Reason.of("below-floor", known.generation().expected().tokensPerSecond(), floor),
            Optional.empty())
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
  private static Verdict bearableWait(Candidate candidate, Question question) {
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
        ? new Reject(
            Reason.of("beyond-bearing", time.get().typical().expected(), acceptable),
            Optional.empty())
        : new Keep();
  }

  /// Of an unknown chip: whole on it the fast end counts, as with known ones; partly in RAM, where
  /// a slow answer is likely, the slow end.
  private static Verdict readableSpeed(
      Candidate candidate, Question question, SpeedEstimate.Bounds bounds) {
    double floor = question.useCase().leastRate().tokensPerSecond();
    double rate =
        (candidate.fit() instanceof Fit.Partly ? bounds.low() : bounds.high()).tokensPerSecond();
    return rate < floor
        ? new Reject(Reason.of("below-floor", rate, floor), Optional.empty())
        : new Keep();
  }

  private static Verdict quality(Candidate candidate, Question question) {
    double score = candidate.quality().score();
    double worth = candidate.worth();
    return new Prefer(worth, Reason.of("quality", score, question.useCase().id(), score - worth));
  }

  private static Verdict speed(Candidate candidate, Question question) {
    OptionalDouble rate = candidate.generationRate();
    if (rate.isEmpty()) {
      return new Prefer(0, Reason.of("speed-not-known"));
    }
    double needed = question.useCase().readerRate().tokensPerSecond();
    double doublings = log2(rate.getAsDouble() / needed);
    double weight = question.priority() == Priority.SPEED ? SPEED_PRIORITY : 1;
    double points =
        doublings < 0
            ? POINTS_PER_SPEED_HALVING_SQUARED * doublings * doublings
            : POINTS_PER_SPEED_DOUBLING * doublings;
    String reason = candidate.speed() instanceof SpeedEstimate.Bounds ? "speed-at-least" : "speed";
    return new Prefer(weight * points, Reason.of(reason, rate.getAsDouble(), needed));
  }

  private static Verdict context(Candidate candidate, Question question) {
    int needed = question.useCase().neededContext().tokens();
    int tokens = candidate.contextLength().tokens();
    double points =
        tokens < needed ? POINTS_PER_CONTEXT_HALVING * log2((double) tokens / needed) : 0;
    return new Prefer(
        points,
        Reason.of("context", candidate.contextLength(), question.useCase().neededContext()));
  }

  private static Verdict kvCacheLoss(Candidate candidate, Question question) {
    KvCacheType type = candidate.settings().kvCacheType();
    double points =
        switch (type) {
          case F16 -> 0;
          case Q8_0 -> POINTS_FOR_Q8_CACHE;
          case Q4_0 -> POINTS_FOR_Q4_CACHE;
        };
    return new Prefer(points, Reason.of("kv-cache", type.label()));
  }

  private static Verdict placement(Candidate candidate, Question question) {
    return switch (candidate.fit().plan().placement()) {
      case Placement.AllOnGpu _ -> new Prefer(0, Reason.of("on-one-gpu"));
      case Placement.CpuOnly _ -> new Prefer(0, Reason.of("on-the-cpu"));
      case Placement.SplitAcrossGpus(_, int gpus) ->
          new Prefer(POINTS_FOR_A_SPLIT, Reason.of("split", gpus));
      case Placement.PartlyOffloaded(int gpuLayers, int cpuLayers) ->
          new Prefer(
              POINTS_FOR_PARTLY_OFFLOADED, Reason.of("partly", gpuLayers, gpuLayers + cpuLayers));
      case Placement.ExpertsInRam(int gpuLayers, int cpuLayers) ->
          new Prefer(
              POINTS_FOR_PARTLY_OFFLOADED, Reason.of("experts", cpuLayers, gpuLayers + cpuLayers));
    };
  }

  private static Verdict headroom(Candidate candidate, Question question) {
    var plan = candidate.fit().plan();
    Bytes headroom = plan.headroom();
    boolean thin = headroom.count() < THIN_HEADROOM * budget(candidate).count();
    return new Prefer(thin ? POINTS_FOR_THIN_HEADROOM : 0, Reason.of("headroom", headroom));
  }

  private static Bytes budget(Candidate candidate) {
    var plan = candidate.fit().plan();
    return plan.devices().isEmpty() ? plan.host().budget() : plan.devices().getFirst().budget();
  }

  private static Verdict noSettings(Candidate candidate, Question question) {
    double points =
        (candidate.changes().contextLength() ? POINTS_FOR_A_SETTING : 0)
            + (candidate.changes().kvCacheType() ? POINTS_FOR_A_SETTING : 0);
    return new Prefer(points, Reason.of(points == 0 ? "no-setting" : "setting"));
  }

  private static Verdict smallDownload(Candidate candidate, Question question) {
    Bytes download = candidate.tag().download();
    long parameters = candidate.tag().variant().architecture().parameters();
    double size = Math.max(0, log2(download.inGB() / SMALLEST_DOWNLOAD_GB));
    double bits = Math.max(0, log2(8.0 * download.count() / parameters / USUAL_BITS));
    return new Prefer(
        POINTS_PER_DOWNLOAD_DOUBLING * size + POINTS_PER_BITS_DOUBLING * bits,
        Reason.of("download", new Download(download)));
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  /// A size that is a download, which people read in GB, not in GiB.
  ///
  /// @param size of the download
  public record Download(Bytes size) {}
}
