package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CATALOG;
import static dev.r1pick.advice.Candidates.GPU;
import static dev.r1pick.advice.Candidates.MACHINE;
import static dev.r1pick.advice.Candidates.USE_CASES;
import static dev.r1pick.advice.Candidates.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.advice.quality.QualityEstimator;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Machine;
import dev.r1pick.speed.CpuBandwidthEstimator;
import dev.r1pick.speed.MachineSpeed;
import dev.r1pick.speed.SpeedConstantsReader;
import dev.r1pick.speed.SpeedEstimator;
import dev.r1pick.units.Bandwidth;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From which gain on a card is hidden from Ollama: beside an RTX 4090 lies a card whose bandwidth
/// the test chooses.
class HiddenCardsTest {
  private static final String FAST = "NVIDIA GeForce RTX 4090";
  private static final String SLOW = "NVIDIA GeForce GTX 1060 6GB";
  private static final GpuCatalog SHIPPED = GpuCatalogReader.readDefault();

  private final FitEstimator fits = new FitEstimator();
  private final QualityEstimator qualities = new QualityEstimator(USE_CASES, CATALOG);
  private final SpeedEstimator speeds = new SpeedEstimator(SpeedConstantsReader.shipped());

  /// GB/s of the other card.
  private static GpuCatalog withSlow(double bandwidth) {
    var models = new ArrayList<GpuModel>();
    for (GpuModel model : SHIPPED.models()) {
      models.add(model.name().equals(SLOW) ? readAt(model, bandwidth) : model);
    }
    return new GpuCatalog(SHIPPED.version(), SHIPPED.sources(), models, SHIPPED.words());
  }

  private static GpuModel readAt(GpuModel model, double bandwidth) {
    return new GpuModel(
        model.name(),
        model.aliases(),
        model.vendor(),
        model.form(),
        model.memorySizes(),
        model.reportedMemorySizes(),
        Bandwidth.ofGBPerSecond(bandwidth),
        model.bandwidthCertainty(),
        model.halfPrecisionTflops(),
        model.generation(),
        model.computeCapability(),
        model.gfxTarget(),
        model.unified(),
        model.gpuCores(),
        model.pciIds(),
        model.modifiedMemorySizes(),
        model.devicesPerBoard(),
        model.halfPrecisionCertainty(),
        model.market(),
        model.sources());
  }

  private static Accelerator card(String name, int gib) {
    return new Accelerator(
        name,
        GPU.vendor(),
        Kind.DISCRETE,
        Memory.of(
            Optional.of(Bytes.ofGiB(gib)),
            Optional.of(Bytes.ofMiB(1024L * gib - 400)),
            Pool.DEDICATED,
            false),
        GPU.condition(),
        Identity.UNKNOWN,
        GPU.usability());
  }

  /// What two cards and a use come to.
  private final class Pair {
    private final Machine machine;
    private final MachineSpeed speed;
    private final Question question;

    Pair(int fast, int slow, double bandwidth, String useCase, Priority priority) {
      machine = MACHINE.withAccelerators(List.of(card(FAST, fast), card(SLOW, slow)));
      GpuCatalog gpus = withSlow(bandwidth);
      speed =
          new MachineSpeed(
              speeds, machine, () -> gpus, CpuBandwidthEstimator.shipped().estimate(machine));
      question = new Question(use(useCase), "en", priority, machine, Constraints.NONE);
    }

    Evaluation pick() {
      return new Adviser(CATALOG, USE_CASES, fits, qualities, speed).pick(question).orElseThrow();
    }

    boolean hides() {
      return pick().candidate().changes().visibleDevices().isPresent();
    }

    /// The pick where nobody hides a card.
    Evaluation withAll() {
      return pick(question);
    }

    Evaluation withFastOnly() {
      return pick(question.on(FewerCards.of(machine).getFirst()));
    }

    private Evaluation pick(Question asked) {
      var finder = new CandidateFinder(USE_CASES, fits, qualities, speed);
      var ways = new ArrayList<List<Candidate>>();
      for (ModelTag tag : CATALOG.manifests()) {
        ways.add(finder.find(tag, asked));
      }
      return new Judged(asked, ways).pick().orElseThrow();
    }
  }

  private Pair pair(int fast, int slow, double bandwidth, String useCase) {
    return new Pair(fast, slow, bandwidth, useCase, Priority.BALANCED);
  }

  /// The two sides of the bandwidth from which on both cards are used.
  private List<Pair> border(int fast, int slow, double low, double high, String useCase) {
    double below = low;
    double above = high;
    while (above - below > 0.01) {
      double middle = (below + above) / 2;
      boolean hides = pair(fast, slow, middle, useCase).hides();
      below = hides ? middle : below;
      above = hides ? above : middle;
    }
    return List.of(pair(fast, slow, below, useCase), pair(fast, slow, above, useCase));
  }

  private static double gain(Pair pair) {
    return pair.withFastOnly().candidate().generationRate().orElseThrow()
        / pair.withAll().candidate().generationRate().orElseThrow();
  }

  /// The same tag on one card, with as much context as the use needs.
  @Test
  void aCardIsHiddenWhereTheSameTagIsFivePercentFasterWithoutIt() {
    List<Pair> border = border(24, 12, 200, 4000, "chat");
    for (Pair side : border) {
      assertEquals(
          side.withAll().candidate().tag().name(), side.withFastOnly().candidate().tag().name());
      assertTrue(side.withFastOnly().points() < side.withAll().points() + 0.5);
    }
    assertTrue(border.getFirst().hides());
    assertTrue(gain(border.getFirst()) >= 1.05, "" + gain(border.getFirst()));
    assertTrue(gain(border.getLast()) < 1.05, "" + gain(border.getLast()));
    assertEquals(1.05, gain(border.getLast()), 0.001);
  }

  /// Of another tag, of less quality inside the doubt.
  @Test
  void aCardIsHiddenWhereAWeakerTagWithoutItHasHalfAPointMore() {
    List<Pair> border = border(12, 12, 100, 150, "research");
    var gains = new ArrayList<Double>();
    for (Pair side : border) {
      Candidate weaker = side.withFastOnly().candidate();
      assertTrue(weaker.quality().score() < side.withAll().candidate().quality().score());
      assertTrue(weaker.isAsGoodAs(side.withAll().candidate()));
      gains.add(side.withFastOnly().points() - side.withAll().points());
    }
    assertTrue(gains.getFirst() > 0.5 && gains.getLast() <= 0.5, gains.toString());
    assertEquals(0.5, gains.getLast(), 0.01);
  }

  @ParameterizedTest
  @CsvSource({"12, 12, 200, chat, true", "12, 12, 300, chat, false", "24, 12, 4000, chat, false"})
  void aCardIsUsedWhereItHoldsABetterModel(
      int fast, int slow, double bandwidth, String useCase, boolean hidden) {
    Pair pair = pair(fast, slow, bandwidth, useCase);
    assertEquals(hidden, pair.hides());
    assertEquals(
        (hidden ? pair.withFastOnly() : pair.withAll()).candidate().tag(),
        pair.pick().candidate().tag());
  }

  /// Who asks for something gets it of the cards that serve the best trade.
  @Test
  void noPriorityBringsBackACardThatTheBestTradeHides() {
    for (Priority priority : Priority.values()) {
      Pair pair = new Pair(12, 12, 100, "chat", priority);
      Candidate pick = pair.pick().candidate();
      assertEquals(
          "CUDA_VISIBLE_DEVICES=0",
          pick.changes().visibleDevices().orElseThrow().toString(),
          priority.name());
      assertEquals(pair.withFastOnly().candidate().tag(), pick.tag());
      Pair both = new Pair(12, 12, 300, "chat", priority);
      assertEquals(Optional.empty(), both.pick().candidate().changes().visibleDevices());
    }
  }
}
