package dev.r1pick;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
      Map.of("JDK_JAVA_OPTIONS", "-XX:AOTMode=on");

  @TempDir private Path folder = Path.of("");

  @Test
  void theCacheIsTakenAlsoThroughALink() throws Exception {
    assumeTrue(Files.isDirectory(RUNTIME), "the JDK of the build cannot link a runtime");
    assertTrue(Files.isRegularFile(RUNTIME.resolve("r1pick.aot")), "the image has no cache");
    Path link = Files.createSymbolicLink(folder.resolve("r1pick"), IMAGE.resolve("bin/r1pick"));
    Answer answer = run(CACHE_OR_FAIL, link.toString(), "recommend", "--machine", MACHINE, "-q");
    Files.delete(link);
    assertEquals("NOTE: Picked up JDK_JAVA_OPTIONS: -XX:AOTMode=on\n", answer.errors());
    assertEquals(0, answer.exitCode());
    assertTrue(answer.output().startsWith("deepseek-r1:"), answer.output());
  }

  @Test
  void aBrokenCacheCostsNeitherTheAnswerNorAWord() throws Exception {
    assumeTrue(Files.isDirectory(RUNTIME), "the JDK of the build cannot link a runtime");
    Path copy = copyOfImage();
    Files.writeString(copy.resolve("runtime/r1pick.aot"), "no cache");
    Answer answer = run(Map.of(), copy.resolve("bin/r1pick").toString(), "--version");
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

  private static String version() throws IOException {
    String name;
    try (var jars = Files.newDirectoryStream(IMAGE.resolve("lib"), "r1pick-*.jar")) {
      name = String.valueOf(jars.iterator().next().getFileName());
    }
    return name.substring("r1pick-".length(), name.length() - ".jar".length());
  }

  private Path copyOfImage() throws IOException, InterruptedException {
    Path copy = folder.resolve("copy");
    assertEquals(0, run(Map.of(), "cp", "-r", IMAGE.toString(), copy.toString()).exitCode());
    return copy;
  }

  private record Answer(int exitCode, String output, String errors) {}

  private Answer run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", "");
    Path errors = Files.createTempFile(folder, "errors", "");
    var builder =
        new ProcessBuilder(List.of(command))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Answer(exitCode, Files.readString(output, UTF_8), Files.readString(errors, UTF_8));
  }
}
