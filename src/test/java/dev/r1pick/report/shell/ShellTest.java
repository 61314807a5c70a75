package dev.r1pick.report.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.r1pick.cli.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Values stay values, whatever is in them.
class ShellTest {
  /// Everything that some shell does something with.
  private static final List<String> VALUES =
      List.of(
          "deepseek-r1:8b",
          "",
          " two  words ",
          "it's",
          "'",
          "''; touch /tmp/r1pick-was-here; '",
          "\"double\"",
          "$HOME ${HOME} $(id) `id`",
          "back\\slash \\' \\n \\",
          "a;b|c&d>e<f*g?h[i]j{k,l}m~n#o!p%q^r(s)t",
          "line\nbreak",
          "\u2018typographic\u2019 \u201aquotes\u201b",
          "思考\t和 é",
          "-n",
          "--");

  @ParameterizedTest
  @ValueSource(strings = {"sh", "dash", "bash", "zsh", "ksh", "busybox"})
  @DisabledOnOs(OS.WINDOWS)
  void posixShellsReadBackWhatWasWritten(String shell) throws Exception {
    assumeTrue(installed(shell), shell + " is not installed");
    var script = new StringBuilder("set -eu\n");
    var expected = new StringBuilder();
    for (int i = 0; i < VALUES.size(); i++) {
      script.append(Shell.POSIX.assignment("V" + i, VALUES.get(i)));
      script.append("sh -c 'printf \"%s\\036\" \"$V").append(i).append("\"'\n");
      expected.append(VALUES.get(i)).append('\036');
    }
    List<String> command = shell.equals("busybox") ? List.of("busybox", "sh") : List.of(shell);
    assertEquals(expected.toString(), output(command, script.toString()));
  }

  @Test
  void fishReadsBackWhatWasWritten() throws Exception {
    assumeTrue(installed("fish"), "fish is not installed");
    var script = new StringBuilder();
    var expected = new StringBuilder();
    for (int i = 0; i < VALUES.size(); i++) {
      script.append(Shell.FISH.assignment("V" + i, VALUES.get(i)));
      script.append("sh -c 'printf \"%s\\036\" \"$V").append(i).append("\"'\n");
      expected.append(VALUES.get(i)).append('\036');
    }
    assertEquals(expected.toString(), output(List.of("fish"), script.toString()));
  }

  @Test
  void powershellReadsBackWhatWasWritten() throws Exception {
    assumeTrue(installed("pwsh"), "PowerShell is not installed");
    var script = new StringBuilder();
    var expected = new StringBuilder();
    for (int i = 0; i < VALUES.size(); i++) {
      if (!VALUES.get(i).isEmpty()) { // an empty value removes a variable there
        script.append(Shell.POWERSHELL.assignment("V" + i, VALUES.get(i)));
        script.append("[Console]::Write($env:V").append(i).append(" + [char]30)\n");
        expected.append(VALUES.get(i)).append('\036');
      }
    }
    Path file = Files.createTempFile("r1pick", ".ps1");
    try {
      Files.writeString(file, "\ufeff" + script);
      assertEquals(
          expected.toString(), output(List.of("pwsh", "-NoProfile", "-File", file.toString()), ""));
    } finally {
      Files.delete(file);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "POSIX | a b | export V='a b'",
        "POSIX | it's $x | export V='it'\\''s $x'",
        "POWERSHELL | a b | $env:V = 'a b'",
        "POWERSHELL | it's $x `n | $env:V = 'it''s $x `n'",
        "POWERSHELL | \u2018x\u2019 | $env:V = '\u2018\u2018x\u2019\u2019'",
        "FISH | a b | set -gx V 'a b'",
        "FISH | it's $x \\n | set -gx V 'it\\'s $x \\\\n'",
      })
  void eachShellQuotesInItsWay(Shell shell, String value, String line) {
    assertEquals(line + "\n", shell.assignment("V", value));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void noAnswerWithdrawsOldVariablesAndLeavesTheExitCode() throws Exception {
    String script =
        "R1PICK_TAG=old; export R1PICK_TAG\nset -u\neval '"
            + noAnswer()
            + "' || echo \"status $?\"\necho \"tag ${R1PICK_TAG-none}\"\n";
    assertEquals("status 3\ntag none\n", output(List.of("sh"), script));
    assertEquals("", output(List.of("sh"), "set -e\n" + noAnswer() + "echo on"));
  }

  private static String noAnswer() {
    return AdviceScript.noAnswer(
        Shell.POSIX, 3, new EvaluatedShell(Run.host("nvidia-rtx3060-linux")));
  }

  private static boolean installed(String program) {
    for (String folder : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  private static String output(List<String> command, String input)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
