package dev.r1pick.report.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsLineUpAlsoWithChineseAndColor() {
    assertEquals(
        List.of("显存  a", "\u001b[1mRAM\u001b[0m   b"),
        new Table(2).row("显存", "a").row("\u001b[1mRAM\u001b[0m", "b").lines());
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
}
