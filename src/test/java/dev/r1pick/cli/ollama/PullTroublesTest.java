package dev.r1pick.cli.ollama;

import static dev.r1pick.cli.ollama.SmallPull.PULL;
import static dev.r1pick.cli.ollama.SmallPull.empty;
import static dev.r1pick.cli.ollama.SmallPull.weights;
import static dev.r1pick.cli.ollama.SmallPull.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.ollama.server.FakeOllama;
import dev.r1pick.ollama.server.Recording;
import dev.r1pick.report.layout.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The troubles of docs/doctor.md that `r1pick pull` sees, by the names that they have there: each
/// is made, and the pull must say it.
class PullTroublesTest {
  private static final Path PAGE = Path.of("docs/doctor.md");
  private static final String TIMEOUT =
      "{\"error\":\"max retries exceeded: Get \\\"https://dd20.r2.cloudflarestorage.com/a\\\": dial"
          + " tcp [2606:4700::1]:443: i/o timeout\"}";

  private static final Pattern RATE = Pattern.compile("([0-9.]+) (kB|MB)/s");

  @TempDir private Path home;

  /// What the server answers to the pull, and what is said then.
  ///
  /// @param code the exit code
  private record Case(Recording pull, int code, String said) {
    static Case of(String recording, int code, String said) {
      return new Case(Recording.of(recording), code, said);
    }
  }

  private static Map<String, Case> cases() {
    var cases = new LinkedHashMap<String, Case>();
    cases.put("pull-eof", Case.of("pull-chunk-403", 6, "the file server sends an error page"));
    cases.put(
        "blob-host-no-dns",
        Case.of("pull-max-retries-real-no-dns-for-blob-host", 6, "r2.cloudflarestorage.com"));
    cases.put("blob-host-timeout", new Case(Recording.stream(TIMEOUT), 6, "IPv6"));
    cases.put("pull-stalled", Case.of("pull-stalled", 6, "no byte came for a minute and a half"));
    cases.put(
        "pull-zero-for-ever",
        new Case(
            Recording.stream("{\"status\":\"pulling manifest\"}", weights(0))
                .ending(Recording.Ends.NEVER),
            6,
            "no byte came for a minute and a half"));
    cases.put("pull-slow-end", new Case(slowEnd(), 0, "deepseek-r1:1.5b is there"));
    cases.put(
        "progress-backwards",
        new Case(
            Recording.stream(
                weights(0),
                weights(3_000_000),
                weights(1_000_000),
                weights(4_200_000),
                "{\"status\":\"success\"}"),
            0,
            "deepseek-r1:1.5b is there"));
    cases.put("digest-mismatch", Case.of("pull-digest-mismatch-real", 6, "wrong bytes came"));
    cases.put(
        "eof-after-disk-full",
        Case.of("pull-eof-after-disk-full", 5, "a download that a full disk left behind"));
    cases.put(
        "company-ca",
        Case.of("pull-tls-intercepted", 6, "the certificate of registry.ollama.ai is not trusted"));
    cases.put("server-too-old", Case.of("pull-manifest-412", 6, "this Ollama is too old"));
    cases.put("tag-unknown", Case.of("pull-unknown-tag", 6, "the registry has no deepseek-r1"));
    cases.put("cut-blob", Case.of("pull-truncated-blob-not-repaired", 6, "is damaged"));
    return cases;
  }

  /// The last tenth comes at a hundredth of the rate before it.
  private static Recording slowEnd() {
    var lines = new ArrayList<String>();
    for (int i = 0; i <= 90; i++) {
      lines.add(weights(i * SmallCatalog.WEIGHTS_SIZE / 100));
    }
    for (int i = 0; i <= 1000; i++) {
      lines.add(weights((9000 + i) * SmallCatalog.WEIGHTS_SIZE / 10_000));
    }
    lines.add("{\"status\":\"success\"}");
    return Recording.stream(lines.toArray(String[]::new));
  }

  private Run run(String trouble, Case one) throws IOException {
    Path folder = Files.createDirectories(home.resolve(trouble));
    FakeOllama server =
        trouble.equals("cut-blob")
            ? new FakeOllama().plays("version", "show", "tags-truncated-blob")
            : empty();
    try (var fake = server.on(PULL, one.pull())) {
      return SmallPull.in(folder).run(fake, "--no-variant");
    }
  }

  @TestFactory
  Stream<DynamicTest> thePullSaysEveryTroubleThatItsStreamShows() {
    return cases().entrySet().stream()
        .map(
            trouble ->
                DynamicTest.dynamicTest(
                    trouble.getKey(),
                    () -> {
                      Case one = trouble.getValue();
                      Run run = run(trouble.getKey(), one);
                      String all = (run.out() + run.err()).replace('\n', ' ');
                      assertEquals(one.code(), run.code().code(), all);
                      assertTrue(all.contains(one.said()), all);
                    }));
  }

  @Test
  void aPullThatIsWellSaysNoneOfThem() throws IOException {
    Run run = run("well", new Case(whole(), 0, ""));
    assertEquals("", run.err());
    for (Case one : cases().values()) {
      assertTrue(one.code() == 0 || !run.out().contains(one.said()), run.out());
    }
  }

  /// The rate is that of the last half minute, so a terminal shows that the end is slow.
  @Test
  void aSlowEndIsShownInTheRate() throws IOException {
    Run run;
    try (var fake = empty().on(PULL, slowEnd())) {
      SmallPull small = SmallPull.in(home);
      run =
          small
              .machine(fake)
              .run(
                  new Style(80, false, StandardCharsets.UTF_8),
                  "pull",
                  "1.5b",
                  "--no-variant",
                  "--catalog",
                  small.catalog());
    }
    List<Double> rates =
        RATE.matcher(run.out())
            .results()
            .map(
                rate -> Double.parseDouble(rate.group(1)) / (rate.group(2).equals("kB") ? 1000 : 1))
            .toList();
    assertTrue(rates.getLast() < rates.getFirst() / 5, run.out());
  }

  @Test
  void thePageSaysWhatThePullSees() throws IOException {
    var seen = new TreeSet<String>();
    for (String line : Files.readAllLines(PAGE)) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 5 && cells[1].strip().startsWith("`") && cells[2].contains("pull")) {
        seen.add(cells[1].strip().replace("`", ""));
      }
    }
    assertEquals(seen, new TreeSet<>(cases().keySet()));
  }
}
