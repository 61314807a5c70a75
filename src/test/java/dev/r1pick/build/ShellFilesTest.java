package dev.r1pick.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.cli.R1Pick;
import dev.r1pick.cli.Run;
import dev.r1pick.cli.completion.ShellModel;
import dev.r1pick.cli.completion.ShellModel.ShellCommand;
import dev.r1pick.cli.completion.ShellModel.ShellOption;
import dev.r1pick.cli.completion.ShellModel.Values;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.report.words.Messages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Completions run in the real shells, and manual pages rendered by the real program, where they
/// are installed; the words that are offered are held to what the commands take.
class ShellFilesTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";
  private static final Map<String, String> FILES = ShellFiles.all("1.2.3");

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    for (var file : FILES.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  static Stream<ShellCommand> commands() {
    return ShellModel.of(
        R1Pick.commands(),
        Messages.in(Locale.ENGLISH),
        CatalogReader.readDefault(),
        UseCaseReader.readDefault())
        .commands()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyWordThatIsOfferedIsTakenAndNoWordIsLeftOut(ShellCommand command) {
    for (ShellOption option : command.options()) {
      if (option.values() instanceof Values.Words(var words)) {
        String name = option.names().getFirst();
        for (String word : words) {
          Run run = run(command, name, word);
          assertTrue(isTaken(run), name + " " + word + ": " + run.err());
        }
        Run wrong = run(command, name, "%");
        assertEquals(ExitCode.USAGE, wrong.code(), name);
        String before = " is unknown; write one of ";
        int list = wrong.err().indexOf(before);
        if (list >= 0) {
          String known =
              wrong.err().substring(list + before.length(), wrong.err().lastIndexOf('.'));
          assertEquals(String.join(", ", words), known, name);
        }
      }
    }
  }

  /// A backend that no GPU of the recorded machine has is understood, and refused for that.
  private static boolean isTaken(Run run) {
    return run.code() != ExitCode.USAGE || run.err().contains("no GPU of this machine is used");
  }

  private static Run run(ShellCommand command, String option, String value) {
    var args = new ArrayList<String>(List.of(command.name()));
    command
        .wordLabel()
        .ifPresent(_ -> args.add(command.name().equals("completion") ? "bash" : "8b"));
    if (command.name().equals("compare")) {
      args.add("7b");
    }
    if (value.equals("snippet")) {
      args.addAll(List.of("--client", "chatbox")); // a snippet is of one client
    }
    args.add(option);
    args.add(value);
    return Run.on(MACHINE, args.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "r1pick rec, recommend",
    "r1pick recommend --use-case cod, coding",
    "r1pick recommend --format = js, json",
    "r1pick recommend --prio, --priority",
    "r1pick recommend -, --help",
    "r1pick check --fail-on w, warn",
    "r1pick check 671, 671b",
    "r1pick show --for, --format",
    "r1pick recommend --machine READ, README.md",
    "r1pick --v, --version",
  })
  void bashOffers(String line, String expected) throws Exception {
    String words = line.replace(" ", "' '");
    assertTrue(
        bash("COMP_WORDS=('" + words + "')").contains(expected), line + " offers " + expected);
  }

  @ParameterizedTest
  @CsvSource({"r1pick recommend --gpu R", "r1pick recommend --ram 6", "r1pick list --no-such"})
  void bashOffersNothingWhereNothingIsKnown(String line) throws Exception {
    assertEquals(Set.of(), bash("COMP_WORDS=('" + line.replace(" ", "' '") + "')"));
  }

  /// What a real bash offers for the last of the words.
  private Set<String> bash(String words) throws Exception {
    assumeTrue(isInstalled("bash"), "no bash here");
    String script =
        "source '"
            + folder.resolve("bash-completion/completions/r1pick")
            + "' && "
            + words
            + " && COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) ; _r1pick; "
            + "{ [ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' \"${COMPREPLY[@]}\"; }";
    return new TreeSet<>(said("bash", "--norc", "-c", script).lines().toList());
  }

  @Test
  void bashKnowsTheFunctionByTheNameOfTheProgram() throws Exception {
    assumeTrue(isInstalled("bash"), "no bash here");
    Path file = folder.resolve("bash-completion/completions/r1pick");
    assertEquals(
        "complete -F _r1pick r1pick\n",
        said("bash", "--norc", "-c", "source '" + file + "'; complete -p r1pick"));
  }

  @Test
  void fishOffersWordsAndTheirMeaning() throws Exception {
    assumeTrue(isInstalled("fish"), "no fish here");
    String load = "source " + folder.resolve("fish/vendor_completions.d/r1pick.fish") + "; ";
    String found = said("fish", "-c", load + "complete -C 'r1pick recommend --use-case cod'");
    assertEquals(1, found.lines().count(), found);
    assertTrue(found.startsWith("coding"), found);
    assertTrue(
        said("fish", "-c", load + "complete -C 'r1pick rec'").startsWith("recommend\tSays which"));
  }

  @Test
  void zshReadsItsFunction() throws Exception {
    assumeTrue(isInstalled("zsh"), "no zsh here");
    assertEquals("", said("zsh", "-n", folder.resolve("zsh/site-functions/_r1pick").toString()));
  }

  @Test
  void zshOffersEveryOptionWithItsValues() {
    String function = FILES.getOrDefault("zsh/site-functions/_r1pick", "");
    assertTrue(function.startsWith("#compdef r1pick\n"), "zsh finds it by its first line");
    commands()
        .flatMap(command -> command.options().stream())
        .forEach(
            option -> assertTrue(function.contains(option.names().getFirst()), option.label()));
    assertTrue(function.contains(":(quality balanced speed)'"), function);
  }

  @ParameterizedTest
  @CsvSource({
    "bash, bash-completion/completions/r1pick",
    "zsh, zsh/site-functions/_r1pick",
    "fish, fish/vendor_completions.d/r1pick.fish"
  })
  void theProgramPrintsWhatThePackageHas(String shell, String file) {
    assertEquals(FILES.get(file), Run.on(MACHINE, "completion", shell).out());
  }

  @ParameterizedTest
  @CsvSource({"zsh", "fish"})
  void whatAnOptionMeansIsSaidInTheLanguageOfTheScreen(String shell) {
    String chinese = Run.on(MACHINE, "completion", shell, "--lang", "zh").out();
    assertTrue(chinese.contains("显示帮助后退出。"), chinese);
    assertFalse(chinese.contains("Show this help"), chinese);
  }

  @Test
  void onlyShellsAreCompleted() {
    Run run = Run.on(MACHINE, "completion", "tcsh");
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("bash, zsh, fish"), run.err());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void manRendersThePageWithoutAComplaint(String page) throws Exception {
    assumeTrue(isInstalled("man"), "no man here");
    Path file = folder.resolve(page);
    String text = said("sh", "-c", "MANWIDTH=80 man --warnings -l '" + file + "' 2>&1 | col -b");
    assertTrue(text.contains(page.contains("zh_CN") ? "退出状态" : "EXIT STATUS"), text);
    assertTrue(text.contains("r1pick 1.2.3"), text);
    assertFalse(text.contains("warning:"), text);
  }

  static Stream<String> pages() {
    return FILES.keySet().stream().filter(file -> file.startsWith("man/"));
  }

  @Test
  void everyCommandHasAPageWithAllItsOptions() {
    commands()
        .forEach(
            command -> {
              for (String language : List.of("", "zh_CN/")) {
                String file = "man/" + language + "man1/r1pick-" + command.name() + ".1";
                String page = FILES.getOrDefault(file, "");
                for (ShellOption option : command.options()) {
                  String name = option.names().getFirst().replace("-", "\\-");
                  assertTrue(page.contains("\\fB" + name + "\\fR"), file + " " + name);
                }
              }
            });
  }

  private static boolean isInstalled(String program) {
    for (String place : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(place, program))) {
        return true;
      }
    }
    return false;
  }

  private static String said(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), text);
    return text;
  }
}
