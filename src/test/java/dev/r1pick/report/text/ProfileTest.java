package dev.r1pick.report.text;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.report.json.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A user's own use case: taken where it is right, refused with the place where it is not.
class ProfileTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";
  private static final Path EXAMPLE = Path.of("docs/profile-example.json");
  private static final Schemas SCHEMAS = Schemas.published();

  @TempDir Path folder;

  @Test
  void theExampleIsThatOfThePageFollowsTheSchemaAndIsTaken() throws IOException {
    String example = Files.readString(EXAMPLE);
    String page = Files.readString(Path.of("docs/profiles.md"));
    Run recommend = Run.on(MACHINE, "recommend", "--profile", EXAMPLE.toString());
    Run check = Run.on(MACHINE, "check", "14b", "--profile", EXAMPLE.toString());
    assertAll(
        () -> assertTrue(page.contains("```json\n" + example + "```"), page),
        () -> assertEquals(List.of(), SCHEMAS.faults("profile", example)),
        () -> assertEquals(ExitCode.OK, recommend.code(), recommend.err()),
        () ->
            assertTrue(
                recommend.out().replace('\n', ' ').contains("reviewing merge requests overnight"),
                recommend.out()),
        () -> assertEquals("", check.err()));
  }

  @Test
  void whatTheProfileSaysIsWhatTheTagsAreJudgedBy() throws IOException {
    String slow = "{\"id\": \"slow\", \"based_on\": \"chat\", \"context_tokens\": 32768}";
    Run own = on(slow, "--gpu", "RTX 4090", "--format", "json");
    Run chat = Run.on(MACHINE, "recommend", "--gpu", "RTX 4090", "--format", "json");
    assertTrue(chat.out().contains("\"context_tokens\" : 8192,"), chat.out());
    assertFalse(own.out().contains("\"context_tokens\" : 8192,"), own.out());
  }

  @Test
  void aProfileWithoutABaseSaysEverythingItself() throws IOException {
    String whole =
        """
        {"id": "mine", "signals": [{"benchmark": "swallow/mmlu_pro", "weight": 1}],
         "prompt_tokens": 500, "answer_tokens_typical": 900, "answer_tokens_heavy": 900,
         "context_tokens": 4096, "reader_tokens_per_second": 20,
         "acceptable_wait_seconds": 60, "least_tokens_per_second": 5}
        """;
    assertEquals(List.of(), SCHEMAS.faults("profile", whole));
    assertEquals(ExitCode.OK, on(whole).code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"weight\": 3 | \"wieght\": 3 | signals[0].weight is missing | true",
        "\"weight\": 3 | \"weight\": 3, \"wieght\": 4 | :6: | false",
        "\"prompt_tokens\": 12000 | \"prompt_token\": 12000 | prompt_token is not a known field; did you mean prompt_tokens? | true",
        "\"prompt_tokens\": 12000 | \"prompt_token\": 12000 | profile.json:9:3: | true",
        "\"prompt_tokens\": 12000 | \"prompt_tokens\": \"12k\" | prompt_tokens must be a whole number | true",
        "\"prompt_tokens\": 12000 | \"prompt_tokens\": 0 | profile.json:9:3: prompt_tokens is out of range | true",
        "\"prompt_tokens\": 12000 | \"prompt_tokens\": null | prompt_tokens is null | true",
        "\"prompt_tokens\": 12000 | \"prompt_tokens\": | is not valid JSON: line 9, column | false",
        "\"coding\" | \"codign\" | based_on names nothing that is known; nearest: coding | false",
        "aggregator/codereviewqa_localization | aggregator/codereview | signals[0].benchmark names nothing that is known; nearest: aggregator/codereviewqa_localization | false",
        "\"id\": \"code-review\" | \"id\": \"Code Review\" | id must be one of: a-z | true",
        "\"weight\": 3 | \"weight\": 0 | signals[0].weight is out of range | true",
        "\"prompt_tokens\": 12000 | \"warnings\": [\"no-such-thing\"] | warnings names nothing that is known | false",
      })
  void aSlipIsNamedWithItsPlace(String right, String wrong, String words, Boolean bySchema)
      throws IOException {
    String example = Files.readString(EXAMPLE);
    assertTrue(example.contains(right), right);
    String broken = example.replaceFirst(java.util.regex.Pattern.quote(right), wrong);
    Run run = on(broken);
    assertAll(
        () -> assertEquals(ExitCode.USAGE, run.code()),
        () -> assertEquals("", run.out()),
        () -> assertTrue(run.err().contains(words), run.err()));
    if (Boolean.TRUE.equals(bySchema)) {
      assertFalse(SCHEMAS.faults("profile", broken).isEmpty(), "the schema sees it too");
    }
  }

  @Test
  void anAnswerThatIsLongerTypicallyThanAtItsLongestIsRefused() throws IOException {
    Run run =
        on(
            """
            {"id": "x", "based_on": "chat",
             "answer_tokens_typical": 900, "answer_tokens_heavy": 800}
            """);
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("answer_tokens_heavy is out of range"), run.err());
  }

  @Test
  void aProfileAndAUseCaseAreOneTooMany() {
    Run run = Run.on(MACHINE, "recommend", "--profile", EXAMPLE.toString(), "--use-case", "coding");
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("give it or --use-case"), run.err());
  }

  @Test
  void aProfileThatIsNotThereOrAFolderIsRefused() {
    for (String file : List.of("no/such/file.json", "docs", "")) {
      Run run = Run.on(MACHINE, "recommend", "--profile", file);
      assertEquals(ExitCode.USAGE, run.code(), file);
    }
  }

  private Run on(String profile, String... options) throws IOException {
    Path file = folder.resolve("profile.json");
    Files.writeString(file, profile);
    var args = new java.util.ArrayList<>(List.of("recommend", "--profile", file.toString()));
    args.addAll(List.of(options));
    return Run.on(MACHINE, args.toArray(String[]::new));
  }
}
