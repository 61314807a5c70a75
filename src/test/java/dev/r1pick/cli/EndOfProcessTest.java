package dev.r1pick.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.fleet.OrderedExecutor;
import dev.r1pick.host.Host.CommandResult;
import dev.r1pick.host.LiveHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a run leaves behind when its reader, a signal or a deadline ends it.
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(60)
class EndOfProcessTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";

  @TempDir Path folder;

  private static ProcessBuilder program(String... args) {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.r1pick.cli.Main"));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("R1PICK_"));
    return builder;
  }

  private static String document() {
    return Run.on(MACHINE, "hardware", "--format", "json").out();
  }

  private Process fleet(String... more) throws IOException {
    var args =
        new ArrayList<>(
            List.of("check", "--machines", "-", "--use-case", "chat", "--format", "csv"));
    args.addAll(List.of(more));
    return program(args.toArray(String[]::new))
        .redirectError(folder.resolve("errors").toFile())
        .start();
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("errors"));
  }

  private static void give(Process process, String text) throws IOException {
    process.getOutputStream().write(text.getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  /// Reads the head and the first machine.
  private static void readTwoLines(Process process) throws IOException {
    BufferedReader reader = process.inputReader();
    reader.readLine();
    reader.readLine();
  }

  @Test
  void aFleetWentOnWithoutAReader() throws Exception {
    Process process = fleet();
    give(process, document());
    readTwoLines(process);
    process.getInputStream().close();
    give(process, document());
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "its input is still open");
    assertEquals(130, process.exitValue());
    assertEquals("", errors());
  }

  /// The launcher tells codes of r1pick by a base, and 160 and 130 are 34 in a byte: the run seemed
  /// to be a Java that had failed.
  @ParameterizedTest
  @ValueSource(strings = {"text", "csv", "json", "junit", "markdown", "html"})
  void aFleetWithoutAReaderEndedAsAJavaThatFailed(String format) throws Exception {
    List<String> command =
        program("check", "--machines", "-", "--use-case", "chat", "--format", format).command();
    command.add(1, "-Dr1pick.exit-base=160");
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile()).start();
    process.getInputStream().close();
    try {
      give(process, document());
      process.getOutputStream().close();
    } catch (IOException _) {
      // it has ended already, since nobody read the head of its answer
    }
    assertEquals(130, process.waitFor(), errors());
    assertEquals("", errors());
  }

  @Test
  void aReaderOfOneAnswerMayGoAway() throws Exception {
    Process process =
        new ProcessBuilder(
                join(
                    List.of(
                        "sh",
                        "-c",
                        "(\"$@\"; echo $? > " + folder.resolve("code") + ") | true",
                        "sh"),
                    program("recommend", "--gpu", "RTX 4090", "--ram", "64GB").command()))
            .redirectError(folder.resolve("errors").toFile())
            .start();
    process.waitFor();
    while (!Files.exists(folder.resolve("code"))
        || Files.readString(folder.resolve("code")).isBlank()) {
      Thread.sleep(20);
    }
    assertEquals("0", Files.readString(folder.resolve("code")).strip());
    assertEquals("", errors());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsNoReaderThatWentAway() throws Exception {
    Process process =
        program("list")
            .redirectOutput(Path.of("/dev/full").toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    assertEquals(5, process.waitFor());
    assertEquals(1, errors().lines().count(), errors());
  }

  private static List<String> join(List<String> first, List<String> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  @Test
  void aTerminatedFleetLeftThePartOfItsReport() throws Exception {
    Path reports = Files.createDirectory(folder.resolve("reports"));
    Process process = fleet("--report", "junit=" + reports.resolve("fleet.xml"));
    give(process, document());
    readTwoLines(process);
    assertEquals(1, names(reports).size(), "the part of the report is there");
    process.toHandle().destroy(); // without closing its input
    assertEquals(143, process.waitFor());
    assertEquals(List.of(), names(reports));
  }

  private static List<String> names(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  /// A shell that waits for a child, as a wrapper script of a tool does.
  private List<String> shellWithAChild() {
    return List.of("sh", "-c", "sleep 600 & echo $! > " + folder.resolve("pid") + "; wait");
  }

  private ProcessHandle child() throws Exception {
    Path file = folder.resolve("pid");
    while (!Files.exists(file) || Files.readString(file).isBlank()) {
      Thread.sleep(10);
    }
    return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
  }

  private static void assertEnds(ProcessHandle process) throws Exception {
    process.onExit().get(20, TimeUnit.SECONDS);
    assertFalse(process.isAlive());
  }

  @Test
  void theChildOfAProbeThatTimedOutWentOn() throws Exception {
    CommandResult result = new LiveHost().run("x", shellWithAChild(), Duration.ofMillis(500));
    Optional<ProcessHandle> child =
        ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("pid")).strip()));
    assertEquals(new CommandResult.TimedOut(Duration.ofMillis(500)), result);
    if (child.isPresent()) {
      assertEnds(child.get());
    }
  }

  @Test
  void theChildOfAProbeOfAnInterruptedRunWentOn() throws Exception {
    var host = new LiveHost();
    Thread.ofPlatform()
        .daemon()
        .start(() -> host.run("x", shellWithAChild(), Duration.ofMinutes(9)));
    ProcessHandle child = child();
    host.abandon();
    assertEnds(child);
  }

  @Test
  void anErrorWhileReadingManyMachinesHungTheRun() {
    var thrown =
        assertThrows(
            StackOverflowError.class,
            () ->
                OrderedExecutor.<Integer, Integer>run(
                    () -> {
                      throw new StackOverflowError();
                    },
                    i -> i,
                    _ -> {},
                    2));
    assertEquals(StackOverflowError.class, thrown.getClass());
  }

  @Test
  void anErrorAtOneOfManyMachinesEndsTheRunAsItself() {
    assertThrows(
        StackOverflowError.class,
        () ->
            OrderedExecutor.<Integer, Integer>run(
                () -> Optional.of(1),
                _ -> {
                  throw new StackOverflowError();
                },
                _ -> {},
                2));
  }
}
