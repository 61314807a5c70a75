package dev.r1pick;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each row of the README's table of exit codes, provoked through the packaged launcher.
@DisabledOnOs(OS.WINDOWS)
class ExitCodesIT {
  private static final Path FULL = Path.of("/dev/full");
  private static final Map<String, String> JAVA =
      Map.of("JAVA_HOME", System.getProperty("java.home"));
  private static final String GPU = Launched.machine("nvidia-rtx3060-linux");

  /// Provoked below.
  private static final Set<Integer> PROVOKED = Set.of(0, 1, 2, 3, 5, 70, 130);

  /// Of the commands that ask Ollama itself; none is there yet.
  private static final Set<Integer> TO_COME = Set.of(4, 6);

  @TempDir private Path folder = Path.of("");

  @Test
  void everyRowIsProvokedOrOfACommandToCome() throws IOException {
    var rows = new TreeSet<Integer>();
    var row = Pattern.compile("\\| (\\d+) \\| .*");
    for (String line : Files.readAllLines(Path.of("README.md"))) {
      var matcher = row.matcher(line);
      if (matcher.matches()) {
        rows.add(Integer.valueOf(matcher.group(1)));
      }
    }
    var known = new TreeSet<>(PROVOKED);
    known.addAll(TO_COME);
    assertEquals(known, rows);
  }

  @Test
  void aReportForWhichTheDiskIsFullIsOneLine() throws Exception {
    assumeTrue(Files.exists(FULL));
    Launched run =
        launch(
            Map.of(), "check", "--machine", GPU, "--policy", policy(), "--report", "csv=/dev/full");
    assertAll(
        () -> assertEquals(5, run.exitCode(), run.toString()),
        () -> assertEquals(1, run.errors().lines().count(), run.errors()),
        () -> assertTrue(run.errors().contains("/dev/full"), run.errors()));
  }

  @Test
  void theSummaryOfAGitHubStepGetsTheTable() throws Exception {
    Path summary = Files.writeString(folder.resolve("summary.md"), "before\n");
    Launched run =
        launch(
            Map.of("GITHUB_STEP_SUMMARY", summary.toString()),
            "check",
            "--machine",
            GPU,
            "--policy",
            policy(),
            "--format",
            "github");
    assertAll(
        () -> assertEquals(0, run.exitCode(), run.toString()),
        () -> assertTrue(Files.readString(summary).startsWith("before\n### r1pick: ")),
        () -> assertTrue(Files.readString(summary).contains("\n|---|---|---|---|\n| met | ")));
  }

  @Test
  void aSummaryForWhichTheDiskIsFullIsOneLine() throws Exception {
    assumeTrue(Files.exists(FULL));
    Launched run =
        launch(
            Map.of("GITHUB_STEP_SUMMARY", FULL.toString()),
            "check",
            "--machine",
            GPU,
            "--policy",
            policy(),
            "--format",
            "github");
    assertAll(
        () -> assertEquals(5, run.exitCode(), run.toString()),
        () -> assertEquals(1, run.errors().lines().count(), run.errors()));
  }

  private String policy() throws IOException {
    return Files.writeString(folder.resolve("policy.yml"), "require:\n  - {ram: 1GiB}\n")
        .toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | recommend -q --machine GPU | deepseek-r1:",
        "0 | check 8b --machine GPU | deepseek-r1:8b",
        "1 | recommend --machine GPU --cpu-only --ram 2GB | No DeepSeek-R1 fits",
        "1 | check 671b --machine GPU | does not fit",
      })
  void anAnswerIsOnStandardOutputAlone(int code, String line, String start) throws Exception {
    Launched run = launch(Map.of(), line.replace("GPU", GPU).split(" "));
    assertAll(
        () -> assertEquals(code, run.exitCode(), run.toString()),
        () -> assertTrue(run.output().contains(start), run.output()),
        () -> assertEquals("", run.errors()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | recomend | Did you mean recommend?",
        "2 | recommend --vram banana | is not a memory size",
        "2 | recommend --machine /none | does not exist",
        "3 | recommend --machine EMPTY | could not be determined",
        "5 | hardware --record FILE/below | cannot be written",
      })
  void anErrorIsOneLineAndOneObjectWhereJsonIsAsked(int code, String line, String said)
      throws Exception {
    Files.writeString(folder.resolve("file"), "");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Files.writeString(empty.resolve("commands.json"), "[]");
    String words =
        line.replace("FILE", folder.resolve("file").toString()).replace("EMPTY", empty.toString());
    Launched run = launch(Map.of(), words.split(" "));
    assertAll(
        () -> assertEquals(code, run.exitCode(), run.toString()),
        () -> assertEquals("", run.output()),
        () -> assertOneLine(run.errors(), said));
    Launched json = launch(Map.of(), (words + " --format json").split(" "));
    assertAll(
        () -> assertEquals(code, json.exitCode(), json.toString()),
        () -> assertEquals(run.errors(), json.errors()),
        () -> assertTrue(json.output().startsWith("{\n  \"schema_version\" : 1,"), json.output()),
        () -> assertTrue(json.output().contains("\"exit_code\" : " + code), json.output()));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskBehindStandardOutputIsFive() throws Exception {
    assumeTrue(Files.exists(FULL));
    Process process =
        Launched.builder(folder, Map.of(), Launched.R1PICK, "list", "--format", "json")
            .redirectOutput(FULL.toFile())
            .start();
    Files.writeString(folder.resolve("output"), "");
    Launched run = Launched.ended(folder, process);
    assertEquals(5, run.exitCode());
    assertOneLine(run.errors(), "the answer could not be written: No space left on device");
  }

  @Test
  void aReaderThatGoesAwayIsNoError() throws Exception {
    Launched run =
        Launched.run(
            folder, Map.of(), "sh", "-c", "{ '" + Launched.R1PICK + "' list; echo $? >&2; } | :");
    assertEquals(new Launched(0, "", "0\n"), run);
  }

  /// Of many machines the rest is for nobody, and that is what the code says; without a word.
  @ParameterizedTest
  @ValueSource(strings = {"text", "csv", "json", "junit", "markdown", "html"})
  void aReaderThatLeavesAFleetEndedAsAJavaThatFailed(String format) throws Exception {
    Launched document = launch(Map.of(), "hardware", "--machine", GPU, "--format", "json");
    Path fleet = Files.writeString(folder.resolve("fleet.jsonl"), document.output().repeat(3));
    String line =
        "{ '%s' check --machines '%s' --policy '%s' --format %s; echo $? >&2; } | :"
            .formatted(Launched.R1PICK, fleet, policy(), format);
    assertEquals(new Launched(0, "", "130\n"), Launched.run(folder, Map.of(), "sh", "-c", line));
  }

  /// /proc takes no folder of anybody's, not even of root: as a home it is as read-only as can be.
  @ParameterizedTest
  @EnabledOnOs(OS.LINUX)
  @CsvSource(
      delimiter = '|',
      nullValues = "unset",
      value = {"/proc | cannot be written", "'' | HOME is not set"})
  void aHomeThatCannotBeWrittenOrIsUnsetCostsOnlyWhatIsKeptThere(String home, String said)
      throws Exception {
    Map<String, String> variables = Map.of("HOME", home);
    Launched recommend = launch(variables, "recommend", "-q", "--machine", GPU);
    assertEquals(0, recommend.exitCode());
    assertEquals("", recommend.errors());
    Launched measured = launch(variables, "hardware", "--measure");
    assertAll(
        () -> assertEquals(5, measured.exitCode(), measured.toString()),
        () -> assertFalse(measured.output().isBlank()),
        () ->
            assertEquals(
                1,
                measured.errors().lines().filter(line -> line.contains(said)).count(),
                measured.errors()));
  }

  @Test
  void aClassThatADamagedInstallationLacksIsSeventy() throws Exception {
    Path copy = copyWithoutRuntime();
    try (var jars = Files.newDirectoryStream(copy.resolve("lib"), "r1pick-*.jar");
        var jar = FileSystems.newFileSystem(jars.iterator().next())) {
      Files.delete(jar.getPath("dev/r1pick/advice/Adviser.class"));
    }
    String launcher = copy.resolve("bin/r1pick").toString();
    Launched run = Launched.run(folder, JAVA, launcher, "recommend", "--machine", GPU);
    assertEquals(70, run.exitCode(), run.toString());
    assertEquals("", run.output());
    assertOneLine(run.errors(), "this is a bug in r1pick");
    Launched json =
        Launched.run(folder, JAVA, launcher, "recommend", "--machine", GPU, "--format", "json");
    assertEquals(70, json.exitCode(), json.toString());
    assertTrue(json.output().contains("\"code\" : \"bug\""), json.output());
  }

  @Test
  void anInstallationWithoutItsJarIsSeventy() throws Exception {
    Path copy = copyWithoutRuntime();
    try (var jars = Files.newDirectoryStream(copy.resolve("lib"))) {
      for (Path jar : jars) {
        Files.delete(jar);
      }
    }
    Launched run = Launched.run(folder, JAVA, copy.resolve("bin/r1pick").toString(), "list");
    assertEquals(70, run.exitCode(), run.toString());
    assertEquals("", run.output());
    assertOneLine(run.errors(), "this installation is damaged");
  }

  /// The run waits for a machine from a pipe until the signal comes.
  @Test
  void ctrlCIsOneHundredAndThirtyWithoutHalfAnAnswer() throws Exception {
    Launched run = signaled("INT", "--format", "json");
    assertAll(
        () -> assertEquals(130, run.exitCode(), run.toString()),
        () -> assertEquals("", run.output()),
        () -> assertEquals("r1pick: interrupted; there is no answer.\n", run.errors()));
  }

  @Test
  void aTerminatedRunSaysSoToo() throws Exception {
    Launched run = signaled("TERM", "-q");
    assertEquals(new Launched(143, "", "r1pick: interrupted; there is no answer.\n"), run);
  }

  private Launched signaled(String signal, String... more) throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    var command =
        new ArrayList<>(List.of(Launched.R1PICK, "recommend", "--machine", pipe.toString()));
    command.addAll(List.of(more));
    List<String> reached = signal.equals("INT") ? Interrupts.reach(command) : command;
    Process process = Launched.builder(folder, Map.of(), reached.toArray(String[]::new)).start();
    try (var _ = new FileOutputStream(pipe.toFile())) { // opens when r1pick reads
      new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
      return Launched.ended(folder, process);
    }
  }

  private static void assertOneLine(String errors, String said) {
    assertEquals(1, errors.lines().count(), errors);
    assertTrue(errors.startsWith("r1pick: "), errors);
    assertTrue(errors.contains(said), errors);
  }

  /// The jars and the launcher alone: the runtime has the program inside.
  private Path copyWithoutRuntime() throws IOException, InterruptedException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    for (String part : List.of("bin", "lib")) {
      String from = Launched.IMAGE.resolve(part).toString();
      assertEquals(0, new ProcessBuilder("cp", "-r", from, copy.toString()).start().waitFor());
    }
    return copy;
  }

  private Launched launch(Map<String, String> variables, String... args)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of(Launched.R1PICK));
    command.addAll(List.of(args));
    return Launched.run(folder, variables, command.toArray(String[]::new));
  }
}
