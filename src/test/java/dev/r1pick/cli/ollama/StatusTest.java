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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user of `r1pick status` sees.
class StatusTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";
  private static final String OLD_8B =
      "28f8fd6cdc677661426adab9338ce3c013d7e69a5bea9e704b364171a5d61a10";

  @TempDir private Path home;
  private String catalog = "";

  @BeforeEach
  void writeCatalog() throws IOException {
    catalog = SmallCatalog.in(home);
  }

  private Run status(FakeOllama fake, String... more) {
    return status(new OllamaMachine(MACHINE, home).with(fake), more);
  }

  private Run status(OllamaMachine machine, String... more) {
    var args = new ArrayList<>(List.of("status", "--catalog", catalog));
    args.addAll(List.of(more));
    return machine.run(args.toArray(String[]::new));
  }

  /// The screen as if it were as wide as its longest sentence.
  private static String line(Run run) {
    return run.out().replaceAll("\\s+", " ");
  }

  @Test
  void namesWhatIsInstalledAndWhatWasMadeOfIt() {
    try (var fake =
        new FakeOllama().plays("version", "tags-with-created", "show-created", "ps-empty")) {
      Run run = status(fake);
      assertAll(
          () -> assertEquals(ExitCode.OK, run.code(), run.err()),
          () -> assertTrue(run.out().contains("DeepSeek-R1-Distill-Qwen-1.5B"), run.out()),
          () -> assertTrue(line(run).contains("the same files as deepseek-r1:1.5b"), run.out()),
          () -> assertTrue(line(run).contains("made of deepseek-r1:1.5b, with"), run.out()),
          () -> assertTrue(run.out().contains("nothing"), run.out()));
    }
  }

  @Test
  void anOldFileUnderTodaysNameIsSaid() {
    Recording old =
        Recording.plain(
            200,
            "{\"models\":[{\"name\":\"deepseek-r1:8b\",\"size\":4920738407,\"digest\":\""
                + OLD_8B
                + "\"}]}");
    try (var fake = new FakeOllama().plays("version", "ps-empty").on("GET /api/tags", old)) {
      Run run = status(fake);
      assertTrue(
          line(run).contains("DeepSeek-R1-Distill-Llama-8B: what deepseek-r1:8b meant before"),
          run.out());
    }
  }

  /// Ollama's own files of the 671B have full heads, so a tag that is known is not asked about.
  @Test
  void aFileOfOnesOwnInTheMlaLayoutIsSaid() {
    String latent = "{\"model_info\":{\"deepseek2.attention.key_length_mla\":192}}";
    String full = "{\"model_info\":{\"deepseek2.attention.key_length\":192}}";
    Recording tags =
        Recording.plain(
            200,
            "{\"models\":[{\"name\":\"deepseek-r1:671b\",\"size\":9,\"digest\":\""
                + "0".repeat(64)
                + "\"}]}");
    try (var fake =
        new FakeOllama()
            .plays("version", "ps-empty")
            .on("GET /api/tags", tags)
            .on("POST /api/show", Recording.plain(200, latent), Recording.plain(200, full))) {
      assertTrue(line(status(fake)).contains("in the MLA layout: its KV cache takes 71 times"));
      Run other = status(fake, "--format", "json");
      assertTrue(other.out().contains("\"latent_cache\" : false"), other.out());
      assertEquals(List.of(), Schemas.closed().faults("status", other.out()));
    }
  }

  @Test
  void whatIsLoadedStandsBesideThePlan() {
    try (var fake = new FakeOllama().plays("version", "tags", "ps-one-cpu")) {
      Run run = status(fake);
      assertTrue(run.out().contains("100% CPU, context 4k · planned"), run.out());
    }
  }

  /// Silence looked as if there were nothing to compare.
  @Test
  void ofAServerElsewhereItIsSaidThatNoPlanStandsBesideWhatIsLoaded() {
    try (var fake = new FakeOllama().plays("version", "tags", "ps-one-cpu")) {
      OllamaMachine machine = new OllamaMachine(MACHINE, home).with(fake, "big.example.test");
      Run run = status(machine);
      assertEquals(ExitCode.OK, run.code(), run.err());
      assertTrue(line(run).contains("100% CPU, context 4k no plan beside it"), run.out());
      assertFalse(run.out().contains("· planned"), run.out());
      assertTrue(status(machine, "--format", "json").out().contains("\"planned\" : null"));
    }
  }

  @Test
  void withoutAServerTheStoreIsShown() throws IOException {
    store(model("1.5b"), "0123456789");
    Run run = status(new OllamaMachine(MACHINE, home).variable("OLLAMA_HOST", "127.0.0.1:9"));
    assertAll(
        () -> assertEquals(ExitCode.OK, run.code(), run.err()),
        () -> assertTrue(run.out().startsWith("no Ollama answers at"), run.out()),
        () -> assertTrue(run.out().contains("deepseek-r1:1.5b"), run.out()),
        () -> assertFalse(run.out().contains("loaded"), run.out()));
  }

  @Test
  void withoutServerAndStoreItEndsWithFour() {
    Run run = status(new OllamaMachine(MACHINE, home).variable("OLLAMA_HOST", "127.0.0.1:9"));
    assertEquals(ExitCode.OLLAMA_MISSING, run.code());
  }

  @Test
  void sharedFilesCountOnceAndACutOneIsSeen() throws IOException {
    store(model("1.5b"), "0123456789");
    store(model("1.5b-qwen-distill-q4_K_M"), "0123456789");
    String digest = digest(model("1.5b"));
    Recording tags =
        Recording.plain(
            200,
            "{\"models\":[{\"name\":\"deepseek-r1:1.5b\",\"size\":10,\"digest\":\""
                + digest
                + "\"},{\"name\":\"deepseek-r1:1.5b-qwen-distill-q4_K_M\",\"size\":10,"
                + "\"digest\":\""
                + digest
                + "\"}]}");
    try (var fake = new FakeOllama().plays("version", "ps-empty").on("GET /api/tags", tags)) {
      Run whole = status(fake, "--format", "json");
      assertAll(
          () -> assertEquals(List.of(), Schemas.closed().faults("status", whole.out())),
          () -> assertTrue(whole.out().contains("\"r1_bytes\" : 10,"), whole.out()),
          () -> assertTrue(whole.out().contains("\"freed_bytes\" : 0,"), whole.out()),
          () -> assertFalse(whole.out().contains("\"broken\" : true"), whole.out()));
      Files.writeString(home.resolve("models/blobs/sha256-" + SmallCatalog.WEIGHTS), "012345678");
      assertTrue(status(fake).out().contains("a file is damaged or missing"));
    }
  }

  private static String digest(Path manifest) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(manifest)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path model(String tag) {
    return home.resolve("models/manifests/registry.ollama.ai/library/deepseek-r1").resolve(tag);
  }

  private void store(Path manifest, String weights) throws IOException {
    Files.createDirectories(manifest.getParent());
    Files.writeString(
        manifest,
        "{\"layers\":[{\"mediaType\":\"application/vnd.ollama.image.model\",\"digest\":\"sha256:"
            + SmallCatalog.WEIGHTS
            + "\",\"size\":10}]}",
        StandardCharsets.UTF_8);
    Path blob = home.resolve("models/blobs/sha256-" + SmallCatalog.WEIGHTS);
    Files.createDirectories(blob.getParent());
    Files.writeString(blob, weights);
  }
}
