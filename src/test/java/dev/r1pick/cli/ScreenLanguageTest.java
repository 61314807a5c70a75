package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.console.Console;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.host.ForwardingHost;
import dev.r1pick.host.Host;
import dev.r1pick.report.layout.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which language the screen speaks, and what does not follow it.
class ScreenLanguageTest {
  private static final String[] CARD = {"--gpu", "RTX 3060 12GB", "--ram", "32GB"};

  /// The recorded machine with some variables of its user.
  private record With(Host host, Map<String, String> variables) implements ForwardingHost {
    @Override
    public Optional<String> environment(String name) {
      return Optional.ofNullable(variables.get(name)).or(() -> host.environment(name));
    }
  }

  private static Run in(Locale system, Map<String, String> variables, Style style, String... args) {
    var host =
        new LocalRecording(new With(Run.host("nvidia-rtx3060-linux"), variables), Optional.empty());
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    ExitCode code =
        R1Pick.run(
            List.of(args),
            new Console(out, new PrintStream(err, true, StandardCharsets.UTF_8), style),
            host,
            system,
            "1.2.3");
    return new Run(code, out.toString(style.charset()), err.toString(StandardCharsets.UTF_8));
  }

  private static Run in(Locale system, String... args) {
    return in(system, Map.of(), Style.PLAIN, args);
  }

  private static boolean hasHan(String text) {
    return text.codePoints()
        .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
  }

  @Test
  void theScreenSpeaksTheLanguageOfTheSystemUnlessTold() {
    assertTrue(hasHan(in(Locale.CHINESE, "recommend").out()));
    assertTrue(!hasHan(in(Locale.ENGLISH, "recommend").out()));
    assertTrue(!hasHan(in(Locale.CHINESE, "recommend", "--lang", "en").out()));
    assertTrue(hasHan(in(Locale.ENGLISH, "recommend", "--lang=中文").out()));
    assertTrue(
        hasHan(in(Locale.ENGLISH, Map.of("R1PICK_LANG", "zh-CN"), Style.PLAIN, "recommend").out()));
    assertTrue(
        !hasHan(
            in(
                    Locale.ENGLISH,
                    Map.of("R1PICK_LANG", "zh"),
                    Style.PLAIN,
                    "recommend",
                    "--lang",
                    "en")
                .out()));
  }

  @Test
  void helpAndErrorsSpeakItToo() {
    assertTrue(hasHan(in(Locale.CHINESE, "recommend", "--help").out()));
    assertTrue(hasHan(in(Locale.CHINESE, "recommend", "--use-case", "qqq").err()));
    assertTrue(hasHan(in(Locale.ENGLISH, "chekc", "--lang", "zh").err()));
  }

  @Test
  void aLanguageThatIsNotSpokenIsRefusedByName() {
    Run run = in(Locale.ENGLISH, "recommend", "--lang", "fr");
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("--lang \"fr\""), run.err());
    assertTrue(run.err().contains("en, zh"), run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "json",
        "env",
        "csv",
        "tag",
        "command",
        "github",
        "markdown",
        "powershell",
        "fish"
      })
  void formatsForProgramsDoNotChangeWithTheLocale(String format) {
    for (var system : List.of(Locale.CHINESE, Locale.ENGLISH)) {
      for (var variable : List.of("zh", "en")) {
        Run run =
            in(
                system,
                Map.of("R1PICK_LANG", variable),
                Style.PLAIN,
                "recommend",
                "--format",
                format);
        assertEquals(in(Locale.ENGLISH, "recommend", "--format", format).out(), run.out());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "junit", "sarif", "github", "markdown", "csv"})
  void checksForProgramsDoNotChangeWithTheLocale(String format) {
    String english = in(Locale.ENGLISH, "check", "32b", "--format", format).out();
    assertEquals(english, in(Locale.CHINESE, "check", "32b", "--format", format).out());
  }

  @Test
  void onlyLangChangesTheMessagesOfAnError() {
    String[] wrong = {"check", "qqq", "--format", "json"};
    assertEquals(in(Locale.ENGLISH, wrong).out(), in(Locale.CHINESE, wrong).out());
    assertTrue(
        hasHan(in(Locale.ENGLISH, "check", "qqq", "--format", "json", "--lang", "zh").out()));
  }

  @Test
  void aChineseScreenJudgesByChinesePromptsUnlessTold() {
    assertEquals(
        in(Locale.ENGLISH, with("--prompt-language", "zh")).lastLine(),
        in(Locale.CHINESE, with()).lastLine());
    assertEquals(
        in(Locale.ENGLISH, with()).lastLine(),
        in(Locale.CHINESE, with("--prompt-language", "en")).lastLine());
  }

  @Test
  void everyAnswerInChineseToAPersonIsTheSame() {
    String[] card = {"--gpu", "RTX 4090", "--ram", "64GB"};
    String tag = in(Locale.CHINESE, command("recommend", card)).lastLine();
    String shown = tag.replace("ollama pull ", "");
    String page = in(Locale.CHINESE, command("recommend", card, "--format", "html")).out();
    assertTrue(page.contains("的 R1 是 " + shown), shown);
    assertTrue(page.contains("按中文提示词评估"));
    Run next = in(Locale.CHINESE, command("next", card));
    assertTrue(next.out().startsWith(shown), next.out());
    Run english = in(Locale.CHINESE, command("next", card, "--prompt-language", "en"));
    String other = in(Locale.ENGLISH, command("recommend", card)).lastLine();
    assertNotEquals(tag, other);
    assertTrue(english.out().startsWith(other.replace("ollama pull ", "")), english.out());
  }

  private static String[] command(String name, String[] card, String... more) {
    var words = new ArrayList<>(List.of(name));
    words.addAll(List.of(card));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static String[] with(String... more) {
    return command("recommend", CARD, more);
  }

  @Test
  void theOldNameOfThePromptLanguageStillWorksWithARemark() {
    Run old = in(Locale.ENGLISH, with("--language", "zh"));
    assertEquals(in(Locale.ENGLISH, with("--prompt-language", "zh")).out(), old.out());
    assertTrue(old.err().contains("--prompt-language"), old.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GBK", "US-ASCII"})
  void aTerminalGetsNoCharacterThatItsCharsetLacks(String charset) {
    var style = new Style(80, 24, false, Charset.forName(charset));
    for (String command : List.of("recommend", "hardware", "list")) {
      Run run = in(Locale.ENGLISH, Map.of(), style, command);
      assertTrue(!run.out().contains("?"), run.out());
    }
  }

  @Test
  void aTerminalInGbkIsWrittenToInGbk() {
    var style = new Style(80, 24, false, Charset.forName("GBK"));
    assertTrue(hasHan(in(Locale.CHINESE, Map.of(), style, "recommend").out()));
  }

  @Test
  void chineseThatWasAskedForIsNoRowOfQuestionMarks() {
    var style = new Style(80, 24, false, StandardCharsets.US_ASCII);
    Run run = in(Locale.ENGLISH, Map.of(), style, "recommend", "--lang", "zh");
    assertTrue(!run.out().contains("??"), run.out());
  }

  @Test
  void colorIsWhatWasAsked() {
    var plain = new Style(80, 24, false, StandardCharsets.UTF_8);
    var colored = new Style(80, 24, true, StandardCharsets.UTF_8);
    assertTrue(
        in(Locale.ENGLISH, Map.of(), plain, "recommend", "--color", "always")
            .out()
            .contains("\u001b["));
    assertTrue(
        !in(Locale.ENGLISH, Map.of(), colored, "recommend", "--color=never")
            .out()
            .contains("\u001b["));
    assertTrue(
        in(Locale.ENGLISH, Map.of(), colored, "recommend", "--color", "auto")
            .out()
            .contains("\u001b["));
    assertTrue(
        !in(Locale.ENGLISH, Map.of("R1PICK_COLOR", "never"), colored, "recommend")
            .out()
            .contains("\u001b["));
    assertEquals(ExitCode.USAGE, in(Locale.ENGLISH, "recommend", "--color", "blue").code());
  }
}
