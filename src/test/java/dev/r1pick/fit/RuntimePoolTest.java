package dev.r1pick.fit;

import static dev.r1pick.fit.Machines.at;
import static dev.r1pick.fit.Machines.card;
import static dev.r1pick.fit.Machines.linux;
import static dev.r1pick.fit.Machines.tag;
import static dev.r1pick.fit.Machines.withCapability;
import static dev.r1pick.fit.Machines.withOllama;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.fit.FitRequest.FlashAttention;
import dev.r1pick.fit.engine.ComputeBuffers.DevicePosition;
import dev.r1pick.fit.engine.ComputeForm;
import dev.r1pick.fit.engine.LoadShape;
import dev.r1pick.fit.engine.LoadShape.AttentionPath;
import dev.r1pick.fit.engine.LoadShape.Outputs;
import dev.r1pick.fit.engine.MemoryEstimator;
import dev.r1pick.fit.engine.Weights;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.ollama.Backend;
import dev.r1pick.units.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a GPU takes beside its planned buffers while it computes.
class RuntimePoolTest {
  private static final Bytes RAM = Bytes.ofGiB(64);

  private final FitEstimator estimator = new FitEstimator();

  /// Beside the planned compute buffer of the 7b (3584 values wide, 18944 inside, 152064 words).
  private long beside(Accelerator gpu, FitRequest request, String version) {
    LoadPlan plan =
        estimator.estimate(tag("7b"), request, withOllama(linux(RAM, gpu), version)).plan();
    var memory = new MemoryEstimator(Weights.of(tag("7b")));
    LoadShape shape =
        LoadShape.of(
            plan.settings(),
            plan.settings().flashAttention() ? AttentionPath.FLASH : AttentionPath.PLAIN,
            version.startsWith("0.3") ? Outputs.SERVER : Outputs.ALL);
    long planned =
        memory.deviceCompute(ComputeForm.of(Backend.CUDA), shape, DevicePosition.ONLY, 28);
    return plan.devices().getFirst().compute().count() - planned;
  }

  private static Accelerator cuda(String capability) {
    return withCapability(card(Backend.CUDA, 81_920), capability);
  }

  @ParameterizedTest
  @CsvSource({
    // nothing where quantized matrices are used as they are
    "8.9, 0",
    "7.5, 0",
    "6.1, 0",
    // one inner matrix in F16, its 512 rows in F16 and F32
    "7.0, 193986560",
    "7.2, 193986560",
    "6.0, 193986560",
    // the same in F32
    "5.2, 349175808",
    "5.0, 349175808",
    "3.7, 349175808",
  })
  void chipsWithoutIntegerUnitsTurnMatricesBack(String capability, long bytes) {
    FitRequest flash = at(4096).withFlashAttention(FlashAttention.ON);
    assertEquals(bytes, beside(cuda(capability), flash, "0.32.0"));
  }

  @ParameterizedTest
  @CsvSource({
    // up to eight rows of logits are made from the quantized matrix
    "8, 193986560",
    // 3584 * 152064 in F16, and nine rows of them in F16 and F32
    "9, 1098206208",
  })
  void soIsTheOutputMatrixForMoreThanEightRows(int parallel, long bytes) {
    FitRequest flash =
        at(4096).withFlashAttention(FlashAttention.ON).withMicroBatch(512).withParallel(parallel);
    assertEquals(bytes, beside(cuda("7.0"), flash, "0.32.0"));
  }

  @ParameterizedTest
  @CsvSource({
    // 512 tokens * 4096 cells * 28 heads in F16
    "6.1, 117440512",
    // more than that is a matrix
    "7.0, 193986560",
  })
  void withoutFlashAttentionTheScoresAreKeptOnceMore(String capability, long bytes) {
    FitRequest plain = at(4096).withFlashAttention(FlashAttention.OFF);
    assertEquals(bytes, beside(cuda(capability), plain, "0.32.0"));
  }
}
