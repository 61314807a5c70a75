package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `explain` and `next` say, word for word, in both languages. `-Dapprove=true` writes the
/// screens anew; the difference is then reviewed like code.
class TopicScreensTest {
  private static final Path SCREENS = Path.of("src/test/resources/screens/topics");
  private static final boolean APPROVE = Boolean.getBoolean("approve");
  private static final String MACHINE = "nvidia-rtx3060-linux";
  private static final Style SCREEN = new Style(80, 24, false, StandardCharsets.UTF_8);

  private static final List<List<String>> EXPLAIN =
      List.of(
          List.of("explain"),
          List.of("explain", "7b"),
          List.of("explain", "8b"),
          List.of("explain", "671b-q4_K_M"),
          List.of("explain", "70b-llama-distill-q8_0"),
          List.of("explain", "q4_K_M"),
          List.of("explain", "KV", "cache"),
          List.of("explain", "满血版"),
          List.of("explain", "3B"),
          List.of("explain", "Is R1 7B a mixture of experts?"),
          List.of("explain", "70B AIME 79.8"),
          List.of("explain", "8 GB runs 32B Q4"),
          List.of("explain", "-q", "7b 是不是 MoE"),
          List.of("explain", "16b"),
          List.of("explain", "-q", "32b needs 24GB"),
          List.of("explain", "how much vram do I need"),
          List.of("explain", "7b is faster than 8b"),
          List.of("explain", "quantization ruins the model"),
          List.of("explain", "chocolate cake"));

  private static final List<List<String>> NEXT =
      List.of(
          List.of("next"),
          List.of("next", "14b"),
          List.of("next", "14b", "--client", "chatbox"),
          List.of("next", "14b", "--client", "Continue"),
          List.of("next", "14b", "--client", "lm-studio"),
          List.of("next", "1.5b", "--client", "openai", "-q"),
          List.of("next", "8b", "--client", "openwebui", "--ollama-env", "OLLAMA_HOST=ml:8080"),
          List.of("next", "32b", "--client", "zed", "--format", "snippet"),
          List.of("next", "8b", "--client", "emacs"));

  @ParameterizedTest
  @CsvSource({"explain, en", "explain, zh", "next, en", "next, zh"})
  void theScreenIsTheApprovedOne(String command, String language) throws IOException {
    var text = new StringBuilder();
    for (List<String> line : command.equals("next") ? NEXT : EXPLAIN) {
      Run run = run(line, language);
      text.append("$ r1pick ").append(String.join(" ", line)).append('\n');
      text.append(run.out()).append(run.err());
      text.append("# exit ").append(run.code().code()).append("\n\n");
    }
    Path approved = SCREENS.resolve(command + "." + language + ".txt");
    if (APPROVE) {
      Files.createDirectories(SCREENS);
      Files.writeString(approved, text);
    }
    assertEquals(Files.readString(approved), text.toString());
  }

  @ParameterizedTest
  @CsvSource({"explain, en", "explain, zh", "next, en", "next, zh"})
  void noLineIsWiderThanTheScreenButOneToCopy(String command, String language) {
    for (List<String> line : command.equals("next") ? NEXT : EXPLAIN) {
      for (String shown : run(line, language).out().lines().toList()) {
        boolean copied = shown.contains("https://") || shown.contains(".modelfile");
        assertTrue(Table.width(shown) <= SCREEN.columns() || copied, shown);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "snippet", "json"})
  void theAddressOfTheServerIsToldInEveryFormat(String format) {
    Run run =
        Run.on(
            MACHINE,
            "next",
            "8b",
            "--client",
            "zed",
            "--ollama-env",
            "OLLAMA_HOST=ml.lan:8080",
            "--format",
            format);
    assertTrue(run.out().contains("http://ml.lan:8080"), run.out());
  }

  @Test
  void aVariantIsMadeOnlyWhereTheContextIsNotOllamasOwn() {
    String own = snippetOf("--context", "4k");
    assertTrue(own.contains("\"deepseek-r1:8b\""), own);
    String longer = snippetOf("--context", "5k");
    assertTrue(longer.contains("\"deepseek-r1-8b-5k\""), longer);
  }

  private static String snippetOf(String... context) {
    var words = new ArrayList<>(List.of("next", "8b", "--client", "openai", "-q"));
    words.addAll(List.of(context));
    return Run.on(MACHINE, words.toArray(String[]::new)).out();
  }

  @Test
  void aTagThatDoesNotFitIsConnectedWithAWarning() {
    Run run = Run.on(MACHINE, "next", "671b");
    assertTrue(run.out().contains("! It does not fit here: r1pick check 671b"), run.out());
  }

  private static Run run(List<String> line, String language) {
    var words = new ArrayList<>(line);
    words.addAll(List.of("--lang", language));
    return Run.on(Run.host(MACHINE), SCREEN, words.toArray(String[]::new));
  }
}
