package dev.r1pick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The scripts of docs/scripts.md, run as they stand: `r1pick` is the packaged one asked about a
/// recorded machine, `ollama` only says what it was asked.
@DisabledOnOs(OS.WINDOWS)
class ScriptsIT {
  private static final Path DOCUMENT = Path.of("docs/scripts.md");

  @TempDir private Path folder = Path.of("");

  @Test
  void thePosixScriptsDoWhatTheySay() throws Exception {
    var said = new ArrayList<String>();
    for (String script : scripts("sh")) {
      Launched run = run(List.of("sh", "-euc", script), "nvidia-rtx3060-linux");
      assertEquals(0, run.exitCode(), script + run);
      assertEquals("", run.errors(), script);
      said.add(run.output());
    }
    assertEquals(
        List.of(
            "deepseek-r1:14b\n",
            "deepseek-r1:8b with a context of 32768 tokens\n",
            "ollama pull deepseek-r1:14b\n",
            "asked: pull deepseek-r1:14b\n"),
        said);
  }

  @Test
  void withoutAnAnswerNoScriptGoesOnWithAnOldOne() throws Exception {
    List<String> scripts = scripts("sh");
    for (String script : scripts) {
      Launched run = run(List.of("sh", "-euc", "export R1PICK_TAG=old\n" + script), "none");
      boolean pipe = script.contains("| sh");
      assertEquals(pipe ? 0 : 2, run.exitCode(), script + run);
      assertEquals("", run.output(), script);
      assertEquals(1, run.errors().lines().count(), run.errors());
    }
  }

  @Test
  void theFishScriptDoesWhatItSays() throws Exception {
    assumeTrue(installed("fish"), "fish is not installed");
    for (String script : scripts("fish")) {
      Launched run = run(List.of("fish", "-c", script), "nvidia-rtx3060-linux");
      assertEquals(new Launched(0, "asked: pull deepseek-r1:14b\n", ""), run);
      assertEquals(1, run(List.of("fish", "-c", script), "none").exitCode());
    }
  }

  @Test
  void thePowershellScriptDoesWhatItSays() throws Exception {
    assumeTrue(installed("pwsh"), "PowerShell is not installed");
    for (String script : scripts("powershell")) {
      List<String> command = List.of("pwsh", "-NoProfile", "-Command", script);
      assertEquals(
          new Launched(0, "asked: pull deepseek-r1:14b\n", ""),
          run(command, "nvidia-rtx3060-linux"));
      assertEquals(2, run(command, "none").exitCode());
    }
  }

  @Test
  void theConfigurationFileIsUnderstood() throws Exception {
    Path file = folder.resolve(".config/r1pick/config");
    Files.createDirectories(file.getParent());
    Files.writeString(file, scripts("ini").getFirst());
    Launched run = Launched.run(folder, Map.of(), Launched.R1PICK, "config");
    assertEquals(0, run.exitCode(), run.toString());
    assertTrue(
        Pattern.compile("\nuse-case +coding +" + Pattern.quote(file + ":2") + "\n")
            .matcher(run.output())
            .find(),
        run.output());
  }

  private static List<String> scripts(String language) throws IOException {
    var scripts = new ArrayList<String>();
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCUMENT));
    while (block.find()) {
      scripts.add(block.group(1));
    }
    assertTrue(!scripts.isEmpty(), language);
    return scripts;
  }

  private Launched run(List<String> command, String machine)
      throws IOException, InterruptedException {
    Path programs = Files.createDirectories(folder.resolve("bin"));
    program(
        programs.resolve("r1pick"),
        "exec '" + Launched.R1PICK + "' \"$@\" --machine '" + Launched.machine(machine) + "'");
    program(programs.resolve("ollama"), "echo \"asked: $*\"");
    return Launched.run(
        folder,
        Map.of("PATH", programs + ":" + System.getenv("PATH")),
        command.toArray(String[]::new));
  }

  private static void program(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static boolean installed(String program) {
    for (String path : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(path, program))) {
        return true;
      }
    }
    return false;
  }
}
