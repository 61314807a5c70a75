package dev.r1pick.ollama.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.doctor.LogSigns;
import dev.r1pick.units.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Lines of real logs of all three eras, and what is made of them.
class ServerLogTest {
  private static final Path LINES = Path.of("src/test/resources/ollama/log-lines.tsv");
  private static final List<LogSign> SIGNS = LogSigns.shipped();

  private static ServerLog read(String... lines) {
    return ServerLog.read(String.join("\n", lines), SIGNS);
  }

  @Test
  void everyKnownLineIsTakenForWhatItIs() throws IOException {
    var wrong = new ArrayList<String>();
    List<String> rows = Files.readAllLines(LINES);
    for (String row : rows.subList(1, rows.size())) {
      int tab = row.indexOf('\t');
      ServerLog log = read(row.substring(tab + 1));
      String taken = log.seen().isEmpty() ? "none" : log.seen().getFirst().sign().id();
      if (!taken.equals(row.substring(0, tab))) {
        wrong.add(row.substring(0, tab) + " is taken for " + taken);
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(118, rows.size() - 1);
  }

  @Test
  void theEnvironmentOfTheServerWasCutAtABlank() {
    ServerLog log =
        read(
            "time=2026-11-27T21:59:03.123Z level=INFO source=routes.go:1951 msg=\"server config\""
                + " env=\"map[CUDA_VISIBLE_DEVICES: HTTPS_PROXY:http://proxy.corp.test:3128"
                + " OLLAMA_CONTEXT_LENGTH:0 OLLAMA_KV_CACHE_TYPE: OLLAMA_MODELS:C:\\\\Users\\\\Zhang"
                + " San\\\\.ollama\\\\models OLLAMA_NUM_PARALLEL:1 OLLAMA_ORIGINS:[http://localhost"
                + " https://localhost http://localhost:*] http_proxy: no_proxy:]\"");
    assertEquals("C:\\Users\\Zhang San\\.ollama\\models", log.environment().get("OLLAMA_MODELS"));
    assertEquals("http://proxy.corp.test:3128", log.environment().get("HTTPS_PROXY"));
    assertEquals("0", log.environment().get("OLLAMA_CONTEXT_LENGTH"));
    assertEquals(
        "[http://localhost https://localhost http://localhost:*]",
        log.environment().get("OLLAMA_ORIGINS"));
    assertFalse(log.environment().containsKey("OLLAMA_KV_CACHE_TYPE"), "set to nothing");
    assertFalse(log.environment().containsKey("CUDA_VISIBLE_DEVICES"), "set to nothing");
  }

  @Test
  void aLoadOfEraCIsReadFromItsCommandAndItsBuffers() {
    ServerLog log =
        read(
            "msg=\"starting llama-server\" cmd=\"/usr/lib/ollama/llama-server --model"
                + " /m/blobs/sha256-abc --port 1 -c 16384 -np 2 --flash-attn auto -b 512 -ub 512"
                + " --cache-type-k q8_0 --cache-type-v q8_0\"",
            "load_tensors: offloaded 29/49 layers to GPU",
            "load_tensors:        CUDA0 model buffer size =  5120.00 MiB",
            "load_tensors:   CPU_Mapped model buffer size =  3072.00 MiB",
            "llama_kv_cache: size =  1632.00 MiB ( 16384 cells,  48 layers,  2/2 seqs), K (q8_0):"
                + "  816.00 MiB, V (q8_0):  816.00 MiB",
            "msg=\"llama-server started in 6.78 seconds\"",
            "slot print_timing: id  0 | task 0 | prompt eval time =      31.07 ms /    18 tokens ("
                + "    1.58 ms per token,   579.30 tokens per second)",
            "slot print_timing: id  0 | task 0 |        eval time =      11.07 ms /     8 tokens ("
                + "    1.58 ms per token,    12.50 tokens per second)");
    LoggedLoad load = log.loads().getFirst();
    assertEquals(Optional.of("abc"), load.command().blob());
    assertEquals(OptionalInt.of(8192), load.context());
    assertEquals(2, load.command().parallel());
    assertEquals(Optional.of("q8_0"), load.kvCacheType());
    assertTrue(load.isPartly());
    assertEquals(Bytes.ofGiB(5), load.weightsOnGpu());
    assertEquals(Bytes.ofGiB(3), load.weightsInRam());
    assertEquals(Optional.of(Bytes.ofMiB(1632)), load.kvCache());
    assertEquals(6.78, load.seconds().orElse(0), 1e-9);
    assertEquals(12.5, load.usualRate().orElse(0), 1e-9);
  }

  @Test
  void buffersOfSeveralCardsAddUp() {
    ServerLog log =
        read(
            "msg=\"starting llama server\" cmd=\"/tmp/ollama_llama_server runner --model"
                + " /m/blobs/sha256:abc --ctx-size 8192 --batch-size 512 --n-gpu-layers 80"
                + " --parallel 4\"",
            "llama_kv_cache_init:      CUDA0 KV buffer size =   264.00 MiB",
            "llama_kv_cache_init:      CUDA1 KV buffer size =   264.00 MiB",
            "load_tensors: offloaded 81/81 layers to GPU");
    LoggedLoad load = log.loads().getFirst();
    assertEquals(Optional.of(Bytes.ofMiB(528)), load.kvCache());
    assertEquals(OptionalInt.of(2048), load.context());
    assertFalse(load.isPartly());
    assertTrue(load.command().isEngine());
  }

  @Test
  void whatAnEarlierStartSaidWasTakenForThisOne() {
    String start = "msg=\"server config\" env=\"map[OLLAMA_NUM_PARALLEL:%s OLLAMA_HOST:x]\"";
    ServerLog log =
        read(
            start.formatted("4"),
            "msg=\"discovering available GPUs...\"",
            "msg=\"inference compute\" id=cpu library=cpu total=\"15.8 GiB\" available=\"6.1 GiB\"",
            "msg=\"vram-based default context\" total_vram=\"0 B\" default_num_ctx=4096",
            start.formatted("1"),
            "msg=\"Listening on 127.0.0.1:11434 (version 0.33.0-rc2)\"",
            "msg=\"discovering available GPUs...\"",
            "msg=\"inference compute\" id=0 filter_id=0 library=CUDA compute=8.6 name=CUDA0"
                + " description=\"NVIDIA GeForce RTX 3060\" total=\"11.6 GiB\" available=\"11.4 GiB\"",
            "msg=\"vram-based default context\" total_vram=\"11.6 GiB\" default_num_ctx=4096");
    assertEquals("1", log.environment().get("OLLAMA_NUM_PARALLEL"));
    assertEquals(Optional.of("0.33.0-rc2"), log.version());
    assertEquals(1, log.devices().size());
    assertEquals("cuda", log.devices().getFirst().library());
    assertEquals(Optional.of("NVIDIA GeForce RTX 3060"), log.devices().getFirst().description());
    assertEquals(11.6, log.totalVram().orElse(Bytes.ZERO).inGiB(), 0.01);
    assertEquals(OptionalInt.of(4096), log.defaultContext());
    assertTrue(log.newest("cpu-only").isEmpty());
  }

  @Test
  void textThatIsNoLogSaysNothing() {
    assertTrue(read("", "hello = world", "=", "\"", "a=\"b", "\u0000").isEmpty());
  }
}
