package dev.r1pick.advice;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.IdleGpu;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Usability;
import dev.r1pick.ollama.ServerVariable;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.text.Kebab;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a reader must know beside the pick. Its sentence is `advice.caveat.` and the [#id].
public sealed interface Caveat {

  /// Kebab-case, stable: scripts read it.
  default String id() {
    return Kebab.of(getClass());
  }

  /// What it costs the reader to miss it; what costs most is said first.
  enum Harm {
    /// A GPU lies idle, and the whole answer is that of a weaker machine.
    IDLE_GPU,
    /// The answer is about another machine than the one that counts.
    ELSEWHERE,
    /// No tag of DeepSeek-R1 that fits can do it.
    NOT_FOR_R1,
    /// Nobody wants to wait for it.
    SLOW,
    /// It is not fit for what it is asked for.
    MISUSE,
    /// Another one may be the better choice.
    CHOICE,
    /// Answers are cut.
    CUT,
    /// Something holds it up.
    PACE,
    /// A little more or less memory changes the pick.
    BORDER,
    /// A figure is less sure than it looks.
    DOUBT,
    /// Good to know.
    NOTE;

    /// Whether it is said however little room there is.
    public boolean isNeverHidden() {
      return compareTo(MISUSE) <= 0;
    }
  }

  /// How much it matters.
  default Harm harm() {
    return switch (this) {
      case GpuIdle _, OutOfReach _ -> Harm.IDLE_GPU;
      case ServerElsewhere _ -> Harm.ELSEWHERE;
      case NoTools _ -> Harm.NOT_FOR_R1;
      case BelowReadingSpeed _,
          SlowAndUnknown _,
          PerhapsBelowReadingSpeed _,
          LongWait _,
          LongWaitOnManyGpus _ ->
          Harm.SLOW;
      case WeakForThisUse _, WeakBesideTwin _, BarelyGood _, BarelyGoodBesideSlower _ ->
          Harm.MISUSE;
      case NearTie _,
          EvidenceInLanguage _,
          FewerCards _,
          PlainInstruct _,
          ThinkingOff _,
          BatchingEngine _,
          ManyUsers _,
          LatentEngine _ ->
          Harm.CHOICE;
      case ThinkingCut _, OwnContext _ -> Harm.CUT;
      case PartlyOffloaded _, ExpertsInRam _, GpuTooSmall _, GpuMemoryInUse _, GpuNotUsed _ ->
          Harm.PACE;
      case NearBorderMore _, NearBorderLess _, NearBorderNothing _ -> Harm.BORDER;
      case NoEvidenceInLanguage _,
          SpeedByBackend _,
          SpeedUnknown _,
          FreeMemoryUnknown _,
          KindInDoubt _,
          AssumedShare _,
          DescribedShare _,
          FullHeads _,
          ServerContextUnseen _,
          AssumedProcessor _,
          AssumedFree _,
          AssumedMachine _ ->
          Harm.DOUBT;
      case LlamaLicense _ -> Harm.NOTE;
      case OfUse(var warning) -> ofUse(warning);
    };
  }

  private static Harm ofUse(String warning) {
    return switch (warning) {
      case "thinking-needs-room", "contest-needs-32k", "files-need-32k" -> Harm.CUT;
      case "plain-instruct-is-better", "thinking-delays" -> Harm.PACE;
      case "length-not-measured", "one-language-pair-measured", "evidence-is-chinese" -> Harm.DOUBT;
      default -> Harm.MISUSE;
    };
  }

  /// Said before the pick: the honest answer may be another kind of model, or another machine.
  sealed interface First extends Caveat {}

  /// Said in the line about the context.
  sealed interface OwnContext extends Caveat {}

  /// GPUs lie idle for a reason that can be mended.
  ///
  /// @param idle which
  /// @param with the pick with them; empty where it would be no other, or is not known
  record GpuIdle(IdleGpu idle, Optional<Candidate> with) implements First {
    @Override
    public String id() {
      return "gpu-not-used";
    }
  }

  /// A GPU of the computer around is not reached, and Ollama does not say so.
  ///
  /// @param note what was found
  record OutOfReach(Note.OutOfReach note) implements First {
    @Override
    public String id() {
      return note.id();
    }
  }

  /// Slower than this use can be read.
  record BelowReadingSpeed(TokenRate rate, AnswerTime time) implements First {}

  /// A long wait on a chip whose speed is not known.
  record SlowAndUnknown() implements First {}

  /// Of a chip that is not known the slow end is too slow.
  record PerhapsBelowReadingSpeed() implements First {}

  /// Readable, but the answer is complete late.
  record LongWait(TokenRate rate, AnswerTime time) implements First {}

  /// Ollama passes no tools to the pick.
  record NoTools(ModelTag pick) implements First {}

  /// The pick is not good at the use, and its twin without thinking is better.
  record WeakBesideTwin(ModelTag pick, String twin) implements First {}

  /// The range of the pick's quality reaches below what is of help.
  record BarelyGood(ModelTag pick) implements First {}

  /// The same where another tag that fits is good at the use, and takes longer.
  record BarelyGoodBesideSlower(ModelTag better, AnswerTime time) implements First {}

  /// The same on GPUs of which other engines make more.
  record LongWaitOnManyGpus(TokenRate rate, AnswerTime time, int gpus) implements First {}

  /// The pick is not good at the use.
  record WeakForThisUse(ModelTag pick) implements First {}

  /// The models run on another machine.
  record ServerElsewhere(String host) implements First {}

  /// Nothing tells which context the server that runs is set to.
  record ServerContextUnseen() implements Caveat {}

  /// Another tag is as good within the doubt.
  record NearTie(ModelTag other) implements Caveat {}

  /// What the evidence in the asker's language says of the pick and of the one nearest to it.
  record EvidenceInLanguage(
      Locale language,
      String benchmark,
      String title,
      ModelTag pick,
      double own,
      ModelTag rival,
      double other)
      implements Caveat {}

  /// Some of the cards serve better than all of them.
  record FewerCards(Accelerator gpu, ServerVariable variable) implements Caveat {}

  /// A plain instruct model of the size was measured and answers at least as well.
  record PlainInstruct(String twin) implements Caveat {}

  /// Thinking can be switched off.
  record ThinkingOff(ModelTag pick) implements Caveat {}

  /// An engine that serves many requests at once makes more of that many GPUs.
  record BatchingEngine(int gpus) implements Caveat {}

  /// The same for many users at once.
  record ManyUsers() implements Caveat {}

  /// The full R1 with experts in RAM runs faster on other engines.
  ///
  /// @param hybrid whether there is a GPU that engines for both processor and GPU take
  record LatentEngine(boolean hybrid) implements Caveat {}

  /// With a little more free memory the pick would be another one.
  record NearBorderMore(Bytes by, ModelTag instead) implements Caveat {}

  /// With a little less free memory the pick would be another one.
  record NearBorderLess(Bytes by, ModelTag instead) implements Caveat {}

  /// With a little less free memory nothing fits.
  record NearBorderNothing(Bytes by) implements Caveat {}

  /// No benchmark in the asker's language: those in others rank.
  record NoEvidenceInLanguage(Locale language, List<Locale> standIns) implements Caveat {
    public NoEvidenceInLanguage {
      standIns = List.copyOf(standIns);
    }
  }

  /// Less context than the use wants.
  record ThinkingCut(ContextLength context, ContextLength wanted) implements Caveat {}

  /// Ollama's own context would spill.
  record OwnContextSpills(ContextLength own, Bytes spilled) implements OwnContext {}

  /// Ollama's own context does not fit.
  record OwnContextDoesNotFit(ContextLength own, Bytes missing) implements OwnContext {}

  /// Ollama's own context is smaller than the one planned with.
  record OwnContextSmaller(ContextLength own) implements OwnContext {}

  /// Some layers are in RAM.
  record PartlyOffloaded(int cpuLayers, int layers) implements Caveat {}

  /// The experts of some layers are in RAM.
  record ExpertsInRam(int cpuLayers, int layers) implements Caveat {}

  /// The chip is not in the catalog: bounds by its backend.
  record SpeedByBackend() implements Caveat {}

  /// The chip is not in the catalog, and nothing can stand in.
  record SpeedUnknown() implements Caveat {}

  /// How much memory of a GPU is free is not known.
  record FreeMemoryUnknown(Accelerator gpu) implements Caveat {}

  /// Other programs hold memory of a GPU.
  record GpuMemoryInUse(Accelerator gpu, Bytes used) implements Caveat {}

  /// The GPU's share of the memory of another described chip is assumed.
  record DescribedShare(Bytes share, Bytes ram) implements Caveat {}

  /// A GPU of the machine may be of another kind than is planned with.
  ///
  /// @param note what was found
  record KindInDoubt(Note.KindInDoubt note) implements Caveat {
    @Override
    public String id() {
      return note.id();
    }
  }

  /// The GPU's share of the memory of a described Mac is assumed.
  ///
  /// @param raised what its owner can give to the GPU
  /// @param with the pick with that; empty where it would be no other
  record AssumedShare(Bytes share, Bytes ram, Bytes raised, Optional<Candidate> with)
      implements Caveat {}

  /// A usable GPU has too little free memory to take part.
  record GpuTooSmall(Accelerator gpu) implements Caveat {}

  /// Ollama would not use a GPU.
  record GpuNotUsed(Accelerator gpu, Usability.NotUsable why) implements Caveat {}

  /// The file keeps K and V of all heads, which makes its cache large.
  record FullHeads() implements Caveat {}

  /// The processor of a described machine was not told.
  ///
  /// @param processor the class that is assumed
  record AssumedProcessor(String processor) implements Caveat {}

  /// Of described RAM a part is taken to be the system's.
  ///
  /// @param total what was described
  /// @param free what is planned with
  record AssumedFree(Bytes total, Bytes free) implements Caveat {}

  /// Both at once.
  record AssumedMachine(String processor, Bytes total, Bytes free) implements Caveat {}

  /// A Llama license binds the tag.
  record LlamaLicense(String license) implements Caveat {}

  /// A warning of the use; its sentence is `use-cases.warning.` and the id.
  ///
  /// @param warning one of the use's
  record OfUse(String warning) implements Caveat {
    @Override
    public String id() {
      return warning;
    }
  }
}
