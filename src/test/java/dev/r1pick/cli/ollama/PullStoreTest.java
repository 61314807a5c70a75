package dev.r1pick.cli.ollama;

import static dev.r1pick.cli.ollama.SmallPull.MACHINE;
import static dev.r1pick.cli.ollama.SmallPull.PULL;
import static dev.r1pick.cli.ollama.SmallPull.empty;
import static dev.r1pick.cli.ollama.SmallPull.weights;
import static dev.r1pick.cli.ollama.SmallPull.whole;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.ollama.server.FakeOllama;
import dev.r1pick.ollama.server.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `r1pick pull` makes of what lies in the store, and what it makes beside the tag.
class PullStoreTest {

  @TempDir private Path home;
  private SmallPull small = new SmallPull(Path.of(""), "");

  @BeforeEach
  void writeCatalog() throws IOException {
    small = SmallPull.in(home);
  }

  private Run pull(FakeOllama fake, String... more) {
    return small.run(fake, more);
  }

  private Run pull(OllamaMachine machine, String... more) {
    return small.run(machine, more);
  }

  @Test
  void theVariantHasThePlannedContextAndIsTheOneToRun() {
    try (var fake = empty().on(PULL, whole()).plays("create-from-with-num-ctx")) {
      Run run = pull(fake, "--context", "24k");
      String body =
          fake.asked().stream()
              .filter(asked -> asked.call().equals("POST /api/create"))
              .map(FakeOllama.Asked::body)
              .findFirst()
              .orElse("");
      assertAll(
          () -> assertEquals(ExitCode.OK, run.code(), run.err()),
          () ->
              assertEquals(
                  "{\"model\":\"deepseek-r1-1.5b-24k\",\"from\":\"deepseek-r1:1.5b\","
                      + "\"parameters\":{\"num_ctx\":24576}}",
                  body),
          () -> assertEquals("ollama run deepseek-r1-1.5b-24k", run.lastLine()));
    }
  }

  @Test
  void aNameThatBelongsToAnotherModelIsNotOverwritten() {
    Recording taken =
        Recording.plain(
            200,
            Recording.of("tags")
                .lines()
                .getFirst()
                .replace("deepseek-r1:1.5b-qwen-distill-q4_K_M", "deepseek-r1-1.5b-24k:latest"));
    try (var fake = empty().on("GET /api/tags", taken).on(PULL, whole())) {
      Run run = pull(fake, "--context", "24k");
      assertAll(
          () -> assertEquals(ExitCode.OK, run.code(), run.err()),
          () -> assertEquals(0, fake.count("POST /api/create")),
          () -> assertTrue(run.out().contains("is the name of another model"), run.out()),
          () -> assertEquals("ollama run deepseek-r1:1.5b", run.lastLine()));
    }
  }

  @Test
  void aVariantThatCannotBeMadeIsAFailureAndTheTagIsThere() {
    try (var fake = empty().on(PULL, whole()).plays("create-bad-name")) {
      Run run = pull(fake, "--context", "24k");
      assertEquals(ExitCode.PULL_FAILED, run.code());
      assertTrue(run.err().contains("invalid model name"), run.err());
    }
  }

  @Test
  void aCutBlobIsFoundByTheLinesOfThePullAndMendedWithConsent() {
    String[] recordings = {"version", "show", "tags-truncated-blob"};
    try (var fake = new FakeOllama().plays(recordings).plays("pull-truncated-blob-not-repaired")) {
      Run run = pull(fake, "--no-variant");
      assertAll(
          () -> assertEquals(ExitCode.PULL_FAILED, run.code()),
          () -> assertTrue(run.err().contains("is damaged"), run.err()),
          () -> assertEquals(0, fake.count("DELETE /api/delete")));
    }
    try (var fake =
        new FakeOllama()
            .plays(recordings)
            .plays("delete-ok")
            .on(PULL, Recording.of("pull-truncated-blob-not-repaired"), whole())) {
      Run run = pull(fake, "--no-variant", "--yes");
      assertAll(
          () -> assertEquals(ExitCode.OK, run.code(), run.err()),
          () -> assertEquals(2, fake.count(PULL)),
          () -> assertTrue(fake.count("DELETE /api/delete") > 0));
    }
  }

  @Test
  void whatAnEarlierPullLeftIsCounted() throws IOException {
    store(
        "blobs/sha256-" + SmallCatalog.WEIGHTS + "-partial-0",
        "{\"N\":0,\"Offset\":0,\"Size\":4316416,\"Completed\":4000000}");
    store("blobs/sha256-" + SmallCatalog.WEIGHTS + "-partial", "");
    try (var fake =
        empty().on(PULL, Recording.stream(weights(4_000_000), "{\"status\":\"success\"}"))) {
      var machine = new OllamaMachine(MACHINE, home).with(fake).free(316_416);
      Run run = pull(machine, "--no-variant");
      assertEquals(ExitCode.OK, run.code(), run.err());
      assertTrue(run.out().contains("of an earlier pull"), run.out());
    }
  }

  @Test
  void anEmptyPartFileIsNamedAndDeletedWithConsent() throws IOException {
    String part = "blobs/sha256-" + SmallCatalog.WEIGHTS + "-partial-0";
    store(part, "");
    try (var fake = empty().plays("pull-eof-after-disk-full")) {
      Run run = pull(fake, "--no-variant");
      assertEquals(ExitCode.DISK, run.code());
      assertTrue(run.err().contains("--yes"), run.err());
      assertTrue(Files.exists(home.resolve("models").resolve(part)));
    }
    try (var fake = empty().on(PULL, whole())) {
      Run run = pull(fake, "--no-variant", "--yes");
      assertEquals(ExitCode.OK, run.code(), run.err());
      assertFalse(Files.exists(home.resolve("models").resolve(part)));
    }
  }

  private void store(String path, String text) throws IOException {
    Path file = home.resolve("models").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
