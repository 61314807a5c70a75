package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.host.Host;
import dev.r1pick.report.layout.Style;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a user meets at the command line: answers, refusals, exit codes.
class R1PickTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "recommend --vram banana | --vram \"banana\" is not a memory size",
        "recommend --ram -4GB | --ram \"-4GB\" is not a memory size",
        "recommend --ram 16 | has no unit. Did you mean 16GiB?",
        "recommend --context 0 | --context \"0\" is not a context length",
        "recommend --min-speed fast | --min-speed \"fast\" is not a number above 0",
        "recommend --parallel 0 | --parallel \"0\" is not a whole number from 1",
        "recommend --priority best | is unknown; write one of quality, balanced, speed",
        "recommend --use-case codng | Did you mean coding?",
        "recommend --use-case zzzzzz | there are chat, reasoning",
        "recommend --gpu RTX-9999 | no GPU called \"RTX-9999\" is known; describe it by its memory",
        "recommend --gpu RTX-6090 | no GPU called \"RTX-6090\" is known. Nearest: \"RTX 5090\"",
        "recommend --gpu 2x_RTX_3060_TI_24GB | Did you mean \"2x RTX 3060 Ti\"",
        "recommend --gpu 2x_RTX_3060 | \"2x RTX 3060 8GB\", \"2x RTX 3060 12GB\"",
        "recommend --gpu UHD_Graphics | the GPU inside a processor",
        "recommend --gpu none | plan for the processor with --cpu-only",
        "recommend --gpu GRID_T4-8Q | a part of a card, with 8 GB; plan it with --vram 8GB",
        "recommend --gpu GeForce | names no single card",
        "recommend --gpu RTX_3060_TI_12GB | Did you mean \"RTX 3060 12GB\", \"RTX 3060 Ti\"",
        "recommend --gpu RTX_3060 | is sold with 8 GB, 12 GB. Say which",
        "recommend --gpu M3_Max | or --ram 128GB",
        "recommend --gpu RTX_4090 --cpu-only | --cpu-only uses no GPU",
        "recommend --backend metal | no GPU of this machine is used through metal",
        "recommend --format yaml | write one of text, json, env, powershell, fish, command, tag, github, markdown, csv",
        "recommend -q --format text | --quiet means --format tag",
        "recommend --machine /no/such/place | does not exist",
        "recommend --ollama-version new | is not a version",
        "recommend --ollama-env A | is not an assignment",
        "recommend --gpuu x | Did you mean --gpu, --cpu?",
        "recommend --gpu | --gpu needs a value",
        "recommend --ram 4GB --ram 8GB | --ram was given twice",
        "recommend now | takes no word \"now\"",
        "recomend | Did you mean recommend?",
        "zzz | there is no command \"zzz\"",
        "show 13b | Nearest: 14b, 8b",
        "show | name a tag",
        "check 14b --context 999k | it holds 128k at most",
        "list --catalog /no/such/file | --catalog \"/no/such/file\" does not exist",
        "recommend --profile /no/such/file | --profile \"/no/such/file\" does not exist",
        "check --machines /no/such/file | --machines \"/no/such/file\" does not exist",
        "check --policy /no/such/file | --policy \"/no/such/file\" does not exist",
        "check --policy src | --policy \"src\" is a folder",
        "recommend --profile src | --profile \"src\" is a folder",
        "recommend --catalog src | --catalog \"src\" is a folder",
        "recommend --machine src | --machine \"src\" is a folder without a recorded machine",
        "recommend --gpu -1x_RTX_4090 | does not say a whole number of cards",
        "recommend --gpu 1.5x_RTX_4090 | does not say a whole number of cards",
        "recommend --gpu RTX_4090_x0 | is not a GPU; plan for the processor",
        "recommend --gpu RTX_4090 --backend metal | through metal; it can through: cuda, vulkan.",
        "recommend --gpu RTX_4090 --backend rocm | through rocm; it can through: cuda, vulkan.",
        "recommend --gpu RX_7900_XTX --backend cuda | through cuda; it can through: rocm, vulkan.",
        "recommend --gpu M4_Max_64GB --backend vulkan | through vulkan; it can through: metal.",
        "recommend --vram 24GB --backend metal | metal is there on Macs alone",
        "compare 7b 8b --add-ram 8GB | tags compare models, and --with, --add-gpu or --add-ram",
        "recommend --report html=a.html --report json=./a.html | two reports go into ./a.html",
        "plan 4090 | \"4090\" is a GPU and no DeepSeek-R1 tag; \"r1pick recommend --gpu '4090'\"",
      })
  void whatCannotBeMeantIsRefusedInOneSentence(String line, String sentence) {
    String[] args =
        List.of(line.strip().split(" ")).stream()
            .map(word -> word.startsWith("/") ? word : word.replace('_', ' '))
            .toArray(String[]::new);
    Run run = Run.on(MACHINE, args);
    assertAll(
        () -> assertEquals(ExitCode.USAGE, run.code()),
        () -> assertEquals("", run.out()),
        () -> assertEquals(1, run.err().lines().count(), run.err()),
        () -> assertTrue(run.err().startsWith("r1pick: "), run.err()),
        () -> assertTrue(run.err().contains(sentence), run.err()));
  }

  @Test
  void aBrokenCatalogIsNamedWithItsPlace(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.json");
    String shipped = Files.readString(Path.of("catalog/deepseek-r1.json"));
    Files.writeString(file, shipped.replaceFirst("\"size_bytes\"", "\"size\""));
    Run run = Run.on(MACHINE, "recommend", "--catalog", file.toString());
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("mine.json: tags[0].size"), run.err());
    Files.writeString(file, "{");
    Run truncated = Run.on(MACHINE, "recommend", "--catalog", file.toString());
    assertEquals(ExitCode.USAGE, truncated.code());
    assertTrue(truncated.err().contains("is not valid JSON: line 1"), truncated.err());
    assertFalse(truncated.err().contains("REDACTED"), truncated.err());
  }

  @Test
  void aFolderThatIsNoRecordingIsRefused(@TempDir Path empty) {
    Run run = Run.on(MACHINE, "recommend", "--machine", empty.toString());
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("is a folder without a recorded machine"), run.err());
  }

  @Test
  void nothingFitsIsAnAnswerWithExitOne() {
    Run run = Run.on(MACHINE, "recommend", "--cpu-only", "--ram", "2GB");
    assertEquals(ExitCode.NOTHING_FITS, run.code());
    assertTrue(run.out().contains("No DeepSeek-R1 fits here"), run.out());
    assertTrue(run.out().contains("deepseek-r1:1.5b"), run.out());
    assertFalse(run.out().contains("ollama pull"), run.out());
  }

  @Test
  void aFloorThatNothingReachesIsAnAnswerWithExitOne() {
    Run run = Run.on(MACHINE, "recommend", "--min-speed", "100000");
    assertEquals(ExitCode.NOTHING_FITS, run.code());
  }

  @Test
  void scriptsGetTheTagAlone() {
    assertEquals(
        "deepseek-r1:8b\n", Run.on(MACHINE, "recommend", "-q", "--use-case", "math").out());
    assertEquals(
        "ollama pull deepseek-r1:8b\n",
        Run.on(MACHINE, "recommend", "--format", "command", "--use-case", "math").out());
  }

  @Test
  void assignmentsAreQuotedForTheShell() {
    Run run = Run.on(MACHINE, "recommend", "--format", "env", "--use-case", "math");
    assertTrue(run.out().contains("export R1PICK_TAG='deepseek-r1:8b'\n"), run.out());
    assertTrue(run.out().contains("export OLLAMA_CONTEXT_LENGTH='32768'\n"), run.out());
  }

  @Test
  void explainNamesEveryTagOnce() {
    String out = Run.on(MACHINE, "recommend", "--explain").out();
    for (String tag : List.of("latest", "671b-fp16", "70b-llama-distill-q8_0", "1.5b")) {
      assertTrue(out.matches("(?s).*[ (]" + Pattern.quote(tag) + "[,.:].*"), tag + " in " + out);
    }
    assertTrue(out.contains("fits-memory"), out);
    assertTrue(out.contains("latest: is another name of deepseek-r1:8b"), out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"recommend", "check", "hardware", "list", "show", "config"})
  void everyCommandHasHelp(String command) {
    Run run = Run.on(MACHINE, command, "--help");
    assertEquals(ExitCode.OK, run.code());
    assertTrue(run.out().contains("\nUsage: r1pick " + command), run.out());
    assertEquals("", run.err());
  }

  @Test
  void helpListsEveryExitCode() {
    String help = Run.on(MACHINE, "--help").out();
    for (ExitCode code : ExitCode.values()) {
      assertTrue(help.contains("\n  " + code.code() + " "), code + " in " + help);
    }
  }

  @Test
  void theVersionIsThePackages() {
    assertEquals("r1pick 1.2.3\n", Run.on(MACHINE, "--version").out());
  }

  @Test
  void colorAndAsciiGoByTheStyle() {
    Host host = Run.host(MACHINE);
    String plain = Run.on(host, Style.PLAIN, "recommend").out();
    String colored = Run.on(host, new Style(80, true, StandardCharsets.UTF_8), "recommend").out();
    String ascii = Run.on(host, new Style(80, false, StandardCharsets.US_ASCII), "recommend").out();
    assertFalse(plain.contains("\u001b["), plain);
    assertTrue(colored.contains("\u001b[1m"), colored);
    assertTrue(plain.contains("█"), plain);
    assertFalse(ascii.contains("█"), ascii);
  }

  @Test
  void aNarrowTerminalGetsNarrowLines() {
    Run run = Run.on(Run.host(MACHINE), new Style(60, false, StandardCharsets.UTF_8), "recommend");
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 60), run.out());
  }

  @Test
  void aMachineDocumentIsTheMachineItWasWrittenFrom(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("machine.json");
    Files.writeString(file, Run.on(MACHINE, "hardware", "--format", "json").out());
    String direct = Run.on(MACHINE, "recommend", "--format", "json").out();
    String replayed =
        Run.on(
                "ci-linux-runner-no-gpu",
                "recommend",
                "--format",
                "json",
                "--machine",
                file.toString())
            .out();
    assertEquals(direct, replayed);
  }

  /// Did nothing on a document, whose conclusions were final.
  @Test
  void settingsOfTheRunCountForADocumentAsForItsFolder(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("machine.json");
    String machine = "amd-780m-16g-carveout-default";
    Files.writeString(file, Run.on(machine, "hardware", "--format", "json").out());
    for (String place : new String[] {Run.MACHINES.resolve(machine).toString(), file.toString()}) {
      Run plain = Run.on("ci-linux-runner-no-gpu", "check", "7b", "--machine", place);
      assertTrue(plain.out().contains("RAM"), plain.out());
      Run enabled =
          Run.on(
              "ci-linux-runner-no-gpu",
              "check",
              "7b",
              "--machine",
              place,
              "--ollama-env",
              "OLLAMA_IGPU_ENABLE=1");
      assertTrue(enabled.out().contains("fits whole on"), enabled.out());
      assertTrue(enabled.out().contains("VRAM"), enabled.out());
    }
  }

  /// Ended with exit code 70 or 2.
  @Test
  void aDocumentOfALaterVersionIsReadWithOneRemark(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("machine.json");
    String later =
        Run.on(MACHINE, "hardware", "--format", "json")
            .out()
            .replace("\"schema_version\" : 2", "\"schema_version\" : 9")
            .replace("\"unified\" : false", "\"unified\" : false, \"color\" : \"green\"")
            .replace(
                "\"notes\" : [",
                "\"mood\" : 1, \"notes\" : [{\"id\" : \"moon-phase\", \"arguments\" : []}");
    Files.writeString(file, later);
    Run run = Run.on("ci-linux-runner-no-gpu", "recommend", "--machine", file.toString());
    assertEquals(ExitCode.OK, run.code());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("newer r1pick (schema_version 9)"), run.err());
    assertTrue(run.err().contains("accelerators[0].color, notes[0].id, mood"), run.err());
    assertEquals(Run.on(MACHINE, "recommend").out(), run.out());
  }

  @Test
  void aDocumentOfALaterVersionWithNothingUnknownWasReadWithoutAWord(@TempDir Path folder)
      throws IOException {
    String later =
        Run.on(MACHINE, "hardware", "--format", "json")
            .out()
            .replace("\"schema_version\" : 2", "\"schema_version\" : 99");
    Path file = Files.writeString(folder.resolve("machine.json"), later);
    Run run = Run.on("ci-linux-runner-no-gpu", "recommend", "--machine", file.toString());
    assertEquals(ExitCode.OK, run.code());
    assertEquals(
        "r1pick: "
            + file
            + " was written by a newer r1pick (schema_version 99); what is not known here is"
            + " ignored.\n",
        run.err());
  }

  @Test
  void aBugIsReportedWithoutAStackTrace() {
    Host broken =
        (Host)
            Proxy.newProxyInstance(
                R1PickTest.class.getClassLoader(),
                new Class<?>[] {Host.class},
                (_, method, _) -> {
                  if (method.getName().equals("environment")) {
                    return Optional.empty();
                  }
                  throw new IllegalStateException("broken on purpose");
                });
    Run run = Run.on(broken, Style.PLAIN, "recommend");
    assertEquals(ExitCode.BUG, run.code());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("Please report it"), run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "DeepSeek-R1-Distill-Qwen-14B, 14b",
    "deepseek-ai/DeepSeek-R1-Distill-Qwen-14B, 14b",
    "deepseek-ai/DeepSeek-R1, 671b-q4_K_M",
    "deepseek-ai/DeepSeek-R1-0528, 671b",
    "DeepSeek-R1-0528-Qwen3-8B, 8b",
    "DeepSeek-R1-Distill-Llama-8B, 8b-llama-distill-q4_K_M",
    "R1 14B q8, 14b-qwen-distill-q8_0",
    "r1 32b, 32b",
    "deepseek-r1:14B, 14b",
    "ＤｅｅｐＳｅｅｋ－Ｒ１：１４Ｂ, 14b",
    "14b fp16, 14b-qwen-distill-fp16",
    "Llama 70B, 70b",
    "DeepSeek-R1 满血版, 671b",
    "R1蒸馏14B, 14b",
    "深度求索 r1 32b, 32b",
    "deepseek_r1_14b, 14b",
    "r1_14b_q8_0, 14b-qwen-distill-q8_0",
    "DeepSeekR1:8b, 8b",
    "1.5, 1.5b"
  })
  void aModelIsFoundByTheNameThatOtherPlacesGiveIt(String written, String tag) {
    Run run = Run.on("nvidia-rtx3060-linux", "show", written, "--format", "json");
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertTrue(run.out().contains("\"deepseek-r1:" + tag + "\""), run.out());
  }

  @ParameterizedTest
  @CsvSource({
    "hf.co/unsloth/DeepSeek-R1-Distill-Qwen-14B-GGUF, Nearest: 14b",
    "hf.co/unsloth/DeepSeek-R1-Distill-Qwen-14B-GGUF:Q8_0, Nearest: 14b-qwen-distill-q8_0",
    "DeepSeek-R1-Distill-Qwen-1.5B-Q8_0.gguf, Nearest: 1.5b-qwen-distill-q8_0",
    "14b q5_K_M, 14b"
  })
  void aFileOfAnotherPlaceIsNotTheTagButLeadsToIt(String written, String sentence) {
    Run run = Run.on("nvidia-rtx3060-linux", "show", written);
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains(sentence), run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "编程, coding",
    "翻译, translation",
    "Code, coding",
    "rag, documents",
    "summarize, summarizing",
    "Summarize, summarizing",
    "Long Documents, long-documents",
    "ＭＡＴＨ, math",
    "数学题, math",
    "code review, coding",
    "论文润色, research",
    "作业辅导, education"
  })
  void aUseCaseHasOtherWords(String word, String id) {
    Run run = Run.on("nvidia-rtx3060-linux", "recommend", "--use-case", word);
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertEquals(Run.on("nvidia-rtx3060-linux", "recommend", "--use-case", id), run);
  }
}
