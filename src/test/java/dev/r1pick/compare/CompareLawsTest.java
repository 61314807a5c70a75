package dev.r1pick.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every comparison: a thing differs in nothing from itself, and each side says what
/// `check` and `recommend` say.
class CompareLawsTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";

  private static JsonValue json(String line) {
    var args = new ArrayList<String>(List.of(line.split(" ", -1)));
    args.addAll(List.of("--format", "json"));
    return JsonReader.read("answer", Run.on(MACHINE, args.toArray(String[]::new)).out());
  }

  private static Optional<JsonValue> at(JsonValue value, String name) {
    return value.member(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8b 8b", "8b latest", "14b 14b-qwen-distill-q4_K_M", "671b 671b"})
  void oneFileDiffersInNothingFromItself(String tags) {
    String out = Run.on(MACHINE, ("compare " + tags).split(" ", -1)).out();
    assertEquals(
        Optional.of(new JsonValue.Flag(true)), at(json("compare " + tags), "one_file"), tags);
    assertTrue(out.contains("there is no difference"), out);
    // nothing stands side by side
    assertTrue(out.lines().toList().get(2).startsWith("  the same: "), out);
  }

  @ParameterizedTest
  @CsvSource({"7b, 8b, 16k", "14b, 32b, 8k", "1.5b, 70b, 4k"})
  void eachSideIsWhatCheckSays(String one, String other, String context) {
    JsonValue compared = json("compare " + one + " " + other + " --context " + context);
    List<JsonValue> sides = at(compared, "tags").orElseThrow().items();
    for (JsonValue side : sides) {
      JsonValue checked =
          json("check " + side.textAt("tag").orElseThrow() + " --context " + context);
      for (String member :
          List.of(
              "verdict",
              "placement",
              "speed",
              "answer_seconds",
              "max_context_tokens",
              "download_bytes")) {
        assertEquals(at(checked, member), at(side, member), side.textAt("tag") + " " + member);
      }
    }
  }

  @Test
  void theOrderOfTheTagsChangesNoPick() {
    JsonValue there = json("compare 7b 8b");
    JsonValue back = json("compare 8b 7b");
    assertEquals(at(there, "pick"), at(back, "pick"));
  }

  @Test
  void scoresOfTwoHarnessesNeverShareARow() {
    JsonValue compared = json("compare 7b 8b");
    assertTrue(at(compared, "scores").orElseThrow().items().isEmpty(), compared.toString());
    assertFalse(at(json("compare 7b 14b"), "scores").orElseThrow().items().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--gpu RTX4090 --ram 64GB --add-ram 64GB",
        "--gpu RTX4090 --ram 64GB --with RTX4090"
      })
  void anUpgradeThatChangesNothingSaysSoFirst(String line) {
    Run run = Run.on(MACHINE, ("compare " + line).split(" ", -1));
    assertTrue(run.out().startsWith("That changes nothing here: "), run.out());
    assertEquals(
        Optional.of(new JsonValue.Flag(true)), at(json("compare " + line), "changes_nothing"));
  }

  @ParameterizedTest
  @CsvSource({
    "--gpu RTX4060 --ram 32GB, --with RTX5070Ti, --gpu RTX5070Ti --ram 32GB",
    "--gpu RTX3090 --ram 64GB, --add-gpu RTX3090, --gpu 2xRTX3090 --ram 64GB"
  })
  void thePickAfterAnUpgradeIsThatOfTheUpgradedMachine(
      String before, String upgrade, String described) {
    String pick =
        Run.on(MACHINE, ("compare " + before + " " + upgrade + " -q").split(" ", -1)).out();
    assertEquals(Run.on(MACHINE, ("recommend -q " + described).split(" ", -1)).out(), pick);
  }

  @Test
  void moreRamCountsForTheProcessor() {
    Run run = Run.on(MACHINE, "compare", "--cpu-only", "--ram", "8GB", "--add-ram", "56GB");
    String flowing = run.out().replaceAll("\\s+", " ");
    assertTrue(flowing.contains(" the pick moves from "), run.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compare",
        "compare 8b",
        "compare 1.5b 7b 8b 14b 32b",
        "compare 7b 8b --with RTX4090",
        "compare --with RTX4090 --add-gpu RTX4090",
        "compare 7b 9b"
      })
  void whatIsNoQuestionIsRefused(String line) {
    Run run = Run.on(MACHINE, line.split(" ", -1));
    assertEquals(ExitCode.USAGE, run.code(), run.out());
    assertEquals("", run.out());
  }

  @Test
  void quietIsNoFormat() {
    assertEquals(
        ExitCode.USAGE, Run.on(MACHINE, "compare", "7b", "8b", "-q", "--format", "json").code());
  }

  @Test
  void aMacTakesNeitherCardsNorRam() {
    for (String option : List.of("--add-gpu RTX4090", "--with RTX4090", "--add-ram 32GB")) {
      Run run = Run.on("apple-m3-16gb-metal", ("compare " + option).split(" ", -1));
      assertEquals(ExitCode.USAGE, run.code(), option + run.out());
      assertTrue(run.err().contains("a Mac takes neither"), run.err());
    }
  }
}
