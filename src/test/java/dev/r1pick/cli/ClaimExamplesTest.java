package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.read.TopicReader;
import dev.r1pick.catalog.topic.Claim;
import dev.r1pick.cli.console.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The commands that claims name as their proof run, and show what the claims say.
class ClaimExamplesTest {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern RATE = Pattern.compile("(\\d+)[–~]\\d+ tokens/s");

  private static Run run(String command) {
    var words = new ArrayList<String>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(word.group(1) != null ? word.group(1) : word.group(2));
    }
    assertEquals("r1pick", words.removeFirst(), command);
    return Run.on("nvidia-rtx3060-linux", words.toArray(String[]::new));
  }

  private static Claim claim(String id) {
    return TopicReader.claims().claims().stream()
        .filter(claim -> claim.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyCommandIsUnderstood() {
    var broken = new ArrayList<String>();
    for (Claim claim : TopicReader.claims().claims()) {
      claim
          .example()
          .ifPresent(
              command -> {
                Run run = run(command);
                if (run.code() != ExitCode.OK && run.code() != ExitCode.NOTHING_FITS) {
                  broken.add(command + ": " + run.err());
                }
              });
    }
    assertEquals(List.of(), broken);
  }

  /// What a claim says of a machine is what `check` says of it.
  @ParameterizedTest
  @CsvSource({
    "c17, 0, fits whole",
    "c18, 0, fits whole",
    "c27, 0, fits whole",
    "c46, 0, fits whole",
    "c79, 1, does not fit",
    "c80, 0, fits whole",
    "c83, 1, does not fit whole",
    "c90, 0, fits whole",
    "c91, 0, fits whole",
    "c92, 0, fits whole",
    "c97, 1, 19 of"
  })
  void theCommandShowsWhatTheClaimSays(String id, int code, String words) {
    Run run = run(claim(id).example().orElseThrow());
    assertAll(
        () -> assertEquals(code, run.code().code(), run.out()),
        () -> assertTrue(run.out().replaceAll("\\s+", " ").contains(words), run.out()));
  }

  @Test
  void theEightBIsSlowerThanTheSevenBOnTheSameCard() {
    String eight = claim("c73").example().orElseThrow();
    assertTrue(lowest(run(eight)) < lowest(run(eight.replace("check 8b", "check 7b"))));
  }

  @Test
  void theFourteenBIsAsFastAsTheClaimSays() {
    String card = claim("c94").example().orElseThrow();
    assertTrue(lowest(run(card)) > 60);
    assertTrue(lowest(run(card.replace("RTX 4090", "RTX 3060 12GB"))) > 20);
  }

  private static int lowest(Run run) {
    Matcher rate = RATE.matcher(run.out());
    assertTrue(rate.find(), run.out());
    return Integer.parseInt(rate.group(1));
  }
}
