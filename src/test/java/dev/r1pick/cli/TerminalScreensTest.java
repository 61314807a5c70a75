package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/// What a person sees on a narrow, a usual and a wide terminal, in both languages: on the recorded
/// machines, and where the answer is not the usual one. `-Dapprove=true` writes the screens anew;
/// the difference is then reviewed like code.
class TerminalScreensTest {
  private static final Path FOLDER = Path.of("src/test/resources/screens");
  private static final boolean APPROVE = Boolean.getBoolean("approve");
  private static final List<Integer> WIDTHS = List.of(80, 40, 140);

  /// A file of screens.
  ///
  /// @param folder below that of all screens
  record Screens(String folder, String name, List<Shown> shown) {
    Path path(String language) {
      return FOLDER.resolve(folder).resolve(name + "." + language + ".txt");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /// A command line on a recorded machine.
  record Shown(String machine, List<String> words) {}

  private static Shown on(String machine, String... words) {
    return new Shown(machine, List.of(words));
  }

  static List<Screens> screens() {
    var screens = new ArrayList<Screens>();
    for (String machine : GoldenAnswersTest.machines()) {
      screens.add(
          new Screens("machines", machine, List.of(on(machine, "recommend", "--accept-unknown"))));
    }
    screens.add(
        new Screens(
            "special",
            "gpu-unused",
            List.of(
                on("windows-rtx3080-wddm-old-driver", "recommend"),
                on("nvidia-nouveau-no-driver", "recommend"),
                on("nvidia-hidden-minus-one", "recommend"),
                on("nvidia-one-of-two-lost", "recommend"),
                on("ascend-8x-910b3-kunpeng920", "recommend"))));
    screens.add(
        new Screens(
            "special",
            "gpu-unknown",
            List.of(on("nvidia-smi-hangs", "recommend"), on("nvidia-smi-hangs", "check", "14b"))));
    screens.add(
        new Screens(
            "special",
            "nothing-fits",
            List.of(
                on("container-cgroup1-1g", "recommend"),
                on("nvidia-rtx3060-linux", "recommend", "--context", "128k", "--min-speed", "200"),
                on("nvidia-rtx3060-linux", "recommend", "--max-download", "1GB"))));
    screens.add(
        new Screens(
            "special",
            "too-slow",
            List.of(
                on("android-termux-s23-ultra", "recommend"),
                on("intel-uhd630-cpu-machine", "recommend", "--use-case", "math"),
                on("nvidia-kepler-gtx780", "recommend", "--use-case", "coding"))));
    screens.add(
        new Screens(
            "special",
            "not-for-r1",
            List.of(
                on("nvidia-rtx3060-linux", "recommend", "--use-case", "autocomplete"),
                on("nvidia-rtx3060-linux", "recommend", "--use-case", "translation"),
                on("nvidia-rtx3060-linux", "recommend", "--use-case", "agents"))));
    screens.add(
        new Screens(
            "special",
            "many-gpus",
            List.of(
                on("nvidia-8x-v100-32g-535-ollama-033", "recommend"),
                on("nvidia-8x-v100-32g-535-ollama-033", "check", "671b"),
                on("nvidia-8x-v100-32g-535-ollama-033", "hardware"))));
    screens.add(
        new Screens(
            "special",
            "check",
            List.of(
                on("nvidia-rtx3060-linux", "check", "8b"),
                on("nvidia-rtx3060-linux", "check", "32b"),
                on("nvidia-rtx3060-linux", "check", "70b", "--context", "32k"))));
    screens.add(
        new Screens(
            "special",
            "errors",
            List.of(
                on("nvidia-rtx3060-linux", "recommend", "--gpu", "RTX 3060 TI 12GB"),
                on("nvidia-rtx3060-linux", "check", "3b"),
                on("nvidia-rtx3060-linux", "recomend"),
                on("nvidia-rtx3060-linux", "recommend", "--use-case", "codng"),
                on("nvidia-rtx3060-linux"))));
    return screens;
  }

  @ParameterizedTest
  @MethodSource("screens")
  void theScreenIsTheApprovedOne(Screens screens) throws IOException {
    for (String language : List.of("en", "zh")) {
      var text = new StringBuilder();
      for (Shown shown : screens.shown()) {
        for (int columns : WIDTHS) {
          Run run = run(shown, language, columns);
          String line = String.join(" ", shown.words());
          text.append("$ COLUMNS=").append(columns).append(" r1pick ").append(line).append('\n');
          text.append(run.out()).append(run.err());
          text.append("# exit ").append(run.code().code()).append("\n\n");
        }
      }
      compare(screens.path(language), text.toString());
    }
  }

  private static Run run(Shown shown, String language, int columns) {
    var args = new ArrayList<>(shown.words());
    args.addAll(List.of("--lang", language));
    var style = new Style(columns, 24, false, StandardCharsets.UTF_8);
    return Run.on(Run.host(shown.machine()), style, args.toArray(String[]::new));
  }

  /// Also where a GPU lies idle, nothing is quick enough, or a warning comes first.
  @ParameterizedTest
  @MethodSource("screens")
  void anAnswerFitsTwentyLinesOfAUsualTerminal(Screens screens) {
    for (Shown shown : screens.shown()) {
      if (shown.words().equals(List.of("hardware"))) {
        continue;
      }
      for (String language : List.of("en", "zh")) {
        String screen = run(shown, language, 80).out();
        assertTrue(screen.lines().count() <= 20, screen);
      }
    }
  }

  @Test
  void noApprovedScreenIsLeftOver() throws IOException {
    var expected = new TreeSet<Path>();
    var found = new TreeSet<Path>();
    for (Screens screens : screens()) {
      expected.add(screens.path("en"));
      expected.add(screens.path("zh"));
      try (var files = Files.list(screens.path("en").getParent())) {
        files.forEach(found::add);
      }
    }
    assertEquals(expected, found);
  }

  private static void compare(Path approved, String actual) throws IOException {
    if (APPROVE) {
      Files.createDirectories(approved.getParent());
      Files.writeString(approved, actual);
    }
    assertTrue(Files.exists(approved), approved + " is missing; approve it with -Dapprove=true");
    assertEquals(Files.readString(approved), actual);
  }
}
