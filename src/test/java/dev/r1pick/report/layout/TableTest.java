package dev.r1pick.report.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.text.Escaping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  private static final Path SENTENCES = Path.of("src/main/resources/dev/r1pick/messages/zh");

  /// A line that begins or ends as none may; a file name may begin with a dot.
  private static final Pattern MISSET =
      Pattern.compile(
          ".*(\\n([，。、；：？！）】》”’…·)\\]},;:?!%]|\\.(?![a-z]))|[（【《“‘(\\[{]\\n).*", Pattern.DOTALL);

  /// A number at the end of a line, and what it counts at the beginning of the next.
  private static final Pattern TORN =
      Pattern.compile(
          ".*[0-9]\\n(GiB|GB|MiB|tokens/s|token|秒|分钟|小时|天|层|张|倍|分|亿)(?![A-Za-z/]).*",
          Pattern.DOTALL);

  private static final String BOLD = Escaping.COLOR + "[1m";
  private static final String PLAIN = Escaping.COLOR + "[0m";

  @Test
  void columnsLineUpAlsoWithChineseAndColor() {
    assertEquals(
        List.of("显存  a", BOLD + "RAM" + PLAIN + "   b"),
        new Table(2).row("显存", "a").row(BOLD + "RAM" + PLAIN, "b").lines());
  }

  @ParameterizedTest
  @CsvSource({
    "abc, 3",
    "显存, 4",
    "，。（）, 8",
    "·–…“”█▓▒░✓✗→, 12",
    "𠮷野家, 6",
    "👍, 2",
    "ｱ, 1",
    "한국, 4",
    "é, 1",
    "①, 1"
  })
  void aCharacterTakesTheColumnsThatUnicodeGivesIt(String text, int columns) {
    assertEquals(columns, Table.width(text));
  }

  @Test
  void aMarkOnACharacterTakesNoColumn() {
    assertEquals(1, Table.width("e\u0301"));
    assertEquals(2, Table.width("\u26a1\ufe0f"));
  }

  @Test
  void sentencesBreakAtBlanksAndNeverBeyondTheWidth() {
    assertEquals(List.of("one two", "three"), Table.wrap("one two three", 8));
  }

  @Test
  void chineseBreaksBetweenAnyTwoCharacters() {
    assertEquals(List.of("模型适", "合显卡"), Table.wrap("模型适合显卡", 6));
  }

  @Test
  void aWordLongerThanTheLineStandsAlone() {
    assertEquals(
        List.of("a", "deepseek-r1:8b-llama-distill-q4_K_M", "b"),
        Table.wrap("a deepseek-r1:8b-llama-distill-q4_K_M b", 10));
  }

  @Test
  void noLineBeginsWithAClosingMarkOrEndsWithAnOpeningOne() {
    assertEquals(List.of("模型", "适，合"), Table.wrap("模型适，合", 6));
    assertEquals(List.of("模型", "（适合"), Table.wrap("模型（适合", 6));
    assertEquals(List.of("用途“对", "话”的评测"), Table.wrap("用途“对话”的评测", 9));
    assertEquals(List.of("基座", "MIT。"), Table.wrap("基座 MIT。", 8));
  }

  @Test
  void aNumberKeepsItsUnit() {
    assertEquals(List.of("it needs", "19.9 GB here"), Table.wrap("it needs 19.9 GB here", 13));
    assertEquals(List.of("需要下载", "19.9 GB"), Table.wrap("需要下载 19.9 GB", 14));
    assertEquals(List.of("长回答", "约 13 分钟。"), Table.wrap("长回答约 13 分钟。", 12));
    assertEquals(List.of("速度", "约 8 倍"), Table.wrap("速度约 8 倍", 8));
  }

  @Test
  void theLastLineHasMoreThanOneCharacter() {
    assertEquals(List.of("综合最", "佳的。"), Table.wrap("综合最佳的。", 10));
  }

  /// A terminal showed `"r1pick` at the end of one line and `list"` on the next.
  @Test
  void aQuotedCommandStaysOnOneLine() {
    assertEquals(List.of("全部标签见", "\"r1pick list\"。"), Table.wrap("全部标签见 \"r1pick list\"。", 20));
    assertEquals(
        List.of("it is shown by", "\"r1pick list\"."),
        Table.wrap("it is shown by \"r1pick list\".", 24));
  }

  @Test
  void aLongQuotedCommandMayBreak() {
    String command = "see \"r1pick hardware --record FOLDER --verbose\"";
    assertTrue(Table.wrap(command, 24).size() > 2, command);
  }

  /// `compare` at 60 columns ended a line with `tokens/` and began the next with `s`.
  @Test
  void aFigureTooWideForItsColumnBreaksBeforeItsUnit() {
    List<String> lines =
        new Columns(50)
            .head(List.of("7b", "8b"))
            .row("速度（回答）一行", List.of("114~147 tokens/s", ""))
            .lines();
    assertTrue(lines.stream().noneMatch(line -> line.endsWith("tokens/")), lines.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80})
  void everyChineseSentenceBreaksWell(int columns) throws IOException {
    var bad = new TreeSet<String>();
    try (var files = Files.list(SENTENCES)) {
      for (Path file : files.toList()) {
        var sentences = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
          sentences.load(reader);
        }
        for (Object sentence : sentences.values()) {
          String text = filled((String) sentence);
          List<String> lines = Table.wrap(text, columns);
          String broken = String.join("\n", lines);
          if (MISSET.matcher(broken).matches() || TORN.matcher(broken).matches()) {
            bad.add(broken);
          }
          assertEquals(text.replace(" ", ""), String.join("", lines).replace(" ", ""), "all of it");
          assertTrue(
              lines.stream().allMatch(line -> Table.width(line) <= columns || !line.contains("，")),
              text);
        }
      }
    }
    assertEquals(new TreeSet<>(), bad);
  }

  private static String filled(String sentence) {
    return sentence
        .strip()
        .replace("\n", " ")
        .replace("{0}", "13 分钟")
        .replace("{1}", "19.9 GiB")
        .replace("{2}", "deepseek-r1:14b")
        .replace("{3}", "33~42");
  }
}
