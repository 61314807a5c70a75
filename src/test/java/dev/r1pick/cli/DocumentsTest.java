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

/// The documents are true: their examples are run, their tables are those of the program, their
/// links lead somewhere. `-Dapprove=true` writes the answers of the examples anew.
class DocumentsTest {
  private static final Path README = Path.of("README.md");
  private static final Path PROFILES = Path.of("docs/profiles.md");
  private static final Path SCRIPTS = Path.of("docs/scripts.md");
  private static final boolean APPROVE = Boolean.getBoolean("approve");

  /// The examples describe the machine; what they leave open comes from this one.
  private static final String MACHINE = "nvidia-rtx3060-linux";

  private static final Pattern CONSOLE = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
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
  void theExamplesForScriptsSayWhatTheProgramSays() throws IOException {
    String text = approved(SCRIPTS);
    assertTrue(text.contains("\"code\" : "), "an example has an error");
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
          rebuilt, Matcher.quoteReplacement("```console\n" + answered(block.group(1)) + "```"));
    }
    block.appendTail(rebuilt);
    if (APPROVE) {
      Files.writeString(document, rebuilt.toString());
    }
    return rebuilt.toString();
  }

  private static String answered(String block) {
    var text = new StringBuilder();
    for (String line : block.lines().filter(l -> l.startsWith("$ ")).toList()) {
      var words = new ArrayList<String>();
      Matcher word = WORD.matcher(line.substring(2));
      while (word.find()) {
        words.add(word.group(1) != null ? word.group(1) : word.group(2));
      }
      assertEquals("r1pick", words.removeFirst(), line);
      Run run = Run.on(MACHINE, words.toArray(String[]::new));
      assertTrue(run.code() == ExitCode.USAGE || run.err().isEmpty(), line);
      text.append(line).append('\n').append(run.out());
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
