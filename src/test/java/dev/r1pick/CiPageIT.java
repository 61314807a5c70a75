package dev.r1pick;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The pieces of docs/ci.md: YAML is parsed and the commands in it are run, shell scripts are run,
/// by the packaged program on a recorded machine that meets the policy, and on one that does not.
@DisabledOnOs(OS.WINDOWS)
class CiPageIT {
  private static final String MEETS = "nvidia-rtx3060-linux";
  private static final String DOES_NOT = "raspberry-pi-5-8gb";

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void writePolicy() throws IOException {
    Files.writeString(folder.resolve(".r1pick.yml"), "require: [{ram: 16GB}, {vram: 12GB}]\n");
    Path programs = Files.createDirectories(folder.resolve("bin"));
    program(programs.resolve("ollama"), "echo \"asked: $*\"");
  }

  @Test
  void theGithubStepsAnnotateReportAndNameATag() throws Exception {
    List<String> steps = commands(blocks("yaml").getFirst(), "run");
    assertEquals(2, steps.size());
    Launched check = run(MEETS, steps.getFirst());
    assertEquals(0, check.exitCode(), check.toString());
    assertAll(
        () -> assertEquals(".r1pick.yml: 2 of 2 rules met\n", check.output()),
        () -> assertTrue(Files.readString(folder.resolve("summary")).contains("| "), "a table"),
        () -> assertTrue(Files.readString(folder.resolve("r1pick.xml")).contains("<testsuite ")),
        () -> assertTrue(Files.readString(folder.resolve("r1pick.sarif")).contains("2.1.0")),
        () -> assertTrue(Files.readString(folder.resolve("r1pick.html")).startsWith("<!doctype")));
    Launched tag = run(MEETS, steps.getLast());
    assertEquals(0, tag.exitCode(), tag.toString());
    assertTrue(Files.readString(folder.resolve("outputs")).startsWith("tag=deepseek-r1:"));
    Launched fails = run(DOES_NOT, steps.getFirst());
    assertEquals(1, fails.exitCode(), fails.toString());
    assertTrue(fails.output().startsWith("::error file=.r1pick.yml,line=1"), fails.output());
  }

  @Test
  void theGitlabScriptWritesTheReportThatItDeclares() throws Exception {
    String yaml = blocks("yaml").get(1);
    List<String> script = commands(yaml, "script");
    assertEquals(0, run(MEETS, String.join("\n", script)).exitCode());
    List<String> declared = commands(yaml, "junit");
    assertTrue(Files.exists(folder.resolve(declared.getFirst())), declared.toString());
    assertEquals(1, run(DOES_NOT, String.join("\n", script)).exitCode());
  }

  @Test
  void theHooksHoldAPushOnAMachineThatDoesNotMeetThePolicy() throws Exception {
    String entry = commands(blocks("yaml").get(2), "entry").getFirst();
    String hook = blocks("sh").getFirst();
    for (String script : List.of(entry, hook)) {
      assertEquals(0, run(MEETS, script).exitCode(), script);
      assertEquals(1, run(DOES_NOT, script).exitCode(), script);
    }
    assertEquals("", run(DOES_NOT, hook).output(), "git shows what stands on standard error");
  }

  @Test
  void theDockerfileLinesWriteATag() throws Exception {
    String lines = blocks("dockerfile").getFirst();
    String script = lines.replace("ARG ", "").replace("RUN ", "");
    Launched run = run("ci-linux-runner-no-gpu", script);
    assertEquals(0, run.exitCode(), run.toString());
    assertEquals("deepseek-r1:32b\n", Files.readString(folder.resolve("model-tag")));
  }

  @Test
  void theSetupPullsOnlyWhereThePolicyIsMet() throws Exception {
    String script = blocks("sh").get(1);
    Launched run = run(MEETS, script);
    assertEquals(0, run.exitCode(), run.toString());
    assertTrue(run.output().contains("asked: pull deepseek-r1:"), run.output());
    Launched not = run(DOES_NOT, script);
    assertEquals(1, not.exitCode());
    assertTrue(!not.output().contains("asked"), not.output());
  }

  /// The options of the PowerShell lines are those of the program; the shell itself is rarely
  /// there.
  @Test
  void thePowershellLinesAskWhatTheProgramAnswers() throws Exception {
    Matcher command = Pattern.compile("= (r1pick .*)").matcher(blocks("powershell").getFirst());
    assertTrue(command.find());
    Launched run = run(MEETS, command.group(1));
    assertEquals(0, run.exitCode(), run.toString());
    assertTrue(run.output().startsWith("deepseek-r1:"), run.output());
  }

  private static List<String> blocks(String language) throws IOException {
    var blocks = new ArrayList<String>();
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs/ci.md")));
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }

  /// Every text that stands under that key somewhere in the document.
  private static List<String> commands(String yaml, String key) {
    var found = new ArrayList<String>();
    collect(new Load(LoadSettings.builder().build()).loadFromString(yaml), key, found);
    return found;
  }

  private static void collect(Object node, String key, List<String> found) {
    switch (node) {
      case Map<?, ?> map ->
          map.forEach(
              (name, value) -> {
                if (name.equals(key) && value instanceof String text) {
                  found.add(text);
                } else if (name.equals(key) && value instanceof List<?> list) {
                  list.forEach(item -> found.add(item.toString()));
                } else {
                  collect(value, key, found);
                }
              });
      case List<?> list -> list.forEach(item -> collect(item, key, found));
      default -> {}
    }
  }

  private Launched run(String machine, String script) throws IOException, InterruptedException {
    Path programs = folder.resolve("bin");
    program(
        programs.resolve("r1pick"),
        "exec '" + Launched.R1PICK + "' \"$@\" --machine '" + Launched.machine(machine) + "'");
    return Launched.run(
        folder,
        Map.of(
            "PATH",
            programs + ":" + System.getenv("PATH"),
            "GITHUB_STEP_SUMMARY",
            folder.resolve("summary").toString(),
            "GITHUB_WORKSPACE",
            folder.toString(),
            "GITHUB_OUTPUT",
            folder.resolve("outputs").toString()),
        "sh",
        "-euc",
        "cd '" + folder + "'\n" + script);
  }

  private static void program(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
