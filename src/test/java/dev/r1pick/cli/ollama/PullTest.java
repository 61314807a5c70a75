package dev.r1pick.cli.ollama;

import static dev.r1pick.cli.ollama.SmallPull.MACHINE;
import static dev.r1pick.cli.ollama.SmallPull.PULL;
import static dev.r1pick.cli.ollama.SmallPull.cutAt;
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
import dev.r1pick.report.json.Schemas;
import dev.r1pick.report.layout.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user of `r1pick pull` sees, and what the server is asked for.
class PullTest {
  private static final String BIG = "b".repeat(64);

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
  void aPullThatIsCutThreeTimesEndsWithTheRightDigest() {
    try (var fake =
        empty().on(PULL, cutAt(1_200_000), cutAt(2_400_000), cutAt(3_600_000), whole())) {
      var machine = new OllamaMachine(MACHINE, home).with(fake);
      Run run = pull(machine, "--no-variant");
      assertAll(
          () -> assertEquals(ExitCode.OK, run.code(), run.err()),
          () -> assertEquals(4, fake.count(PULL)),
          () -> assertEquals(List.of(5L, 5L, 5L), seconds(machine.pauses())),
          () ->
              assertTrue(
                  run.out()
                      .replace('\n', ' ')
                      .contains(
                          "deepseek-r1:1.5b is there: build 8cc215eb69bd, the one that r1pick"
                              + " knows; weights 5cf4708d553f, as pulled."),
                  run.out()),
          () -> assertEquals("ollama run deepseek-r1:1.5b", run.lastLine()));
    }
  }

  private static List<Long> seconds(List<Duration> pauses) {
    return pauses.stream().map(Duration::toSeconds).toList();
  }

  @Test
  void aStallIsEndedByOurOwnClockAndTriedAgainAfterGrowingPauses() {
    try (var fake = empty().on(PULL, Recording.of("pull-stalled"))) {
      var machine = new OllamaMachine(MACHINE, home).with(fake);
      Run run = pull(machine, "--no-variant");
      assertAll(
          () -> assertEquals(ExitCode.PULL_FAILED, run.code()),
          () -> assertEquals(List.of(5L, 10L, 20L, 40L), seconds(machine.pauses())));
    }
  }

  @Test
  void aSlowPullIsNoStall() {
    var lines = new ArrayList<String>();
    for (int i = 0; i <= 20; i++) {
      lines.add(weights(i * 200_000L));
    }
    lines.add("{\"status\":\"success\"}");
    try (var fake = empty().on(PULL, Recording.stream(lines.toArray(String[]::new)))) {
      var machine = new OllamaMachine(MACHINE, home).with(fake).lineEvery(Duration.ofSeconds(89));
      assertEquals(ExitCode.OK, pull(machine, "--no-variant").code());
      assertEquals(1, fake.count(PULL));
    }
  }

  @Test
  void bytesThatAreTakenBackAreNoEnd() {
    try (var fake =
        empty()
            .on(
                PULL,
                Recording.stream(
                    weights(4_000_000),
                    weights(1_000_000),
                    weights(4_100_000),
                    "{\"status\":\"success\"}"))) {
      assertEquals(ExitCode.OK, pull(fake, "--no-variant").code());
    }
  }

  @Test
  void nothingIsPulledWhereThereIsNoRoom() {
    try (var fake = empty()) {
      Run run = pull(new OllamaMachine(MACHINE, home).with(fake).free(4_317_716), "--no-variant");
      assertAll(
          () -> assertEquals(ExitCode.DISK, run.code()),
          () -> assertTrue(run.err().contains("make room"), run.err()),
          () -> assertEquals(0, fake.count(PULL)));
    }
    try (var fake = empty().on(PULL, whole())) {
      var machine = new OllamaMachine(MACHINE, home).with(fake).free(4_317_717);
      assertEquals(ExitCode.OK, pull(machine, "--no-variant").code());
    }
  }

  @Test
  void aBlobThatIsLargerThanSaidDoesNotFillTheDisk() {
    try (var fake =
        empty()
            .on(
                PULL,
                Recording.stream(
                        Recording.progress(BIG, 9_000_000_000L, 0),
                        Recording.progress(BIG, 9_000_000_000L, 1_000_000))
                    .ending(Recording.Ends.NEVER))) {
      Run run =
          pull(new OllamaMachine(MACHINE, home).with(fake).free(8_999_999_999L), "--no-variant");
      assertAll(
          () -> assertEquals(ExitCode.DISK, run.code()),
          () -> assertTrue(run.err().contains("than the disk of the store"), run.err()),
          () -> assertEquals(1, fake.count(PULL)));
    }
  }

  @Test
  void withoutAServerItEndsWithFour() {
    Run run =
        pull(
            new OllamaMachine(MACHINE, home).variable("OLLAMA_HOST", "127.0.0.1:9"),
            "--no-variant");
    assertAll(
        () -> assertEquals(ExitCode.OLLAMA_MISSING, run.code()),
        () -> assertTrue(run.err().contains("no Ollama answers at http://127.0.0.1:9"), run.err()));
  }

  @Test
  void aProgramThatIsNotOllamaIsSaid() {
    try (var fake = new FakeOllama()) {
      Run run = pull(fake, "--no-variant");
      assertEquals(ExitCode.OLLAMA_MISSING, run.code());
      assertTrue(run.err().contains("is not Ollama"), run.err());
    }
  }

  @Test
  void aHostNameThatTheServerDoesNotTakeIsSaid() {
    try (var fake = new FakeOllama().on("GET /api/version", Recording.of("wrong-host-403"))) {
      Run run = pull(fake, "--no-variant");
      assertEquals(ExitCode.OLLAMA_MISSING, run.code());
      assertTrue(run.err().contains("403"), run.err());
    }
  }

  @Test
  void anOllamaThatDoesNotKnowTheModelIsSaidBeforehand() {
    try (var fake =
        empty().on("GET /api/version", Recording.plain(200, "{\"version\":\"0.6.5\"}"))) {
      Run run = new OllamaMachine(MACHINE, home).with(fake).run("pull", "8b", "--no-variant");
      assertAll(
          () -> assertEquals(ExitCode.PULL_FAILED, run.code()),
          () -> assertTrue(run.err().contains("which needs 0.6.6 or newer"), run.err()),
          () -> assertEquals(0, fake.count(PULL)));
    }
  }

  @Test
  void aDryRunOnlyLooks() {
    try (var fake = empty()) {
      Run run = pull(fake, "--dry-run");
      assertEquals(ExitCode.OK, run.code(), run.err());
      assertTrue(fake.asked().stream().allMatch(asked -> asked.call().startsWith("GET ")));
      assertTrue(run.out().contains("4.3 MB") || run.out().contains("0.0 GB"), run.out());
    }
  }

  @Test
  void whatATerminalShowsIsOneLineThatIsWrittenOver() {
    try (var fake = empty().on(PULL, Recording.of("pull-fresh"))) {
      Run run =
          new OllamaMachine(MACHINE, home)
              .with(fake)
              .run(
                  new Style(80, false, StandardCharsets.UTF_8),
                  "pull",
                  "1.5b",
                  "--no-variant",
                  "--catalog",
                  small.catalog());
      assertEquals(ExitCode.OK, run.code(), run.err());
      for (String drawn : run.out().split("\r", -1)) {
        for (String line : drawn.split("\n", -1)) {
          assertTrue(line.length() <= 80, line);
        }
      }
      assertTrue(run.out().contains("\r  97 %  0.3 / ") || run.out().contains(" % "), run.out());
      assertTrue(run.out().endsWith("\nollama run deepseek-r1:1.5b\n"));
    }
  }

  @Test
  void aLogGetsALineForEveryTenth() {
    try (var fake = empty().on(PULL, Recording.of("pull-fresh"))) {
      Run run = pull(fake, "--no-variant");
      long progress = run.out().lines().filter(line -> line.contains(" % ")).count();
      assertTrue(progress >= 5 && progress <= 20, run.out());
      assertFalse(run.out().contains("\r"));
    }
  }

  @Test
  void quietIsTheNameAlone() {
    try (var fake = empty().on(PULL, whole())) {
      assertEquals("deepseek-r1:1.5b\n", pull(fake, "--no-variant", "-q").out());
    }
  }

  @Test
  void aServerWasSaidNotToComeBackWhileThePullStillTried() {
    try (var fake = empty().on(PULL, cutAt(1_200_000), whole())) {
      String out = pull(fake, "--no-variant").out().replace('\n', ' ');
      assertTrue(out.contains("the server stopped in the middle. Next try in 5 s."), out);
    }
    try (var fake = empty().on(PULL, cutAt(1_200_000))) {
      Run run = pull(fake, "--no-variant");
      String out = run.out().replace('\n', ' ');
      assertFalse(out.contains("did not come back"), out);
      assertTrue(run.err().replace('\n', ' ').contains("did not come back"), run.err());
    }
  }

  @Test
  void everyLineOfJsonFollowsItsSchema() {
    var schemas = Schemas.closed();
    try (var fake = empty().on(PULL, cutAt(1_200_000), whole()).plays("create-from-with-num-ctx")) {
      Run run = pull(fake, "--context", "24k", "--format", "json");
      for (String line : run.out().lines().toList()) {
        assertEquals(List.of(), schemas.faults("pull", line), line);
      }
      for (String event : List.of("planned", "progress", "retries", "arrived", "variant", "done")) {
        assertTrue(run.out().contains("\"event\":\"" + event + "\""), event);
      }
    }
    try (var fake = empty().plays("pull-disk-full")) {
      Run run = pull(fake, "--no-variant", "--format", "json");
      String last = run.lastLine();
      assertEquals(List.of(), schemas.faults("error", last), last);
      assertTrue(last.contains("\"code\":\"pull-failed\"") && last.contains("\"exit_code\":5"));
    }
  }

  @Test
  void whoInterruptsIsToldThatNothingIsLost() {
    try (var fake = empty().on(PULL, whole())) {
      var machine = new OllamaMachine(MACHINE, home).with(fake);
      pull(machine, "--no-variant");
      assertTrue(
          machine.lastWordsSaid().getFirst().contains("The server keeps what is loaded"),
          machine.lastWordsSaid().toString());
    }
  }

  @Test
  void theNextPullSaysHowLongItTakesAtTheRateOfTheLast() {
    try (var fake = empty().on(PULL, Recording.of("pull-fresh"))) {
      var machine = new OllamaMachine(MACHINE, home).with(fake);
      assertFalse(pull(machine, "--no-variant").out().contains("of the last pull"));
    }
    try (var fake = empty().on(PULL, whole())) {
      assertTrue(pull(fake, "--no-variant").out().contains("of the last pull"));
    }
  }

  @Test
  void withoutATagItPullsWhatIsRecommended() {
    Run advice = new OllamaMachine(MACHINE, home).run("recommend", "-q");
    try (var fake =
        new FakeOllama().plays("version").on("GET /api/tags", Recording.of("tags-empty"))) {
      Run run = new OllamaMachine(MACHINE, home).with(fake).run("pull", "--dry-run");
      assertTrue(run.out().startsWith(advice.out().strip() + " to http://"), run.out());
    }
  }

  @Test
  void whereNothingFitsNothingIsPulled() {
    try (var fake = empty()) {
      Run run =
          new OllamaMachine(MACHINE, home).with(fake).run("pull", "--cpu-only", "--ram", "2GB");
      assertEquals(ExitCode.NOTHING_FITS, run.code());
      assertEquals(0, fake.asked().size());
      assertFalse(run.err().isEmpty());
    }
  }
}
