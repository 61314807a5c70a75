package dev.r1pick.cli.ollama;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.ollama.server.FakeOllama;
import dev.r1pick.ollama.server.Recording;
import dev.r1pick.report.json.Schemas;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `r1pick bench` from the command line to the server and back.
class BenchCommandTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";
  private static final String GENERATE = "POST /api/generate";
  static final Recording LOADED =
      Recording.plain(
          200,
          "{\"models\":[{\"name\":\"deepseek-r1:1.5b\",\"size\":1500000000,\"size_vram\":1500000000,"
              + "\"context_length\":4096}]}");

  @TempDir private Path home;

  /// @param tokens written in a second
  static Recording answer(double tokens) {
    return Recording.plain(
        200,
        "{\"done\":true,\"response\":\"a\",\"prompt_eval_count\":900,\"prompt_eval_duration\":"
            + "500000000,\"load_duration\":40000000,\"eval_count\":64,\"eval_duration\":"
            + Math.round(64e9 / tokens)
            + "}");
  }

  private Run bench(FakeOllama fake, String... more) {
    var args = new ArrayList<>(List.of("bench"));
    args.addAll(List.of(more));
    return new OllamaMachine(MACHINE, home).with(fake).run(args.toArray(String[]::new));
  }

  private static FakeOllama server() {
    return new FakeOllama().plays("version", "tags").on("GET /api/ps", LOADED);
  }

  @Test
  void measuresWhatIsLoadedAndLaterAnswersSayThatItWasMeasuredHere() {
    try (var fake = server().on(GENERATE, answer(60))) {
      Run run = bench(fake);
      assertAll(
          () -> assertEquals(ExitCode.OK, run.code(), run.err()),
          () -> assertEquals(7, fake.count(GENERATE)),
          () -> assertTrue(run.err().contains("run 6 of 6: deepseek-r1:1.5b"), run.err()),
          () -> assertTrue(run.out().contains("60"), run.out()));
      Run later =
          new OllamaMachine(MACHINE, home).with(fake).run("check", "1.5b", "--format", "json");
      assertTrue(later.out().contains("measured"), later.out());
    }
  }

  @Test
  void jsonFollowsItsSchema() {
    try (var fake = server().on(GENERATE, answer(60))) {
      Run run = bench(fake, "1.5b", "--format", "json");
      assertEquals(List.of(), Schemas.closed().faults("bench", run.out()), run.out());
    }
  }

  @Test
  void aTagThatIsInstalledUnderAnotherNameRunsUnderThat() {
    String known = "e0979632db5a88d1a53884cb2a941772d10ff5d055aabaa6801c4e36f3a6c2d7";
    try (var fake =
        new FakeOllama()
            .plays("version")
            .on("GET /api/ps", LOADED)
            .on(
                "GET /api/tags",
                Recording.plain(
                    200,
                    "{\"models\":[{\"name\":\"my-r1:latest\",\"size\":1,\"digest\":\""
                        + known
                        + "\"}]}"))
            .on(GENERATE, answer(60))) {
      Run run = bench(fake, "1.5b");
      assertEquals(ExitCode.OK, run.code(), run.err());
      assertTrue(
          fake.asked().stream()
              .filter(one -> one.call().equals(GENERATE))
              .allMatch(one -> one.body().contains("my-r1:latest")),
          fake.asked().toString());
    }
  }

  @Test
  void whatIsNotInstalledIsNotRun() {
    try (var fake = server().on(GENERATE, answer(60))) {
      Run run = bench(fake, "14b");
      assertEquals(ExitCode.HARDWARE_UNKNOWN, run.code());
      assertTrue(run.err().contains("deepseek-r1:14b"), run.err());
      assertEquals(0, fake.count(GENERATE));
    }
  }

  @Test
  void withoutAServerItEndsWithFour() {
    Run run = new OllamaMachine(MACHINE, home).variable("OLLAMA_HOST", "127.0.0.1:9").run("bench");
    assertEquals(ExitCode.OLLAMA_MISSING, run.code());
  }

  /// What a load or an answer can fail with.
  @ParameterizedTest
  @CsvSource({
    "generate-oom-cpu, failed to initialize the context",
    "generate-oom-cuda-text, out of memory",
    "generate-engine-killed-at-load, signal: killed",
    "generate-engine-killed-in-stream, signal: killed",
    "generate-engine-killed-before-output, unexpected EOF",
    "generate-engine-illegal-instruction, illegal instruction",
    "generate-load-timeout, timed out waiting for llama-server",
    "generate-no-engine, llama-server binary not found",
    "generate-truncated-blob, exceeds file size",
    "generate-not-gguf-blob, invalid file magic",
    "generate-missing-blob, try pulling it first",
    "generate-kv-type-wrong, exit status 1",
    "generate-kv-q8-without-flash-attention, quantized V cache",
    "generate-queue-full, server busy",
    "generate-prompt-too-long-no-truncate, request (8101 tokens) exceeds the available context",
    "error-era-a-cpu-alloc, unable to allocate CPU buffer",
    "error-era-ab-system-memory, requires more system memory",
    "error-era-b-runner-stopped, resource limitations",
  })
  void aModelThatDoesNotRunIsSaidInTheWordsOfTheServer(String recording, String said) {
    try (var fake = server().on(GENERATE, Recording.of(recording))) {
      Run run = bench(fake);
      assertEquals(ExitCode.HARDWARE_UNKNOWN, run.code());
      assertTrue(run.err().replace('\n', ' ').contains(said), run.err());
      assertFalse(run.err().contains("{"), "the engine speaks JSON: " + run.err());
      assertTrue(run.err().contains("deepseek-r1:1.5b"), run.err());
      assertEquals(1, fake.count(GENERATE));
    }
  }

  /// A prompt that the server had in its cache gives no rate of reading, and an end after a few
  /// tokens none of writing.
  @Test
  void anAnswerThatEndsEarlyIsNoRate() {
    try (var fake = server().plays("generate-load-only").plays("generate-prompt-too-long")) {
      Run run = bench(fake);
      assertEquals(ExitCode.HARDWARE_UNKNOWN, run.code());
      assertEquals(4, fake.count(GENERATE), "the load and the three of the first fill");
    }
  }
}
