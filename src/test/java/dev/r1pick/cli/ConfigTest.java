package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.command.ConfigCommand;
import dev.r1pick.cli.config.Defaults;
import dev.r1pick.cli.config.HomeHost;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.MachineOptions;
import dev.r1pick.cli.option.Option;
import dev.r1pick.host.OsFamily;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.layout.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Defaults: flags win, then the environment, then the file; `config` tells which.
class ConfigTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";

  @TempDir private Path home = Path.of("");
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void aHome() {
    variables.put("HOME", home.toString());
  }

  private Path file() {
    return home.resolve(".config/r1pick/config");
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), text);
  }

  private Run run(String line) {
    return on(OsFamily.LINUX, line);
  }

  private Run on(OsFamily system, String line) {
    return Run.on(
        new HomeHost(Run.host(MACHINE), system, Map.copyOf(variables)),
        Style.PLAIN,
        line.split(" "));
  }

  /// Value, origin and place of a setting.
  private String setting(String key, String line) {
    JsonValue answer = JsonReader.read("config", run(line + " --format json").out());
    for (JsonValue setting : answer.member("settings").orElseThrow().items()) {
      if (setting.textAt("key").orElseThrow().equals(key)) {
        return setting.textAt("value").orElse("none").replace(home.toString(), "~")
            + " "
            + setting.textAt("origin").orElseThrow()
            + " "
            + setting.textAt("place").orElse("-").replace(home.toString(), "~")
            + (setting.wholeAt("line").isPresent()
                ? ":" + setting.wholeAt("line").getAsLong()
                : "");
      }
    }
    throw new AssertionError(key);
  }

  @Test
  void flagsWinThenTheEnvironmentThenTheFile() throws IOException {
    assertEquals("chat default -", setting("use-case", "config"));
    write("# mine\nuse-case = math\n");
    assertEquals("math file ~/.config/r1pick/config:2", setting("use-case", "config"));
    variables.put("R1PICK_USE_CASE", "coding");
    assertEquals("coding environment R1PICK_USE_CASE", setting("use-case", "config"));
    assertEquals("writing flag --use-case", setting("use-case", "config --use-case writing"));
  }

  @Test
  void theAnswerFollowsTheDefaults() throws IOException {
    String math = run("recommend --use-case math --top 1").out();
    String coding = run("recommend --use-case coding --top 1").out();
    write("use-case = math\ntop = 1\n");
    assertEquals(math, run("recommend").out());
    variables.put("R1PICK_USE_CASE", "coding");
    assertEquals(coding, run("recommend").out());
    assertEquals(math, run("recommend --use-case math").out());
    variables.put("R1PICK_USE_CASE", " ");
    assertEquals(math, run("recommend").out());
  }

  @Test
  void everyDefaultIsTheOneOfItsOption() {
    Map<String, String> values =
        Map.ofEntries(
            Map.entry("--use-case", "coding"),
            Map.entry("--prompt-language", "zh"),
            Map.entry("--priority", "speed"),
            Map.entry("--context", "12k"),
            Map.entry("--kv-cache-type", "q8_0"),
            Map.entry("--parallel", "2"),
            Map.entry("--min-speed", "1000000"),
            Map.entry("--max-wait", "1s"),
            Map.entry("--max-download", "2GB"),
            Map.entry("--license", "llama"),
            Map.entry("--top", "4"),
            Map.entry("--format", "json"),
            Map.entry("--catalog", "no-such-file"));
    String plain = run("recommend").toString();
    for (String option : Defaults.OPTIONS) {
      String value = String.valueOf(values.get(option));
      Run typed = run("recommend " + option + " " + value);
      variables.put(Defaults.variable(option), value);
      Run byDefault = run("recommend");
      variables.remove(Defaults.variable(option));
      assertEquals(typed.code(), byDefault.code(), option);
      if (!option.equals("--catalog")) { // there the error names the variable
        assertEquals(typed.out(), byDefault.out(), option);
      }
      assertTrue(!byDefault.toString().equals(plain), option + " changes nothing");
    }
  }

  @Test
  void anotherMachineIsAskedAboutWithTheDefaultsOfWhoAsks() {
    variables.put("R1PICK_USE_CASE", "math");
    String elsewhere = "recommend --machine src/test/resources/machines/ci-linux-runner-no-gpu";
    assertEquals(run(elsewhere + " --use-case math").out(), run(elsewhere).out());
    variables.clear();
    assertEquals(run(elsewhere + " --use-case chat").out(), run(elsewhere).out());
  }

  @Test
  void aRecordingLendsNobodyItsDefaults(@TempDir Path folder) throws IOException {
    Path copy = folder.resolve("machine");
    Files.createDirectories(copy.resolve("fs/proc"));
    Path from = Run.MACHINES.resolve("ci-linux-runner-no-gpu");
    for (String name : List.of("commands.json", "fs/proc/meminfo", "fs/proc/cpuinfo")) {
      Files.copy(from.resolve(name), copy.resolve(name));
    }
    String line = "recommend --machine " + copy;
    String plain = run(line).out();
    Files.writeString(copy.resolve("env.json"), "{\"R1PICK_USE_CASE\": \"math\"}");
    assertEquals(plain, run(line).out());
  }

  @Test
  void theQuietAnswerStaysQuiet() throws IOException {
    variables.put("R1PICK_FORMAT", "json");
    assertEquals("deepseek-r1:8b\n", run("recommend -q --use-case math").out());
    assertEquals("", run("recommend -q --use-case zzz").out());
    assertEquals("deepseek-r1:8b\n", run("recommend --format tag --use-case math").out());
    assertTrue(run("list").out().startsWith("{"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "use-case coding | 2: \"use-case coding\" is not a setting; write key = value",
        "usecase = coding | 2: there is no key \"usecase\". Did you mean use-case?",
        "--use-case = coding | 2: there is no key \"--use-case\". Did you mean use-case?",
        "gpu = RTX 4090 | 2: there is no key \"gpu\"",
        "xyzzy = 1 | there are use-case, prompt-language, priority",
        "top = 4 | 2: top is already set in line 1; set it once",
        "prompt-language = | 2: prompt-language has no value; write one",
        "priority = best | 2: priority \"best\" is unknown; write one of quality, balanced, speed",
        "context = long | 2: context \"long\" is not a context length",
        "parallel = 0 | 2: parallel \"0\" is not a whole number from 1",
        "min-speed = fast | 2: min-speed \"fast\" is not a number above 0",
        "max-download = 3 | 2: max-download \"3\" has no unit. Did you mean 3GB?",
        "use-case = codng | 2: use-case \"codng\" is not a use case. Did you mean coding?",
        "max-wait = long | 2: max-wait \"long\" is not a time",
        "license = mine | 2: license \"mine\" is not a license",
        "catalog = mine.json | 2: catalog \"HOME/.config/r1pick/mine.json\" does not exist",
        "format = env | 2: format \"env\" cannot be a default; write text or json",
      })
  void aWrongLineIsNamedWithFileLineAndKey(String line, String sentence) throws IOException {
    write("top = 2\n" + line + "\n");
    for (String command : List.of("recommend", "config")) {
      Run run = run(command);
      String expected = sentence.replace("HOME", home.toString());
      assertAll(
          () -> assertEquals(ExitCode.USAGE, run.code()),
          () -> assertEquals("", run.out()),
          () -> assertEquals(1, run.err().lines().count(), run.err()),
          () -> assertTrue(run.err().startsWith("r1pick: " + file() + ":2"), run.err()),
          () -> assertTrue(run.err().contains(expected), run.err()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "R1PICK_PRIORITY | best | r1pick: R1PICK_PRIORITY \"best\" is unknown; write one of quality",
        "R1PICK_FORMAT | fish | r1pick: R1PICK_FORMAT \"fish\" cannot be a default; write text or json",
        "R1PICK_USE_CASE | zzzzzz | r1pick: R1PICK_USE_CASE \"zzzzzz\" is not a use case",
        "R1PICK_CATALOG | /none | r1pick: R1PICK_CATALOG \"/none\" does not exist",
        "R1PICK_CONFIG | /none | r1pick: R1PICK_CONFIG names /none, which does not exist",
      })
  void aWrongVariableIsNamed(String variable, String value, String sentence) {
    variables.put(variable, value);
    for (String command : List.of("recommend", "config")) {
      Run run = run(command);
      assertEquals(ExitCode.USAGE, run.code());
      assertEquals("", run.out());
      assertTrue(run.err().startsWith(sentence), run.err());
    }
  }

  @Test
  void aContextBeyondTheTrainedOneNamesItsPlace() {
    variables.put("R1PICK_CONTEXT", "999k");
    assertTrue(run("check 14b").err().startsWith("r1pick: R1PICK_CONTEXT 999k is more than"));
  }

  @Test
  void whatAPersonTypesIntoAFileIsUnderstood() throws IOException {
    write("\ufeff  # comment\r\n\r\n use-case=\"coding\" \r\n\tmax-download = 20 GB\r\n");
    assertEquals("coding file ~/.config/r1pick/config:3", setting("use-case", "config"));
    assertEquals("20 GB file ~/.config/r1pick/config:4", setting("max-download", "config"));
  }

  @Test
  void aPathInTheFileStartsWhereTheFileLies() throws IOException {
    write("catalog = mine.json\n");
    Files.copy(Path.of("catalog/deepseek-r1.json"), file().resolveSibling("mine.json"));
    assertEquals(
        "~/.config/r1pick/mine.json file ~/.config/r1pick/config:1", setting("catalog", "config"));
    assertEquals(ExitCode.OK, run("list").code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"LINUX", "MACOS", "WINDOWS"})
  @DisabledOnOs(OS.WINDOWS)
  void theFileLiesWhereThePlatformKeepsSuchFiles(OsFamily system) throws IOException {
    variables.put("APPDATA", home.resolve("roaming").toString());
    Path place =
        switch (system) {
          case WINDOWS -> home.resolve("roaming/r1pick/config");
          case MACOS -> home.resolve("Library/Application Support/r1pick/config");
          case LINUX, ANDROID -> home.resolve(".config/r1pick/config");
        };
    assertTrue(on(system, "config").out().startsWith("file " + place + " (not there)\n"));
    Files.createDirectories(place.getParent());
    Files.writeString(place, "use-case = math\n");
    assertTrue(on(system, "config").out().startsWith("file " + place + "\n"));
    assertTrue(on(system, "config").out().contains(place + ":1\n"));
  }

  @Test
  void xdgAndR1pickConfigNameOtherFiles() throws IOException {
    write("use-case = math\n");
    variables.put("XDG_CONFIG_HOME", home.resolve("xdg").toString());
    assertEquals("chat default -", setting("use-case", "config"));
    variables.put("XDG_CONFIG_HOME", "relative/is/ignored");
    assertEquals("math file ~/.config/r1pick/config:1", setting("use-case", "config"));
    Path other = Files.writeString(home.resolve("other"), "use-case = coding\n");
    variables.put("R1PICK_CONFIG", other.toString());
    assertEquals("coding file ~/other:1", setting("use-case", "config"));
    variables.put("R1PICK_CONFIG", "");
    assertEquals("chat default -", setting("use-case", "config"));
    assertTrue(run("config").out().startsWith("no configuration file is looked for\n"));
  }

  @Test
  void withoutAHomeThereAreNoDefaults() {
    variables.clear();
    assertEquals(ExitCode.OK, run("recommend").code());
    assertEquals("", run("recommend").err());
    assertTrue(run("config").out().startsWith("no configuration file is looked for\n"));
  }

  @Test
  void aVariableThatMeansNothingIsShownAndIgnored() {
    variables.put("R1PICK_USECASE", "coding");
    variables.put("R1PICK_TAG", "deepseek-r1:8b");
    variables.put("R1PICK_AOT_OUTPUT", "x");
    variables.put("R1PICK_DEBUG", "");
    variables.put("R1PICK_QQQQQQQQQQQQ", "");
    assertEquals(ExitCode.OK, run("recommend").code());
    Run run = run("config");
    assertEquals(
        List.of(
            "! R1PICK_QQQQQQQQQQQQ is not a setting of r1pick and is ignored.",
            "! R1PICK_USECASE is not a setting of r1pick and is ignored. Did you mean R1PICK_USE_CASE?"),
        run.out().replace("\n  R1PICK", " R1PICK").lines().filter(l -> l.startsWith("!")).toList());
    assertTrue(
        run("config --format json").out().contains("\"variable\" : \"R1PICK_USECASE\""), run.out());
  }

  @Test
  void configTakesEveryOptionThatHasADefault() {
    var options = new ConfigCommand().allOptions().stream().map(o -> o.names().getFirst()).toList();
    assertEquals(
        List.copyOf(Defaults.OPTIONS).stream().sorted().toList(),
        options.stream().sorted().toList());
  }

  @Test
  void theOptionsOfAMachineHaveNoDefault() {
    for (Option option : MachineOptions.ALL) {
      assertTrue(!Defaults.OPTIONS.contains(option.names().getFirst()), option.toString());
    }
  }
}
