package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `plan` and `compare` say to the questions that people ask, word for word and in both
/// languages. `-Dapprove=true` writes the screens anew; the difference is then reviewed like code.
class QuestionScreensTest {
  private static final Style SCREEN = new Style(80, 24, false, StandardCharsets.UTF_8);
  private static final Path FOLDER = Path.of("src/test/resources/screens");
  private static final boolean APPROVE = Boolean.getBoolean("approve");
  private static final String MACHINE = "nvidia-rtx3060-linux";

  /// A screen and the command lines that make it.
  record Screens(String name, List<List<String>> lines) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Screens> screens() {
    return List.of(
        new Screens(
            "plan",
            List.of(
                List.of("plan", "32b", "--context", "32k", "--min-speed", "20"),
                List.of("plan", "8b"),
                List.of("plan", "70b", "--max-power", "400W", "--kind", "gpu"),
                List.of("plan", "14b", "--kind", "mac"),
                List.of("plan", "14b", "--kind", "cpu", "--min-speed", "5"))),
        new Screens(
            "plan-by-size", List.of(List.of("plan"), List.of("plan", "--use-case", "coding"))),
        new Screens(
            "plan-671b", List.of(List.of("plan", "671b"), List.of("plan", "671b", "--all"))),
        new Screens(
            "compare",
            List.of(
                List.of("compare", "7b", "1.5b-qwen-distill-q4_K_M"),
                List.of(
                    "compare",
                    "7b",
                    "8b",
                    "--gpu",
                    "RTX 3060 12GB",
                    "--ram",
                    "32GB",
                    "--context",
                    "16k"),
                List.of("compare", "14b", "32b", "70b", "--gpu", "RTX 4090", "--ram", "64GB"),
                List.of("compare", "8b", "latest"))),
        new Screens(
            "compare-upgrade",
            List.of(
                List.of(
                    "compare", "--gpu", "RTX 3060 12GB", "--with", "RTX 5070 Ti", "--ram", "32GB"),
                List.of("compare", "--add-gpu", "RTX 3060 12GB"),
                List.of("compare", "--gpu", "RTX 4090", "--ram", "64GB", "--add-ram", "64GB"))));
  }

  @ParameterizedTest
  @MethodSource("screens")
  void theScreenIsTheApprovedOne(Screens screens) throws IOException {
    for (String language : List.of("en", "zh")) {
      var text = new StringBuilder();
      for (List<String> line : screens.lines()) {
        Run run = run(line, language);
        text.append("$ r1pick ").append(String.join(" ", line)).append('\n');
        text.append(run.out()).append(run.err());
        text.append("# exit ").append(run.code().code()).append("\n\n");
      }
      compare(FOLDER.resolve(screens.name() + "." + language + ".txt"), text.toString());
    }
  }

  private static Run run(List<String> line, String language) {
    var args = new ArrayList<String>(line);
    args.addAll(List.of("--lang", language));
    return Run.on(Run.host(MACHINE), SCREEN, args.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("screens")
  void noLineIsWiderThanTheScreenButACommand(Screens screens) {
    for (String language : List.of("en", "zh")) {
      for (List<String> line : screens.lines()) {
        Run run = run(line, language);
        run.out()
            .lines()
            .filter(text -> !text.startsWith("r1pick ") && !text.startsWith("    $ "))
            .forEach(text -> assertTrue(Table.width(text) <= 80, line + ": " + text));
      }
    }
  }

  @Test
  void noApprovedScreenIsLeftOver() throws IOException {
    var expected = new ArrayList<String>();
    for (Screens screens : screens()) {
      expected.add(screens.name() + ".en.txt");
      expected.add(screens.name() + ".zh.txt");
    }
    try (var files = Files.list(FOLDER)) {
      List<String> found =
          files
              .filter(Files::isRegularFile)
              .map(file -> file.getFileName().toString())
              .sorted()
              .toList();
      assertEquals(expected.stream().sorted().toList(), found);
    }
  }

  private static void compare(Path approved, String actual) throws IOException {
    if (APPROVE) {
      Files.createDirectories(FOLDER);
      Files.writeString(approved, actual);
    }
    assertTrue(Files.exists(approved), approved + " is missing; approve it with -Dapprove=true");
    assertEquals(Files.readString(approved), actual);
  }
}
