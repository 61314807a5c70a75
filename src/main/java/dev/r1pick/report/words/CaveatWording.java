package dev.r1pick.report.words;

import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Caveat;
import dev.r1pick.hardware.IdleGpu;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Usability;
import dev.r1pick.hardware.Vendor;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.units.TokenRate;
import java.util.List;
import java.util.Optional;

/// What a reader must know beside the pick, in words.
final class CaveatWording {
  private final Wording words;

  CaveatWording(Wording words) {
    this.words = words;
  }

  String caveat(Caveat caveat) {
    return switch (caveat) {
      case Caveat.OfUse(var warning) -> words.messages().text("use-cases.warning." + warning);
      case Caveat.GpuIdle(var idle, var with) -> idle(idle, with);
      case Caveat.EvidenceInLanguage evidence when evidence.own() < evidence.other() ->
          words.messages().text("advice.caveat.evidence-in-language.lower", figures(caveat));
      case Caveat.LatentEngine(boolean hybrid) when hybrid ->
          words.messages().text("advice.caveat.latent-engine.hybrid");
      case Caveat.AssumedShare(_, _, _, var with) ->
          with(words.messages().text("advice.caveat.assumed-share", figures(caveat)), with);
      case Caveat.KindInDoubt(var note) ->
          NoteWording.text("advice.caveat.", note, words.messages());
      default -> words.messages().text("advice.caveat." + caveat.id(), figures(caveat));
    };
  }

  private String idle(IdleGpu idle, Optional<Candidate> with) {
    return with(words.idle(idle), with);
  }

  private String with(String said, Optional<Candidate> with) {
    return with.map(pick -> words.messages().sentences(List.of(said, with(pick)))).orElse(said);
  }

  private String with(Candidate pick) {
    String tag = pick.tag().fullName();
    return pick.answerTime()
        .map(time -> words.messages().text("report.idle-with", tag, words.answer(time)))
        .orElseGet(() -> words.messages().text("report.idle-with-pick", tag));
  }

  /// The figures in the order of the sentence.
  private Object[] figures(Caveat caveat) {
    return switch (caveat) {
      case Caveat.BelowReadingSpeed(var rate, var time) -> pace(rate, time);
      case Caveat.LongWait(var rate, var time) -> pace(rate, time);
      case Caveat.LongWaitOnManyGpus(var rate, var time, int gpus) ->
          of(
              Amounts.about(rate.tokensPerSecond()),
              time.typical().expected(),
              time.heavy().expected(),
              gpus);
      case Caveat.WeakForThisUse(var pick) -> of(pick.fullName());
      case Caveat.NoTools(var pick) -> of(pick.fullName());
      case Caveat.WeakBesideTwin(var pick, var twin) -> of(pick.fullName(), twin);
      case Caveat.BarelyGood(var pick) -> of(pick.fullName());
      case Caveat.BarelyGoodBesideSlower(var better, var time) ->
          of(better.name(), time.typical().expected());
      case Caveat.NearTie(var other) -> of(other.name());
      case Caveat.EvidenceInLanguage(
              var language,
              var benchmark,
              var title,
              var pick,
              double own,
              var rival,
              double other) ->
          of(
              language,
              pick.name(),
              Amounts.decimal(own, 1),
              rival.name(),
              Amounts.decimal(other, 1),
              words.benchmark(benchmark, title));
      case Caveat.FewerCards(var gpu, var variable) ->
          of(Wording.shortName(gpu), variable.name(), numbers(gpu.vendor()));
      case Caveat.PlainInstruct(var twin) -> of(twin);
      case Caveat.ThinkingOff(var pick) -> of(pick.fullName());
      case Caveat.BatchingEngine(int gpus) -> of(gpus);
      case Caveat.ServerElsewhere(var host) -> of(host);
      case Caveat.NearBorderMore(var by, var instead) -> of(Amounts.memory(by), instead.name());
      case Caveat.NearBorderLess(var by, var instead) -> of(Amounts.memory(by), instead.name());
      case Caveat.NearBorderNothing(var by) -> of(Amounts.memory(by));
      case Caveat.NoEvidenceInLanguage(var language, var standIns) -> of(language, standIns);
      case Caveat.ThinkingCut(var context, var wanted) ->
          of(context.shortText(), wanted.shortText());
      case Caveat.OwnContextSpills(var own, var spilled) ->
          of(own.shortText(), Amounts.memory(spilled));
      case Caveat.OwnContextDoesNotFit(var own, var missing) ->
          of(own.shortText(), Amounts.memory(missing));
      case Caveat.OwnContextSmaller(var own) -> of(own.shortText());
      case Caveat.PartlyOffloaded(int cpuLayers, int layers) -> of(cpuLayers, layers);
      case Caveat.ExpertsInRam(int cpuLayers, int layers) -> of(cpuLayers, layers);
      case Caveat.FreeMemoryUnknown(var gpu) -> of(gpu.name());
      case Caveat.GpuMemoryInUse(var gpu, var used) -> of(gpu.name(), Amounts.memory(used));
      case Caveat.OutOfReach(var note) ->
          note instanceof Note.NvidiaSmiFailed(var reason)
              ? of(words.whyNot(Usability.NotUsable.because(reason)))
              : of();
      case Caveat.AssumedShare(var share, var ram, var raised, _) ->
          of(Amounts.memory(share), Amounts.memory(ram), Long.toString(raised.count() >> 20));
      case Caveat.DescribedShare(var share, var ram) ->
          of(Amounts.memory(share), Amounts.memory(ram));
      case Caveat.GpuTooSmall(var gpu) -> of(gpu.name());
      case Caveat.GpuNotUsed(var gpu, var why) -> of(gpu.name(), words.whyNot(why));
      case Caveat.GpuIdle(var idle, _) -> of(idle.gpu().name(), words.whyNot(idle.why()));
      case Caveat.LlamaLicense(var license) -> of(license);
      case Caveat.AssumedProcessor(var processor) -> of(words.processor(processor));
      case Caveat.AssumedFree(var total, var free) ->
          of(Amounts.memory(total), Amounts.memory(free));
      case Caveat.AssumedMachine(var processor, var total, var free) ->
          of(words.processor(processor), Amounts.memory(total), Amounts.memory(free));
      case Caveat.SlowAndUnknown _,
          Caveat.PerhapsBelowReadingSpeed _,
          Caveat.SpeedByBackend _,
          Caveat.SpeedUnknown _,
          Caveat.FullHeads _,
          Caveat.ServerContextUnseen _,
          Caveat.ManyUsers _,
          Caveat.KindInDoubt _,
          Caveat.LatentEngine _,
          Caveat.OfUse _ ->
          of();
    };
  }

  private Object[] pace(TokenRate rate, AnswerTime time) {
    return of(
        Amounts.about(rate.tokensPerSecond()), time.typical().expected(), time.heavy().expected());
  }

  /// What shows the numbers by which variables name cards.
  private static String numbers(Vendor vendor) {
    return switch (vendor) {
      case NVIDIA -> "nvidia-smi -L";
      case AMD -> "rocm-smi";
      default -> "vulkaninfo --summary";
    };
  }

  private static Object[] of(Object... figures) {
    return figures;
  }
}
