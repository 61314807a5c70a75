package dev.r1pick;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A Java that cannot start ends with 1, as r1pick does where nothing fits, and says so in its own
/// words. Out of the launcher come 70, one sentence and what the format promises.
@DisabledOnOs(OS.WINDOWS)
class JavaThatCannotStartIT {
  private static final String GPU = Launched.machine("nvidia-rtx3060-linux");
  private static final String LITTLE_MEMORY = "ulimit -v 150000 && exec \"$@\"";

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void thereIsARuntime() {
    assumeTrue(Files.isDirectory(Launched.IMAGE.resolve("runtime")), "the image has no runtime");
  }

  @ParameterizedTest
  @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
  void optionsForEveryJavaAreNotForThisOne(String variable) throws Exception {
    Map<String, String> variables = Map.of(variable, "-Xmx1k -javaagent:/none.jar");
    Launched run = launch(variables, "recommend", "-q", "--machine", GPU);
    assertEquals(new Launched(0, "deepseek-r1:14b\n", ""), run);
  }

  @Test
  void optionsForThisOneReachIt() throws Exception {
    Map<String, String> variables = Map.of("R1PICK_JAVA_OPTIONS", "-Xmx1k");
    assertEquals(70, launch(variables, "--version").exitCode());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void tooLittleMemoryIsSeventyInOneSentence() throws Exception {
    Launched run = launchIn(LITTLE_MEMORY, "recommend");
    assertFailed(run, "too little memory");
    assertEquals("", run.output());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void oneObjectIsWrittenWhereJsonIsAsked() throws Exception {
    for (List<String> words :
        List.of(List.of("--format", "json"), List.of("--format=JSON"), List.of("--format=json"))) {
      var args = new ArrayList<>(List.of("check", "8b"));
      args.addAll(words);
      Launched run = launchIn(LITTLE_MEMORY, args.toArray(String[]::new));
      assertFailed(run, "too little memory");
      JsonValue document = JsonReader.read("output", run.output());
      assertEquals("check", document.textAt("command").orElseThrow());
      JsonValue error = document.member("error").orElseThrow();
      assertEquals("bug", error.textAt("code").orElseThrow());
      assertTrue(run.output().contains("\"exit_code\" : 70"), run.output());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anEarlierAnswerIsWithdrawnFromTheShell() throws Exception {
    String lines =
        "R1PICK_TAG=earlier; eval \"$(ulimit -v 150000; \"$@\" recommend --format env)\";"
            + " echo \"$? ${R1PICK_TAG-none}\"";
    Launched run = launchIn(lines);
    assertEquals("70 none\n", run.output());
    assertEquals(1, run.errors().lines().count(), run.errors());
  }

  /// Java cannot begin there, so the run ended as a fault. A shell may have a word of its own to
  /// say, before the launcher begins.
  @Test
  void aWorkingDirectoryThatIsGoneCostsOnlyWhatLiesInIt() throws Exception {
    Launched answer = launchWhereNothingIs("recommend", "-q", "--gpu", "RTX 4090", "--ram", "64GB");
    assertEquals(0, answer.exitCode(), answer.toString());
    assertEquals("deepseek-r1:32b\n", answer.output());
    Launched policy = launchWhereNothingIs("check");
    assertEquals(2, policy.exitCode(), policy.toString());
    assertTrue(
        policy
            .errors()
            .endsWith(
                "r1pick: the working directory does not exist any more; change to another.\n"),
        policy.errors());
    Launched file = launchWhereNothingIs("check", "--policy", "etc/passwd");
    assertEquals(2, file.exitCode(), file.toString());
    assertTrue(file.errors().contains("--policy \"etc/passwd\" does not exist"), file.errors());
  }

  private Launched launchWhereNothingIs(String... args) throws Exception {
    Files.createDirectories(folder.resolve("gone"));
    return launchIn("cd '" + folder + "/gone' && rmdir ../gone && exec \"$@\"", args);
  }

  @Test
  void aColonInThePathIsSaid() throws Exception {
    Path copy = copyOfImage("a:b");
    assertFailed(launchAt(copy, "--version"), "a colon in its path");
    assertFailed(launchIn("cd '" + copy + "' && exec bin/r1pick --version"), "a colon in its path");
  }

  @ParameterizedTest
  @CsvSource({
    "runtime/lib/modules, 0",
    "runtime/lib/jvm.cfg, -1",
    "runtime/lib/libjava.so, -1",
    "runtime/lib/libjli.so, -1",
    "runtime/lib/libnio.so, -1",
    "runtime/lib/libjimage.so, -1",
    "runtime/lib/server/libjvm.so, 20000",
  })
  @EnabledOnOs(OS.LINUX)
  void aDamagedRuntimeIsSaid(String file, int kept) throws Exception {
    Path copy = copyOfImage("copy");
    if (kept < 0) {
      Files.delete(copy.resolve(file));
    } else {
      try (var cut = new RandomAccessFile(copy.resolve(file).toFile(), "rw")) {
        cut.setLength(kept);
      }
    }
    Launched run = launchAt(copy, "recommend", "--machine", GPU);
    assertFailed(run, "this installation is damaged");
    assertEquals("", run.output());
  }

  @Test
  void aDamagedJarIsSaidWhereThereIsNoRuntime() throws Exception {
    Path copy = copyOfImage("copy");
    Files.move(copy.resolve("runtime"), folder.resolve("away"));
    try (var jars = Files.newDirectoryStream(copy.resolve("lib"), "r1pick-*.jar")) {
      for (Path jar : jars) {
        Files.writeString(jar, "no jar");
      }
    }
    Map<String, String> java = Map.of("JAVA_HOME", System.getProperty("java.home"));
    Launched run =
        Launched.run(folder, java, copy.resolve("bin/r1pick").toString(), "recommend", "-q");
    assertFailed(run, "this installation is damaged");
  }

  /// Positions at which the virtual machine was seen to crash: in the header, the classes, the
  /// heap.
  @ParameterizedTest
  @ValueSource(ints = {930, 4_402, 10_239, 2_795_814, 15_158_060})
  void aDamagedCacheCostsTimeAndNoAnswer(int position) throws Exception {
    Path copy = copyOfImage("copy");
    try (var cache = new RandomAccessFile(copy.resolve("runtime/r1pick.aot").toFile(), "rw")) {
      byte[] bytes = new byte[4000];
      cache.seek(position);
      cache.readFully(bytes);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] ^= 0x10;
      }
      cache.seek(position);
      cache.write(bytes);
    }
    assertEquals(
        new Launched(0, "deepseek-r1:14b\n", ""),
        launchAt(copy, "recommend", "-q", "--machine", GPU));
  }

  /// It was told as a bug, where the cache made a class do what nobody wrote.
  @Test
  void aFaultWithTheCacheIsTriedAgainWithoutIt() throws Exception {
    Path copy = copyOfImage("copy");
    Path java = copy.resolve("runtime/bin/java");
    Files.move(java, copy.resolve("runtime/bin/real"));
    Files.writeString(
        java,
        """
        #!/bin/sh
        for word in "$@"; do
          [ "$word" != -Dr1pick.again=true ] || { echo first >> '%s/tries'; exit 232; }
        done
        echo second >> '%1$s/tries'
        exec "${0%%java}real" "$@"
        """
            .formatted(folder));
    assertTrue(java.toFile().setExecutable(true));
    assertEquals(
        new Launched(0, "deepseek-r1:14b\n", ""),
        launchAt(copy, "recommend", "-q", "--machine", GPU));
    assertEquals(List.of("first", "second"), Files.readAllLines(folder.resolve("tries")));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aClosedStandardErrorIsNoReasonNotToAnswer() throws Exception {
    Launched run = launchIn("exec \"$@\" 2>&- <&-", "recommend", "-q", "--machine", GPU);
    assertEquals(new Launched(0, "deepseek-r1:14b\n", ""), run);
  }

  private static void assertFailed(Launched run, String said) {
    assertAll(
        () -> assertEquals(70, run.exitCode(), run.toString()),
        () -> assertEquals(1, run.errors().lines().count(), run.errors()),
        () -> assertTrue(run.errors().startsWith("r1pick: "), run.errors()),
        () -> assertTrue(run.errors().contains(said), run.errors()));
  }

  private Path copyOfImage(String name) throws IOException, InterruptedException {
    Path copy = folder.resolve(name);
    var builder = new ProcessBuilder("cp", "-r", Launched.IMAGE.toString(), copy.toString());
    assertEquals(0, builder.start().waitFor());
    return copy;
  }

  private Launched launch(Map<String, String> variables, String... args) throws Exception {
    var command = new ArrayList<>(List.of(Launched.R1PICK));
    command.addAll(List.of(args));
    return Launched.run(folder, variables, command.toArray(String[]::new));
  }

  private Launched launchAt(Path image, String... args) throws Exception {
    var command = new ArrayList<>(List.of(image.resolve("bin/r1pick").toString()));
    command.addAll(List.of(args));
    return Launched.run(folder, Map.of(), command.toArray(String[]::new));
  }

  /// The launcher and its arguments as `"$@"` of a shell.
  private Launched launchIn(String lines, String... args) throws Exception {
    var command = new ArrayList<>(List.of("sh", "-c", lines, "sh", Launched.R1PICK));
    command.addAll(List.of(args));
    return Launched.run(folder, Map.of(), command.toArray(String[]::new));
  }
}
