package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.Rule;
import dev.r1pick.catalog.deployment.Deployment;
import dev.r1pick.catalog.read.DeploymentReader;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.DeploymentWording;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// English words and English punctuation that Chinese screens showed.
class ChineseScreensTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";

  /// A blank beside a full-width mark, a half-width comma between Latin and Han, a bracket on a
  /// bracket.
  private static final Pattern MISSET =
      Pattern.compile("[，。；：）] (?=\\S)|(?<=\\S) [（，。]|\\p{IsHan},|, \\p{IsHan}|）（");

  private static Run run(String... args) {
    return Run.in(Locale.CHINESE, MACHINE, args);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hardware --ram 64GB                | given               | 按给定",
        "hardware --ram 64GB                | desktop DDR5        | 台式机 DDR5",
        "hardware                           | (cuda)              | （cuda）",
        "show 14b                           | (8988112209 B)      | （8988112209 字节）",
        "show 14b                           | 14.77 B             | 147.7 亿",
        "explain 7b                         | 7.62B 参数          | 76.2 亿参数",
        "recommend                          | 76 亿参数           | 9 亿参数",
        "recommend --explain                | 由 distill-         | 由 32b 估计",
        "recommend --explain                | small-download      | 下载小",
        "recommend --gpu 4090               | 52,000 字           | 5.2 万字",
        "recommend --vram 24GB              | 24.0 GiB GPU        | 在显存 24.0 GiB 的显卡上",
        "next 14b                           | an OpenAI client    | 其他 OpenAI 客户端",
        "next 14b                           | 自行发送            | 会自己发送 num_ctx：",
        "next 14b --client curl             | Why is the sky blue | 天空为什么是蓝色的？",
        "explain                            | training cost       | 说法",
        "plan 671b --all                    | tensor 8            | 张量并行 8",
        "plan 671b --all                    | no GPU              | 无 GPU",
        "plan 671b                          | 2 台 任意电脑       | 2 台任意电脑",
        "plan 671b                          | 台 8 x              | 台（每台 8×",
        "plan 32b                           | 标价取自            | 标价为美元",
        "recommend --help                   | =时机               | --color=何时",
        "recommend --help                   | =内容               | --priority=偏好",
        "check --help                       | =时机               | --fail-on=级别",
      })
  void anEnglishOrClumsyWordGaveWayToAChineseOne(String line, String before, String now) {
    String out = run(line.split(" ")).out();
    assertFalse(out.contains(before), out);
    assertTrue(out.contains(now), out);
  }

  @Test
  void aPolicyNamesUsesInTheLanguageOfTheScreen(@TempDir Path folder) throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("p.yml"), "require:\n  - use_case: coding\n    min_size: 14b\n");
    String out = run("check", "--policy", policy.toString(), "--gpu", "RTX 4090").out();
    assertTrue(out.contains("编程、14b 或更大"), out);
    String english =
        Run.on(MACHINE, "check", "--policy", policy.toString(), "--gpu", "RTX 4090").out();
    assertTrue(english.contains("coding, 14b or larger"), english);
  }

  @Test
  void aFleetSaysWhereADocumentIsBroken(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("a.json"), "require\n");
    Files.writeString(folder.resolve("b.json"), "");
    Files.createDirectory(folder.resolve("c"));
    String out = run("check", "14b", "--machines", folder.toString()).out();
    assertTrue(out.contains("a：不是合法的 JSON，错在第 1 行第 1 列\n"), out);
    assertTrue(out.contains("b：是空的"), out);
    assertTrue(out.contains("c：不是机器记录"), out);
    assertFalse(out.contains("was expecting"), out);
    String english = Run.on(MACHINE, "check", "14b", "--machines", folder.toString()).out();
    assertFalse(english.contains("was expecting"), english);
    assertTrue(english.contains("line 1, column 1"), english);
  }

  @Test
  void everyRuleHasAChineseName() {
    var wording = new Wording(Messages.in(Locale.CHINESE));
    var english = new ArrayList<String>();
    for (Rule rule : Rule.BOOK) {
      if (wording.rule(rule.id()).equals(rule.id())) {
        english.add(rule.id());
      }
    }
    assertEquals(List.of(), english);
    assertEquals("quality", new Wording(Messages.in(Locale.ENGLISH)).rule("quality"));
  }

  @Test
  void everyWayToRunThe671bIsNamedInChinese() {
    var wording = new DeploymentWording(Messages.in(Locale.CHINESE));
    Pattern english =
        Pattern.compile(" or | and |, | no | x |\\b(of|in|with|the|layers|tensor)\\b");
    var left = new ArrayList<String>();
    for (Deployment way : DeploymentReader.readDefault().ways()) {
      var names = new ArrayList<String>();
      names.add(wording.hardware(way));
      way.split().ifPresent(split -> names.add(wording.split(split)));
      way.rates().forEach(rate -> names.add(wording.measuredOn(rate)));
      names.removeIf(name -> !english.matcher(name).find());
      left.addAll(names);
    }
    assertEquals(List.of(), left);
  }

  @ParameterizedTest
  @CsvSource({
    "recommend --gpu 4090 --use-case 法律 --context 16k --kv-cache-type q8_0",
    "plan 671b --all",
    "plan 32b",
    "hardware --machine src/test/resources/machines/ascend-8x-910b3-kunpeng920",
    "check 32b --gpu 4090",
    "show 671b"
  })
  void noBlankStandsBesideAFullWidthMark(String line) {
    Run run = run(line.split(" "));
    var bad = new ArrayList<String>();
    for (String text : (run.out() + run.err()).lines().toList()) {
      String said = text.strip();
      if (!said.startsWith("$") && MISSET.matcher(said.replaceAll(" {2,}", "\t")).find()) {
        bad.add(said);
      }
    }
    assertEquals(List.of(), bad);
  }

  @Test
  void theHeadingOfMarkdownNamesTheProgramOnce() {
    for (Locale language : List.of(Locale.CHINESE, Locale.ENGLISH)) {
      String out = Run.in(language, MACHINE, "check", "7b", "--format", "markdown").out();
      String heading = out.lines().findFirst().orElseThrow();
      assertEquals(heading.indexOf("r1pick"), heading.lastIndexOf("r1pick"), heading);
    }
  }

  @Test
  void theReasonsOfExplainStandInOneColumn() {
    String out = run("recommend", "--explain").out();
    List<String> rows =
        out.lines()
            .dropWhile(line -> !line.startsWith("其余"))
            .skip(1)
            .takeWhile(line -> line.startsWith("  "))
            .toList();
    assertTrue(rows.size() > 4, out);
    int column = -1;
    for (String row : rows) {
      if (!row.startsWith("    ")) {
        String name = row.strip().split(" {2,}", 2)[0];
        int at =
            Table.width(
                row.substring(0, row.indexOf(row.strip().split(" {2,}", 2)[1], name.length())));
        assertTrue(column < 0 || column == at, row);
        column = at;
      }
    }
  }

  // --- names of GPUs

  @ParameterizedTest
  @CsvSource({
    "780M 核显, Radeon 780M",
    "Radeon 680M 集显, Radeon 680M",
    "P106-100, P106-100",
  })
  void aNamedGpuIsTakenWhateverIsSaidBesideIt(String typed, String shown) {
    Run run = run("hardware", "--gpu", typed, "--ram", "32GB");
    assertTrue(run.out().contains(shown), run.out() + run.err());
  }

  @Test
  void theWordForAnIntegratedGpuAloneNamesNone() {
    assertTrue(run("recommend", "--gpu", "核显").err().contains("--cpu-only"));
  }

  @Test
  void aSharedNameIsSaidWithoutTheSizeOfOneKind() {
    String err = run("recommend", "--gpu", "GTX 1060 5G").err();
    assertTrue(err.contains("GTX 1060 的显存是 3 GB、6 GB"), err);
  }

  @Test
  void whatShowsTheNumbersOfCardsIsThatOfTheirMaker() {
    String nvidia = run("recommend", "--gpu", "4x RTX 4090", "--explain").out();
    assertFalse(nvidia.contains("rocm-smi"), nvidia);
  }
}
