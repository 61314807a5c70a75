package dev.r1pick.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.fit.engine.ComputeBuffers.DevicePosition;
import dev.r1pick.fit.engine.ComputeForm;
import dev.r1pick.fit.engine.LayerSplit;
import dev.r1pick.fit.engine.LoadShape;
import dev.r1pick.fit.engine.LoadShape.AttentionPath;
import dev.r1pick.fit.engine.MemoryEstimator;
import dev.r1pick.fit.engine.Weights;
import dev.r1pick.ollama.KvCacheType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The formulas against what real runs of 2024 to 2026 printed.
class GpuLogsTest {
  private static final List<Map<String, String>> LOGS = MeasuredRow.table("/measured/gpu-logs.csv");
  private static final double MIB = 1 << 20;

  private static double printed(String id, String buffer) {
    for (Map<String, String> row : LOGS) {
      if (id.equals(row.get("id")) && buffer.equals(row.get("buffer"))) {
        return Double.parseDouble(MeasuredRow.cell(row, "mib"));
      }
    }
    throw new AssertionError(id + " " + buffer);
  }

  private static MemoryEstimator estimator(String variant, String quantization) {
    return new MemoryEstimator(MeasuredRow.weights(variant, quantization));
  }

  /// A load of 2024 or 2025: no flash attention, logits for every token, one unified cache.
  private static LoadShape older(long context) {
    return new LoadShape(context, context, 512, 1, 512, KvCacheType.F16, AttentionPath.PLAIN);
  }

  @Test
  void weightsOfTheLlama8bAreAsEveryCardPrinted() {
    Weights weights = MeasuredRow.weights("llama-8b", "Q4_K_M");
    for (String id : List.of("g000", "g001", "g002")) {
      assertEquals(
          printed(id, "CUDA0 model"), weights.onDevice(ComputeForm.CUDA, 0, 32, true) / MIB, 0.01);
      assertEquals(printed(id, "CPU model"), weights.onHost(0, false) / MIB, 0.01);
    }
    assertEquals(
        printed("g010", "Metal model"),
        weights.onDevice(ComputeForm.METAL, 0, 32, true) / MIB,
        0.01);
  }

  @Test
  void twoCardsGetTheLayersThatTheyPrinted() {
    Weights weights = MeasuredRow.weights("llama-8b", "Q4_K_M");
    int[] counts = LayerSplit.proportional(32, new long[] {24, 24});
    assertEquals(
        printed("g003", "CUDA0 model"),
        weights.onDevice(ComputeForm.CUDA, 0, counts[0], false) / MIB,
        0.01);
    assertEquals(
        printed("g003", "CUDA1 model"),
        weights.onDevice(ComputeForm.CUDA, counts[0], 32, true) / MIB,
        0.01);
  }

  @Test
  void eightCardsGetTheLayersThatTheyPrinted() {
    MemoryEstimator estimator = estimator("llama-8b", "Q4_K_M");
    int[] counts = LayerSplit.proportional(32, new long[] {24, 24, 24, 24, 24, 24, 24, 24});
    for (int gpu = 0; gpu < 8; gpu++) {
      assertEquals(
          printed("g008", "CUDA" + gpu + " KV"),
          estimator.kvCache(ComputeForm.CUDA, older(8192), counts[gpu]) / MIB,
          0.01);
    }
  }

  @Test
  void kvCacheOfThe32bAndThe70bIsAsPrinted() {
    assertEquals(
        printed("g014", "CUDA0 KV"),
        estimator("qwen-32b", "Q4_K_M").kvCache(ComputeForm.CUDA, older(8192), 64) / MIB,
        0.01);
    assertEquals(
        printed("g015", "KV total"),
        estimator("llama-70b", "Q4_K_M").kvCache(ComputeForm.CUDA, older(8192), 80) / MIB,
        0.01);
  }

  @Test
  void weightsOfThe671bOnFourNodesAddUp() {
    Weights weights = MeasuredRow.weights("r1-671b-old", "Q4_K_M");
    assertEquals(printed("g029", "model total"), weights.total().inMiB(), 0.02);
  }

  @Test
  void computeBuffersOfOlderEnginesAreWithinOnePercent() {
    double small =
        estimator("llama-8b", "Q4_K_M")
                .deviceCompute(ComputeForm.CUDA, older(8192), DevicePosition.ONLY, 32)
            / MIB;
    assertEquals(printed("g000", "CUDA0 compute"), small, small / 100);
    double large =
        estimator("qwen-32b", "Q4_K_M")
                .deviceCompute(ComputeForm.CUDA, older(8192), DevicePosition.ONLY, 64)
            / MIB;
    assertEquals(printed("g014", "CUDA0 compute"), large, large / 100);
  }

  /// No layer on the GPU, and still a compute buffer there.
  @Test
  void engineOfMid2026WithoutLayersOnTheGpuTakesWhatItPrinted() {
    MemoryEstimator estimator = estimator("qwen-7b", "Q4_K_M");
    LoadShape shape = new LoadShape(4096, 4096, 512, 1, 1, KvCacheType.F16, AttentionPath.FLASH);
    double compute = estimator.partlyDeviceCompute(ComputeForm.CUDA, shape, 28) / MIB;
    assertEquals(printed("g037", "device compute"), compute, 0.1 * compute);
    assertEquals(
        printed("g037", "host compute"),
        estimator.hostCompute(ComputeForm.CUDA, shape, 28, 1) / MIB,
        0.1);
  }

  @Test
  void filesWeighWhatRunsPrinted() {
    assertEquals(
        printed("g021", "file size"),
        MeasuredRow.weights("qwen3-8b", "Q4_K_M-ollama").total().inMiB(),
        6);
    assertTrue(
        Math.abs(
                printed("g023", "file size")
                    - MeasuredRow.weights("qwen-7b", "Q4_K_M").total().inMiB())
            < 6);
  }
}
