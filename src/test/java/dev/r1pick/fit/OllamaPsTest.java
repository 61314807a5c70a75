package dev.r1pick.fit;

import static dev.r1pick.fit.Machines.at;
import static dev.r1pick.fit.Machines.card;
import static dev.r1pick.fit.Machines.linux;
import static dev.r1pick.fit.Machines.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.fit.engine.Weights;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.Era;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `ollama ps` will show of a load.
class OllamaPsTest {
  private static final Bytes RAM = Bytes.ofGiB(64);
  private static final Cpu PLAIN = linux(RAM).cpu();
  private static final Cpu AMX = with("amx_int8");

  private final FitEstimator estimator = new FitEstimator();

  private static Cpu with(String... features) {
    return new Cpu(
        PLAIN.name(),
        PLAIN.arch(),
        PLAIN.physicalCores(),
        PLAIN.performanceCores(),
        PLAIN.logicalCpus(),
        PLAIN.usableCpus(),
        List.of(features));
  }

  private LoadPlan plan(String tag, Machine machine) {
    return estimator.estimate(tag(tag), at(4096), machine).plan();
  }

  private static Optional<OllamaPs> shown(LoadPlan plan, Cpu cpu) {
    return OllamaPs.of(plan, Era.C, cpu, Weights.of(plan.tag()).tokenEmbedding());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 GB",
    "5249999999, 5.2 GB",
    "5250000000, 5.3 GB",
    "9949999999, 9.9 GB",
    "9999999999, 10.0 GB",
    "10000000000, 10 GB",
    "19999999999, 19 GB",
  })
  void sizesAreDecimalAndWholeFromTenOn(long bytes, String text) {
    assertEquals(text, new OllamaPs(Bytes.of(bytes), 0, false).sizeText());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 100% CPU",
    "100, 100% GPU",
    "1, 99%/1% CPU/GPU",
    "60, 40%/60% CPU/GPU",
    "99, 1%/99% CPU/GPU"
  })
  void theProcessorIsNamedByItsShare(int percent, String text) {
    assertEquals(text, new OllamaPs(Bytes.ZERO, percent, false).processorText());
  }

  @Test
  void ofALoadThatIsWholeOnGpusTheirBuffersAreShown() {
    LoadPlan plan = plan("7b", linux(RAM, card(Backend.CUDA, 12_288)));
    assertEquals(
        Optional.of(new OllamaPs(plan.devices().getFirst().total(), 100, false)),
        shown(plan, PLAIN));
  }

  @Test
  void ofALoadThatIsPartlyThereAllOfItIsShown() {
    LoadPlan plan = plan("32b", linux(RAM, card(Backend.CUDA, 12_288), card(Backend.CUDA, 8192)));
    assertTrue(plan.placement().cpuLayers() > 0 && plan.devices().size() == 2);
    OllamaPs shown = shown(plan, AMX).orElseThrow();
    assertEquals(plan.total(), shown.size());
    Bytes onGpus = plan.devices().getFirst().total().plus(plan.devices().getLast().total());
    assertEquals(
        100.0 * onGpus.count() / plan.total().count(), shown.gpuPercent(), 0.5, "rounded once");
    assertEquals(false, shown.amx());
  }

  @Test
  void withoutGpusItIsAllOnTheProcessor() {
    LoadPlan plan = plan("7b", linux(RAM));
    assertEquals(Optional.of(new OllamaPs(plan.host().total(), 0, false)), shown(plan, PLAIN));
  }

  /// Ollama takes the repacked matrices for a GPU's.
  @Test
  void aProcessorWithAmxLooksLikeAGpu() {
    Machine machine = linux(RAM);
    Machine amx =
        new Machine(
            machine.os(),
            AMX,
            machine.ram(),
            machine.accelerators(),
            machine.disk(),
            machine.ollama(),
            machine.notes());
    LoadPlan plan = plan("7b", amx);
    OllamaPs shown = shown(plan, AMX).orElseThrow();
    assertTrue(shown.amx());
    double repacked =
        plan.host().weights().minusOrZero(Weights.of(plan.tag()).tokenEmbedding()).count();
    assertEquals(100 * repacked / plan.host().total().count(), shown.gpuPercent(), 0.5);
    // four bytes to each block of 256 values in Q4_K
    assertEquals(
        86_704_128,
        plan.host().weights().minusOrZero(plan("7b", machine).host().weights()).count());
  }

  /// Every matrix but the embedding is in Q8_0; norms and biases are not repacked.
  @Test
  void amxAddsFourBytesToEachBlockOfEveryMatrix() {
    Weights weights = Weights.of(tag("7b-qwen-distill-q8_0"));
    long vectors = 28L * (2 * 3584 + 3584 + 2 * 512) + 3584;
    long repacked = weights.total().minusOrZero(weights.tokenEmbedding()).count() - 4 * vectors;
    assertEquals(repacked / 34 * 4, weights.addedByAmx());
    assertEquals(0, Weights.of(tag("7b-qwen-distill-fp16")).addedByAmx());
  }

  @Test
  void ollamaBefore030ShowedAnEstimateOfItsOwn() {
    LoadPlan plan = plan("7b", linux(RAM));
    assertEquals(Optional.empty(), OllamaPs.of(plan, Era.B, PLAIN, Bytes.ZERO));
    assertEquals(Optional.empty(), OllamaPs.of(plan, Era.A, PLAIN, Bytes.ZERO));
  }
}
