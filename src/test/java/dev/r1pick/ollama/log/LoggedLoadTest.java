package dev.r1pick.ollama.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.doctor.LogSigns;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the lines behind the start of an engine say of its load, and what the lines of a server's
/// start say of its devices.
class LoggedLoadTest {
  private static final List<LogSign> SIGNS = LogSigns.shipped();
  private static final String PLAIN = "llama-server --model /m/blobs/sha256-abc";

  private static ServerLog log(String... lines) {
    return ServerLog.read(String.join("\n", lines), SIGNS);
  }

  private static LoggedLoad load(String command, String... lines) {
    var all = new ArrayList<String>();
    all.add("msg=\"starting llama-server\" cmd=\"" + command + "\"");
    all.addAll(List.of(lines));
    return log(all.toArray(String[]::new)).loads().getLast();
  }

  // --- layers

  @ParameterizedTest
  @CsvSource({
    "0/29, false, true",
    "1/29, true, false",
    "28/29, true, false",
    "29/29, false, false",
  })
  void whereTheLayersWentIsOnlyBetweenOneAndAllPartly(
      String layers, boolean partly, boolean onProcessor) {
    LoggedLoad load = load(PLAIN, "load_tensors: offloaded " + layers + " layers to GPU");
    assertEquals(OptionalInt.of(29), load.layers());
    assertEquals(partly, load.isPartly());
    assertEquals(onProcessor, load.isOnProcessor());
  }

  @Test
  void withoutThatLineNothingIsSaidOfLayers() {
    LoggedLoad load = load(PLAIN);
    assertEquals(OptionalInt.empty(), load.layersOnGpu());
    assertFalse(load.isPartly());
    assertFalse(load.isOnProcessor());
  }

  // --- weights

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CPU",
        "CPU_Mapped",
        "CPU_REPACK",
        "CPU_AARCH64",
        "Host",
        "CUDA_Host",
        "ROCm_Host"
      })
  void buffersOfTheHostAreInRam(String buffer) {
    LoggedLoad load =
        load(PLAIN, "load_tensors:   " + buffer + " model buffer size =   512.50 MiB");
    assertEquals(Bytes.of(1025L << 19), load.weightsInRam());
    assertEquals(Bytes.ZERO, load.weightsOnGpu());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CUDA0", "ROCm1", "Vulkan0", "Metal"})
  void buffersOfDevicesAreOnGpus(String buffer) {
    LoggedLoad load =
        load(
            PLAIN,
            "load_tensors:   " + buffer + " model buffer size =   512.50 MiB",
            "load_tensors:   " + buffer + " model buffer size =   511.50 MiB");
    assertEquals(Bytes.ofGiB(1), load.weightsOnGpu());
    assertEquals(Bytes.ZERO, load.weightsInRam());
  }

  @ParameterizedTest
  @CsvSource({"1073741823.00, 1125899905794048", "1073741824.00, 0", "1.2.3, 0", "'', 0"})
  void aSizeThatIsNoneCountsForNothing(String size, long bytes) {
    LoggedLoad load = load(PLAIN, "load_tensors:   CUDA0 model buffer size = " + size + " MiB");
    assertEquals(Bytes.of(bytes), load.weightsOnGpu());
  }

  // --- the cache

  @Test
  void theCacheIsItsSumOrElseItsBuffers() {
    String sum =
        "llama_kv_cache: size =   14.00 MiB (  4096 cells,  28 layers,  1/1 seqs), K (f16):  "
            + "  7.00 MiB, V (f16):    7.00 MiB";
    String buffer = "llama_kv_cache_init:      CUDA0 KV buffer size =   264.00 MiB";
    assertEquals(Optional.empty(), load(PLAIN).kvCache());
    assertEquals(Optional.of(Bytes.ofMiB(14)), load(PLAIN, sum).kvCache());
    assertEquals(Optional.of(Bytes.ofMiB(264)), load(PLAIN, buffer).kvCache());
    assertEquals(Optional.of(Bytes.ofMiB(14)), load(PLAIN, buffer, sum).kvCache());
  }

  @Test
  void theTypeOfTheCacheIsThatOfTheLineOrElseOfTheCommand() {
    String asked = PLAIN + " --cache-type-k q8_0";
    String said =
        "llama_kv_cache: size =   14.00 MiB (  4096 cells,  28 layers,  1/1 seqs), K (f16):  "
            + "  7.00 MiB, V (q4_0):    7.00 MiB";
    assertEquals(Optional.empty(), load(PLAIN).kvCacheType());
    assertEquals(Optional.of("q8_0"), load(asked).kvCacheType());
    assertEquals(Optional.of("f16"), load(asked, said).kvCacheType());
  }

  @Test
  void theContextOfOneRequestIsItsPartOfTheCommandOrElseWhatTheEngineOpened() {
    String line = "llama_context: n_ctx         = 32768";
    assertEquals(OptionalInt.empty(), load(PLAIN).context());
    assertEquals(OptionalInt.of(32768), load(PLAIN, line).context());
    assertEquals(OptionalInt.of(4096), load(PLAIN + " -c 8192 -np 2", line).context());
  }

  // --- time

  @ParameterizedTest
  @CsvSource({"6.78, 6.78", "12, 12", "., -1", "soon, -1"})
  void aLoadTakesAsLongAsItSays(String said, double seconds) {
    assertEquals(
        seconds,
        load(PLAIN, "msg=\"llama-server started in " + said + " seconds\"").seconds().orElse(-1));
  }

  private static String timing(String kind, String rate) {
    return "slot print_timing: id  0 | task 0 | "
        + kind
        + " time =      11.07 ms /     8 tokens (    1.58 ms per token,   "
        + rate
        + " tokens per second)";
  }

  @Test
  void theUsualRateIsTheMiddleOneOfTheAnswers() {
    assertEquals(OptionalDouble.empty(), load(PLAIN).usualRate());
    String prompt = timing("prompt eval", "900.00");
    assertEquals(OptionalDouble.empty(), load(PLAIN, prompt).usualRate());
    LoggedLoad three =
        load(
            PLAIN,
            prompt,
            timing("       eval", "30.00"),
            prompt,
            timing("       eval", "10.00"),
            timing("       eval", "20.50"));
    assertEquals(List.of(30.0, 10.0, 20.5), three.rates());
    assertEquals(20.5, three.usualRate().orElse(0));
  }

  @Test
  void aLongLogIsCountedUpToAThousandAnswers() {
    var lines = new String[1001];
    java.util.Arrays.fill(lines, timing("       eval", "10.00"));
    assertEquals(1000, load(PLAIN, lines).rates().size());
  }

  // --- failures

  @Test
  void onlyLinesThatTellWhyALoadFailedAreFailures() {
    LoggedLoad load =
        load(
            PLAIN,
            "[GIN] 2026/11/27 - 21:59:17 | 200 | 13.3s | 127.0.0.1 | POST     \"/api/generate\"",
            "error while handling argument \"--cache-type-k\": Unsupported cache type: q8",
            "llama_init_from_model: quantized V cache requires flash_attn to be enabled",
            "Error text: timed out waiting for llama-server to start - ",
            "ggml_vulkan: vk::Device::allocateMemory: ErrorOutOfDeviceMemory",
            "msg=\"failure during llama-server GPU discovery\" error=\"llama-server binary not"
                + " found (checked: x)\"");
    assertEquals(
        List.of("kv-type-wrong", "kv-needs-fa-c", "timeout", "oom-vulkan", "no-engine"),
        load.failures());
  }

  @Test
  void linesBelongToTheLoadThatBeganBeforeThem() {
    ServerLog log =
        log(
            "load_tensors: offloaded 9/9 layers to GPU",
            "msg=\"starting llama-server\" cmd=\"llama-server --model /m/blobs/sha256-a\"",
            "load_tensors: offloaded 1/2 layers to GPU",
            "msg=\"starting llama-server\" cmd=\"llama-server --model /m/blobs/sha256-b\"",
            "load_tensors: offloaded 3/4 layers to GPU");
    assertEquals(2, log.loads().size());
    assertEquals(OptionalInt.of(1), log.loads().getFirst().layersOnGpu());
    assertEquals(OptionalInt.of(3), log.loads().getLast().layersOnGpu());
    assertEquals(3, log.count("offloaded"));
    assertEquals(0, log.count("timeout"));
    assertEquals(
        Optional.of("load_tensors: offloaded 3/4 layers to GPU"),
        log.newest("offloaded").map(LogLine::text));
  }

  // --- devices

  @Test
  void aDeviceIsListedOnceForEachSearch() {
    String card =
        "msg=\"inference compute\" id=0 library=rocm compute=gfx1030 driver=0.0 name=1002:73bf"
            + " total=\"16.0 GiB\" available=\"15.5 GiB\"";
    for (String search :
        List.of("msg=\"discovering available GPUs...\"", "msg=\"looking for compatible GPUs\"")) {
      ServerLog log = log(card, search, card, card);
      assertEquals(1, log.devices().size(), search);
      LogDevice device = log.devices().getFirst();
      assertEquals("rocm", device.library());
      assertEquals(Optional.of("1002:73bf"), device.description());
      assertEquals(Optional.of("gfx1030"), device.compute());
      assertEquals(Optional.of(Bytes.ofGiB(16)), device.total());
      assertEquals(Optional.of(Bytes.of(31L << 29)), device.available());
      assertFalse(device.isProcessor());
    }
  }

  @Test
  void noGpuFoundMeansTheProcessor() {
    ServerLog log = log("level=INFO source=gpu.go:377 msg=\"no compatible GPUs were discovered\"");
    assertEquals(1, log.devices().size());
    assertTrue(log.devices().getFirst().isProcessor());
    assertTrue(ServerLog.NOTHING.isEmpty());
    assertFalse(log.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"4096, 4096", "2147483647, 2147483647", "2147483648, -1", "0, 0", "x, -1"})
  void theDefaultContextIsAWholeNumber(String said, int tokens) {
    String line = "msg=\"vram-based default context\" total_vram=\"0 B\" default_num_ctx=" + said;
    assertEquals(tokens, log(line).defaultContext().orElse(-1));
    assertEquals(Optional.of(Bytes.ZERO), log(line).totalVram());
  }

  @ParameterizedTest
  @CsvSource({
    "0 B, 0",
    "3 KiB, 3072",
    "612 MiB, 641728512",
    "1.5 GiB, 1610612736",
    "2 TiB, 2199023255552",
    "1048576 B, 1048576",
    "1048577 B, -1",
    "1 PiB, -1",
    "12, -1",
    "x GiB, -1",
    "'', -1"
  })
  void sizesAreReadInBinaryUnits(String text, long bytes) {
    assertEquals(bytes, ServerLog.size(text).map(Bytes::count).orElse(-1L));
  }

  @ParameterizedTest
  @CsvSource({
    "'msg=\"Listening on 127.0.0.1:11434 (version 0.33.0-rc2)\"', 0.33.0-rc2",
    "'msg=\"Listening on 127.0.0.1:11434 (version 0.33.0\"', none",
  })
  void theVersionStandsInParentheses(String line, String version) {
    assertEquals(version, log(line).version().orElse("none"));
  }
}
