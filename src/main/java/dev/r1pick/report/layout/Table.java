package dev.r1pick.report.layout;

import java.util.ArrayList;
import java.util.List;

/// Rows whose columns line up; CJK characters count as two columns.
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private final String gap;

  /// A table with that many blanks between columns.
  public Table(int gap) {
    this.gap = " ".repeat(gap);
  }

  /// Adds a row.
  public Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /// The rows as lines, without blanks at their ends.
  public List<String> lines() {
    return lines(Integer.MAX_VALUE);
  }

  /// The rows as lines of at most that many columns: the last cell of a row is wrapped.
  public List<String> lines(int columns) {
    var widths = new ArrayList<Integer>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size() - 1; i++) {
        int width = width(row.get(i));
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(widths.get(i), width));
        }
      }
    }
    var lines = new ArrayList<String>();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size() - 1; i++) {
        line.append(row.get(i)).append(" ".repeat(widths.get(i) - width(row.get(i)))).append(gap);
      }
      int before = width(line.toString());
      for (String part : wrap(row.getLast(), Math.max(1, columns - before))) {
        lines.add(line.append(part).toString().stripTrailing());
        line.setLength(0);
        line.append(" ".repeat(before));
      }
      if (row.getLast().isEmpty()) {
        lines.add(line.toString().stripTrailing());
      }
    }
    return lines;
  }

  /// Columns that a text takes on a terminal; color codes take none.
  public static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\u001b') {
        while (i < text.length() && text.charAt(i) != 'm') {
          i++;
        }
      } else if (!Character.isLowSurrogate(c)) {
        width += isWide(c) ? 2 : 1;
      }
    }
    return width;
  }

  private static boolean isWide(char c) {
    return (c >= 0x1100 && c <= 0x115F)
        || (c >= 0x2E80 && c <= 0xA4CF)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6F)
        || (c >= 0xFF00 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6);
  }

  /// Breaks a sentence into lines of at most `columns`, at blanks, and between CJK characters.
  public static List<String> wrap(String text, int columns) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    int lineWidth = 0;
    int start = 0;
    while (start < text.length()) {
      int end = endOfWord(text, start);
      String word = text.substring(start, end);
      int wordWidth = width(word.stripTrailing());
      if (lineWidth > 0 && lineWidth + wordWidth > columns) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        lineWidth = 0;
      }
      line.append(word);
      lineWidth += width(word);
      start = end;
    }
    if (!line.isEmpty()) {
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static int endOfWord(String text, int start) {
    if (isWide(text.charAt(start))) {
      return start + 1;
    }
    int end = start;
    while (end < text.length() && text.charAt(end) != ' ' && !isWide(text.charAt(end))) {
      end++;
    }
    while (end < text.length() && text.charAt(end) == ' ') {
      end++;
    }
    return end;
  }
}
