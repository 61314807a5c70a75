package dev.r1pick;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In containers, cron and CI the locale is C, none, or one that is not there. Java takes no path
/// then that is not ASCII. The tests hand such paths to a shell in octal, since the Java that runs
/// them may be in the same state.
@EnabledOnOs(OS.LINUX)
class NoUtf8LocaleIT {
  /// `größe-模型`
  private static final String NAME = "gr\\303\\266\\303\\237e-\\346\\250\\241\\345\\236\\213";

  private static final String MACHINE = Launched.machine("nvidia-rtx3060-linux");

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"", "LC_ALL=C", "LC_ALL=POSIX", "LANG=zh_CN.UTF-8", "LOCPATH=/none"})
  void pathsThatAreNotAsciiWork(String locale) throws Exception {
    Launched run =
        script(
            locale,
            "mkdir \"$n\" && cp -r \"$machine\" \"$n/$n\"",
            "printf 'require:\\n  - {ram: 1GiB}\\n' > \"$n/policy-$n.yml\"",
            "export HOME=\"$PWD/$n\" XDG_CONFIG_HOME=\"$PWD/$n/config-$n\"",
            "mkdir -p \"$XDG_CONFIG_HOME/r1pick\"",
            "echo 'use-case = math' > \"$XDG_CONFIG_HOME/r1pick/config\"",
            "r1pick config | grep -c 'math.*config-'",
            "r1pick recommend -q --machine \"$n/$n\"",
            "r1pick check --machine \"$n/$n\" --policy \"$n/policy-$n.yml\""
                + " --report \"json=$n/report-$n\" > out",
            "test -s \"$n/report-$n\"",
            "r1pick hardware --record \"$n/record-$n\" > out",
            "test -s \"$n/record-$n/commands.json\"",
            "cp -r \"$image\" \"$n/image\"",
            "\"$n/image/bin/r1pick\" recommend -q --machine \"$n/$n\"",
            "cd \"$n\" && R1PICK_JAVA_OPTIONS=-XX:AOTMode=on image/bin/r1pick recommend -q --machine \"$n\"");
    String tag = "deepseek-r1:8b\n";
    assertAll(
        () -> assertEquals(0, run.exitCode(), run.toString()),
        () -> assertEquals("1\n" + tag + tag + tag, run.output()),
        () -> assertEquals(1, run.errors().lines().count(), run.errors()),
        () ->
            assertTrue(
                run.errors().contains("gr\u00f6\u00dfe-\u6a21\u578b/record-"), run.errors()));
  }

  /// `数学` in GBK, and the same in UTF-8 as a completed name would be.
  @ParameterizedTest
  @ValueSource(strings = {"\\312\\375\\321\\247", "\\346\\225\\260\\345\\255\\246"})
  void wordsOfATerminalInGbkAreRead(String typed) throws Exception {
    Launched run =
        script(
            "LC_ALL=zh_CN.GBK",
            "r1pick recommend -q --machine \"$machine\" --use-case \"$(printf '" + typed + "')\"");
    assertEquals(0, run.exitCode(), run.toString());
    assertEquals("deepseek-r1:8b\n", run.output());
  }

  private Launched script(String locale, String... lines) throws IOException, InterruptedException {
    var variables = new HashMap<>(Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", ""));
    if (!locale.isEmpty()) {
      int equals = locale.indexOf('=');
      variables.put(locale.substring(0, equals), locale.substring(equals + 1));
    }
    variables.put("image", Launched.IMAGE.toString());
    variables.put("machine", MACHINE);
    String head =
        "set -e\ncd '"
            + folder
            + "'\nn=$(printf '"
            + NAME
            + "')\nr1pick() { '"
            + Launched.R1PICK
            + "' \"$@\"; }\n";
    return Launched.run(folder, variables, "sh", "-c", head + String.join("\n", List.of(lines)));
  }
}
