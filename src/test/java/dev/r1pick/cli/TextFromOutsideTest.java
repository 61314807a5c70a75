package dev.r1pick.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.report.layout.Style;
import dev.r1pick.text.Escaping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Text from outside that reached a terminal or a log as it was.
class TextFromOutsideTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";

  /// Clears a screen, turns the direction of text, ends a line in three ways, and gives commands to
  /// the runners of GitHub and Azure.
  private static final String HOSTILE =
      "\u001b[2J\u001b[31mred\uFDD0[32m\u202eevil\u2028::error::one\n::error::two\r  ::warning::three ##[error]four\u0007";

  private static final List<String> FORMATS =
      List.of("text", "json", "github", "markdown", "csv", "junit", "sarif");

  private static void harmless(Run run, boolean annotations) {
    for (String text : List.of(run.out(), run.err())) {
      for (String line : text.split("\n", -1)) {
        boolean ours = annotations && line.startsWith("::") && line.contains("r1pick");
        assertTrue(ours || !line.strip().startsWith("::"), "a command: " + line);
        assertFalse(line.contains("##["), "a command: " + line);
        line.codePoints()
            .filter(c -> c != '\r')
            .forEach(
                c ->
                    assertTrue(
                        !Character.isISOControl(c)
                            && Character.getType(c) != Character.FORMAT
                            && c != 0x2028
                            && c != 0x2029,
                        () -> Integer.toHexString(c) + " in " + line));
      }
    }
  }

  private static String json(String text) {
    return text.replace("\u001b", "\\u001b")
        .replace("\u0007", "\\u0007")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hardware",
        "hardware -v",
        "hardware --format json",
        "recommend",
        "recommend --explain",
        "recommend --format github",
        "recommend --format markdown",
        "recommend --format json",
        "check 32b",
        "check 32b --format junit"
      })
  void aDocumentNamedAGpuAndWasTrusted(String line, @TempDir Path folder) throws IOException {
    String document = Run.on(MACHINE, "hardware", "--format", "json").out();
    Path file =
        Files.writeString(
            folder.resolve("m.json"), document.replace("NVIDIA GeForce RTX 3060", json(HOSTILE)));
    Run run = Run.on(MACHINE, (line + " --machine " + file).split(" "));
    harmless(run, line.contains("github"));
  }

  /// A screen with color draws its own and nothing that a document brings.
  @ParameterizedTest
  @ValueSource(
      strings = {"hardware", "hardware -v", "recommend", "recommend --explain", "check 8b"})
  void aDocumentColoredTheScreenAndForgedLines(String line, @TempDir Path folder)
      throws IOException {
    String document = Run.on(MACHINE, "hardware", "--format", "json").out();
    Path plain = Files.writeString(folder.resolve("plain.json"), document);
    String forged =
        document
            .replace("NVIDIA GeForce RTX 3060", "NVIDIA GeForce RTX 3060\\u001b[31m\\n")
            .replaceAll("(\"cpu\" : \\{\\s*\"name\" : \"[^\"]*)", "$1\\\\n  verdict   forged")
            .replaceAll("(\"basis\" : \"[^\"]*)", "$1\\\\u001b[31m");
    Path file = Files.writeString(folder.resolve("m.json"), forged);
    assertTrue(forged.contains("\\n  verdict"), forged);
    Style colored = new Style(100, true, UTF_8);
    String[] words = (line + " --machine " + plain).split(" ");
    String[] hostile = (line + " --machine " + file).split(" ");
    String before = Run.on(Run.host(MACHINE), colored, words).out();
    String after = Run.on(Run.host(MACHINE), colored, hostile).out();
    assertEquals(colors(before), colors(after), after);
    assertTrue(after.lines().noneMatch(l -> l.startsWith("  verdict")), after);
  }

  private static long colors(String text) {
    return text.chars().filter(c -> c == '\u001b').count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "explain", "show", "recommend --gpu", "recommend --machine"})
  void aHundredKilobytesThatWereTypedWereRepeated(String line) {
    var words = new ArrayList<>(List.of(line.split(" ")));
    words.add("x".repeat(100_000));
    Run run = Run.on(MACHINE, words.toArray(String[]::new));
    assertTrue(run.err().length() < 1_000, () -> run.err().length() + " characters");
    assertTrue(run.err().contains("xxx…"), run.err());
    assertEquals(1, run.err().lines().count());
  }

  @Test
  void aPolicyGaveItsReasonsAndWasTrusted(@TempDir Path folder) throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("p.json"),
            "{\"require\": [{\"ram\": \"900GB\", \"why\": \"" + json(HOSTILE) + "\"}]}");
    for (String format : FORMATS) {
      Run run = Run.on(MACHINE, "check", "--policy", policy.toString(), "--format", format);
      assertEquals(ExitCode.NOTHING_FITS, run.code(), run.err());
      for (String text : run.out().split("\n", -1)) {
        assertFalse(text.contains("##["), text);
      }
      if (!format.equals("github")) {
        harmless(run, false);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--gpu", "--ram", "--use-case", "--machine", "--policy", "--catalog"})
  void anArgumentWasRepeatedAsItStood(String option) {
    Run run = Run.on(MACHINE, option.equals("--policy") ? "check" : "recommend", option, HOSTILE);
    assertEquals(ExitCode.USAGE, run.code());
    harmless(run, false);
    harmless(Run.on(MACHINE, HOSTILE), false);
    harmless(Run.on(MACHINE, "check", HOSTILE), false);
  }

  @Test
  void aProfileNamedAUseAndWasTrusted(@TempDir Path folder) throws IOException {
    String example = Files.readString(Path.of("docs/profiles.md"));
    int start = example.indexOf("```json") + "```json".length();
    String profile = example.substring(start, example.indexOf("```", start));
    String title = "\"title\": \"" + json(HOSTILE) + "\"";
    Path file =
        Files.writeString(
            folder.resolve("p.json"),
            profile.replaceFirst("\"title\": \"[^\"]*\"", "TITLE").replace("TITLE", title));
    for (String format : List.of("text", "markdown", "github")) {
      Run run = Run.on(MACHINE, "recommend", "--profile", file.toString(), "--format", format);
      harmless(run, format.equals("github"));
    }
  }

  @Test
  void aCatalogPutWordsIntoACommand(@TempDir Path folder) throws IOException {
    String catalog = Files.readString(Path.of("catalog/deepseek-r1.json"));
    for (String name : List.of("8b; rm -rf ~", "8b\\n::error::x", "$(id)", "8b'x", "\u202e8b")) {
      Path file =
          Files.writeString(
              folder.resolve("c.json"),
              catalog.replace("\"name\": \"8b\"", "\"name\": \"" + name + "\""));
      Run run = Run.on(MACHINE, "recommend", "--format", "command", "--catalog", file.toString());
      assertEquals(ExitCode.USAGE, run.code(), run.out());
      assertEquals("", run.out());
      assertTrue(run.err().contains("letters, digits"), run.err());
      harmless(run, false);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'::error::x' | ': :error::x'",
        "'  ::x' | '  : :x'",
        "'a ::x' | 'a ::x'",
        "'http://[::1]:11434' | 'http://[::1]:11434'",
        "'a ###[x' | 'a ###(x'",
        "'# [x ##' | '# [x ##'",
      })
  void aLineBeginsNoCommand(String text, String safe) {
    assertEquals(safe, Escaping.output(text, false));
  }

  @Test
  void ourOwnColorsPassAndNoOtherEscape() {
    String bold = new Style(80, true, UTF_8).bold("x");
    assertEquals("\u001b[1mx\u001b[0m", Escaping.screen(bold));
    assertEquals("\uFFFD[31mx", Escaping.screen("\u001b[31mx"));
    assertEquals("\uFFFD[1mx\uFFFD[0m", Escaping.output(bold, false));
    assertEquals("\uFFFD[31mx", Escaping.output("\u001b[31mx", false));
    assertEquals("\uFFFD[2Jx", Escaping.output("\u001b[2Jx", false));
    assertEquals("\uFFFD]0;x\uFFFD", Escaping.output("\u001b]0;x\u0007", false));
  }
}
