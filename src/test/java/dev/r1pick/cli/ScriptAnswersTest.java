package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.config.Defaults;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.report.shell.AdviceScript;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What scripts rely on: nothing but the answer on standard output, and nothing stale without one.
class ScriptAnswersTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";
  private static final String NOTHING_FITS = "recommend --cpu-only --ram 2GB ";

  private static Run run(String line) {
    return Run.on(MACHINE, line.strip().split(" "));
  }

  @Test
  void everyShellGetsTheSameVariables() {
    assertAll(
        () ->
            assertEquals(
                """
                export R1PICK_TAG='deepseek-r1:8b'
                export R1PICK_PULL_COMMAND='ollama pull deepseek-r1:8b'
                export R1PICK_CONTEXT_TOKENS='32768'
                export R1PICK_DOWNLOAD_BYTES='5225376047'
                export OLLAMA_CONTEXT_LENGTH='32768'
                export R1PICK_SETTINGS='OLLAMA_CONTEXT_LENGTH=32768'
                """,
                run("recommend --use-case math --format env").out()),
        () ->
            assertEquals(
                """
                $env:R1PICK_TAG = 'deepseek-r1:8b'
                $env:R1PICK_PULL_COMMAND = 'ollama pull deepseek-r1:8b'
                $env:R1PICK_CONTEXT_TOKENS = '32768'
                $env:R1PICK_DOWNLOAD_BYTES = '5225376047'
                $env:OLLAMA_CONTEXT_LENGTH = '32768'
                $env:R1PICK_SETTINGS = 'OLLAMA_CONTEXT_LENGTH=32768'
                """,
                run("recommend --use-case math --format powershell").out()),
        () ->
            assertEquals(
                """
                set -gx R1PICK_TAG 'deepseek-r1:8b'
                set -gx R1PICK_PULL_COMMAND 'ollama pull deepseek-r1:8b'
                set -gx R1PICK_CONTEXT_TOKENS '32768'
                set -gx R1PICK_DOWNLOAD_BYTES '5225376047'
                set -gx OLLAMA_CONTEXT_LENGTH '32768'
                set -gx R1PICK_SETTINGS 'OLLAMA_CONTEXT_LENGTH=32768'
                """,
                run("recommend --use-case math --format fish").out()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-q", "--format tag", "--format command"})
  void whereNothingFitsALineIsNoLine(String format) {
    Run run = run(NOTHING_FITS + format);
    assertEquals(new Run(ExitCode.NOTHING_FITS, "", run.err()), run);
    assertTrue(
        run.err().startsWith("r1pick: No DeepSeek-R1 fits here within these limits. Closest is "),
        run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "env | unset R1PICK_TAG | (exit CODE)",
        "powershell | Remove-Item Env:R1PICK_TAG -ErrorAction SilentlyContinue | Remove-Item"
            + " Env:R1PICK_DOWNLOAD_BYTES -ErrorAction SilentlyContinue",
        "fish | set -eg R1PICK_TAG | false",
      })
  void aShellIsToldThatThereIsNoAnswer(String format, String first, String last) {
    for (String line :
        new String[] {
          NOTHING_FITS + "--format " + format,
          "recommend --use-case zzzzzz --format=" + format,
          "recommend --format " + format + " --no-such-option",
          "recommend --format " + format + " --machine src/test/resources/machines/none"
        }) {
      Run run = run(line);
      assertFalse(run.code() == ExitCode.OK, line);
      assertEquals(1, run.err().lines().count(), run.err());
      assertEquals(first, run.out().lines().findFirst().orElse(""), line);
      assertEquals(last.replace("CODE", "" + run.code().code()), run.lastLine(), line);
      assertFalse(run.out().contains("OLLAMA_"), run.out());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "json",
        "env",
        "powershell",
        "fish",
        "command",
        "tag",
        "github",
        "markdown"
      })
  void theSameQuestionGetsTheSameBytesWithoutColor(String format) {
    Set<Run> answers = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      answers.add(run("recommend --format " + format));
    }
    Run answer = answers.iterator().next();
    assertAll(
        () -> assertEquals(1, answers.size()),
        () -> assertEquals(ExitCode.OK, answer.code()),
        () -> assertEquals("", answer.err()),
        () -> assertFalse(answer.out().contains("\u001b"), answer.out()),
        () -> assertFalse(answer.out().contains("\r"), answer.out()),
        () -> assertTrue(answer.out().endsWith("\n"), answer.out()));
  }

  @Test
  void noVariableThatIsWrittenIsTakenForADefault() {
    for (String option : Defaults.OPTIONS) {
      assertFalse(AdviceScript.VARIABLES.contains(Defaults.variable(option)), option);
      assertFalse(AdviceScript.NOTES.contains(Defaults.variable(option)), option);
    }
  }

  @Test
  void theTablesHaveThePickFirstAndALineForEachAlternative() {
    String pick = run("recommend -q").out().strip();
    List<String> csv = run("recommend --format csv").out().lines().toList();
    assertTrue(csv.size() > 1, csv.toString());
    assertTrue(csv.get(1).startsWith(pick + ",pick,"), csv.get(1));
    for (String line : csv) {
      assertEquals(8, line.split(",", -1).length, line);
    }
    List<String> markdown = run("recommend --format markdown").out().lines().toList();
    assertTrue(markdown.getFirst().startsWith("### r1pick: " + pick), markdown.getFirst());
    assertTrue(markdown.get(4).startsWith("| " + pick + " | pick | "), markdown.get(4));
    assertEquals(csv.size() - 1, markdown.size() - 4);
  }

  @Test
  void aWorkflowGetsANoticeOrAnErrorWhereNothingFits() {
    String pick = run("recommend -q").out().strip();
    assertTrue(run("recommend --format github").out().startsWith("::notice title=r1pick::" + pick));
    for (String format : List.of("github", "markdown", "csv")) {
      Run nothing = run("recommend --cpu-only --ram 2GB --format " + format);
      assertEquals(ExitCode.NOTHING_FITS, nothing.code());
      assertEquals(format.equals("github"), nothing.out().startsWith("::error title=r1pick::"));
      assertFalse(nothing.out().contains("ollama pull"), nothing.out());
    }
  }
}
