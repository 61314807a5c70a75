package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Messages;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Chinese readers type: the words of their own screens, full-width letters and signs, their
/// units, their names of processors.
class ChineseInputTest {
  private static final UseCases USE_CASES = UseCaseReader.readDefault();
  private static final String MACHINE = "nvidia-rtx3060-linux";

  private static Run run(String... args) {
    return Run.in(Locale.CHINESE, MACHINE, args);
  }

  @Test
  void everyUseCaseIsTakenByWhatTheScreensCallIt() {
    for (Locale language : List.of(Locale.CHINESE, Locale.ENGLISH)) {
      Messages messages = Messages.in(language);
      for (UseCaseProfile profile : USE_CASES.profiles()) {
        String title = messages.text("use-cases." + profile.id());
        Run run = Run.in(language, MACHINE, "config", "--use-case", title);
        Run recommended = Run.in(language, MACHINE, "recommend", "-q", "--use-case", title);
        assertFalse(recommended.code() == ExitCode.USAGE, title + " " + recommended.err());
        assertFalse(run.code() == ExitCode.USAGE, title + " " + run.err());
      }
    }
  }

  @Test
  void everyUseCaseIsTakenByTheTwoWordsOfTheHelp() {
    String help = Messages.in(Locale.CHINESE).text("cli.option.use-case");
    String list = help.substring(help.indexOf("）：") + 2, help.indexOf("；"));
    int found = 0;
    for (String pair : list.split("、", -1)) {
      String id = pair.split(" ", 2)[0];
      assertEquals(USE_CASES.profile(id), USE_CASES.named(pair), pair);
      assertEquals(USE_CASES.profile(id), USE_CASES.named(pair.split(" ", 2)[1]), pair);
      found++;
    }
    assertEquals(USE_CASES.profiles().size(), found);
  }

  @ParameterizedTest
  @CsvSource({
    "知识库问答, documents",
    "敲代码, coding",
    "翻譯, translation",
    "数学竞赛, math",
    "办公, writing",
    "写代码和审代码, coding",
    "检索问答（RAG）, documents",
    "法律、医疗、金融, law-medicine-finance",
    "ｃｈａｔ, chat"
  })
  void otherWordsForAUseCaseAreTaken(String typed, String id) {
    assertEquals(Optional.of(id), USE_CASES.named(typed).map(UseCaseProfile::id), typed);
  }

  @Test
  void wordsOfTwoUseCasesAreNoneOfThem() {
    assertEquals(Optional.empty(), USE_CASES.named("翻译和数学"));
  }

  @Test
  void anUnknownUseCaseIsAnsweredWithChineseNames() {
    Run run = run("recommend", "--use-case", "下棋");
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("日常对话（chat）、"), run.err());
    assertFalse(run.err().contains("是不是"), run.err());
  }

  @Test
  void aWordThatHoldsAKnownOneSuggestsThatOne() {
    Run run = run("recommend", "--use-case", "帮我翻译论文稿");
    assertTrue(run.err().contains("是不是想写"), run.err());
    assertTrue(run.err().contains("翻译（translation）"), run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recommend --vram １６ＧＢ",
        "recommend --context １６ｋ",
        "recommend --context 1.6万",
        "recommend --min-speed ２０",
        "recommend --max-download １０ＧＢ",
        "recommend --max-wait 90秒",
        "recommend --max-wait ２分钟",
        "recommend --max-wait 1小时",
        "recommend --priority 质量",
        "recommend --license mit，apache-2.0",
        "recommend --license mit、apache-2.0",
        "recommend --parallel ２",
        "compare 14b，32b",
        "compare 14b、32b",
        "compare 14b,32b"
      })
  void quantitiesAndListsAreReadAsTheyAreTyped(String line) {
    Run run = run(line.split(" "));
    assertFalse(run.code() == ExitCode.USAGE, run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "recommend --gpu | --gpu 缺少值；写法见 \"r1pick recommend --help\"。",
        "plan 32b --max-price | --max-price 缺少值；写法见 \"r1pick plan --help\"。",
        "plan 32b --max-price viel | 请像 1500 这样写。",
        "plan 32b --max-power ０ | 请像 300 这样写。",
        "recommend --min-speed fast | 请像 20 这样写。",
        "completion | 没有写 shell；请写 bash、zsh 或 fish。",
        "recommend --report page.html | 不是“种类=文件”的形式",
        "check qwen2.5:7b | “qwen2.5:7b”不是 DeepSeek-R1 的标签",
        "check library/llama3:8b | r1pick 只管 deepseek-r1",
        "check deepseek-r1:9b | 相近的有",
      })
  void anErrorSaysWhatToWrite(String line, String said) {
    Run run = run(line.split(" "));
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains(said), run.err());
  }

  @Test
  void amountsMayHaveTheirChineseUnit() {
    Run run = run("plan", "8b", "--max-price", "1500美元", "--max-power", "300瓦");
    assertFalse(run.code() == ExitCode.USAGE, run.err());
  }

  /// The paragraph about defaults was broken at the ends of the lines of its source.
  @Test
  void theHelpFillsItsLines() {
    for (Locale language : List.of(Locale.CHINESE, Locale.ENGLISH)) {
      String help = Run.in(language, MACHINE, "--help").out();
      List<String> lines =
          help.lines().dropWhile(line -> !line.contains("R1PICK_USE_CASE")).toList();
      assertTrue(lines.getFirst().startsWith("  ") && lines.get(1).startsWith("  "), help);
      assertTrue(Table.width(lines.getFirst()) > 60, help);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--vram, 24, 24GiB",
    "--vram, 1024, 1024GiB",
    "--vram, 24576, 24576MiB",
    "--ram, ６４, 64GiB",
    "--max-download, 20, 20GB"
  })
  void aSizeWithoutItsUnitIsToldToLackIt(String option, String typed, String meant) {
    Run run = run("recommend", option, typed);
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("没有写单位。是不是想写 " + meant + "？"), run.err());
  }
}
