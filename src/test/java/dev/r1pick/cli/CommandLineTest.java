package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Words of a command line that were not taken for what they are.
class CommandLineTest {
  private static Run run(String line) {
    return Run.on("nvidia-rtx3060-linux", line.strip().split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--help recommend | r1pick recommend",
        "-h check | r1pick check",
        "check 14b --context --help | r1pick check",
        "recommend --gpu -h | r1pick recommend",
        "recommend --bogus --help | r1pick recommend",
        "recommend --ram 4GB --ram 8GB -h | r1pick recommend",
        "recommend 14b --help | r1pick recommend",
        "recommend --version --help | r1pick recommend",
        "hardware -vh | r1pick hardware",
        "help show | r1pick show",
        "help | r1pick COMMAND",
        "help help | r1pick COMMAND",
        "bogus --help | r1pick COMMAND",
      })
  void helpLostWhereAnotherWordWasWrong(String line, String usage) {
    Run run = run(line);
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertTrue(run.out().contains("\nUsage: " + usage), run.out());
    assertEquals("", run.err());
  }

  @Test
  void helpOfAnUnknownCommandWasTheHelpOfAll() {
    Run far = run("help bogus");
    Run near = run("help hardwar");
    assertEquals(ExitCode.USAGE, far.code());
    assertEquals("", far.out());
    assertTrue(far.err().contains("no command \"bogus\""), far.err());
    assertTrue(near.err().contains("Did you mean hardware?"), near.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--version", "-V", "recommend --version", "check -V 14b", "-V show", "list -V"})
  void versionWasRefusedAfterACommand(String line) {
    Run run = run(line);
    assertEquals("r1pick 1.2.3\n", run.out(), run.err());
    assertEquals(ExitCode.OK, run.code());
  }

  @Test
  void aFileNamedWithAnAtSignWasReadForMoreArguments(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("words"), "recommend\n-q\n");
    Run run = Run.on("nvidia-rtx3060-linux", "@" + file);
    assertEquals(ExitCode.USAGE, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().contains("no command \"@"), run.err());
    Run gpu = Run.on("nvidia-rtx3060-linux", "recommend", "--gpu", "@" + file);
    assertTrue(gpu.err().contains("no GPU called \"@"), gpu.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-- recommend -q | 0",
        "recommend -q -- | 0",
        "check --context 4k -- 8b | 0",
        "check -- --help | 2",
        "-- | 0"
      })
  void theEndOfOptionsEndedTheCommands(String line, int code) {
    Run run = run(line);
    assertEquals(code, run.code().code(), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"recommend 14b", "14b", "recommend --cpu-only deepseek-r1:14b"})
  void aTagForRecommendWasOneWordTooMany(String line) {
    Run run = run(line);
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("Did you mean \"r1pick check "), run.err());
    assertTrue(run.err().contains("14b\"?"), run.err());
  }
}
