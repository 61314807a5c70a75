package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.fleet.OrderedExecutor;
import dev.r1pick.hardware.MachineDocument;
import dev.r1pick.hardware.probe.Detector;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many machines in one run.
class FleetTest {
  private static final String POLICY =
      "require: [{use_case: coding, min_size: 14b, min_speed: 15}]";
  private static final List<String> MACHINES =
      List.of("nvidia-rtx3060-linux", "ci-linux-runner-no-gpu", "nvidia-wsl2-rtx4090");

  @TempDir Path folder;

  private static String document(String machine) {
    return JsonWriter.compact(MachineDocument.write(new Detector().detect(Run.host(machine))));
  }

  private String policy() throws IOException {
    return Files.writeString(folder.resolve("p.yml"), POLICY).toString();
  }

  private Run check(Path machines, String format) throws IOException {
    return Run.on(
        MACHINES.getFirst(),
        "check",
        "--policy",
        policy(),
        "--machines",
        machines.toString(),
        "--format",
        format);
  }

  private Path lines(List<String> lines) throws IOException {
    return Files.write(folder.resolve("m.ndjson"), lines);
  }

  /// A few hundred lines, each named by its place.
  private static List<String> many(int count) {
    List<String> documents = MACHINES.stream().map(FleetTest::document).toList();
    var lines = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      lines.add(
          "{\"name\":\"m%d\",\"machine\":%s}".formatted(i, documents.get(i % documents.size())));
    }
    return lines;
  }

  private static List<JsonValue> parsed(Run run) {
    return run.out().lines().map(line -> JsonReader.read("line", line)).toList();
  }

  @Test
  void everyMachineHasItsLineInTheOrderOfTheInput() throws IOException {
    Run run = check(lines(many(300)), "json");
    List<JsonValue> lines = parsed(run);
    assertEquals(301, lines.size());
    for (int i = 0; i < 300; i++) {
      assertEquals(Optional.of("m" + i), lines.get(i).textAt("machine"));
      assertEquals(i + 1, lines.get(i).wholeAt("number").orElseThrow());
      assertEquals(i % 3 == 1 ? "not-met" : "met", lines.get(i).textAt("outcome").orElseThrow());
    }
    JsonValue summary = lines.getLast().member("summary").orElseThrow();
    assertEquals(200, summary.wholeAt("met").orElseThrow());
    assertEquals(100, summary.wholeAt("not_met").orElseThrow());
    assertEquals(
        100,
        summary
            .member("missing")
            .orElseThrow()
            .items()
            .getFirst()
            .wholeAt("machines")
            .orElseThrow());
    JsonValue tag = summary.member("tags").orElseThrow().items().getFirst();
    assertEquals(200, tag.wholeAt("machines").orElseThrow());
    assertEquals(ExitCode.NOTHING_FITS, run.code());
  }

  @Test
  void aBadLineIsNamedByItsNumberAndTheRunGoesOn() throws IOException {
    List<String> lines = many(6);
    lines.set(1, "{\"machine\": {\"os\": {}}}");
    lines.set(2, "not json");
    lines.set(3, "");
    lines.set(4, "x".repeat(5 << 20));
    Run run = check(lines(lines), "json");
    List<JsonValue> out = parsed(run);
    assertEquals(6, out.size(), "a blank line is no machine");
    assertEquals(
        List.of(1L, 2L, 3L, 5L, 6L),
        out.subList(0, 5).stream().map(l -> l.wholeAt("number").orElseThrow()).toList());
    assertEquals("os.family is missing", out.get(1).textAt("problem").orElseThrow());
    assertTrue(out.get(2).textAt("problem").orElseThrow().startsWith("is not valid JSON: line 1"));
    assertTrue(out.get(3).textAt("problem").orElseThrow().contains("larger than any"));
    assertEquals(Optional.of("met"), out.get(4).textAt("outcome"));
    assertEquals(ExitCode.USAGE, run.code());
  }

  /// CI servers count an error where a suite has one; without it a lost machine would look fine.
  @Test
  void aMachineThatCannotBeReadIsAnErrorInJunit() throws IOException {
    List<String> lines = many(1);
    lines.add("{\"name\": \"lost & found\", \"machine\": {\"os\": {}}}");
    String junit = check(lines(lines), "junit").out();
    String suite =
        """
          <testsuite name="2" tests="1" failures="0" errors="1" skipped="0" time="0">
            <testcase name="machine" classname="2" time="0">
              <error message="os.family is missing" type="unreadable"/>
            </testcase>
          </testsuite>
        """;
    assertTrue(junit.contains(suite), junit);
  }

  @Test
  void documentsOfSeveralLinesAreTakenAsHardwarePrintsThem() throws IOException {
    String pretty = Run.on(MACHINES.getFirst(), "hardware", "--format", "json").out();
    Path file =
        Files.writeString(
            folder.resolve("all.json"), pretty + document(MACHINES.get(1)) + "\n" + pretty);
    List<JsonValue> out = parsed(check(file, "json"));
    assertEquals(4, out.size());
    assertEquals(
        List.of("met", "not-met", "met"),
        out.subList(0, 3).stream().map(l -> l.textAt("outcome").orElseThrow()).toList());
  }

  @Test
  void aFolderHoldsDocumentsAndRecordings() throws IOException {
    Path machines = Files.createDirectory(folder.resolve("machines"));
    Files.writeString(machines.resolve("b.json"), document(MACHINES.getLast()));
    Files.writeString(machines.resolve("c"), "{}");
    copy(Run.MACHINES.resolve(MACHINES.getFirst()), machines.resolve("a"));
    Files.createDirectory(machines.resolve("d"));
    Run run = check(machines, "text");
    List<String> lines = run.out().lines().toList();
    assertTrue(lines.get(0).startsWith("✓ a: deepseek-r1:14b"), run.out());
    assertTrue(lines.get(1).startsWith("✓ b: deepseek-r1:"), run.out());
    assertTrue(lines.get(2).startsWith("✗ c: os is missing"), run.out());
    assertTrue(lines.get(3).startsWith("✗ d: is not a recorded machine"), run.out());
    assertEquals("2 of 4 machines met, 2 unreadable", lines.get(4));
    assertEquals(ExitCode.USAGE, run.code());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void withoutAPolicyEachMachineGetsItsRecommendation() throws IOException {
    Run run =
        Run.on(
            MACHINES.getFirst(),
            "check",
            "--use-case",
            "math",
            "--machines",
            lines(many(3)).toString(),
            "--format",
            "json");
    List<JsonValue> out = parsed(run);
    for (int i = 0; i < MACHINES.size(); i++) {
      assertEquals(
          Run.on(MACHINES.get(i), "recommend", "-q", "--use-case", "math").out().strip(),
          out.get(i).textAt("tag").orElseThrow());
    }
    assertEquals(ExitCode.OK, run.code());
  }

  @Test
  void standardInputIsReadToItsEnd() throws IOException {
    var before = System.in;
    try {
      System.setIn(
          new ByteArrayInputStream(String.join("\n", many(3)).getBytes(StandardCharsets.UTF_8)));
      assertEquals(4, parsed(check(Path.of("-"), "json")).size());
    } finally {
      System.setIn(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "csv", "markdown", "junit"})
  void everyFormatHasALineForEachMachine(String format) throws IOException {
    Run run = check(lines(many(40)), format);
    String mark = format.equals("junit") ? "<testsuite name=" : "m";
    long lines =
        run.out().lines().filter(l -> l.contains(mark) && l.matches(".*\\bm\\d+\\b.*")).count();
    assertTrue(lines >= 40, run.out());
    assertEquals(
        format.equals("csv") || format.equals("junit"),
        run.err().contains("of 40 machines met"),
        run.err());
  }

  @Test
  void reportsOfManyMachinesAreFilesToo() throws IOException {
    Path csv = folder.resolve("all.csv");
    Run run =
        Run.on(
            MACHINES.getFirst(),
            "check",
            "--policy",
            policy(),
            "--machines",
            lines(many(5)).toString(),
            "--report",
            "csv=" + csv);
    assertEquals(6, Files.readAllLines(csv).size());
    assertTrue(run.out().contains("machines met"), run.out());
  }

  @Test
  void anEmptyInputIsNoFleet() throws IOException {
    Run run = check(lines(List.of("", "")), "text");
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("has no machine in it"), run.err());
  }

  @Test
  void noMoreIsReadAheadThanTheWindow() {
    var read = new AtomicInteger();
    var furthest = new AtomicInteger();
    var taken = new ArrayList<Integer>();
    OrderedExecutor.run(
        () -> {
          int next = read.getAndIncrement();
          return next < 500 ? Optional.of(next) : Optional.empty();
        },
        i -> i * 2,
        i -> {
          taken.add(i);
          furthest.accumulateAndGet(read.get() - taken.size(), Math::max);
        },
        2);
    assertEquals(500, taken.size());
    for (int i = 0; i < 500; i++) {
      assertEquals(2 * i, taken.get(i));
    }
    assertTrue(furthest.get() <= 12, "ahead by " + furthest.get());
  }

  /// It is run with a real Spark by `mvn -Pspark verify`, so the page must show that very program.
  @Test
  void thePageShowsTheProgramThatIsRunWithSpark() throws IOException {
    String program = Files.readString(Path.of("src/spark/java/FleetOnSpark.java"));
    String page = Files.readString(Path.of("docs/fleet.md"));
    assertTrue(page.contains("```java\n" + program + "```\n"));
  }
}
