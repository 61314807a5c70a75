package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CATALOG;
import static dev.r1pick.advice.Candidates.GPU;
import static dev.r1pick.advice.Candidates.MACHINE;
import static dev.r1pick.advice.Candidates.USE_CASES;
import static dev.r1pick.advice.Candidates.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.Advice.NothingFits;
import dev.r1pick.advice.Advice.Recommendation;
import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.advice.quality.QualityEstimator;
import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.ollama.Backend;
import dev.r1pick.speed.CpuBandwidthEstimator;
import dev.r1pick.speed.MachineSpeed;
import dev.r1pick.speed.SpeedConstantsReader;
import dev.r1pick.speed.SpeedEstimator;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What whole answers say of GPUs that lie idle, of several cards, and of tags that nearly fit.
class WholeAnswersTest {
  private static final GpuCatalog GPUS = GpuCatalogReader.readDefault();

  private static Adviser adviser(Machine machine) {
    return new Adviser(
        CATALOG,
        USE_CASES,
        new FitEstimator(),
        new QualityEstimator(USE_CASES, CATALOG),
        new MachineSpeed(
            new SpeedEstimator(SpeedConstantsReader.shipped()),
            machine,
            () -> GPUS,
            CpuBandwidthEstimator.shipped().estimate(machine)));
  }

  private static Recommendation recommended(String useCase, Priority priority, Machine machine) {
    return assertInstanceOf(
        Recommendation.class,
        adviser(machine)
            .advise(new Question(use(useCase), "en", priority, machine, Constraints.NONE), 2));
  }

  private static Recommendation chat(Machine machine) {
    return recommended("chat", Priority.BALANCED, machine);
  }

  private static Machine with(Accelerator... gpus) {
    return MACHINE.withAccelerators(List.of(gpus));
  }

  private static Accelerator card(String name, long gib) {
    return new Accelerator(
        name,
        GPU.vendor(),
        Kind.DISCRETE,
        Memory.of(
            Optional.of(Bytes.ofGiB(gib)),
            Optional.of(Bytes.ofMiB(1024 * gib - 400)),
            Pool.DEDICATED,
            false),
        GPU.condition(),
        Identity.UNKNOWN,
        GPU.usability());
  }

  private static Accelerator idle(Accelerator gpu, NotUsable why) {
    return gpu.withUsability(why);
  }

  private static final NotUsable MISSING = NotUsable.because(WhyNot.DRIVER_MISSING, Backend.CUDA);

  private static List<Caveat.GpuIdle> idle(Recommendation answer) {
    return answer.caveats().stream()
        .filter(Caveat.GpuIdle.class::isInstance)
        .map(Caveat.GpuIdle.class::cast)
        .toList();
  }

  // --- GPUs that lie idle

  @Test
  void anIdleCardIsSaidWithWhatItWouldBring() {
    Accelerator large = idle(card("NVIDIA GeForce RTX 4090", 24), MISSING);
    Recommendation answer = chat(with(large));
    Caveat.GpuIdle said = assertInstanceOf(Caveat.GpuIdle.class, answer.caveats().getFirst());
    Candidate better = said.with().orElseThrow();
    assertEquals(
        chat(with(card("NVIDIA GeForce RTX 4090", 24))).best().candidate().tag(), better.tag());
    assertNotEquals(answer.best().candidate().tag(), better.tag());
  }

  /// The same tag, with its answer sooner.
  @Test
  void anIdleCardIsSaidToBringTheSameTagSooner() {
    Accelerator slow = card("NVIDIA GeForce GTX 1060 6GB", 24);
    Accelerator fast = idle(card("NVIDIA GeForce RTX 4090", 24), MISSING);
    Recommendation answer = chat(with(slow, fast));
    Candidate pick = answer.best().candidate();
    Candidate with = idle(answer).getFirst().with().orElseThrow();
    assertTrue(
        with.answerTime()
                    .orElseThrow()
                    .typical()
                    .expected()
                    .compareTo(pick.answerTime().orElseThrow().typical().expected())
                < 0
            || !with.tag().equals(pick.tag()));
  }

  @Test
  void anIdleCardThatBringsNothingIsSaidWithoutAPick() {
    Accelerator used = card("NVIDIA GeForce RTX 4090", 24);
    Accelerator small = idle(card("NVIDIA GeForce GTX 1060 6GB", 1), MISSING);
    List<Caveat.GpuIdle> said = idle(chat(with(used, small)));
    assertEquals(1, said.size());
    assertEquals(Optional.empty(), said.getFirst().with());
  }

  @Test
  void whereNothingTellsWhatWouldDriveItNothingIsPromised() {
    Accelerator large =
        idle(card("NVIDIA GeForce RTX 4090", 24), NotUsable.because(WhyNot.DRIVER_MISSING));
    List<Caveat.GpuIdle> said = idle(chat(with(large)));
    assertEquals(Optional.empty(), said.getFirst().with());
  }

  @Test
  void whatIsIdleIsNotSaidTwice() {
    Accelerator large = idle(card("NVIDIA GeForce RTX 4090", 24), MISSING);
    Recommendation answer = chat(with(large, large));
    assertEquals(1, idle(answer).size());
    assertEquals(2, idle(answer).getFirst().idle().count());
    assertTrue(answer.caveats().stream().noneMatch(Caveat.GpuNotUsed.class::isInstance));
  }

  /// Two chips inside processors that Ollama leaves out by itself.
  @Test
  void chipsOfOneNameAndOneReasonAreSaidOnce() {
    NotUsable dropped = NotUsable.because(WhyNot.IGPU_DROPPED_BY_DEFAULT, Backend.VULKAN);
    NotUsable unsupported = NotUsable.because(WhyNot.UNSUPPORTED_BY_OLLAMA, Backend.ROCM);
    Accelerator one = idle(card("one", 1), dropped);
    Accelerator two = idle(card("two", 1), dropped);
    Accelerator other = idle(card("one", 1), unsupported);
    assertEquals(1, notUsed(one, one));
    assertEquals(2, notUsed(one, two));
    assertEquals(2, notUsed(one, other, one));
  }

  private static long notUsed(Accelerator... gpus) {
    return chat(with(gpus)).caveats().stream().filter(Caveat.GpuNotUsed.class::isInstance).count();
  }

  @Test
  void cardsOfOneNameThatAreAsFullAreSaidOnce() {
    assertEquals(1, inUse(busy("one", 2), busy("one", 2)));
    assertEquals(2, inUse(busy("one", 2), busy("one", 3)));
    assertEquals(2, inUse(busy("one", 2), busy("two", 2)));
  }

  private static Accelerator busy(String name, int gib) {
    return card(name, 12)
        .withMemory(
            Memory.of(
                Optional.of(Bytes.ofGiB(12)),
                Optional.of(Bytes.ofGiB(12 - gib)),
                Pool.DEDICATED,
                false));
  }

  private static long inUse(Accelerator... gpus) {
    return chat(with(gpus)).caveats().stream()
        .filter(Caveat.GpuMemoryInUse.class::isInstance)
        .count();
  }

  @Test
  void cardsOfOneNameThatAreTooSmallAreSaidOnce() {
    Accelerator tiny =
        card("tiny", 1)
            .withMemory(
                Memory.of(
                    Optional.of(Bytes.ofMiB(1024)),
                    Optional.of(Bytes.ofMiB(1000)),
                    Pool.DEDICATED,
                    false));
    Accelerator other =
        new Accelerator(
            "other",
            tiny.vendor(),
            tiny.kind(),
            tiny.memory(),
            tiny.condition(),
            tiny.identity(),
            tiny.usability());
    assertEquals(1, tooSmall(tiny, tiny));
    assertEquals(2, tooSmall(tiny, other, tiny));
  }

  private static long tooSmall(Accelerator... gpus) {
    return chat(with(gpus)).caveats().stream().filter(Caveat.GpuTooSmall.class::isInstance).count();
  }

  @Test
  void whatHarmsMostIsSaidFirst() {
    Accelerator idle = idle(card("NVIDIA GeForce RTX 4090", 24), MISSING);
    for (Machine machine :
        List.of(
            with(busy("one", 6), idle),
            with(idle(card("x", 1), NotUsable.because(WhyNot.IGPU_DROPPED_BY_DEFAULT))),
            with(card("NVIDIA GeForce RTX 3060", 6)))) {
      for (String useCase : List.of("chat", "research", "agents", "law-medicine-finance")) {
        List<Caveat> said = recommended(useCase, Priority.BALANCED, machine).caveats();
        for (int i = 1; i < said.size(); i++) {
          assertTrue(
              said.get(i - 1).harm().compareTo(said.get(i).harm()) <= 0, useCase + " " + said);
        }
      }
    }
  }

  // --- the best that fits

  @Test
  void itIsKnownWhetherAnythingBetterFits() {
    var found = new ArrayList<Boolean>();
    for (int gib : new int[] {6, 8, 12, 16, 24, 32, 48}) {
      Machine machine = with(card("NVIDIA GeForce RTX 4090", gib));
      for (String useCase : List.of("chat", "coding")) {
        Recommendation answer = recommended(useCase, Priority.BALANCED, machine);
        double best = answer.best().candidate().quality().score();
        boolean better = false;
        for (Evaluation other :
            adviser(machine)
                .judge(
                    CATALOG.manifests(),
                    new Question(
                        use(useCase), "en", Priority.BALANCED, machine, Constraints.NONE))) {
          better |=
              !(other.candidate().fit() instanceof Fit.DoesNotFit)
                  && other.candidate().quality().score() > best;
        }
        assertEquals(!better, answer.bestThatFits(), useCase + " on " + gib);
        found.add(better);
      }
    }
    assertTrue(found.contains(true), found.toString());
  }

  // --- several cards

  /// Beside a slow card a fast one that holds the model answers sooner alone.
  @Test
  void aSlowCardIsHiddenWhereTheFastOneServesBetterAlone() {
    Accelerator fast = card("NVIDIA GeForce RTX 4090", 24);
    Accelerator slow = card("NVIDIA GeForce GTX 1060 6GB", 12);
    int hidden = 0;
    for (String useCase : List.of("chat", "coding", "math", "writing", "research")) {
      for (boolean first : new boolean[] {true, false}) {
        Machine machine = first ? with(fast, slow) : with(slow, fast);
        Recommendation answer = recommended(useCase, Priority.BALANCED, machine);
        Candidate pick = answer.best().candidate();
        if (pick.changes().visibleDevices().isPresent()) {
          hidden++;
          assertEquals(
              "CUDA_VISIBLE_DEVICES=" + (first ? 0 : 1),
              pick.changes().visibleDevices().get().toString());
          assertEquals(1, pick.fit().plan().devices().size());
          assertTrue(answer.caveats().stream().anyMatch(Caveat.FewerCards.class::isInstance));
        }
        Evaluation alone = recommended(useCase, Priority.BALANCED, with(fast)).best();
        assertTrue(
            pick.quality().score() >= alone.candidate().quality().score() - 5,
            useCase + " " + pick.tag().name());
      }
    }
    assertTrue(hidden > 0, "never");
  }

  /// Who asks for quality gets what only both cards hold, who does not gets the quicker trade.
  @Test
  void forQualityNoCardIsHiddenFromABetterModel() {
    Accelerator fast = card("NVIDIA GeForce RTX 4090", 24);
    Accelerator slow = card("NVIDIA GeForce GTX 1060 6GB", 24);
    double balanced =
        recommended("chat", Priority.BALANCED, with(fast, slow))
            .best()
            .candidate()
            .quality()
            .score();
    Candidate best = recommended("chat", Priority.QUALITY, with(fast, slow)).best().candidate();
    assertTrue(best.quality().score() >= balanced, best.tag().name());
  }

  // --- nothing fits

  private static NothingFits nothing(Machine machine, OptionalDouble minSpeed) {
    return assertInstanceOf(
        NothingFits.class, adviser(machine).advise(asked(machine, minSpeed), 2));
  }

  private static Question asked(Machine machine, OptionalDouble minSpeed) {
    return new Question(
        use("chat"),
        "en",
        Priority.BALANCED,
        machine,
        new Constraints(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            minSpeed,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            OptionalInt.empty()));
  }

  @Test
  void whereNothingFitsAnIdleCardIsStillSaidWithWhatItBrings() {
    Machine machine =
        Resized.to(with(idle(card("NVIDIA GeForce RTX 4090", 24), MISSING)), Bytes.ofMiB(800));
    Machine tiny =
        machine.withAccelerators(
            with(idle(card("NVIDIA GeForce RTX 4090", 24), MISSING)).accelerators());
    NothingFits answer = nothing(tiny, OptionalDouble.empty());
    Caveat.GpuIdle said = assertInstanceOf(Caveat.GpuIdle.class, answer.caveats().getFirst());
    assertEquals("NVIDIA GeForce RTX 4090", said.idle().gpu().name());
  }

  /// The smallest, or the fastest: not the first of the catalog.
  @Test
  void whatIsClosestDoesNotGoByTheOrderOfTheCatalog() {
    Machine tiny = Resized.to(MACHINE.withAccelerators(List.of()), Bytes.ofMiB(800));
    Machine card = with(card("NVIDIA GeForce RTX 4090", 24));
    for (boolean reversed : new boolean[] {false, true}) {
      assertEquals("1.5b", closest(tiny, OptionalDouble.empty(), reversed));
      assertEquals("1.5b", closest(card, OptionalDouble.of(1e6), reversed));
    }
  }

  private static String closest(Machine machine, OptionalDouble minSpeed, boolean reversed) {
    var adviser =
        new Adviser(
            CATALOG,
            reversed ? CATALOG.manifests().reversed() : CATALOG.manifests(),
            USE_CASES,
            new FitEstimator(),
            new QualityEstimator(USE_CASES, CATALOG),
            new MachineSpeed(
                new SpeedEstimator(SpeedConstantsReader.shipped()),
                machine,
                () -> GPUS,
                CpuBandwidthEstimator.shipped().estimate(machine)));
    return assertInstanceOf(NothingFits.class, adviser.advise(asked(machine, minSpeed), 2))
        .closest()
        .tag()
        .name();
  }
}
