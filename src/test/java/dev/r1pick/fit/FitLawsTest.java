package dev.r1pick.fit;

import static dev.r1pick.fit.Machines.CATALOG;
import static dev.r1pick.fit.Machines.at;
import static dev.r1pick.fit.Machines.card;
import static dev.r1pick.fit.Machines.linux;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.engine.ComputeForm;
import dev.r1pick.fit.engine.LoadShape;
import dev.r1pick.fit.engine.MemoryEstimator;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.fit.engine.Weights;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What must hold for every tag, context, KV type and memory size; plain sweeps.
class FitLawsTest {
  private static final int[] CONTEXTS = {
    256, 2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072, 163_840
  };
  private static final List<Backend> BACKENDS = List.of(Backend.values());
  private final FitEstimator estimator = new FitEstimator();

  private static int rank(Fit fit) {
    return switch (fit) {
      case Fit.DoesNotFit _ -> 0;
      case Fit.Partly _ -> 1;
      case Fit.Whole _ -> 2;
    };
  }

  private static Machine withCard(Backend backend, int gibibytes, int ram) {
    return linux(Bytes.ofGiB(ram), card(backend, gibibytes * 1024L, gibibytes * 1024L));
  }

  /// At one micro-batch: with Ollama's own rule a roomier card gets a larger one.
  @Test
  void moreFreeMemoryNeverGivesAWorseAnswer() {
    int checked = 0;
    for (ModelTag tag : CATALOG.manifests()) {
      for (int context : CONTEXTS) {
        for (KvCacheType type : KvCacheType.values()) {
          for (int ram : new int[] {16, 64, 512}) {
            int before = 0;
            int layersBefore = 0;
            for (int vram = 1; vram <= 256; vram = vram < 32 ? vram + 1 : vram + 16) {
              Fit fit =
                  estimator.estimate(
                      tag,
                      at(context).withKvCacheType(type).withMicroBatch(512),
                      withCard(Backend.CUDA, vram, ram));
              int now = rank(fit);
              int layers = fit.plan().placement().gpuLayers();
              int lastRank = before;
              int lastLayers = layersBefore;
              int size = vram;
              assertTrue(now >= lastRank, () -> tag.name() + " " + context + " at " + size);
              assertTrue(
                  layers >= lastLayers, () -> tag.name() + " " + context + " layers at " + size);
              before = now;
              layersBefore = layers;
              checked++;
            }
          }
        }
      }
    }
    assertEquals(100_602, checked);
  }

  @Test
  void moreRamNeverGivesAWorseAnswer() {
    int checked = 0;
    for (ModelTag tag : CATALOG.manifests()) {
      for (int context : CONTEXTS) {
        for (int vram : new int[] {0, 8, 24, 96}) {
          int before = 0;
          for (int ram = 2; ram <= 2048; ram *= 2) {
            Machine machine =
                vram == 0 ? linux(Bytes.ofGiB(ram)) : withCard(Backend.CUDA, vram, ram);
            int now = rank(estimator.estimate(tag, at(context), machine));
            int last = before;
            int size = ram;
            assertTrue(now >= last, () -> tag.name() + " " + context + " at " + size);
            before = now;
            checked++;
          }
        }
      }
    }
    assertEquals(10_692, checked);
  }

  @Test
  void longerContextNeverNeedsLess() {
    int checked = 0;
    for (ModelTag tag : CATALOG.manifests()) {
      MemoryEstimator memory = new MemoryEstimator(Weights.of(tag));
      for (ComputeForm form : ComputeForm.values()) {
        for (KvCacheType type : KvCacheType.values()) {
          for (boolean flash : new boolean[] {true, false}) {
            for (int batch : new int[] {256, 512, 1024, 2048}) {
              for (int parallel : new int[] {1, 4, 16}) {
                long before = 0;
                int limit = tag.variant().trainedContext().tokens();
                for (int context = 2048; context <= limit; context += 2048) {
                  RunSettings settings =
                      new RunSettings(ContextLength.of(context), parallel, type, flash, batch);
                  FitEstimator.Need need = FitEstimator.Need.whole(memory, settings, form);
                  long now = need.device().plus(need.host()).count();
                  long last = before;
                  assertTrue(now > last, () -> tag.name() + " " + form + " " + settings);
                  before = now;
                  checked++;
                }
              }
            }
          }
        }
      }
    }
    assertEquals(525_312, checked);
  }

  @Test
  void fewerBitsNeverNeedMore() {
    int checked = 0;
    for (ModelTag tag : CATALOG.manifests()) {
      MemoryEstimator memory = new MemoryEstimator(Weights.of(tag));
      for (ComputeForm form : ComputeForm.values()) {
        for (int context : CONTEXTS) {
          for (int parallel : new int[] {1, 4, 16}) {
            long before = Long.MAX_VALUE;
            for (KvCacheType type : KvCacheType.values()) {
              RunSettings settings =
                  new RunSettings(ContextLength.of(context), parallel, type, true, 512);
              FitEstimator.Need need = FitEstimator.Need.whole(memory, settings, form);
              long now = need.device().plus(need.host()).count();
              long last = before;
              assertTrue(now <= last, () -> tag.name() + " " + form + " " + settings);
              before = now;
              checked++;
            }
          }
        }
      }
    }
    assertEquals(8_748, checked);
  }

  @Test
  void partsAddUpAndAWholeFitLeavesTheMarginEverywhere() {
    int checked = 0;
    for (ModelTag tag : CATALOG.manifests()) {
      MemoryEstimator memory = new MemoryEstimator(Weights.of(tag));
      for (Backend backend : BACKENDS) {
        for (int cards = 1; cards <= 4; cards++) {
          for (int vram : new int[] {4, 8, 12, 24, 48, 80, 192}) {
            Accelerator[] gpus = new Accelerator[cards];
            for (int gpu = 0; gpu < cards; gpu++) {
              gpus[gpu] = card(backend, (vram >> (gpu % 2)) * 1024L);
            }
            Machine machine = linux(Bytes.ofGiB(1024), gpus);
            for (int context : CONTEXTS) {
              Fit fit = estimator.estimate(tag, at(context), machine);
              check(tag, memory, fit);
              checked++;
            }
          }
        }
      }
    }
    assertEquals(27_216, checked);
  }

  private static void check(ModelTag tag, MemoryEstimator memory, Fit fit) {
    LoadPlan plan = fit.plan();
    Bytes placed = plan.host().weights();
    Bytes kvCache = plan.host().kvCache();
    int layers = 0;
    for (DeviceLoad device : plan.devices()) {
      placed = placed.plus(device.weights());
      kvCache = kvCache.plus(device.kvCache());
      layers += device.layers();
      assertTrue(
          fit instanceof Fit.Whole
              ? device.total().plus(device.margin()).atMost(device.free().orElseThrow())
              : device.total().atMost(device.budget()),
          () -> tag.name() + " " + plan);
    }
    long off = placed.count() - memory.weights().total().count();
    assertTrue(off >= 0 && off < 64 * 1024, () -> tag.name() + " weights off by " + off);
    LoadShape shape =
        LoadShape.of(plan.settings(), LoadShape.AttentionPath.FLASH, LoadShape.Outputs.SERVER);
    long cache = memory.kvPerLayer(shape) * tag.variant().architecture().layers();
    assertTrue(Math.abs(cache - kvCache.count()) <= 64 * 1024);
    int all = tag.variant().architecture().layers() + 1;
    if (fit instanceof Fit.Whole) {
      assertEquals(all, layers);
      assertTrue(plan.host().total().atMost(plan.host().budget()));
    }
    assertEquals(all, plan.placement().gpuLayers() + plan.placement().cpuLayers());
  }

  @Test
  void largestWholeContextIsWholeAndTheNextStepIsNot() {
    int checked = 0;
    for (ModelTag tag : CATALOG.manifests()) {
      for (int vram : new int[] {6, 8, 10, 12, 16, 24, 32, 48, 80}) {
        for (KvCacheType type : KvCacheType.values()) {
          Machine machine = withCard(Backend.CUDA, vram, 64);
          FitRequest request = FitRequest.DEFAULTS.withKvCacheType(type);
          var largest = estimator.largestWholeContext(tag, request, machine);
          int limit = tag.variant().trainedContext().tokens();
          if (largest.isPresent()) {
            FitRequest there = request.withContextLength(largest.get());
            assertEquals(2, rank(estimator.estimate(tag, there, machine)));
          }
          int next = largest.map(ContextLength::tokens).orElse(0) + 256;
          if (next <= limit) {
            FitRequest beyond = request.withContextLength(ContextLength.of(next));
            assertTrue(rank(estimator.estimate(tag, beyond, machine)) < 2, tag::name);
          }
          checked++;
        }
      }
    }
    assertEquals(729, checked);
  }

  @Test
  void largestCaseDoesNotOverflow() {
    Machine machine = linux(Bytes.ofGiB(2048), card(Backend.CUDA, 192 * 1024));
    for (String name : List.of("671b", "671b-fp16")) {
      ModelTag tag = CATALOG.tag(name).orElseGet(() -> Machines.tag("671b-0528-fp16"));
      Fit fit = estimator.estimate(tag, at(163_840).withParallel(16).withMicroBatch(2048), machine);
      Bytes kvCache = fit.plan().host().kvCache();
      for (DeviceLoad device : fit.plan().devices()) {
        kvCache = kvCache.plus(device.kvCache());
      }
      assertEquals(4_997_120L * 163_840 * 16, kvCache.count());
      assertTrue(fit instanceof Fit.DoesNotFit);
    }
  }
}
