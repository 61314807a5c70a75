package dev.r1pick.fit;

import static dev.r1pick.fit.Machines.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.fit.engine.ComputeForm;
import dev.r1pick.fit.engine.MemoryEstimator;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.fit.engine.Weights;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.units.ContextLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Memory on one CUDA device, everything offloaded, F16 KV cache, one sequence.
class KnownAnswersTest {

  @ParameterizedTest
  @CsvSource({
    "7b, 4096, 512, 4.42",
    "7b, 32768, 1024, 6.14",
    "8b, 4096, 512, 5.20",
    "8b, 32768, 1024, 9.3",
    "14b, 4096, 512, 8.82",
    "14b, 32768, 1024, 14.24",
    "32b, 4096, 512, 19.27",
    "32b, 32768, 1024, 26.51",
    "70b, 4096, 512, 40.51",
    "70b, 32768, 1024, 49.53",
    "671b, 4096, 512, 395.5",
    "671b, 32768, 1024, 529.2"
  })
  void needOnOneCudaDeviceIsTheMeasuredOne(
      String tag, int context, int microBatch, double gibibytes) {
    RunSettings settings =
        new RunSettings(ContextLength.of(context), 1, KvCacheType.F16, true, microBatch);
    double estimated = FitEstimator.need(tag(tag), settings, ComputeForm.CUDA).device().inGiB();
    assertEquals(gibibytes, estimated, tag.equals("8b") ? 0.05 : gibibytes > 100 ? 0.06 : 0.006);
  }

  /// CUDA has no flash attention for this layout: left to itself the engine writes the scores out.
  @ParameterizedTest
  @CsvSource({"4096, 512, 396.5", "32768, 1024, 546.1"})
  void the671bInTheOldLayoutNeedsMoreWithoutFlashAttention(
      int context, int microBatch, double gibibytes) {
    RunSettings settings =
        new RunSettings(ContextLength.of(context), 1, KvCacheType.F16, false, microBatch);
    double estimated = FitEstimator.need(tag("671b"), settings, ComputeForm.CUDA).device().inGiB();
    assertEquals(gibibytes, estimated, 0.06);
  }

  @ParameterizedTest
  @CsvSource({"4096, 512, 376.9", "32768, 1024, 379.2"})
  void the671bWithLatentAttentionNeedsFarLess(int context, int microBatch, double gibibytes) {
    MemoryEstimator estimator = new MemoryEstimator(MeasuredRow.weights("r1-671b-mla", "Q4_K_M"));
    RunSettings settings =
        new RunSettings(ContextLength.of(context), 1, KvCacheType.F16, true, microBatch);
    double estimated =
        FitEstimator.Need.whole(estimator, settings, ComputeForm.CUDA).device().inGiB();
    assertEquals(gibibytes, estimated, 0.06);
  }

  @ParameterizedTest
  @CsvSource({"1.5b", "7b", "8b", "14b", "32b", "70b", "671b"})
  void tensorsAreTheDownloadWithoutItsTokenizer(String name) {
    var tag = tag(name);
    double rest = tag.download().count() - (double) Weights.of(tag).total().count();
    assertEquals(6.6e6, rest, 1.4e6);
  }
}
