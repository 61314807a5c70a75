package dev.r1pick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.r1pick.Processes.Answer;
import dev.r1pick.build.ShellFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The packaged image as a user starts it: each test starts processes, so there are few.
@DisabledOnOs(OS.WINDOWS)
class ApplicationImageIT {
  private static final Path IMAGE = Path.of("target", "r1pick").toAbsolutePath();
  private static final Path RUNTIME = IMAGE.resolve("runtime");
  private static final String MACHINE =
      Path.of("src", "test", "resources", "machines", "nvidia-rtx3060-linux")
          .toAbsolutePath()
          .toString();

  /// Turns a cache that is refused, which costs only time otherwise, into a failure.
  private static final Map<String, String> CACHE_OR_FAIL =
      Map.of("R1PICK_JAVA_OPTIONS", "-XX:AOTMode=on");

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void thereIsARuntime() {
    assumeTrue(Files.isDirectory(RUNTIME), "the JDK of the build cannot link a runtime");
    assertTrue(Files.isRegularFile(RUNTIME.resolve("r1pick.aot")), "the image has no cache");
  }

  @Test
  void theCacheIsTakenThroughAChainOfLinks() throws Exception {
    Path far = Files.createDirectories(folder.resolve("a b/c"));
    Path image = Files.createSymbolicLink(folder.resolve("a b/image"), IMAGE);
    Files.createSymbolicLink(far.resolve("one"), Path.of("../image/bin/r1pick"));
    Path link = Files.createSymbolicLink(folder.resolve("r1pick"), Path.of("a b/c/one"));
    Answer answer = run(CACHE_OR_FAIL, link.toString(), "recommend", "--machine", MACHINE, "-q");
    Files.delete(image);
    assertEquals("", answer.errors());
    assertEquals(0, answer.exitCode());
    assertTrue(answer.output().startsWith("deepseek-r1:"), answer.output());
  }

  /// As `sh r1pick` gives it, a link has no folder before its name.
  @Test
  void aRelativeLinkBesideTheCallerIsFollowed() throws Exception {
    Path image = Files.createSymbolicLink(folder.resolve("image"), IMAGE);
    Files.createSymbolicLink(folder.resolve("r1pick"), Path.of("image/bin/r1pick"));
    Answer answer =
        run(CACHE_OR_FAIL, "sh", "-c", "cd \"$0\" && sh r1pick --version", folder.toString());
    Files.delete(image);
    assertEquals(new Answer(0, "r1pick " + version() + "\n", ""), answer);
  }

  @Test
  void completionsAndManualPagesLieBesideTheProgram() throws Exception {
    String version = run(Map.of(), IMAGE.resolve("bin/r1pick").toString(), "--version").output();
    for (var file : ShellFiles.all(version.strip().substring("r1pick ".length())).entrySet()) {
      Path path = IMAGE.resolve("share").resolve(file.getKey());
      assertEquals(file.getValue(), Files.readString(path), file.getKey());
    }
  }

  @Test
  void aCopyWithOtherTimesInAnotherFolderTakesTheCache() throws Exception {
    Path copy = copyOfImage("moved to here");
    try (var files = Files.walk(copy)) {
      for (Path file : files.toList()) {
        assertTrue(file.toFile().setLastModified(TimeUnit.DAYS.toMillis(12_345)), file.toString());
      }
    }
    Answer answer = run(CACHE_OR_FAIL, copy.resolve("bin/r1pick").toString(), "--version");
    assertEquals(new Answer(0, "r1pick " + version() + "\n", ""), answer);
  }

  @Test
  void aBrokenCacheCostsNeitherTheAnswerNorAWord() throws Exception {
    Path copy = copyOfImage("copy");
    Files.writeString(copy.resolve("runtime/r1pick.aot"), "no cache");
    Answer answer = run(Map.of(), copy.resolve("bin/r1pick").toString(), "--version");
    assertEquals(new Answer(0, "r1pick " + version() + "\n", ""), answer);
    Files.delete(copy.resolve("runtime/r1pick.aot"));
    assertEquals(answer, run(Map.of(), copy.resolve("bin/r1pick").toString(), "--version"));
  }

  /// What another build has linked is told apart by the size of the linked modules.
  @Test
  void aCacheOfAnotherBuildIsRefusedAndCostsNeitherTheAnswerNorAWord() throws Exception {
    Path copy = copyOfImage("copy");
    Path modules = copy.resolve("runtime/lib/modules");
    Files.write(modules, new byte[8], StandardOpenOption.APPEND);
    String launcher = copy.resolve("bin/r1pick").toString();
    assertEquals(70, run(CACHE_OR_FAIL, launcher, "--version").exitCode());
    Answer answer = run(Map.of(), launcher, "--version");
    assertEquals(new Answer(0, "r1pick " + version() + "\n", ""), answer);
  }

  @Test
  void aPlainJavaGivesTheSameAnswerFromTheJar() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jar = IMAGE.resolve("lib/r1pick-" + version() + ".jar").toString();
    Answer plain = run(Map.of(), java, "-jar", jar, "recommend", "--machine", MACHINE);
    Answer packaged =
        run(Map.of(), IMAGE.resolve("bin/r1pick").toString(), "recommend", "--machine", MACHINE);
    assertEquals(0, plain.exitCode());
    assertFalse(plain.output().isBlank());
    assertEquals(packaged, plain);
  }

  @Test
  void withoutARuntimeOfItsOwnTheLauncherStartsFromTheJars() throws Exception {
    Path copy = copyOfImage("copy");
    Files.move(copy.resolve("runtime"), folder.resolve("away"));
    Answer answer =
        run(
            Map.of("JAVA_HOME", System.getProperty("java.home")),
            copy.resolve("bin/r1pick").toString(),
            "--version");
    assertEquals(new Answer(0, "r1pick " + version() + "\n", ""), answer);
  }

  /// The runtime has the libraries as modules, where only exported packages can be used.
  @Test
  void theRuntimeReadsAPolicyAndManyMachines() throws Exception {
    Path policy = Files.writeString(folder.resolve("policy.yml"), "require:\n  - {ram: 1GiB}\n");
    String launcher = IMAGE.resolve("bin/r1pick").toString();
    Answer one =
        run(Map.of(), launcher, "check", "--machine", MACHINE, "--policy", policy.toString());
    assertEquals("", one.errors());
    assertEquals(0, one.exitCode());
    String document =
        run(Map.of(), launcher, "hardware", "--machine", MACHINE, "--format", "json").output();
    Path machines = Files.writeString(folder.resolve("machines.json"), document);
    Answer many =
        run(
            CACHE_OR_FAIL,
            launcher,
            "check",
            "--machines",
            machines.toString(),
            "--policy",
            policy.toString(),
            "--format",
            "csv");
    assertEquals(0, many.exitCode(), many.errors());
    assertTrue(many.output().contains(",met,"), many.output());
  }

  /// docs/decisions/0009 promises it.
  @Test
  void onlyAPolicyLoadsTheYamlLibrary() throws Exception {
    Path policy = Files.writeString(folder.resolve("policy.yml"), "require:\n  - {ram: 1GiB}\n");
    assertFalse(loadsYaml("recommend", "--machine", MACHINE));
    assertFalse(loadsYaml("check", "8b", "--machine", MACHINE));
    assertTrue(loadsYaml("check", "--machine", MACHINE, "--policy", policy.toString()));
  }

  private boolean loadsYaml(String... arguments) throws Exception {
    Path loaded = folder.resolve("loaded");
    var command =
        new ArrayList<String>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + loaded,
                "-cp",
                IMAGE.resolve("lib") + "/*",
                "dev.r1pick.cli.Main"));
    command.addAll(List.of(arguments));
    Answer answer = run(Map.of(), command.toArray(String[]::new));
    assertEquals(0, answer.exitCode(), answer.errors());
    String classes = Files.readString(loaded);
    assertTrue(classes.contains("dev.r1pick.cli.Main"));
    return classes.contains("org.snakeyaml");
  }

  private static String version() throws IOException {
    String name;
    try (var jars = Files.newDirectoryStream(IMAGE.resolve("lib"), "r1pick-*.jar")) {
      name = String.valueOf(jars.iterator().next().getFileName());
    }
    return name.substring("r1pick-".length(), name.length() - ".jar".length());
  }

  private Path copyOfImage(String name) throws IOException, InterruptedException {
    Path copy = folder.resolve(name);
    assertEquals(0, run(Map.of(), "cp", "-r", IMAGE.toString(), copy.toString()).exitCode());
    return copy;
  }

  private Answer run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    return new Processes(folder).run(environment, command);
  }
}
