package dev.r1pick.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What two commands, or two lines of one screen, say of the same thing.
class AgreementTest {
  private static final String DESKTOP = "nvidia-rtx3060-linux";

  private static Run run(String line) {
    return on(DESKTOP, line);
  }

  private static Run on(String host, String line) {
    var words = new ArrayList<String>();
    for (String word : Text.words(line)) {
      words.add(word.replace('_', ' '));
    }
    return Run.on(host, words.toArray(String[]::new));
  }

  private static JsonValue json(String line) {
    return JsonReader.read("answer", run(line + " --format json").out());
  }

  private static String picked(JsonValue answer) {
    return answer.member("recommendation").flatMap(pick -> pick.textAt("tag")).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "RTX_3060_12GB, 32GB, math",
    "RTX_3060_12GB, 32GB, coding",
    "RTX_4090, 64GB, coding",
    "RTX_4060, 16GB, chat",
  })
  void compareNamesThePickForTheUseThatWasAskedFor(String gpu, String ram, String use) {
    String machine = " --gpu " + gpu + " --ram " + ram + " --use-case " + use;
    String pick = picked(json("recommend" + machine)).replace("deepseek-r1:", "");
    String other = pick.equals("7b") ? "14b" : "7b";
    for (String tags : List.of(pick + " " + other, other + " " + pick)) {
      Run compared = run("compare " + tags + machine);
      assertEquals("ollama pull deepseek-r1:" + pick, compared.lastLine(), compared.out());
      assertTrue(compared.out().startsWith("deepseek-r1:" + pick + " for "), compared.out());
      assertEquals("deepseek-r1:" + pick, run("compare " + tags + machine + " --quiet").lastLine());
    }
  }

  @Test
  void noConditionOfAComparisonIsSaidOfTwoTags() {
    String verdict = run("compare 14b 32b 7b --gpu RTX_4090 --ram 64GB").out().split("\n\n", -1)[0];
    String all = verdict.replace('\n', ' ');
    assertTrue(all.contains("14b where you need more than 15k of context"), all);
    assertFalse(all.contains("7b where you need more than 15k"), all);
  }

  @Test
  void aTagThatASmallerCacheFitsWholeIsSaidToDoSo() {
    String out = run("compare 32b 14b --gpu RTX_4090 --ram 64GB --use-case coding").out();
    assertTrue(out.replaceAll("\\s+", " ").contains("whole with a q8_0 KV cache"), out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--vram 24GB --ram 64GB",
        "--vram 48GB --ram 64GB",
        "--gpu M4_Pro --ram 48GB --use-case coding",
        "--gpu M4_Pro --ram 48GB",
      })
  void whatTiesWithThePickIsNotCalledWeakerOrBetter(String machine) {
    JsonValue answer = json("recommend " + machine);
    String screen = run("recommend " + machine).out();
    for (JsonValue caveat : answer.member("caveats").orElseThrow().items()) {
      if (caveat.textAt("id").orElseThrow().equals("near-tie")) {
        String said = caveat.textAt("message").orElseThrow();
        String tied = said.replaceAll(".* evidence there is, (\\S+) is as good here.", "$1");
        for (String line : screen.lines().toList()) {
          boolean offer = line.strip().replaceFirst("^or +", "").startsWith(tied + " ");
          assertFalse(offer && line.contains("weaker"), screen);
          assertFalse(offer && line.contains(" better, but") && !line.contains("perhaps"), screen);
        }
      }
    }
  }

  /// On 80 GB the 70b is planned with 8k and holds over 100k.
  @Test
  void aLongerContextIsNotOfferedWhereThePickHasItToo() {
    String machine = "--gpu H100_80GB --ram 256GB";
    String pick = picked(json("recommend " + machine)).replace("deepseek-r1:", "");
    JsonValue check = json("check " + pick + " " + machine);
    long longest = check.wholeAt("max_context_tokens").orElseThrow();
    for (JsonValue other :
        json("recommend " + machine).member("alternatives").orElseThrow().items()) {
      assertTrue(
          !other.textAt("trade").orElseThrow().equals("longer-context")
              || other.wholeAt("context_tokens").orElseThrow() >= 2 * longest,
          other.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nvidia-wsl2-rtx4090, --gpu RTX_3060_12GB --ram 32GB",
    "container-cgroup2-nested-limit, --gpu RTX_3060_12GB --ram 32GB",
    "container-cgroup2-nested-limit, --cpu-only --ram 16GB",
    "ci-linux-runner-no-gpu, --gpu RTX_4090 --ram 64GB --use-case coding --priority quality",
    "ci-linux-runner-no-gpu, --cpu-only --ram 16GB",
  })
  void aDescribedMachineIsTheSameWhereverItIsAskedFrom(String host, String machine) {
    String line = "recommend --format json --ollama-version 0.30.0 " + machine;
    assertEquals(answer(DESKTOP, line), answer(host, line));
  }

  private static String answer(String host, String line) {
    JsonValue answer = JsonReader.read("answer", on(host, line).out());
    return answer.member("recommendation").orElseThrow().toString()
        + answer.member("caveats").orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--max-download 30GB", "--max-wait 60s", "--license MIT --top 1"})
  void whatTheAskerRuledOutIsNotWhatToBuyMemoryFor(String limit) {
    String machine = "recommend --gpu RTX_4090 --ram 64GB ";
    assertTrue(run(machine).out().contains("70b"), "else nothing is tried here");
    assertFalse(run(machine + limit).out().contains("70b "), limit);
  }

  @Test
  void aLimitThatATagKeepsIsNotTheReasonAgainstIt() {
    for (JsonValue rejection :
        json("recommend --gpu RTX_4090 --ram 64GB --prompt-language zh")
            .member("rejected")
            .orElseThrow()
            .items()) {
      String reason = rejection.textAt("reason").orElseThrow();
      var figures = reason.replaceFirst("^has quality (\\d+) of 100.*below (\\d+) .*$", "$1 $2");
      if (!figures.equals(reason)) {
        String[] both = figures.split(" ", -1);
        assertTrue(Integer.parseInt(both[0]) < Integer.parseInt(both[1]), reason);
      }
    }
  }
}
