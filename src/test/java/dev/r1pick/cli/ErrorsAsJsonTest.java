package dev.r1pick.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.config.HomeHost;
import dev.r1pick.cli.console.Console;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.host.ForwardingHost;
import dev.r1pick.host.Host;
import dev.r1pick.host.OsFamily;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.words.Messages;
import dev.r1pick.units.Bandwidth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// With `--format json` an error is one object on standard output; the exit code says so too.
class ErrorsAsJsonTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "recommend --vram banana --format json | recommend | invalid-value | 2",
        "recommend --format=json --gpuu x | recommend | unknown-option | 2",
        "recommend --gpuu x --format JSON | recommend | unknown-option | 2",
        "recommend --format json --ram | recommend | missing-value | 2",
        "recommend --format json --ram 4GB --ram 8GB | recommend | option-twice | 2",
        "recommend --format json --use-case codng | recommend | unknown-use-case | 2",
        "recommend --format json --gpu RTX-9999 | recommend | unknown-gpu | 2",
        "recommend --format json --gpu RTX_3060 | recommend | ambiguous-gpu | 2",
        "recommend --format json --gpu M3_Max | recommend | missing-ram | 2",
        "recommend --format json --cpu-only --gpu A40 | recommend | conflicting-options | 2",
        "recommend --format json -q | recommend | conflicting-options | 2",
        "recommend --format json --machine /none | recommend | unreadable-file | 2",
        "recommend --format json --catalog README.md | recommend | invalid-file | 2",
        "recommend now --format json | recommend | unknown-word | 2",
        "recomend --format json | - | unknown-command | 2",
        "show --format json | show | missing-tag | 2",
        "show 13b --format json | show | unknown-tag | 2",
        "check 14b --context 999k --format json | check | invalid-value | 2",
        "hardware --format json --measure --ram 8GB | hardware | conflicting-options | 2",
        "recommend --format json --backend metal | recommend | no-such-backend | 2",
      })
  void anErrorIsOneObject(String line, String command, String code, int exitCode) {
    String[] args = line.strip().split(" ");
    for (int i = 0; i < args.length; i++) {
      args[i] = args[i].startsWith("--") ? args[i] : args[i].replace('_', ' ');
    }
    Run run = Run.on(MACHINE, args);
    JsonValue answer = JsonReader.read("stdout", run.out());
    JsonValue error = answer.member("error").orElseThrow();
    String said = error.textAt("message").orElseThrow();
    assertAll(
        () -> assertEquals(exitCode, run.code().code()),
        () -> assertEquals(exitCode, error.wholeAt("exit_code").orElseThrow()),
        () -> assertEquals(code, error.textAt("code").orElseThrow(), run.out()),
        () -> assertEquals(command, answer.textAt("command").orElse("-")),
        () -> assertEquals(1, run.err().lines().count(), run.err()),
        () ->
            assertTrue(
                run.err().startsWith("r1pick: " + said.substring(0, said.length() - 1)), run.err()),
        () -> assertTrue(error.textAt("hint").isPresent() || code.equals("invalid-file"), said));
  }

  @Test
  void messageAndHintAreTheTwoHalvesOfTheSentence() {
    Run run = Run.on(MACHINE, "recommend", "--vram", "a; b. c", "--format", "json");
    assertTrue(
        run.out()
            .contains(
                """
                "message" : "--vram \\"a; b. c\\" is not a memory size.",
                    "hint" : "Write a number above 0 with a unit, such as 24GiB or 512MiB.",
                """
                    .stripTrailing()),
        run.out());
    assertEquals(
        "r1pick: --vram \"a; b. c\" is not a memory size; write a number above 0 with a unit, such as"
            + " 24GiB or 512MiB.\n",
        run.err());
  }

  @Test
  void whatFitsNowhereIsAnAnswerAndNoError() {
    Run run = Run.on(MACHINE, "recommend", "--cpu-only", "--ram", "2GB", "--format", "json");
    assertEquals(ExitCode.NOTHING_FITS, run.code());
    assertTrue(JsonReader.read("stdout", run.out()).member("error").isEmpty());
    assertEquals("", run.err());
  }

  @Test
  void anUnknownMachineIsAnErrorWithItsCode(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("commands.json"), "[]");
    Run run = Run.on(MACHINE, "recommend", "--format", "json", "--machine", folder.toString());
    assertEquals(ExitCode.HARDWARE_UNKNOWN, run.code());
    assertTrue(run.out().contains("\"code\" : \"hardware-unknown\""), run.out());
  }

  @Test
  void aDefaultFormatCountsForErrorsToo(@TempDir Path home) throws IOException {
    Path file = Files.writeString(home.resolve("config"), "format = json\n");
    Map<String, String> byFile = Map.of("R1PICK_CONFIG", file.toString());
    Map<String, String> byVariable = Map.of("R1PICK_FORMAT", "json", "R1PICK_CONFIG", "/none");
    assertTrue(on(byFile, "recommend", "--gpuu").out().contains("\"unknown-option\""));
    assertEquals("", on(byFile, "recommend", "--gpuu", "--format", "text").out());
    assertEquals("", on(byFile, "recommend", "--gpuu", "-q").out());
    assertTrue(on(byVariable, "list").out().contains("\"unreadable-file\""));
    Files.writeString(file, "format = json\nnonsense\n");
    assertEquals("", on(byFile, "list").out());
  }

  private static Run on(Map<String, String> variables, String... args) {
    return Run.on(new HomeHost(Run.host(MACHINE), OsFamily.LINUX, variables), Style.PLAIN, args);
  }

  @Test
  void aBugIsAnObjectToo() {
    Host broken = new Broken(Run.host(MACHINE));
    Run run = Run.on(broken, Style.PLAIN, "recommend", "--format", "json");
    assertEquals(ExitCode.BUG, run.code());
    assertTrue(run.out().contains("\"code\" : \"bug\""), run.out());
    assertTrue(run.out().contains("\"exit_code\" : 70"), run.out());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  /// The launcher begins again without the cache, so that one sentence is said and not two.
  @Test
  void aFaultOfTheFirstTryIsKeptToItself() {
    var err = new ByteArrayOutputStream();
    var out = new ByteArrayOutputStream();
    var first = new FirstTry(out);
    var console = new Console(first, new PrintStream(err, true, UTF_8), Style.PLAIN);
    var host = new LocalRecording(new Broken(Run.host(MACHINE)), Optional.empty());
    List<String> args = List.of("recommend", "--format", "json");
    assertThrows(FirstTry.Failed.class, () -> R1Pick.run(args, console, host, Locale.ENGLISH, "0"));
    assertEquals("", out.toString(UTF_8) + err.toString(UTF_8));
    console.answer("answered\n");
    assertEquals(ExitCode.BUG, R1Pick.run(args, console, host, Locale.ENGLISH, "0"));
  }

  /// A machine of an installation that lacks a class.
  private record Broken(Host host) implements ForwardingHost {
    @Override
    public OsFamily family() {
      throw new NoClassDefFoundError("dev/r1pick/hardware/Gone");
    }
  }

  @Test
  void anAnswerWithAFigureThatIsNotKeptSaysSoInside(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Run run =
        Run.on(
            new LocalRecording(
                HomeHost.withCache(MACHINE, file), Optional.of(new Bandwidth(30_000_000_000L))),
            Style.PLAIN,
            "hardware",
            "--measure",
            "--format",
            "json");
    assertEquals(ExitCode.DISK, run.code());
    JsonValue answer = JsonReader.read("stdout", run.out());
    assertTrue(answer.member("machine").isPresent());
    assertEquals(Optional.of("not-written"), answer.member("error").orElseThrow().textAt("code"));
  }

  @Test
  void everySentenceAboutAnErrorHasAMessageThatIsNotEmpty() throws IOException {
    Messages messages = Messages.in(Locale.ENGLISH);
    Path file = Path.of("src/main/resources/dev/r1pick/messages/en/cli.properties");
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("cli.error.")) {
        String key = line.substring(0, line.indexOf('='));
        Messages.Parts parts = messages.parts(key);
        assertFalse(parts.message().isBlank(), key);
        assertFalse(parts.hint().orElse("-").isBlank(), key);
      }
    }
  }
}
