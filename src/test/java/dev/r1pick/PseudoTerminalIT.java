package dev.r1pick;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.r1pick.report.layout.Table;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the packaged program does on a terminal: its language, characters, colors and width. The
/// terminal is a pseudo terminal that `script` of util-linux opens; without it there is nothing to
/// test.
@EnabledOnOs(OS.LINUX)
class PseudoTerminalIT {
  private static final String RECOMMEND =
      "recommend --machine " + Launched.machine("nvidia-rtx3060-linux");

  private static final char ESCAPE = '\u001b';

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void needsScript() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script here");
  }

  /// What the program writes to a terminal of that width.
  private byte[] onTerminal(Map<String, String> variables, int columns, String arguments)
      throws IOException, InterruptedException {
    String line =
        "stty cols " + columns + " rows 24 -opost; exec " + Launched.R1PICK + " " + arguments;
    return written(variables, "script", "-qec", line, "/dev/null");
  }

  private byte[] written(Map<String, String> variables, String... command)
      throws IOException, InterruptedException {
    var all = new HashMap<String, String>();
    for (String name : List.of("LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG")) {
      all.put(name, "");
    }
    for (String name : List.of("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR")) {
      all.put(name, "");
    }
    all.put("TERM", "xterm-256color");
    all.put("COLUMNS", "");
    all.put("LINES", "");
    all.putAll(variables);
    Process process = Launched.builder(folder, all, command).start();
    assertEquals(0, process.waitFor(), Files.readString(folder.resolve("errors")));
    return Files.readAllBytes(folder.resolve("output"));
  }

  private static Map<String, String> variables(String assignments) {
    var variables = new HashMap<String, String>();
    for (String assignment : assignments.split(" ", -1)) {
      int equals = assignment.indexOf('=');
      variables.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    return variables;
  }

  @ParameterizedTest
  @CsvSource({
    "LANG=zh_CN.UTF-8, UTF-8",
    "LC_ALL=zh_CN.UTF-8 LANG=en_US.UTF-8, UTF-8",
    "LC_MESSAGES=zh_CN.UTF-8 LANG=en_US.UTF-8, UTF-8",
    "LANG=zh_TW.UTF-8, UTF-8",
    "LANG=zh_CN.GBK, GBK",
    "LANG=zh_CN.GB18030, GB18030",
    "LANG=zh_CN, GBK",
    "LANG=C R1PICK_LANG=zh, UTF-8",
  })
  void aChineseReaderGetsChineseInTheCharsetOfTheTerminal(String locale, String charset)
      throws Exception {
    String screen =
        new String(onTerminal(variables(locale), 80, RECOMMEND), Charset.forName(charset));
    assertTrue(screen.contains("的 R1 是 "), screen);
    assertTrue(screen.contains("显存"), screen);
    assertTrue(!screen.contains("?") && !screen.contains("\ufffd"), screen);
  }

  @ParameterizedTest
  @CsvSource({
    "LANG=en_US.UTF-8, UTF-8, █",
    "LANG=de_DE.UTF-8, UTF-8, █",
    "LANG=C.UTF-8, UTF-8, █",
    "LC_ALL=C LANG=zh_CN.UTF-8, US-ASCII, #",
    "LANG=POSIX, US-ASCII, #",
    "LANG=en_US.ISO-8859-1, ISO-8859-1, #",
    "LANG=zh_CN.UTF-8 R1PICK_LANG=en, UTF-8, █",
  })
  void everyOtherReaderGetsEnglishInCharactersThatTheTerminalHas(
      String locale, String charset, String mark) throws Exception {
    byte[] bytes = onTerminal(variables(locale), 80, RECOMMEND + " --color never");
    String screen = new String(bytes, Charset.forName(charset));
    assertTrue(screen.contains("is the best R1 for everyday conversation"), screen);
    assertTrue(screen.contains(mark.repeat(10)), screen);
    assertTrue(!screen.contains("?") && !screen.contains("\ufffd"), screen);
    assertArrayEquals(bytes, screen.getBytes(Charset.forName(charset)), screen);
  }

  @ParameterizedTest
  @CsvSource({
    "TERM=xterm, '', true",
    "TERM=dumb, '', false",
    "NO_COLOR=1, '', false",
    "CLICOLOR=0, '', false",
    "NO_COLOR=1, --color always, true",
    "TERM=xterm, --color never, false",
    "R1PICK_COLOR=never, '', false",
  })
  void aTerminalGetsColorsUnlessTheUserSaysOtherwise(
      String variables, String option, boolean colored) throws Exception {
    String screen = text(onTerminal(variables(variables), 80, RECOMMEND + " " + option));
    assertEquals(colored, screen.indexOf(ESCAPE) >= 0, screen);
  }

  @ParameterizedTest
  @CsvSource({
    "TERM=xterm, false",
    "CLICOLOR_FORCE=1, true",
    "FORCE_COLOR=1, true",
    "FORCE_COLOR=0, false",
    "NO_COLOR=1 CLICOLOR_FORCE=1, false",
  })
  void aPipeGetsNoneUnlessForced(String variables, boolean colored) throws Exception {
    String[] command = (Launched.R1PICK + " " + RECOMMEND).split(" ", -1);
    String screen = text(written(variables(variables), command));
    assertEquals(colored, screen.indexOf(ESCAPE) >= 0, screen);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 57, 80, 132})
  void theScreenIsAsWideAsTheTerminal(int columns) throws Exception {
    for (String locale : List.of("LANG=en_US.UTF-8", "LANG=zh_CN.UTF-8")) {
      String screen =
          text(onTerminal(variables(locale), columns, RECOMMEND + " --explain --color never"));
      int widest = 0;
      for (String line : screen.lines().toList()) {
        if (!line.startsWith("ollama pull ")) {
          widest = Math.max(widest, Table.width(line));
        }
      }
      assertTrue(widest <= columns && widest > columns - 8, widest + "\n" + screen);
    }
  }

  @Test
  void anErrorIsNotBrokenInsideAWord() throws Exception {
    String line =
        "stty cols 50 -opost; "
            + Launched.R1PICK
            + " recommend --use-case codng; "
            + "echo ended with $?";
    String screen =
        text(written(variables("LANG=en_US.UTF-8"), "script", "-qec", line, "/dev/null"));
    assertTrue(screen.endsWith("ended with 2\n"), screen);
    assertTrue(screen.lines().allMatch(text -> text.length() <= 50), screen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "env", "csv", "tag", "command", "github", "markdown"})
  void aFormatForProgramsIsTheSameInEveryLocale(String format) throws Exception {
    String arguments = RECOMMEND + " --format " + format;
    byte[] expected =
        written(variables("LANG=C"), (Launched.R1PICK + " " + arguments).split(" ", -1));
    for (String locale : List.of("LANG=zh_CN.UTF-8", "LC_ALL=de_DE.UTF-8", "LANG=zh_CN.GBK")) {
      byte[] actual =
          written(variables(locale), (Launched.R1PICK + " " + arguments).split(" ", -1));
      assertArrayEquals(expected, actual, locale);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
