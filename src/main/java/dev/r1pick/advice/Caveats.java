package dev.r1pick.advice;

import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Usability;
import dev.r1pick.hardware.Usability.WhyNot;
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
  /// Held by other programs: enough to be worth closing them.
  private static final Bytes MUCH_IN_USE = Bytes.ofGiB(1);

  /// Below this size the knowledge scores fall off (7B and 8B against 14B in MMLU-Pro).
  private static final long SMALL_PARAMETERS = 10_000_000_000L;

  private static final int LONG_CONTEXT = 32_768;

  /// More than this many times the acceptable wait for a typical answer is said before the pick.
  private static final int LONG_WAIT = 2;

  private Caveats() {}

  /// Everything to be said beside a pick, the weightiest first.
  ///
  /// @param standIns the languages of the rows that stand in for those of the asker's; none where
  ///   none do
  /// @param borders what a little less or more free memory would change
  static List<Caveat> of(
      Evaluation best,
      Fit byItself,
      List<Locale> standIns,
      List<MemorySensitivity> borders,
      Question question) {
    var caveats = new ArrayList<Caveat>();
    Candidate pick = best.candidate();
    honest(best, question, caveats);
    switch (pick.speed()) {
      case SpeedEstimate.Unknown _ -> caveats.add(new Caveat.SpeedUnknown());
      case SpeedEstimate.Bounds _ -> caveats.add(new Caveat.SpeedByBackend());
      case SpeedEstimate.Known _ -> {}
    }
    for (MemorySensitivity border : borders) {
      caveats.add(border.caveat());
    }
    if (!standIns.isEmpty()) {
      var language = Locale.of(question.language());
      caveats.add(new Caveat.NoEvidenceInLanguage(language, standIns));
    }
    context(pick, byItself, question.useCase(), caveats);
    placement(pick, question, caveats);
    if (pick.tag().variant().architecture().attention() instanceof Attention.FullHeads) {
      caveats.add(new Caveat.FullHeads());
    }
    caveats.addAll(ofMachine(question));
    if (pick.fit().plan().placement().cpuLayers() > 0) {
      for (Note note : question.machine().notes()) {
        if (note instanceof Note.AssumedProcessor(var processor)) {
          caveats.add(new Caveat.AssumedProcessor(processor));
        }
      }
    }
    if (pick.tag().variant().baseLicense().startsWith("Llama")) {
      caveats.add(new Caveat.LlamaLicence(pick.tag().variant().baseLicense()));
    }
    for (String warning : question.useCase().warnings()) {
      if (concerns(warning, pick)) {
        caveats.add(new Caveat.OfUse(warning));
      }
    }
    return List.copyOf(caveats);
  }

  /// Whether a warning of the use case has anything to do with this pick.
  private static boolean concerns(String warning, Candidate pick) {
    return switch (warning) {
      case "small-models-lack-knowledge" ->
          pick.tag().variant().architecture().parameters() < SMALL_PARAMETERS;
      case "files-need-32k", "contest-needs-32k" -> pick.contextLength().tokens() < LONG_CONTEXT;
      default -> true;
    };
  }

  /// What is to be said of the machine whatever the pick.
  static List<Caveat> ofMachine(Question question) {
    var caveats = new ArrayList<Caveat>();
    for (Accelerator accelerator : question.machine().accelerators()) {
      if (accelerator.usability() instanceof Usability.NotUsable not
          && isWorthAWord(accelerator, not.reason(), question.machine())) {
        caveats.add(new Caveat.GpuNotUsed(accelerator, not));
      }
    }
    question.machine().usableAccelerators().forEach(gpu -> inUse(gpu, caveats));
    for (Note note : question.machine().notes()) {
      if (note instanceof Note.OllamaHostElsewhere(var server)) {
        caveats.add(new Caveat.ServerElsewhere(server));
      }
      if (note instanceof Note.MemoryAssumed(var gpu, var size)) {
        caveats.add(new Caveat.MemoryAssumed(gpu, size));
      }
      if (note instanceof Note.GpuNameShared(var typed, var model, var others)) {
        caveats.add(new Caveat.GpuNameShared(typed, model, others));
      }
    }
    return caveats;
  }

  /// Display chips and virtual screens are no surprise to anybody; a GPU inside the processor is
  /// one where there is no other.
  private static boolean isWorthAWord(Accelerator accelerator, WhyNot reason, Machine machine) {
    return switch (reason) {
      case DISPLAY_ONLY, VIRTUAL_DISPLAY, VIRTUAL_GPU -> false;
      case IGPU_DROPPED_BY_DEFAULT -> machine.usableAccelerators().isEmpty();
      default -> accelerator.kind() != Kind.BMC && accelerator.kind() != Kind.VIRTUAL;
    };
  }

  /// What the asker should hear before the pick: that he will wait, or that it will not be good.
  private static void honest(Evaluation best, Question question, List<Caveat> caveats) {
    Candidate pick = best.candidate();
    boolean slow = best.breaks(Rule.READABLE_SPEED);
    boolean late = best.breaks(Rule.BEARABLE_WAIT) || isLongWait(pick, question);
    if (pick.answerTime().isEmpty()) {
      if (slow) {
        boolean bounded = pick.generationRate().isPresent();
        caveats.add(bounded ? new Caveat.PerhapsBelowReadingSpeed() : new Caveat.SlowAndUnknown());
      }
    } else if (slow || late) {
      var rate = new TokenRate(pick.generationRate().orElseThrow());
      AnswerTime time = pick.answerTime().get();
      caveats.add(
          slow ? new Caveat.BelowReadingSpeed(rate, time) : new Caveat.LongWait(rate, time));
    }
    if (best.breaks(Rule.GOOD_ENOUGH)) {
      caveats.add(new Caveat.WeakForThisUse(pick.tag()));
    }
  }

  private static boolean isLongWait(Candidate pick, Question question) {
    Duration acceptable = question.useCase().acceptableWait().multipliedBy(LONG_WAIT);
    return pick.answerTime()
        .filter(time -> time.typical().expected().compareTo(acceptable) > 0)
        .isPresent();
  }

  private static void context(
      Candidate pick, Fit byItself, UseCaseProfile useCase, List<Caveat> caveats) {
    ContextLength context = pick.contextLength();
    if (context.compareTo(useCase.neededContext()) < 0) {
      caveats.add(new Caveat.ThinkingCut(context, useCase.neededContext()));
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

  private static void placement(Candidate pick, Question question, List<Caveat> caveats) {
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

  /// Also of GPUs that take no part in a plan: they may take none because they are full.
  private static void inUse(Accelerator gpu, List<Caveat> caveats) {
    var memory = gpu.memory();
    if (memory.pool() != Accelerator.Pool.DEDICATED
        || memory.total().isEmpty()
        || memory.free().isEmpty()) {
      return;
    }
    Bytes used =
        memory
            .total()
            .get()
            .minusOrZero(memory.reserved().orElse(Bytes.ZERO))
            .minusOrZero(memory.free().get());
    if (MUCH_IN_USE.atMost(used)) {
      caveats.add(new Caveat.GpuMemoryInUse(gpu, used));
    }
  }
}
