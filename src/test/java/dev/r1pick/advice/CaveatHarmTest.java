package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.GPU;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.Caveat.Harm;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.hardware.IdleGpu;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.ollama.ServerVariable;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How much it costs the reader to miss a caveat, and the words by which scripts know it.
class CaveatHarmTest {
  private final ModelTag tag = Candidates.tag("14b");
  private final TokenRate rate = new TokenRate(4);
  private final AnswerTime time = Candidates.of("14b").candidate().answerTime().orElseThrow();
  private final Bytes gib = Bytes.ofGiB(1);
  private final ContextLength context = ContextLength.of(4096);
  private final NotUsable missing = NotUsable.because(WhyNot.DRIVER_MISSING);

  private Map<Harm, List<Caveat>> byHarm() {
    var all = new LinkedHashMap<Harm, List<Caveat>>();
    all.put(
        Harm.IDLE_GPU,
        List.of(
            new Caveat.GpuIdle(new IdleGpu(GPU, missing, 1, false), Optional.empty()),
            new Caveat.OutOfReach(new Note.LinuxOnMac())));
    all.put(Harm.ELSEWHERE, List.of(new Caveat.ServerElsewhere("box")));
    all.put(Harm.NOT_FOR_R1, List.of(new Caveat.NoTools(tag)));
    all.put(
        Harm.SLOW,
        List.of(
            new Caveat.BelowReadingSpeed(rate, time),
            new Caveat.SlowAndUnknown(),
            new Caveat.PerhapsBelowReadingSpeed(),
            new Caveat.LongWait(rate, time),
            new Caveat.LongWaitOnManyGpus(rate, time, 8)));
    all.put(
        Harm.MISUSE,
        List.of(
            new Caveat.WeakForThisUse(tag),
            new Caveat.WeakBesideTwin(tag, "qwen2.5:14b"),
            new Caveat.BarelyGood(tag),
            new Caveat.BarelyGoodBesideSlower(tag, time)));
    all.put(
        Harm.CHOICE,
        List.of(
            new Caveat.NearTie(tag),
            new Caveat.EvidenceInLanguage(Locale.CHINESE, "a", "A", tag, 1, tag, 2),
            new Caveat.FewerCards(GPU, new ServerVariable("CUDA_VISIBLE_DEVICES", "0")),
            new Caveat.PlainInstruct("qwen2.5:14b"),
            new Caveat.ThinkingOff(tag),
            new Caveat.BatchingEngine(8),
            new Caveat.ManyUsers(),
            new Caveat.LatentEngine(true)));
    all.put(
        Harm.CUT,
        List.of(
            new Caveat.ThinkingCut(context, context),
            new Caveat.OwnContextSpills(context, gib),
            new Caveat.OwnContextDoesNotFit(context, gib),
            new Caveat.OwnContextSmaller(context)));
    all.put(
        Harm.PACE,
        List.of(
            new Caveat.PartlyOffloaded(1, 2),
            new Caveat.ExpertsInRam(1, 2),
            new Caveat.GpuTooSmall(GPU),
            new Caveat.GpuMemoryInUse(GPU, gib),
            new Caveat.GpuNotUsed(GPU, missing)));
    all.put(
        Harm.BORDER,
        List.of(
            new Caveat.NearBorderMore(gib, tag),
            new Caveat.NearBorderLess(gib, tag),
            new Caveat.NearBorderNothing(gib)));
    all.put(
        Harm.DOUBT,
        List.of(
            new Caveat.NoEvidenceInLanguage(Locale.GERMAN, List.of(Locale.ENGLISH)),
            new Caveat.SpeedByBackend(),
            new Caveat.SpeedUnknown(),
            new Caveat.FreeMemoryUnknown(GPU),
            new Caveat.KindInDoubt(new Note.GpuKindGuessed("RTX 3060", List.of())),
            new Caveat.AssumedShare(gib, gib, gib, Optional.empty()),
            new Caveat.DescribedShare(gib, gib),
            new Caveat.FullHeads(),
            new Caveat.AssumedProcessor("desktop DDR5"),
            new Caveat.AssumedFree(gib, gib),
            new Caveat.AssumedMachine("desktop DDR5", gib, gib)));
    all.put(Harm.NOTE, List.of(new Caveat.LlamaLicense("Llama 3.3")));
    return all;
  }

  @Test
  void whatCostsTheReaderMostIsSaidFirst() {
    for (var entry : byHarm().entrySet()) {
      for (Caveat caveat : entry.getValue()) {
        assertEquals(entry.getKey(), caveat.harm(), caveat.id());
      }
    }
  }

  /// However little room there is.
  @Test
  void whatSpoilsTheAnswerIsNeverHidden() {
    var never = new ArrayList<Harm>();
    for (Harm harm : Harm.values()) {
      if (harm.isNeverHidden()) {
        never.add(harm);
      }
    }
    assertEquals(
        List.of(Harm.IDLE_GPU, Harm.ELSEWHERE, Harm.NOT_FOR_R1, Harm.SLOW, Harm.MISUSE), never);
  }

  /// By the use's own words; one of a user's own use is a warning against it.
  @Test
  void aWarningOfAUseCostsWhatItWarnsOf() {
    var cut = List.of("thinking-needs-room", "contest-needs-32k", "files-need-32k");
    var pace = List.of("plain-instruct-is-better", "thinking-delays");
    var doubt = List.of("length-not-measured", "one-language-pair-measured", "evidence-is-chinese");
    cut.forEach(warning -> assertEquals(Harm.CUT, new Caveat.OfUse(warning).harm(), warning));
    pace.forEach(warning -> assertEquals(Harm.PACE, new Caveat.OfUse(warning).harm(), warning));
    doubt.forEach(warning -> assertEquals(Harm.DOUBT, new Caveat.OfUse(warning).harm(), warning));
    var known = new HashSet<String>();
    for (UseCaseProfile use : Candidates.USE_CASES.profiles()) {
      known.addAll(use.warnings());
    }
    assertTrue(
        known.containsAll(cut) && known.containsAll(pace) && known.containsAll(doubt),
        known.toString());
    known.removeAll(cut);
    known.removeAll(pace);
    known.removeAll(doubt);
    known.add("of-the-user");
    known.forEach(warning -> assertEquals(Harm.MISUSE, new Caveat.OfUse(warning).harm(), warning));
  }

  @Test
  void scriptsKnowACaveatByItsWordsInKebabCase() {
    assertEquals("near-tie", new Caveat.NearTie(tag).id());
    assertEquals(
        "gpu-not-used",
        new Caveat.GpuIdle(new IdleGpu(GPU, missing, 1, false), Optional.empty()).id());
    assertEquals("linux-on-mac", new Caveat.OutOfReach(new Note.LinuxOnMac()).id());
    assertEquals("invents-in-summaries", new Caveat.OfUse("invents-in-summaries").id());
    assertEquals("no-room-left", new Flip.NoRoomLeft(gib).id());
    assertEquals("chip-unknown", ConfidenceLimit.CHIP_UNKNOWN.id());
    assertEquals("fits-memory", Rule.FITS_MEMORY.id());
  }
}
