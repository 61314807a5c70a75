package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.host.OverlaidHost;
import dev.r1pick.report.layout.Style;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that misled their reader.
class AnswersTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";

  /// In a shell with these variables.
  private static Run in(Map<String, String> shell, String line) {
    return Run.on(
        new OverlaidHost(Run.host(MACHINE), shell, Optional.empty()), Style.PLAIN, line.split(" "));
  }

  /// The variables of a POSIX shell after it has evaluated an answer.
  private static Map<String, String> evaluated(Map<String, String> shell, String answer) {
    var after = new HashMap<>(shell);
    for (String line : answer.lines().toList()) {
      if (line.startsWith("export ")) {
        int equals = line.indexOf('=');
        after.put(
            line.substring("export ".length(), equals),
            line.substring(equals + 2, line.length() - 1));
      } else if (line.startsWith("unset ")) {
        after.remove(line.substring("unset ".length()));
      }
    }
    return after;
  }

  private static final String NEEDS_SETTINGS = "recommend --use-case math --format env";
  private static final String NEEDS_NONE = "recommend --context 4k --format env";

  @ParameterizedTest
  @ValueSource(
      strings = {NEEDS_SETTINGS, NEEDS_NONE, "recommend --format json", "check 8b", "hardware"})
  void whatEvalHadExportedWasReadBackAsTheServersEnvironment(String next) {
    Run first = in(Map.of(), NEEDS_SETTINGS);
    assertTrue(first.out().contains("export OLLAMA_CONTEXT_LENGTH="), first.out());
    Map<String, String> shell = evaluated(Map.of(), first.out());
    Run clean = in(Map.of(), next);
    if (next.equals(NEEDS_NONE)) {
      assertFalse(clean.out().contains("OLLAMA_CONTEXT_LENGTH"), clean.out());
      assertEquals(
          evaluated(Map.of(), clean.out()), evaluated(shell, in(shell, next).out()), "withdrawn");
    } else {
      assertEquals(clean, in(shell, next));
    }
  }

  @Test
  void aSettingOfTheUsersOwnWasLostBehindThatOfAnAnswer() {
    Map<String, String> own = Map.of("OLLAMA_CONTEXT_LENGTH", "8192");
    Map<String, String> shell = evaluated(own, in(own, NEEDS_SETTINGS).out());
    assertEquals("16384", shell.get("OLLAMA_CONTEXT_LENGTH"));
    assertEquals(in(own, NEEDS_SETTINGS).out(), in(shell, NEEDS_SETTINGS).out());
    String fits = "recommend --context 8k --format env";
    assertEquals("8192", evaluated(shell, in(shell, fits).out()).get("OLLAMA_CONTEXT_LENGTH"));
    String none = "recommend --cpu-only --ram 2GB --format env";
    Map<String, String> after = evaluated(shell, in(shell, none).out());
    assertEquals(own, after);
  }

  @Test
  void aSettingThatTheUserChangedSinceIsHisOwn() {
    var shell = new HashMap<>(evaluated(Map.of(), in(Map.of(), NEEDS_SETTINGS).out()));
    shell.put("OLLAMA_CONTEXT_LENGTH", "4096");
    assertEquals(
        in(Map.of("OLLAMA_CONTEXT_LENGTH", "4096"), "recommend --format json"),
        in(shell, "recommend --format json"));
  }
}
