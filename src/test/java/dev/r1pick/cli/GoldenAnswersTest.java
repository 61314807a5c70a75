package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.report.layout.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What r1pick says on recorded machines, word for word. `-Dapprove=true` writes the answers anew;
/// the difference is then reviewed like code.
class GoldenAnswersTest {
  /// A terminal of the usual size, without colors.
  private static final Style SCREEN = new Style(80, 24, false, StandardCharsets.UTF_8);

  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final boolean APPROVE = Boolean.getBoolean("approve");

  static List<String> machines() {
    return List.of(
        "nvidia-rtx3060-linux",
        "nvidia-rtx3080-nearly-full",
        "nvidia-smi-hangs",
        "nvidia-nvml-mismatch",
        "amd-rx7900xt-linux",
        "ci-linux-runner-no-gpu",
        "container-cgroup2-nested-limit",
        "raspberry-pi-5-8gb",
        "apple-m3-16gb-metal",
        "amd-strix-halo-gtt96",
        "nvidia-wsl2-rtx4090",
        "windows-hybrid-gtx1650-vega");
  }

  @ParameterizedTest
  @MethodSource("machines")
  void theTextIsTheApprovedOne(String machine) throws IOException {
    var text = new StringBuilder();
    for (String useCase : List.of("chat", "coding")) {
      Run run = Run.on(machine, "recommend", "--accept-unknown", "--use-case", useCase);
      text.append("$ r1pick recommend --use-case ").append(useCase).append('\n');
      text.append(run.out()).append(run.err());
      text.append("# exit ").append(run.code().code()).append("\n\n");
    }
    compare(GOLDEN.resolve(machine + ".txt"), text.toString());
  }

  @ParameterizedTest
  @MethodSource("machines")
  void theJsonIsTheApprovedOne(String machine) throws IOException {
    compare(
        GOLDEN.resolve(machine + ".json"),
        Run.on(machine, "recommend", "--accept-unknown", "--use-case", "chat", "--format", "json")
            .out());
  }

  @ParameterizedTest
  @MethodSource("machines")
  void theTextFitsOneScreenAndEndsWithTheCommand(String machine) {
    for (String useCase :
        List.of("chat", "math", "coding", "agents", "research", "long-documents", "edge")) {
      Run run =
          Run.on(Run.host(machine), SCREEN, "recommend", "--accept-unknown", "--use-case", useCase);
      if (run.code() == ExitCode.OK) {
        assertAll(
            // what warns of wrong use is never hidden, even where it makes the screen longer
            () -> assertTrue(unwarned(run) <= 24, run.out()),
            () -> assertTrue(run.out().lines().count() <= 30, run.out()),
            () -> assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out()),
            () -> assertTrue(run.lastLine().startsWith("ollama pull deepseek-r1:"), run.out()));
      }
    }
  }

  private static long unwarned(Run run) {
    return run.out().lines().filter(line -> !line.startsWith("! ")).count();
  }

  @Test
  void noApprovedAnswerIsLeftOver() throws IOException {
    var expected = new TreeSet<String>();
    for (String machine : machines()) {
      expected.add(machine + ".txt");
      expected.add(machine + ".json");
    }
    var found = new ArrayList<String>();
    try (var files = Files.list(GOLDEN)) {
      files.forEach(file -> found.add(file.getFileName().toString()));
    }
    assertEquals(expected, new TreeSet<>(found));
  }

  private static void compare(Path approved, String actual) throws IOException {
    if (APPROVE) {
      Files.createDirectories(GOLDEN);
      Files.writeString(approved, actual);
    }
    assertTrue(Files.exists(approved), approved + " is missing; approve it with -Dapprove=true");
    assertEquals(Files.readString(approved), actual);
  }
}
