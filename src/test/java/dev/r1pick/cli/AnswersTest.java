package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.host.ForwardingHost;
import dev.r1pick.host.Host;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.layout.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that misled their reader.
class AnswersTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";

  /// A shell with these variables.
  private record ShellWith(Host host, Map<String, String> shell) implements ForwardingHost {
    @Override
    public Optional<String> environment(String name) {
      return Optional.ofNullable(shell.get(name)).or(() -> host.environment(name));
    }

    @Override
    public List<String> variables(String prefix) {
      return shell.keySet().stream().filter(name -> name.startsWith(prefix)).sorted().toList();
    }
  }

  private static Run in(Map<String, String> shell, String line) {
    return Run.on(new ShellWith(Run.host(MACHINE), shell), Style.PLAIN, line.split(" "));
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
    assertEquals("32768", shell.get("OLLAMA_CONTEXT_LENGTH"));
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

  private static final String NOTHING_FITS = "recommend --cpu-only --ram 2GB --format ";

  @ParameterizedTest
  @ValueSource(strings = {"tag", "command", "env", "powershell", "fish", "csv"})
  void whereNothingFitsAScriptHeardNeitherWhyNorWhatHelps(String format) {
    Run run = in(Map.of(), NOTHING_FITS + format);
    assertEquals(ExitCode.NOTHING_FITS, run.code());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("Closest is deepseek-r1:1.5b: needs"), run.err());
    assertTrue(run.err().contains("2.0 GiB more RAM."), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"github", "markdown"})
  void whereNothingFitsAnAnnotationDidNotSayWhatHelps(String format) {
    Run run = in(Map.of(), NOTHING_FITS + format);
    assertTrue(run.out().lines().findFirst().orElse("").contains("2.0 GiB more RAM."));
    assertEquals("", run.err());
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
        "markdown",
        "csv"
      })
  void aNumberOfRequestsWasPlannedForAndTheServerNotTold(String format) {
    String line = "recommend --gpu RTX4090 --ram 32GB --format " + format;
    Run told = in(Map.of(), line + " --parallel 4");
    Run same = in(Map.of("OLLAMA_NUM_PARALLEL", "4"), line + " --parallel 4");
    String setting = format.equals("markdown") ? "OLLAMA\\_NUM\\_PARALLEL" : "OLLAMA_NUM_PARALLEL";
    assertTrue((told.out() + told.err()).contains(setting), told.toString());
    if (!format.equals("json")) {
      assertFalse((same.out() + same.err()).contains(setting), same.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "junit", "sarif", "github", "markdown", "csv"})
  void aCheckPlannedForANumberOfRequestsAndDidNotSayWhatToSet(String format) {
    Run run =
        in(
            Map.of(),
            "check 8b --gpu RTX4090 --context 8k --parallel 4 --fail-on never --format " + format);
    String setting =
        format.equals("markdown") ? "OLLAMA\\_NUM\\_PARALLEL=4" : "OLLAMA_NUM_PARALLEL=4";
    boolean quiet = format.equals("github") && run.out().contains("1 of 1 rule met");
    assertTrue(quiet || run.out().contains(setting), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "recommend --context 16 | Did you mean 16k?",
        "check 8b --context 2047 | write 2k or more",
        "recommend --context 1k | write 2k or more",
        "check 8b --context 160 | Did you mean 160k?",
        "check 8b --context 161 | write 2k or more",
      })
  void aContextWithoutItsKWasTakenAsTyped(String line, String hint) {
    Run run = in(Map.of(), line);
    assertEquals(ExitCode.USAGE, run.code(), run.out());
    assertTrue(run.err().contains(hint), run.err());
    assertEquals(ExitCode.OK, in(Map.of(), "check 8b --context 2048").code());
  }

  @Test
  void aPolicyTookAContextWithoutItsKAndOnlyTwoLanguages(@TempDir Path folder) throws IOException {
    String small = policy(folder, "require:\n  - {use_case: chat, context: 16}\n");
    Run run = in(Map.of(), "check --policy " + small);
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("Did you mean 16k?"), run.err());
    for (String language : List.of("zh", "zh-CN", "German", "ja")) {
      String spoken =
          policy(folder, "require:\n  - {use_case: chat, language: " + language + "}\n");
      assertEquals("", in(Map.of(), "check --fail-on never --policy " + spoken).err(), language);
    }
    String none = policy(folder, "require:\n  - {use_case: chat, language: klingonish}\n");
    assertTrue(in(Map.of(), "check --policy " + none).err().contains("is not known; give a code"));
  }

  private static String policy(Path folder, String text) throws IOException {
    return Files.writeString(folder.resolve("policy.yml"), text).toString();
  }

  @Test
  void namesThatMeanNothingWerePassedOverInSilence() {
    Run variable = in(Map.of("R1PICK_USECASE", "coding"), "recommend -q");
    Run machine = in(Map.of("R1PICK_GPU", "RTX 4090"), "recommend -q");
    Run meant = in(Map.of("R1PICK_USE_CASE", "coding", "R1PICK_DEBUG", ""), "recommend -q");
    assertTrue(variable.err().contains("Did you mean R1PICK_USE_CASE?"), variable.err());
    assertTrue(machine.err().contains("--gpu describes the machine"), machine.err());
    assertEquals("", meant.err());
    Run option = in(Map.of(), "recommend -q --ollama-env OLLAMA_NUM_PARALELL=2");
    Run other = in(Map.of(), "recommend -q --ollama-env SOMETHING=2");
    Run known = in(Map.of(), "recommend -q --ollama-env OLLAMA_NUM_PARALLEL=2");
    assertTrue(option.err().contains("Did you mean OLLAMA_NUM_PARALLEL?"), option.err());
    assertTrue(other.err().contains("SOMETHING: that variable changes nothing"), other.err());
    assertEquals("", known.err());
    assertEquals(ExitCode.OK, variable.code());
  }

  @Test
  void valuesThatOllamaDoesNotTakeWerePassedOverInSilence() {
    for (String value : List.of("abc", "-1", "8k", "1.5")) {
      Run run = in(Map.of(), "recommend -q --ollama-env OLLAMA_CONTEXT_LENGTH=" + value);
      assertEquals(
          "r1pick: --ollama-env OLLAMA_CONTEXT_LENGTH="
              + value
              + ": Ollama takes a whole number of 0 or more there, and its default for anything"
              + " else.\n",
          run.err());
    }
    for (String pair :
        List.of("OLLAMA_CONTEXT_LENGTH=8192", "OLLAMA_CONTEXT_LENGTH=", "OLLAMA_VULKAN=abc")) {
      assertEquals("", in(Map.of(), "recommend -q --ollama-env " + pair).err(), pair);
    }
  }

  @Test
  void aVersionOlderThanTheRulesWasPlannedWithWithoutAWord() {
    String old = in(Map.of(), "recommend -q --ollama-version 0.4.9").err();
    assertTrue(old.contains("--ollama-version 0.4.9: the rules known here begin with 0.5.0"), old);
    assertEquals("", in(Map.of(), "recommend -q --ollama-version 0.5.0").err());
    assertEquals("", in(Map.of(), "recommend -q --ollama-version 0.0.0").err());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void topNamedFewerThanItWasAskedFor(int top) {
    Run run = in(Map.of(), "recommend --gpu RTX4090 --ram 64GB --format csv --top " + top);
    List<String> tags =
        run.out().lines().skip(1).map(line -> line.substring(0, line.indexOf(','))).toList();
    assertEquals(top, tags.size(), run.out());
    assertEquals(tags.stream().distinct().toList(), tags);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tag", "command", "env", "powershell", "fish", "csv", "markdown"})
  void aGpuThatOnlyLackedADriverWasPassedOverInScripts(String format) {
    Run run = Run.on("windows-rtx3080-wddm-old-driver", "recommend", "--format", format);
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("r1pick: RTX 3080 is not used: the driver is older"));
    assertTrue(run.err().contains("With it the pick would be deepseek-r1:"), run.err());
  }

  @Test
  void aGpuThatOnlyLackedADriverWasALineAmongOthers() {
    String machine = "windows-rtx3080-wddm-old-driver";
    String text = Run.on(machine, "recommend").out();
    assertTrue(text.startsWith("RTX 3080 is not used: the driver is older than 551.61."), text);
    String github = Run.on(machine, "recommend", "--format", "github").out();
    assertTrue(github.startsWith("::warning title=r1pick::RTX 3080 is not used"), github);
    JsonValue first =
        JsonReader.read("json", Run.on(machine, "recommend", "--format", "json").out())
            .member("caveats")
            .orElseThrow()
            .items()
            .getFirst();
    assertEquals("gpu-not-used", first.textAt("id").orElseThrow());
    for (String format : List.of("text", "json", "junit", "github", "markdown")) {
      Run check = Run.on(machine, "check", "8b", "--format", format);
      assertTrue(check.out().contains("RTX 3080 is not used"), check.out());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"recommend", "recommend -q", "check 8b", "check 8b --format junit"})
  void aGpuWhoseToolWasSlowCountedAsNone(String line) {
    Run run = Run.on("nvidia-smi-hangs", line.split(" "));
    assertEquals(ExitCode.HARDWARE_UNKNOWN, run.code());
    String said = line.startsWith("check") ? run.out() : run.err();
    assertEquals(line.startsWith("check") ? run.out() : "", run.out());
    assertTrue(said.contains("RTX 3090") && said.contains("did not answer"), said);
    assertTrue(said.contains("--accept-unknown"), said);
    assertFalse((run.out() + run.err()).contains("estart"), said);
    for (String option : List.of("--accept-unknown", "--cpu-only")) {
      Run accepted = Run.on("nvidia-smi-hangs", (line + " " + option).split(" "));
      assertEquals(ExitCode.OK, accepted.code(), accepted.err());
    }
  }

  @Test
  void aSilentGpuKeptTheReportsOfACheckFromBeingWritten(@TempDir Path folder) throws IOException {
    Path junit = folder.resolve("r1.xml");
    Path json = folder.resolve("r1.json");
    Run run =
        Run.on(
            "nvidia-smi-hangs",
            "check",
            "8b",
            "--report",
            "junit=" + junit,
            "--report",
            "json=" + json);
    assertEquals(ExitCode.HARDWARE_UNKNOWN, run.code());
    assertTrue(Files.readString(junit).contains("RTX 3090 did not answer"));
    JsonValue answer = JsonReader.read("json", Files.readString(json));
    assertEquals("unknown", answer.textAt("outcome").orElseThrow());
    assertEquals("gpu-silent", answer.textAt("reason").orElseThrow());
  }

  @Test
  void nothingWasSaidOfThePickWithAGpuOfUnknownMemory() {
    Run run = Run.on("nvidia-smi-hangs", "recommend", "--accept-unknown");
    assertTrue(
        run.out().replaceAll("\\s+", " ").contains("With it the pick would be deepseek-r1:32b"),
        run.out());
  }

  @ParameterizedTest
  @CsvSource({
    "recommend, MTT S80, MUSA",
    "check 8b, MTT S80, MUSA",
    "check 8b --format junit, MTT S80, MUSA",
    "recommend, Ascend 910B3, vLLM-Ascend",
    "check 8b, Ascend 910B3, 'F16, Q8_0, Q4_0'"
  })
  void aNamedAcceleratorWasIgnoredWithoutAWord(String line, String gpu, String engine) {
    var words = new ArrayList<String>(List.of(line.split(" ")));
    words.addAll(List.of("--gpu", gpu, "--ram", "64GB"));
    Run run = Run.on("nvidia-rtx3060-linux", words.toArray(new String[0]));
    String said = run.out().replaceAll("\\s+", " ");
    assertTrue(said.contains("is not used: Ollama has no backend for it"), said + run.err());
    assertTrue(said.contains(engine), said);
    assertFalse(said.contains("Nothing to do"), said);
  }

  @Test
  void aMachineWithoutAnyOllamaGotATagToPull() {
    Run run = Run.on("loongarch-3a6000", "recommend");
    assertEquals(ExitCode.NOTHING_FITS, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().contains("there is no Ollama for loongarch64"), run.err());
    assertTrue(run.err().contains("llama.cpp built from source"), run.err());
    Run accepted = Run.on("loongarch-3a6000", "recommend", "--accept-unsupported", "-q");
    assertEquals(ExitCode.OK, accepted.code(), accepted.err());
    assertTrue(accepted.out().startsWith("deepseek-r1:"), accepted.out());
  }

  @Test
  void fourHiddenCardsWereSaidFourTimes() {
    String text = Run.on("nvidia-5x-m40-visible-one", "recommend").out();
    assertTrue(text.startsWith("4 more Tesla M40 24GB are not used: hidden by CUDA_VISIBLE"), text);
    assertEquals(1, text.split("CUDA_VISIBLE_DEVICES", -1).length - 1, text);
  }

  @Test
  void warningsWereHiddenWhereNobodyHasToScrollAndOnATallScreen() {
    String line = "recommend --gpu RTX4090 --ram 32GB --parallel 4";
    String piped = in(Map.of(), line).out();
    assertFalse(piped.contains("more note"), piped);
    Run small = on(new Style(80, 10, false, StandardCharsets.UTF_8), line);
    Run tall = on(new Style(80, 60, false, StandardCharsets.UTF_8), line);
    assertTrue(tall.out().lines().count() <= 20, tall.out());
    assertTrue(small.out().lines().count() < tall.out().lines().count(), small.out());
    assertTrue(small.out().contains("more note"), small.out());
  }

  @Test
  void aWarningOfWrongUseWasHiddenOnASmallScreen() {
    Run small =
        on(new Style(80, 10, false, StandardCharsets.UTF_8), "recommend --use-case research");
    assertTrue(small.out().contains("what they do not know they make"), small.out());
    assertTrue(small.out().contains("check against the text"), small.out());
  }

  private static Run on(Style style, String line) {
    return Run.on(Run.host(MACHINE), style, line.split(" "));
  }
}
