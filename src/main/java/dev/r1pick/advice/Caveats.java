package dev.r1pick.advice;

import dev.r1pick.advice.Advice.Alternative;
import dev.r1pick.advice.Advice.Trade;
import dev.r1pick.advice.quality.Quality;
import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.BenchmarkTable;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Usability;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.OllamaRules;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What must be said beside an answer: each caveat has one place where it is decided.
final class Caveats {
  /// The least of what KTransformers names for the full R1 (its tutorial,
  /// DeepseekR1_V3_tutorial.md: 14 to 19 GB).
  private static final Bytes HYBRID_VRAM = Bytes.of(14_000_000_000L);

  /// Below this size the knowledge scores fall off (7B and 8B against 14B in MMLU-Pro).
  private static final long SMALL_PARAMETERS = 10_000_000_000L;

  private static final int LONG_CONTEXT = 32_768;

  /// More than this many times the acceptable wait for a typical answer is said before the pick.
  private static final int LONG_WAIT = 2;

  /// A wait longer than this is said whatever the use accepts.
  private static final Duration LONG = Duration.ofMinutes(5);

  /// From this time to the first word on the reader is told.
  private static final Duration THINKING_DELAY = Duration.ofSeconds(30);

  /// From this share of the evidence on its language is told to readers of another.
  private static final double FOREIGN_SHARE = 0.3;

  /// From this many GPUs or requests at once on, an engine that batches serves better.
  private static final int MANY = 8;

  private static final int MANY_REQUESTS = 4;

  private final UseCases useCases;
  private final Question question;

  Caveats(UseCases useCases, Question question) {
    this.useCases = useCases;
    this.question = question;
  }

  /// Everything to be said beside a pick, the weightiest first.
  ///
  /// @param standIns the languages of the rows that stand in for those of the asker's; none where
  ///   none do
  /// @param borders what a little less or more free memory would change
  /// @param others what is offered beside the pick
  /// @param pool the tags that keep the same rules
  List<Caveat> of(
      Evaluation best,
      Fit byItself,
      List<Locale> standIns,
      List<MemorySensitivity> borders,
      List<Alternative> others,
      List<Evaluation> pool) {
    var caveats = new ArrayList<Caveat>();
    Candidate pick = best.candidate();
    honest(best, others, caveats);
    for (MemorySensitivity border : borders) {
      caveats.add(border.caveat());
    }
    Rivals.evidenceInLanguage(best, pool, question).ifPresent(caveats::add);
    Rivals.nearTie(best, pool, question).ifPresent(caveats::add);
    pick.changes()
        .visibleDevices()
        .ifPresent(
            variable ->
                caveats.add(
                    new Caveat.FewerCards(
                        pick.fit().plan().devices().getFirst().device(), variable)));
    caveats.addAll(MachineCaveats.of(question.machine()));
    rather(best).ifPresent(caveats::add);
    switch (pick.speed()) {
      case SpeedEstimate.Unknown _ -> caveats.add(new Caveat.SpeedUnknown());
      case SpeedEstimate.Bounds _ -> caveats.add(new Caveat.SpeedByBackend());
      case SpeedEstimate.Known _ -> {}
    }
    if (!standIns.isEmpty()) {
      var language = Locale.of(question.language());
      caveats.add(new Caveat.NoEvidenceInLanguage(language, standIns));
    }
    context(pick, byItself, caveats);
    placement(pick, caveats);
    if (pick.tag().variant().architecture().attention() instanceof Attention.FullHeads) {
      caveats.add(new Caveat.FullHeads());
    }
    caveats.addAll(MachineCaveats.assumed(question.machine(), pick.fit().plan()));
    if (pick.tag().variant().baseLicense().startsWith("Llama")) {
      caveats.add(new Caveat.LlamaLicense(pick.tag().variant().baseLicense()));
    }
    for (String warning : question.useCase().warnings()) {
      if (concerns(warning, pick)) {
        caveats.add(new Caveat.OfUse(warning));
      }
    }
    if (!question.useCase().warnings().contains("evidence-is-chinese") && isForeign(pick)) {
      caveats.add(new Caveat.OfUse("evidence-is-chinese"));
    }
    return List.copyOf(caveats);
  }

  /// Whether a warning of the use case has anything to do with this pick.
  private boolean concerns(String warning, Candidate pick) {
    return switch (warning) {
      case "plain-instruct-is-better", "tools-may-be-refused" -> false;
      case "weak-at-tools" -> isFullR1(pick);
      case "evidence-is-chinese" -> !question.language().equals("zh");
      case "thinking-delays" ->
          pick.answerTime()
              .filter(time -> time.typical().expected().compareTo(THINKING_DELAY) >= 0)
              .isPresent();
      case "small-models-lack-knowledge" ->
          pick.tag().variant().architecture().parameters() < SMALL_PARAMETERS;
      case "files-need-32k", "contest-needs-32k" -> pick.contextLength().tokens() < LONG_CONTEXT;
      default -> true;
    };
  }

  /// What the asker should hear before the pick: that Ollama takes no tools with it, that he will
  /// wait, or that it will not be good.
  private void honest(Evaluation best, List<Alternative> others, List<Caveat> caveats) {
    Candidate pick = best.candidate();
    wait(best, caveats);
    if (Rules.needsTools(question) && !isFullR1(pick)) {
      caveats.addFirst(new Caveat.NoTools(pick.tag()));
      return;
    }
    Optional<String> twin = pick.twin();
    if (best.breaks(Rule.GOOD_ENOUGH)) {
      caveats.add(
          twin.isPresent()
              ? new Caveat.WeakBesideTwin(pick.tag(), twin.get())
              : new Caveat.WeakForThisUse(pick.tag()));
    } else if (pick.quality().low() < Rules.USABLE) {
      caveats.add(barelyGood(pick, others));
    }
  }

  /// What only takes longer and is good enough is what to take instead.
  private static Caveat barelyGood(Candidate pick, List<Alternative> others) {
    for (Alternative other : others) {
      Candidate better = other.judged().candidate();
      if (other.trade() == Trade.BETTER_BUT_SLOWER
          && better.quality().low() >= Rules.USABLE
          && better.answerTime().isPresent()) {
        return new Caveat.BarelyGoodBesideSlower(better.tag(), better.answerTime().get());
      }
    }
    return new Caveat.BarelyGood(pick.tag());
  }

  private void wait(Evaluation best, List<Caveat> caveats) {
    Candidate pick = best.candidate();
    boolean slow = best.breaks(Rule.READABLE_SPEED);
    if (pick.answerTime().isEmpty()) {
      if (slow) {
        boolean bounded = pick.generationRate().isPresent();
        caveats.add(bounded ? new Caveat.PerhapsBelowReadingSpeed() : new Caveat.SlowAndUnknown());
      }
      return;
    }
    AnswerTime time = pick.answerTime().get();
    var rate = new TokenRate(pick.generationRate().orElseThrow());
    if (slow) {
      caveats.add(new Caveat.BelowReadingSpeed(rate, time));
    } else if (isLongWait(time)) {
      int gpus = pick.fit().plan().devices().size();
      caveats.add(
          isFullR1(pick) && gpus >= MANY
              ? new Caveat.LongWaitOnManyGpus(rate, time, gpus)
              : new Caveat.LongWait(rate, time));
    }
  }

  private boolean isLongWait(Candidate pick) {
    return pick.answerTime().filter(this::isLongWait).isPresent();
  }

  private boolean isLongWait(AnswerTime time) {
    Duration acceptable = question.useCase().acceptableWait().multipliedBy(LONG_WAIT);
    Duration typical = time.typical().expected();
    return typical.compareTo(acceptable) > 0 || typical.compareTo(LONG) > 0;
  }

  /// Whether KTransformers finds a GPU: it wants CUDA.
  private boolean hasHybridGpu() {
    for (Accelerator gpu : question.machine().usableAccelerators()) {
      if (gpu.usability() instanceof Usability.Usable(var backend)
          && backend == Backend.CUDA
          && gpu.memory().total().filter(HYBRID_VRAM::atMost).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /// Whether it should be this R1 through Ollama at all: one line where the honest answer is no, or
  /// not only.
  private Optional<Caveat> rather(Evaluation best) {
    Candidate pick = best.candidate();
    if (isFullR1(pick)) {
      boolean whole = pick.fit().plan().devices().size() >= MANY;
      boolean home = pick.fit().plan().placement().cpuLayers() > 0;
      boolean told = isLongWait(pick) && !best.breaks(Rule.READABLE_SPEED);
      if (whole && !told) {
        return Optional.of(new Caveat.BatchingEngine(pick.fit().plan().devices().size()));
      }
      return home ? Optional.of(new Caveat.LatentEngine(hasHybridGpu())) : Optional.empty();
    }
    if (question.wishes().parallel().orElse(1) >= MANY_REQUESTS) {
      return Optional.of(new Caveat.ManyUsers());
    }
    Optional<String> twin = pick.twin();
    if (pick.quality().low() < Rules.USABLE) {
      return Optional.empty();
    }
    if (twin.isPresent()) {
      return Optional.of(new Caveat.PlainInstruct(twin.get()));
    }
    boolean talk = question.useCase().warnings().contains("plain-instruct-is-better");
    return talk && pick.tag().variant().thinking() && canSwitchThinkingOff()
        ? Optional.of(new Caveat.ThinkingOff(pick.tag()))
        : Optional.empty();
  }

  private boolean canSwitchThinkingOff() {
    return OllamaRules.of(question.machine().ollama()).hasThinkingSwitch();
  }

  private static boolean isFullR1(Candidate pick) {
    return !pick.tag().variant().distill();
  }

  /// Whether much of what a score stands on was asked in Chinese, for a reader of another language.
  private boolean isForeign(Candidate pick) {
    double all = 0;
    double foreign = 0;
    for (Quality.Term term : pick.quality().terms()) {
      all += term.weight();
      BenchmarkTable table = useCases.benchmarks().get(term.benchmark());
      boolean chinese = table != null && table.language().equals(Optional.of("zh"));
      foreign += chinese ? term.weight() : 0;
    }
    return !question.language().equals("zh") && foreign > 0 && foreign >= FOREIGN_SHARE * all;
  }

  private static void context(Candidate pick, Fit byItself, List<Caveat> caveats) {
    ContextLength context = pick.contextLength();
    if (!pick.hasNeededContext()) {
      caveats.add(new Caveat.ThinkingCut(context, pick.neededContext()));
    }
    if (pick.changes().contextLength()) {
      ContextLength own = byItself.plan().settings().contextLength();
      boolean spills = pick.fit() instanceof Fit.Whole && !isOnCpu(pick);
      if (spills && byItself instanceof Fit.Partly(_, var shortfall)) {
        caveats.add(new Caveat.OwnContextSpills(own, shortfall));
      } else if (byItself instanceof Fit.DoesNotFit(_, var shortfall, _)) {
        caveats.add(new Caveat.OwnContextDoesNotFit(own, shortfall));
      } else if (own.compareTo(context) < 0) {
        caveats.add(new Caveat.OwnContextSmaller(own));
      }
    }
  }

  private static boolean isOnCpu(Candidate pick) {
    return pick.fit().plan().placement() instanceof Placement.CpuOnly;
  }

  private void placement(Candidate pick, List<Caveat> caveats) {
    LoadPlan plan = pick.fit().plan();
    switch (plan.placement()) {
      case Placement.PartlyOffloaded(int gpuLayers, int cpuLayers) ->
          caveats.add(new Caveat.PartlyOffloaded(cpuLayers, gpuLayers + cpuLayers));
      case Placement.ExpertsInRam(int gpuLayers, int cpuLayers) ->
          caveats.add(new Caveat.ExpertsInRam(cpuLayers, gpuLayers + cpuLayers));
      case Placement.CpuOnly _ -> {
        for (Accelerator gpu : question.machine().usableAccelerators()) {
          caveats.add(new Caveat.GpuTooSmall(gpu));
        }
      }
      case Placement.AllOnGpu _, Placement.SplitAcrossGpus _ -> {}
    }
    for (DeviceLoad device : plan.devices()) {
      if (device.free().isEmpty() && !isDescribed(device.device())) {
        freeMemoryUnknown(device.device(), caveats);
      }
    }
  }

  /// Once for cards of one name.
  private static void freeMemoryUnknown(Accelerator gpu, List<Caveat> caveats) {
    for (Caveat caveat : caveats) {
      if (caveat instanceof Caveat.FreeMemoryUnknown(var other)
          && other.name().equals(gpu.name())) {
        return;
      }
    }
    caveats.add(new Caveat.FreeMemoryUnknown(gpu));
  }

  /// A described card is not there to be looked at.
  private static boolean isDescribed(Accelerator device) {
    return device.memory().basis().equals(Optional.of("given"));
  }
}
