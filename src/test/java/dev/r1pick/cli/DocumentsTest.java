package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.config.Defaults;
import dev.r1pick.cli.console.ErrorCodes;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.report.words.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The documents are true: their examples are run, their tables are those of the program, their
/// links lead somewhere. `-Dapprove=true` writes the answers of the examples anew.
class DocumentsTest {
  private static final Path README = Path.of("README.md");
  private static final Path PROFILES = Path.of("docs/profiles.md");
  private static final Path PLAN = Path.of("docs/plan.md");
  private static final Path SCRIPTS = Path.of("docs/scripts.md");
  private static final Path CHINESE = Path.of("docs/zh");
  private static final boolean APPROVE = Boolean.getBoolean("approve");

  /// The examples describe the machine; what they leave open comes from this one.
  private static final String MACHINE = "nvidia-rtx3060-linux";

  private static final Pattern CONSOLE = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

  /// A page with its examples as the program answers them; `-Dapprove=true` writes it so.
  private static String approved(Path page) throws IOException {
    String text = rebuilt(page);
    if (Boolean.getBoolean("approve")) {
      Files.writeString(page, text);
    }
    assertEquals(text, Files.readString(page));
    return text;
  }

  @Test
  void theExamplesOfTheReadmeSayWhatTheProgramSays() throws IOException {
    String text = approved(README);
    assertTrue(text.contains("ollama pull deepseek-r1:"), "an example has an answer");
  }

  @Test
  void theExamplesOfProfilesSayWhatTheProgramSays() throws IOException {
    String text = approved(PROFILES);
    assertTrue(text.contains("\ndeepseek-r1:"), "an example has an answer");
  }

  @Test
  void theExamplesOfPlansSayWhatTheProgramSays() throws IOException {
    String text = rebuilt(PLAN);
    assertEquals(text, Files.readString(PLAN));
    assertTrue(text.contains("\nr1pick check 32b "), "an example has an answer");
  }

  @Test
  void theExamplesForScriptsSayWhatTheProgramSays() throws IOException {
    String text = approved(SCRIPTS);
    assertTrue(text.contains("\"code\" : "), "an example has an error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "use.md", "scripts.md", "faq.md"})
  void theExamplesInChineseSayWhatTheProgramSays(String name) throws IOException {
    Path document = CHINESE.resolve(name);
    String text = rebuilt(document);
    assertEquals(text, Files.readString(document));
  }

  /// What a reader copies from a block is understood and has an answer, be it that nothing fits.
  @ParameterizedTest
  @ValueSource(
      strings = {"README.md", "use.md", "scripts.md", "ci.md", "policy.md", "faq.md", "install.md"})
  void everyCommandInChineseDocumentsIsUnderstood(String name, @TempDir Path folder)
      throws IOException {
    String text = Files.readString(CHINESE.resolve(name));
    Path machines = Files.createDirectory(folder.resolve("machines"));
    Files.writeString(
        machines.resolve("one.json"), Run.on(MACHINE, "hardware", "--format", "json").out());
    Path policy = Files.writeString(folder.resolve("team.yml"), yaml("docs/zh/policy.md"));
    int commands = 0;
    Matcher block = SHELL.matcher(text);
    while (block.find()) {
      for (String line : block.group(1).lines().filter(l -> l.startsWith("r1pick ")).toList()) {
        List<String> words = words(line);
        words.removeFirst();
        words.replaceAll(word -> word.equals("team.yml") ? policy.toString() : word);
        words.replaceAll(word -> word.equals("machines/") ? machines.toString() : word);
        words.replaceAll(word -> word.replaceAll("^(junit|sarif|html)=", "$1=" + folder + "/"));
        if (words.getFirst().equals("check") && isAboutAPolicy(words)) {
          words.addAll(List.of("--policy", policy.toString()));
        }
        Run run = Run.in(Locale.CHINESE, MACHINE, words.toArray(String[]::new));
        assertTrue(
            List.of(ExitCode.OK, ExitCode.NOTHING_FITS).contains(run.code()),
            line + "\n" + run.err());
        assertFalse(run.out().isBlank(), line);
        commands++;
      }
    }
    assertTrue(commands > 1, name);
  }

  private static boolean isAboutAPolicy(List<String> words) {
    return !words.contains("--policy") && (words.size() == 1 || words.get(1).startsWith("-"));
  }

  private static String yaml(String document) throws IOException {
    String page = Files.readString(Path.of(document));
    int start = page.indexOf("```yaml\n") + "```yaml\n".length();
    return page.substring(start, page.indexOf("```", start));
  }

  @Test
  void theExitCodesInChineseAreThoseOfTheProgram() throws IOException {
    String text = Files.readString(CHINESE.resolve("scripts.md"));
    Messages messages = Messages.in(Locale.CHINESE);
    for (ExitCode code : List.of(ExitCode.OK, ExitCode.NOTHING_FITS, ExitCode.USAGE)) {
      String row = "| " + code.code() + " | " + messages.text("cli.exit." + code.code()) + " |\n";
      assertTrue(text.contains(row), row);
    }
  }

  @Test
  void theExamplesOfExplainSayWhatTheProgramSays() throws IOException {
    String text = rebuilt(Path.of("docs/explain.md"));
    assertEquals(text, Files.readString(Path.of("docs/explain.md")));
    assertTrue(text.contains("\n✗ "), "an example has a verdict");
  }

  @Test
  void theTableOfDefaultsIsThatOfTheProgram() throws IOException {
    var table = new StringBuilder("| option | variable | key in the file |\n|---|---|---|\n");
    for (String option : Defaults.OPTIONS) {
      table
          .append("| `")
          .append(option)
          .append("` | `")
          .append(Defaults.variable(option))
          .append("` | `")
          .append(Defaults.key(option))
          .append("` |\n");
    }
    String text = Files.readString(SCRIPTS);
    assertTrue(text.contains(table + "\n"), table + "\nis not in\n" + text);
  }

  @Test
  void everyCodeOfAnErrorIsExplained() throws IOException {
    String text = Files.readString(SCRIPTS);
    for (String code : ErrorCodes.all()) {
      assertTrue(text.contains("`" + code + "`"), code);
    }
  }

  private static String rebuilt(Path document) throws IOException {
    var rebuilt = new StringBuilder();
    Matcher block = CONSOLE.matcher(Files.readString(document));
    while (block.find()) {
      block.appendReplacement(
          rebuilt,
          Matcher.quoteReplacement(
              "```console\n" + answered(block.group(1), language(document)) + "```"));
    }
    block.appendTail(rebuilt);
    if (APPROVE) {
      Files.writeString(document, rebuilt.toString());
    }
    return rebuilt.toString();
  }

  private static Locale language(Path document) {
    return document.startsWith(CHINESE) ? Locale.CHINESE : Locale.ENGLISH;
  }

  private static List<String> words(String line) {
    var words = new ArrayList<String>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      words.add(word.group(1) != null ? word.group(1) : word.group(2));
    }
    return words;
  }

  private static String answered(String block, Locale language) {
    var text = new StringBuilder();
    for (String line : block.lines().filter(l -> l.startsWith("$ ")).toList()) {
      List<String> words = words(line.substring(2));
      assertEquals("r1pick", words.removeFirst(), line);
      Run run = Run.in(language, MACHINE, words.toArray(String[]::new));
      assertTrue(run.code() == ExitCode.USAGE || run.err().isEmpty(), line);
      text.append(line).append('\n').append(run.out());
      if (run.out().isEmpty()) {
        text.append(run.err());
      }
    }
    return text.toString();
  }

  @Test
  void theReadmeBeginsWithWhatTheToolPrintsAndTheTwoCommands() throws IOException {
    List<String> lines = Files.readAllLines(README);
    String start = String.join("\n", lines.subList(0, Math.min(50, lines.size())));
    assertAll(
        () -> assertTrue(start.contains("$ r1pick recommend"), start),
        () ->
            assertTrue(
                start.contains(
                    "\nmvn -q package -DskipTests && target/r1pick/bin/r1pick recommend\n"),
                start),
        () -> assertTrue(start.contains("\nmvn verify\n"), start));
  }

  @Test
  void theExitCodesOfTheReadmeAreThoseOfTheProgram() throws IOException {
    Messages messages = Messages.in(Locale.ENGLISH);
    var table = new StringBuilder();
    for (ExitCode code : ExitCode.values()) {
      table
          .append("| ")
          .append(code.code())
          .append(" | ")
          .append(messages.text("cli.exit." + code.code()))
          .append(" |\n");
    }
    String readme = Files.readString(README);
    assertTrue(readme.contains("| exit code | meaning |\n|---|---|\n" + table + "\n"), readme);
  }

  @Test
  void everyLinkToAFileLeadsToOne() throws IOException {
    var dangling = new ArrayList<String>();
    try (var files = Files.walk(Path.of("docs"))) {
      var documents = new ArrayList<>(files.filter(f -> f.toString().endsWith(".md")).toList());
      documents.add(README);
      for (Path document : documents) {
        Matcher link = LINK.matcher(Files.readString(document));
        while (link.find()) {
          Path folder = document.toAbsolutePath().getParent();
          if (folder == null || !Files.exists(folder.resolve(link.group(1)))) {
            dangling.add(document + ": " + link.group(1));
          }
        }
      }
    }
    assertEquals(List.of(), dangling);
  }

  @Test
  void nothingInTheDocumentsIsUnfinished() throws IOException {
    try (var files = Files.walk(Path.of("docs"))) {
      for (Path document : files.filter(f -> f.toString().endsWith(".md")).toList()) {
        String text = Files.readString(document);
        assertFalse(text.contains("TODO") || text.contains("FIXME"), document.toString());
      }
    }
  }
}
