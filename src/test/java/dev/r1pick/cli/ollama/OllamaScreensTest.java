package dev.r1pick.cli.ollama;

import static dev.r1pick.cli.ollama.SmallPull.MACHINE;
import static dev.r1pick.cli.ollama.SmallPull.PULL;
import static dev.r1pick.cli.ollama.SmallPull.cutAt;
import static dev.r1pick.cli.ollama.SmallPull.empty;
import static dev.r1pick.cli.ollama.SmallPull.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.cli.Run;
import dev.r1pick.ollama.server.FakeOllama;
import dev.r1pick.ollama.server.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `pull`, `status` and `bench` say, word for word, in both languages. `-Dapprove=true` writes
/// the screens anew.
class OllamaScreensTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden-ollama");
  private static final boolean APPROVE = Boolean.getBoolean("approve");
  private static final String GENERATE = "POST /api/generate";

  @TempDir private Path home;

  /// @param server what answers; it is played anew for each language
  private record Screen(Supplier<FakeOllama> server, List<String> line) {
    Screen(Supplier<FakeOllama> server, String... line) {
      this(server, List.of(line));
    }
  }

  private static Map<String, Screen> screens() {
    var screens = new TreeMap<String, Screen>();
    screens.put(
        "pull-cut-once",
        new Screen(
            () -> empty().on(PULL, cutAt(2_400_000), whole()), "pull", "1.5b", "--no-variant"));
    screens.put(
        "pull-with-variant",
        new Screen(
            () -> empty().on(PULL, whole()).plays("create-from-with-num-ctx"),
            "pull",
            "1.5b",
            "--context",
            "24k"));
    screens.put(
        "pull-there",
        new Screen(
            () ->
                new FakeOllama()
                    .plays("version", "show", "tags")
                    .on(
                        PULL,
                        Recording.stream(
                            SmallPull.weights(SmallCatalog.WEIGHTS_SIZE),
                            "{\"status\":\"success\"}")),
            "pull",
            "1.5b",
            "--no-variant"));
    screens.put(
        "pull-dry-run", new Screen(SmallPull::empty, "pull", "1.5b", "--no-variant", "--dry-run"));
    screens.put(
        "pull-error-page",
        new Screen(() -> empty().plays("pull-chunk-403"), "pull", "1.5b", "--no-variant"));
    screens.put(
        "pull-disk-full",
        new Screen(() -> empty().plays("pull-disk-full"), "pull", "1.5b", "--no-variant"));
    screens.put("pull-no-server", new Screen(FakeOllama::new, "pull", "1.5b", "--no-variant"));
    screens.put(
        "status",
        new Screen(
            () ->
                new FakeOllama()
                    .plays("version", "tags-with-created", "show-created", "ps-one-cpu"),
            "status"));
    screens.put(
        "status-empty",
        new Screen(() -> new FakeOllama().plays("version", "tags-empty", "ps-empty"), "status"));
    screens.put("status-no-server", new Screen(FakeOllama::new, "status"));
    screens.put(
        "bench",
        new Screen(() -> bench(Recording.of("tags"), BenchCommandTest.answer(60)), "bench"));
    screens.put(
        "bench-not-run",
        new Screen(
            () -> bench(Recording.of("tags"), Recording.of("generate-oom-cuda-text")), "bench"));
    screens.put(
        "bench-nothing-installed",
        new Screen(() -> new FakeOllama().plays("version", "tags-empty", "ps-empty"), "bench"));
    return screens;
  }

  private static FakeOllama bench(Recording tags, Recording answer) {
    return new FakeOllama()
        .plays("version")
        .on("GET /api/tags", tags)
        .on("GET /api/ps", BenchCommandTest.LOADED)
        .on(GENERATE, answer);
  }

  private String text(String name, Screen screen, String language) throws IOException {
    Path own = Files.createDirectories(home.resolve(name).resolve(language));
    var args = new ArrayList<>(screen.line());
    if (!args.getFirst().equals("bench")) {
      args.addAll(List.of("--catalog", SmallCatalog.in(own)));
    }
    args.addAll(List.of("--lang", language));
    try (FakeOllama fake = screen.server().get()) {
      Run run =
          new OllamaMachine(MACHINE, own)
              .with(fake)
              .variable("OLLAMA_MODELS", "/srv/ollama/models")
              .run(args.toArray(String[]::new));
      return ("$ r1pick " + String.join(" ", screen.line()) + "\n" + run.out() + run.err())
              .replace(fake.address(), "127.0.0.1:11434")
              .replace(own.toString(), "/home/user")
          + "# exit "
          + run.code().code()
          + "\n";
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void theScreensAreTheApprovedOnes(String language) throws IOException {
    for (Map.Entry<String, Screen> screen : screens().entrySet()) {
      String text = text(screen.getKey(), screen.getValue(), language);
      Path approved = GOLDEN.resolve(screen.getKey() + "." + language + ".txt");
      if (APPROVE) {
        Files.createDirectories(GOLDEN);
        Files.writeString(approved, text);
      }
      assertEquals(Files.readString(approved), text, screen.getKey());
    }
  }

  @Test
  void noApprovedScreenIsLeftOver() throws IOException {
    var expected = new TreeSet<String>();
    for (String screen : screens().keySet()) {
      expected.add(screen + ".en.txt");
      expected.add(screen + ".zh.txt");
    }
    var found = new TreeSet<String>();
    try (var files = Files.list(GOLDEN)) {
      files.forEach(file -> found.add(file.getFileName().toString()));
    }
    assertEquals(expected, found);
  }
}
