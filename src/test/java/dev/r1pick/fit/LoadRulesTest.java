package dev.r1pick.fit;

import static dev.r1pick.fit.Machines.at;
import static dev.r1pick.fit.Machines.card;
import static dev.r1pick.fit.Machines.linux;
import static dev.r1pick.fit.Machines.tag;
import static dev.r1pick.fit.Machines.withOllama;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.r1pick.fit.FitRequest.FlashAttention;
import dev.r1pick.fit.LoadAssumptions.FlashAttentionOrigin;
import dev.r1pick.fit.LoadAssumptions.GpuChoice;
import dev.r1pick.fit.LoadAssumptions.KvCacheOrigin;
import dev.r1pick.fit.LoadAssumptions.LoadFailure;
import dev.r1pick.fit.LoadAssumptions.Origin;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.fit.engine.Weights;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.ollama.MarginOrigin;
import dev.r1pick.units.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadRulesTest {
  private static final Machine ONE_24 = linux(Bytes.ofGiB(64), card(Backend.CUDA, 24_564));
  private final FitEstimator estimator = new FitEstimator();

  private RunSettings settings(String tag, FitRequest request, Machine machine) {
    return estimator.estimate(tag(tag), request, machine).plan().settings();
  }

  private LoadAssumptions assumptions(String tag, FitRequest request, Machine machine) {
    return estimator.assumptions(tag(tag), request, machine);
  }

  @ParameterizedTest
  @CsvSource({
    "0.6.6, 2048",
    "0.6.7, 4096",
    "0.15.4, 4096",
    "0.15.5, 32768",
    "0.24.0, 32768",
    "0.30.0, 32768",
    "'', 32768"
  })
  void defaultContextOfA24GiBCardByVersion(String version, int tokens) {
    assertEquals(tokens, estimator.defaultContext(tag("7b"), withOllama(ONE_24, version)).tokens());
  }

  @ParameterizedTest
  @CsvSource({
    "12288, 1, 4096",
    "12288, 2, 32768",
    "22528, 1, 4096",
    "24564, 1, 32768",
    "24564, 2, 131072",
    "49152, 1, 131072"
  })
  void defaultContextGoesByTheSumOfAllGpus(int mebibytes, int cards, int tokens) {
    var gpus = new dev.r1pick.hardware.Accelerator[cards];
    java.util.Arrays.fill(gpus, card(Backend.CUDA, mebibytes));
    Machine machine = linux(Bytes.ofGiB(64), gpus);
    assertEquals(tokens, estimator.defaultContext(tag("7b"), machine).tokens());
  }

  @Test
  void overheadLowersTheTier() {
    Machine machine = withOllama(ONE_24, "", "OLLAMA_GPU_OVERHEAD=2147483648");
    assertEquals(4096, estimator.defaultContext(tag("7b"), machine).tokens());
  }

  @Test
  void contextVariableBeatsTheTierAndTheRequestBeatsBoth() {
    Machine machine = withOllama(ONE_24, "", "OLLAMA_CONTEXT_LENGTH=8192");
    assertEquals(8192, estimator.defaultContext(tag("7b"), machine).tokens());
    assertEquals(Origin.VARIABLE, assumptions("7b", FitRequest.DEFAULTS, machine).contextOrigin());
    assertEquals(16_384, settings("7b", at(16_384), machine).contextLength().tokens());
    assertEquals(Origin.REQUEST, assumptions("7b", at(16_384), machine).contextOrigin());
  }

  @Test
  void contextVariableIsNotKnownBefore0513() {
    Machine machine = withOllama(ONE_24, "0.5.12", "OLLAMA_CONTEXT_LENGTH=8192");
    assertEquals(2048, estimator.defaultContext(tag("7b"), machine).tokens());
  }

  @Test
  void contextIsCutToWhatTheModelWasTrainedFor() {
    LoadAssumptions assumptions = assumptions("7b", at(1_000_000), ONE_24);
    assertEquals(131_072, settings("7b", at(1_000_000), ONE_24).contextLength().tokens());
    assertEquals(true, assumptions.trainedLimitApplied());
  }

  @Test
  void parallelVariableMultipliesTheCache() {
    Machine machine = withOllama(ONE_24, "", "OLLAMA_NUM_PARALLEL=4");
    assertEquals(4, settings("7b", at(4096), machine).parallel());
    assertEquals(Origin.VARIABLE, assumptions("7b", at(4096), machine).parallelOrigin());
    assertEquals(1, settings("7b", at(4096), ONE_24).parallel());
  }

  @ParameterizedTest
  @CsvSource({
    "0.30.0, '', Q8_0",
    "0.24.0, '', F16",
    "0.24.0, 1, Q8_0",
    "0.13.4, '', F16",
    "0.13.3, 1, Q8_0",
    "0.5.0, '', F16",
    "0.5.0, 1, Q8_0",
    "'', '', Q8_0"
  })
  void quantizedCacheIsHonoredByVersion(String version, String flash, KvCacheType type) {
    Machine machine =
        flash.isEmpty()
            ? withOllama(ONE_24, version, "OLLAMA_KV_CACHE_TYPE=q8_0")
            : withOllama(
                ONE_24, version, "OLLAMA_KV_CACHE_TYPE=q8_0", "OLLAMA_FLASH_ATTENTION=" + flash);
    assertEquals(type, settings("7b", at(4096), machine).kvCacheType());
  }

  @Test
  void qwen3GetsItsQuantizedCacheOnOllamasOwnEngine() {
    Machine machine = withOllama(ONE_24, "0.24.0", "OLLAMA_KV_CACHE_TYPE=\"q4_0\"");
    assertEquals(KvCacheType.Q4_0, settings("8b", at(4096), machine).kvCacheType());
    assertEquals(KvCacheOrigin.VARIABLE, assumptions("8b", at(4096), machine).kvCacheOrigin());
    assertEquals(KvCacheOrigin.NOT_HONORED, assumptions("7b", at(4096), machine).kvCacheOrigin());
  }

  @Test
  void cacheTypeThatIsNotKnownIsPlannedAsF16AndSaid() {
    Machine machine = withOllama(ONE_24, "", "OLLAMA_KV_CACHE_TYPE=q5_1");
    assertEquals(KvCacheOrigin.NOT_KNOWN, assumptions("7b", at(4096), machine).kvCacheOrigin());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 8.9, AUTO_ON",
    "'', 6.1, AUTO_ON",
    "'', 5.2, GPU_TOO_OLD",
    "'', 7.2, GPU_TOO_OLD",
    "0.31.1, 6.1, GPU_TOO_OLD",
    "0.31.2, 6.1, AUTO_ON",
    "0.30.0, 7.0, AUTO_ON",
    "0.24.0, 5.2, AUTO_ON",
    "0.24.0, 7.2, GPU_TOO_OLD",
    "0.13.3, 8.9, OFF_BY_DEFAULT",
    "0.11.0, 8.9, OFF_BY_DEFAULT"
  })
  void flashAttentionByVersionAndCard(
      String version, String capability, FlashAttentionOrigin origin) {
    Machine machine =
        withOllama(
            linux(Bytes.ofGiB(64), Machines.withCapability(card(Backend.CUDA, 24_564), capability)),
            version);
    assertEquals(origin, assumptions("7b", at(4096), machine).flashAttentionOrigin());
  }

  @Test
  void oneOldCardTurnsFlashAttentionOffForAll() {
    Machine machine =
        linux(
            Bytes.ofGiB(64),
            card(Backend.CUDA, 24_564),
            Machines.withCapability(card(Backend.CUDA, 24_564), "5.2"));
    assertEquals(false, settings("70b", at(4096), machine).flashAttention());
  }

  @Test
  void unreadableSwitchCountsAsOn() {
    Machine machine = withOllama(ONE_24, "0.11.0", "OLLAMA_FLASH_ATTENTION=yes please");
    assertEquals(true, settings("7b", at(4096), machine).flashAttention());
    assertEquals(
        false,
        settings("7b", at(4096), withOllama(ONE_24, "", "OLLAMA_FLASH_ATTENTION=0"))
            .flashAttention());
  }

  @Test
  void oldLayoutHasFlashAttentionOnMetalAndCpuOnly() {
    assertEquals(
        FlashAttentionOrigin.NOT_FOR_THIS_LAYOUT,
        assumptions("671b", at(4096), ONE_24).flashAttentionOrigin());
    assertEquals(
        FlashAttentionOrigin.AUTO_ON,
        assumptions("671b", at(4096), linux(Bytes.ofGiB(512))).flashAttentionOrigin());
    assertEquals(
        FlashAttentionOrigin.AUTO_ON,
        assumptions("671b", at(4096), Machines.appleM3With16GiB()).flashAttentionOrigin());
  }

  @Test
  void quantizedCacheWithoutFlashAttentionIsALoadThatFails() {
    FitRequest request =
        at(4096).withKvCacheType(KvCacheType.Q8_0).withFlashAttention(FlashAttention.OFF);
    assertEquals(
        Optional.of(LoadFailure.QUANTIZED_CACHE_WITHOUT_FLASH_ATTENTION),
        assumptions("7b", request, ONE_24).failure());
    assertInstanceOf(Fit.DoesNotFit.class, estimator.estimate(tag("7b"), request, ONE_24));
    assertInstanceOf(
        Fit.DoesNotFit.class,
        estimator.estimate(
            tag("671b"),
            at(4096).withKvCacheType(KvCacheType.Q8_0),
            linux(Bytes.ofGiB(64), card(Backend.CUDA, 800_000))));
  }

  @ParameterizedTest
  @CsvSource({
    // tag, context, micro-batch on a 24 GB card
    "7b, 4096, 512",
    "7b, 4097, 1024",
    "7b, 32768, 1024",
    "7b, 32769, 2048",
    "7b, 131072, 2048",
    "14b, 32768, 1024",
    "14b, 65536, 512",
    "32b, 8192, 512",
    "32b, 32768, 512"
  })
  void microBatchGoesByContextAndRoom(String tag, int context, int microBatch) {
    assertEquals(microBatch, settings(tag, at(context), ONE_24).microBatch());
  }

  @Test
  void microBatchIs512BeforeServerEra() {
    Machine machine = withOllama(ONE_24, "0.24.0");
    assertEquals(512, settings("7b", at(32_768), machine).microBatch());
  }

  @Test
  void cudaWithoutFlashAttentionTakesASmallMicroBatch() {
    Machine small =
        withOllama(
            linux(Bytes.ofGiB(64), card(Backend.CUDA, 8192)), "", "OLLAMA_FLASH_ATTENTION=false");
    assertEquals(256, settings("7b", at(8192), small).microBatch());
    assertEquals(512, settings("7b", at(4096), small).microBatch());
    Machine large = withOllama(ONE_24, "", "OLLAMA_FLASH_ATTENTION=false");
    assertEquals(512, settings("7b", at(32_768), large).microBatch());
  }

  @Test
  void marginIsTheFitTargetOfEachDevice() {
    Machine two = linux(Bytes.ofGiB(64), card(Backend.CUDA, 24_564), card(Backend.CUDA, 24_564));
    Machine machine = withOllama(two, "", "LLAMA_ARG_FIT_TARGET=512,2048");
    LoadPlan plan = estimator.estimate(tag("70b"), at(4096), machine).plan();
    assertEquals(Bytes.ofMiB(512), plan.devices().get(0).margin());
    assertEquals(Bytes.ofMiB(2048), plan.devices().get(1).margin());
    Machine one = withOllama(two, "", "LLAMA_ARG_FIT_TARGET=300");
    plan = estimator.estimate(tag("70b"), at(4096), one).plan();
    assertEquals(Bytes.ofMiB(300), plan.devices().get(1).margin());
    assertEquals(MarginOrigin.FIT_TARGET, assumptions("70b", at(4096), one).marginOrigin());
  }

  @Test
  void marginIsOneGibibyteUnlessSaidOtherwise() {
    LoadPlan plan = estimator.estimate(tag("7b"), at(4096), ONE_24).plan();
    assertEquals(Bytes.ofGiB(1), plan.devices().getFirst().margin());
  }

  @Test
  void olderOllamaKeepsItsOwnReserveTheOverheadAndOneLayer() {
    Machine machine = withOllama(ONE_24, "0.24.0", "OLLAMA_GPU_OVERHEAD=1073741824");
    LoadPlan plan = estimator.estimate(tag("7b"), at(4096), machine).plan();
    Bytes layer = Weights.of(tag("7b")).block(0).plus(Bytes.of(2L * 4096 * 2 * 512));
    assertEquals(Bytes.ofMiB(457 + 1024).plus(layer), plan.devices().getFirst().margin());
  }

  @Test
  void fitSwitchedOffMakesALoadThatDoesNotGoFail() {
    Machine machine = withOllama(ONE_24, "", "LLAMA_ARG_FIT=off");
    assertEquals(true, estimator.estimate(tag("70b"), at(4096), machine) instanceof Fit.DoesNotFit);
    assertEquals(true, estimator.estimate(tag("14b"), at(4096), machine) instanceof Fit.Whole);
  }

  @Test
  void oneGpuIsTakenWhereThePredictionIsUnder80PercentOfItsFreeMemory() {
    Machine two = linux(Bytes.ofGiB(64), card(Backend.CUDA, 24_564), card(Backend.CUDA, 24_564));
    assertEquals(GpuChoice.ONE_IS_ENOUGH, assumptions("14b", at(4096), two).gpuChoice());
    assertEquals(GpuChoice.ALL_OF_ONE_LIBRARY, assumptions("32b", at(4096), two).gpuChoice());
    Machine spread = withOllama(two, "", "OLLAMA_SCHED_SPREAD=1");
    assertEquals(GpuChoice.SPREAD, assumptions("14b", at(4096), spread).gpuChoice());
    assertEquals(2, estimator.estimate(tag("14b"), at(4096), spread).plan().devices().size());
  }

  @Test
  void enginesBeforeServerEraReserveLogitsForEveryToken() {
    Bytes before =
        estimator
            .estimate(tag("7b"), at(4096), withOllama(ONE_24, "0.24.0"))
            .plan()
            .devices()
            .getFirst()
            .compute();
    Bytes now =
        estimator.estimate(tag("7b"), at(4096), ONE_24).plan().devices().getFirst().compute();
    assertEquals(304, before.inMiB(), 8);
    assertEquals(136, now.inMiB(), 8);
  }
}
