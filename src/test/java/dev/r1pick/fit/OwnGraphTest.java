package dev.r1pick.fit;

import static dev.r1pick.fit.Machines.at;
import static dev.r1pick.fit.Machines.gpu;
import static dev.r1pick.fit.Machines.linux;
import static dev.r1pick.fit.Machines.tag;
import static dev.r1pick.fit.Machines.withOllama;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.r1pick.fit.engine.LoadShape;
import dev.r1pick.fit.engine.MemoryEstimator;
import dev.r1pick.fit.engine.Weights;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.Backend;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Ollama up to 0.24 reserves on a GPU for computing, by its own estimate (fs/ggml/ggml.go,
/// GraphSize): the figures are that function's, worked out apart for these models.
class OwnGraphTest {
  private static final Bytes RAM = Bytes.ofGiB(900);
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private final FitEstimator estimator = new FitEstimator();

  private static Accelerator card(Backend backend, long free) {
    return gpu(
        backend, Kind.DISCRETE, Pool.DEDICATED, Bytes.of(free + GIB), Optional.of(Bytes.of(free)));
  }

  /// Layers, their cache, and the output layer.
  private static long need(MemoryEstimator memory, long kvPerLayer) {
    long bytes = memory.weights().outputLayer().count();
    for (int block = 0; block < memory.weights().layers(); block++) {
      bytes += memory.weights().block(block).count() + kvPerLayer;
    }
    return bytes;
  }

  /// What is missing is what is needed, less the room that the reserve, the first layer and the
  /// graph leave; the reserve is 457 MiB, on Metal 512.
  @ParameterizedTest
  @CsvSource({
    "7b, 0.24.0, CUDA, 2048, 3, 765835264",
    "7b, 0.24.0, ROCM, 2048, 3, 765835264",
    "7b, 0.24.0, CUDA, 16384, 3, 1222656000",
    "7b, 0.15.4, METAL, 2048, 3, 318767104",
    "7b, 0.24.0, METAL, 16384, 3, 987760640",
    "8b-llama-distill-q4_K_M, 0.24.0, CUDA, 2048, 3, 710385664",
    "8b-llama-distill-q4_K_M, 0.24.0, CUDA, 16384, 3, 1200621568",
    "8b-llama-distill-q4_K_M, 0.24.0, METAL, 2048, 3, 271056896",
    "8b-llama-distill-q4_K_M, 0.24.0, METAL, 16384, 3, 1140852736",
    "671b, 0.12.11, CUDA, 512, 24, 1068972032",
    "671b, 0.12.11, CUDA, 4096, 24, 1713899520",
    "671b, 0.12.11, METAL, 512, 24, 308805632",
    "671b, 0.12.11, METAL, 4096, 24, 1226838016",
    "8b, 0.11.11, CUDA, 4096, 3, 402653184",
    "8b, 0.11.11, METAL, 16384, 4, 1610612736",
  })
  void whatIsMissingCountsTheGraph(
      String name, String version, Backend backend, int context, int freeGib, long graph) {
    long free = freeGib * GIB;
    Machine machine = withOllama(linux(RAM, card(backend, free)), version);
    Fit.Partly fit =
        assertInstanceOf(
            Fit.Partly.class, estimator.estimate(tag(name), at(context), machine), version);
    var memory = new MemoryEstimator(Weights.of(tag(name)));
    long kvPerLayer =
        memory.kvPerLayer(
            LoadShape.of(
                fit.plan().settings(), LoadShape.AttentionPath.PLAIN, LoadShape.Outputs.ALL));
    long reserve = (backend == Backend.METAL ? 512 : 457) * MIB;
    long first = memory.weights().block(0).count() + kvPerLayer;
    assertEquals(
        need(memory, kvPerLayer) - (free - reserve - first - graph), fit.shortfall().count());
  }

  /// From these releases on these models ran in Ollama's own engine, which measures.
  @ParameterizedTest
  @CsvSource({"8b, 0.11.11, 0.12.0", "671b, 0.12.11, 0.13.0"})
  void ollamasOwnEngineNeedsNoSuchEstimate(String name, String before, String since) {
    Accelerator card = card(Backend.CUDA, (name.equals("8b") ? 17 : 24) * GIB);
    int context = name.equals("8b") ? 65_536 : 4096;
    String flash = "OLLAMA_FLASH_ATTENTION=1";
    LoadPlan estimated =
        estimator
            .estimate(tag(name), at(context), withOllama(linux(RAM, card), before, flash))
            .plan();
    LoadPlan measured =
        estimator
            .estimate(tag(name), at(context), withOllama(linux(RAM, card), since, flash))
            .plan();
    assertEquals(true, estimated.placement().gpuLayers() < measured.placement().gpuLayers());
  }

  /// Room on several GPUs adds up, and a GPU without room takes none away.
  @Test
  void theRoomOfSeveralGpusAddsUp() {
    long free = 3 * GIB;
    Accelerator[] three = {
      card(Backend.CUDA, free), card(Backend.CUDA, free), card(Backend.CUDA, 100 * MIB)
    };
    Machine machine = withOllama(linux(RAM, three), "0.24.0");
    Fit.Partly fit =
        assertInstanceOf(Fit.Partly.class, estimator.estimate(tag("14b"), at(2048), machine));
    Fit.Partly one =
        assertInstanceOf(
            Fit.Partly.class,
            estimator.estimate(
                tag("14b"), at(2048), withOllama(linux(RAM, card(Backend.CUDA, free)), "0.24.0")));
    var memory = new MemoryEstimator(Weights.of(tag("14b")));
    long kvPerLayer =
        memory.kvPerLayer(
            LoadShape.of(
                fit.plan().settings(), LoadShape.AttentionPath.PLAIN, LoadShape.Outputs.ALL));
    long need = need(memory, kvPerLayer);
    long room = need - one.shortfall().count();
    assertEquals(need - 2 * room, fit.shortfall().count());
  }

  /// The last layers go to the GPU with the least free memory among those that are needed.
  @Test
  void layersAreDealtByFreeMemory() {
    Accelerator small = card(Backend.CUDA, 5 * GIB);
    Accelerator large = card(Backend.CUDA, 9 * GIB);
    for (boolean smallFirst : new boolean[] {true, false}) {
      Machine machine =
          withOllama(smallFirst ? linux(RAM, small, large) : linux(RAM, large, small), "0.24.0");
      LoadPlan plan = estimator.estimate(tag("14b"), at(2048), machine).plan();
      assertEquals(new Placement.SplitAcrossGpus(49, 2), plan.placement());
      List<Long> layers = new ArrayList<>();
      List<Accelerator> gpus = new ArrayList<>();
      for (DeviceLoad device : plan.devices()) {
        layers.add((long) device.layers());
        gpus.add(device.device());
        assertEquals(true, device.total().atMost(device.free().orElseThrow()), device.toString());
      }
      assertEquals(smallFirst ? List.of(small, large) : List.of(large, small), gpus);
      assertEquals(49, layers.getFirst() + layers.getLast());
      long onSmall = smallFirst ? layers.getFirst() : layers.getLast();
      assertEquals(true, onSmall < 49 - onSmall, layers.toString());
    }
  }
}
