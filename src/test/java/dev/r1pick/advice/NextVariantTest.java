package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CATALOG;
import static dev.r1pick.advice.Candidates.GPU;
import static dev.r1pick.advice.Candidates.MACHINE;
import static dev.r1pick.advice.Candidates.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.Advice.NextUp;
import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.fit.Placement;
import dev.r1pick.fit.Remedy;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.probe.RecordedMachines;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The next better variant and what would make it fit. What is picked is the 7b, of quality 60.
class NextVariantTest {
  private final FitEstimator fits = new FitEstimator();
  private final Candidates pick = Candidates.of("7b").score(60);
  private final Machine card = card(12_288);

  private static Machine card(int mib) {
    return Resized.to(MACHINE, Bytes.ofMiB(mib));
  }

  /// 0.9.0 keeps the KV cache as it is.
  private static Machine withoutSmallerCache(int mib) {
    return card(mib).withOllama(new OllamaSetup(Optional.of("0.9.0"), Map.of()));
  }

  /// Partly on the GPU, with that many bytes missing.
  private static Candidates missing(String tag, long bytes) {
    Candidates candidate = Candidates.of(tag);
    return candidate.fit(new Fit.Partly(candidate.plan(), Bytes.of(bytes)));
  }

  private Optional<NextUp> next(
      String useCase, Machine machine, Candidates best, Candidates... others) {
    var question = new Question(use(useCase), "en", Priority.BALANCED, machine, Constraints.NONE);
    var judged = new ArrayList<Evaluation>(List.of(best.evaluation(question)));
    for (Candidates other : others) {
      judged.add(other.evaluation(question));
    }
    return new NextVariant(fits, CATALOG.manifests())
        .of(best.evaluation(question), judged, question);
  }

  private String named(Candidates... others) {
    return next("chat", card, pick, others).map(next -> next.tag().name()).orElse("none");
  }

  // --- which

  @Test
  void theBetterVariantThatLacksLeastIsNext() {
    Candidates near = missing("32b", 1000);
    Candidates far = missing("70b", 1001);
    assertEquals("32b", named(near, far));
    assertEquals("32b", named(far, near));
    Candidates notLoaded = near.fit(new Fit.DoesNotFit(near.plan(), Bytes.of(1002), Fit.Where.GPU));
    assertEquals("70b", named(notLoaded, far));
    assertEquals("70b", named(far, notLoaded));
  }

  @Test
  void aVariantThatIsNoBetterIsNotNext() {
    assertEquals("none", named(missing("32b", 1000).score(60)));
    assertEquals("32b", named(missing("32b", 1000).score(60.01)));
  }

  @Test
  void onlyTheSmallestFileOfAVariantIsNext() {
    assertEquals("none", named(missing("32b-qwen-distill-q8_0", 1)));
    assertEquals("32b", named(missing("32b-qwen-distill-q8_0", 1), missing("32b", 1000)));
  }

  @Test
  void aVariantThatIsWholeWithRoomToThinkIsNotNext() {
    Candidates other = Candidates.of("32b-qwen-distill-q8_0");
    assertEquals("none", named(missing("32b", 1000), other));
    assertEquals("32b", named(missing("32b", 1000), other.context(4095)), "half of the context");
    assertEquals("none", named(missing("32b", 1000), other.context(4096)));
    assertEquals("32b", named(missing("32b", 1000), other.partly()));
    assertEquals("32b", named(missing("32b", 1000), Candidates.of("70b")), "another variant");
  }

  /// It lacks nothing but context.
  @Test
  void aVariantThatIsWholeWithoutRoomToThinkIsTheNearest() {
    Candidates cut = Candidates.of("32b").context(1024);
    assertEquals("32b", named(missing("70b", 1), cut));
    assertEquals("32b", named(cut, missing("70b", 1)));
  }

  @Test
  void fourTimesTheMemoryIsWithinReach() {
    Bytes reach = Bytes.ofGiB(48);
    Placement whole = new Placement.AllOnGpu(65);
    Candidates within = Candidates.of("32b").placed(whole, reach, reach);
    Candidates beyond = Candidates.of("32b").placed(whole, reach, reach.plus(Bytes.of(1)));
    assertEquals("32b", named(within.fit(new Fit.Partly(within.plan(), Bytes.of(1)))));
    assertEquals("none", named(beyond.fit(new Fit.Partly(beyond.plan(), Bytes.of(1)))));
  }

  @Test
  void onAProcessorSpeedIsShortAndNoMemoryBuysIt() {
    Candidates onCpu = pick.placed(new Placement.CpuOnly(29));
    assertEquals(Optional.empty(), next("chat", card, onCpu, missing("32b", 1000)));
    assertTrue(next("chat", card, pick, missing("32b", 1000)).isPresent());
  }

  // --- what would make it fit

  private Remedy remedy(String useCase, Machine machine, Candidates other) {
    return next(useCase, machine, pick, other).orElseThrow().remedy().orElseThrow();
  }

  /// Half of the context is enough to think in.
  @Test
  void lessContextIsARemedyDownToHalfOfWhatTheUseNeeds() {
    FitRequest request = FitRequest.DEFAULTS.withKvCacheType(KvCacheType.F16);
    var seen = new HashSet<Integer>();
    for (int mib = 6600; mib < 6900; mib += 8) {
      Machine machine = withoutSmallerCache(mib);
      var largest = fits.largestWholeContext(Candidates.tag("8b"), request, machine).orElseThrow();
      Remedy remedy = remedy("chat", machine, missing("8b", 1000));
      if (largest.tokens() >= 4096) {
        assertEquals(new Remedy.SmallerContext(largest), remedy, mib + " MiB");
      } else {
        assertInstanceOf(Remedy.OneMoreGpu.class, remedy, mib + " MiB, " + largest);
      }
      seen.add(largest.tokens());
    }
    assertTrue(seen.contains(4096), "just enough: " + seen);
    assertTrue(seen.contains(3840), "just too little: " + seen);
  }

  @Test
  void aSmallerCacheIsARemedy() {
    assertEquals(
        new Remedy.SmallerKvCache(KvCacheType.Q8_0),
        remedy("coding", card(7808), missing("8b", 1000)));
  }

  @Test
  void memoryThatOtherProgramsHoldIsARemedy() {
    Machine busy =
        MACHINE.withAccelerators(
            List.of(
                GPU.withMemory(
                    Memory.of(
                        Optional.of(Bytes.ofGiB(12)),
                        Optional.of(Bytes.ofGiB(5)),
                        Pool.DEDICATED,
                        false))));
    assertInstanceOf(Remedy.FreeGpuMemory.class, remedy("chat", busy, missing("8b", 1000)));
  }

  @Test
  void aMacMayGiveItsGpuMoreOfItsMemory() {
    Machine busy = RecordedMachines.detector().detect(RecordedMachines.host("apple-m3-16gb-metal"));
    assertInstanceOf(Remedy.FreeRam.class, remedy("chat", busy, missing("14b", 1000)));
    Machine idle =
        busy.withRam(busy.ram().with(busy.ram().total(), busy.ram().total(), busy.ram().basis()));
    assertInstanceOf(Remedy.RaiseWiredLimit.class, remedy("chat", idle, missing("14b", 1000)));
  }

  @Test
  void aCardCanBeBoughtAndASliceOfAGpuCannot() {
    Machine small = card(5760);
    assertInstanceOf(Remedy.OneMoreGpu.class, remedy("coding", small, missing("8b", 1000)));
    Accelerator old = small.accelerators().getFirst();
    var slice =
        new Accelerator(
            old.name(),
            old.vendor(),
            Kind.MIG_INSTANCE,
            old.memory(),
            old.condition(),
            old.identity(),
            old.usability());
    Machine sliced = small.withAccelerators(List.of(slice));
    assertEquals(
        Optional.empty(), next("coding", sliced, pick, missing("8b", 1000)).orElseThrow().remedy());
  }

  /// The 8b thinks longer in coding: one more card is not enough for that, but for the use.
  @Test
  void whereNothingGivesTheContextOfTheVariantThatOfTheUseIsPlanned() {
    Machine small = card(5760);
    Candidates longer = missing("8b", 1000).needed(32_768);
    assertInstanceOf(Remedy.OneMoreGpu.class, remedy("coding", small, longer));
    Machine tiny = card(5120);
    assertEquals(Optional.empty(), next("coding", tiny, pick, longer).orElseThrow().remedy());
    NextUp next = next("coding", small, pick, longer).orElseThrow();
    assertEquals(16_384, next.fit().plan().settings().contextLength().tokens());
    assertInstanceOf(Fit.Partly.class, next.fit());
  }
}
