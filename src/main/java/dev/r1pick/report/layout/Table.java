package dev.r1pick.report.layout;

import dev.r1pick.text.Escaping;
import java.util.ArrayList;
import java.util.List;

/// Rows whose columns line up; CJK characters count as two columns.
///
/// On a screen that is too narrow for them each row is told below its first cell instead.
public final class Table {
  /// A last column of prose is not squeezed into less.
  private static final int LEAST_PROSE = 24;

  private static final int INDENT = 2;

  private final List<List<String>> rows = new ArrayList<>();
  private final int gap;
  private List<String> head = List.of();

  /// A table with that many blanks between columns.
  public Table(int gap) {
    this.gap = gap;
  }

  /// Names the columns.
  public Table head(String... cells) {
    head = List.of(cells);
    return this;
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
    var all = new ArrayList<>(rows);
    if (!head.isEmpty()) {
      all.addFirst(head);
    }
    List<Integer> widths = widths(all);
    int before = 0;
    int number = 0;
    int last = 0;
    for (List<String> row : all) {
      number = Math.max(number, row.size());
    }
    for (List<String> row : all) {
      if (row.size() == number) {
        last = Math.max(last, width(row.getLast()));
      }
    }
    for (int width : widths) {
      before += width + gap;
    }
    return number > 1 && columns - before < Math.min(last, LEAST_PROSE)
        ? stacked(columns)
        : aligned(all, widths, columns);
  }

  private static List<Integer> widths(List<List<String>> rows) {
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
    return widths;
  }

  private List<String> aligned(List<List<String>> rows, List<Integer> widths, int columns) {
    var lines = new ArrayList<String>();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size() - 1; i++) {
        line.append(row.get(i)).append(" ".repeat(widths.get(i) - width(row.get(i)) + gap));
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

  /// The first cell on a line of its own, the others below it, each behind the name of its column.
  private List<String> stacked(int columns) {
    var lines = new ArrayList<String>();
    if (!head.isEmpty() && !head.getFirst().isEmpty()) {
      lines.add(head.getFirst());
    }
    for (List<String> row : rows) {
      String first = row.getFirst();
      String indent = " ".repeat(first.length() - first.stripLeading().length());
      for (String line : wrap(first.stripLeading(), columns - indent.length())) {
        lines.add(indent + line);
      }
      below(row, indent + " ".repeat(INDENT), columns, lines);
    }
    return lines;
  }

  private void below(List<String> row, String indent, int columns, List<String> lines) {
    int room = columns - indent.length();
    String joiner = "  ";
    var line = new StringBuilder();
    for (int i = 1; i < row.size(); i++) {
      if (row.get(i).isEmpty()) {
        continue;
      }
      boolean named = i < head.size() && !head.get(i).isEmpty();
      String part = named ? head.get(i) + " " + row.get(i) : row.get(i);
      if (!line.isEmpty() && width(line + joiner + part) > room) {
        lines.add(indent + line);
        line.setLength(0);
      }
      List<String> wrapped = wrap(line.isEmpty() ? part : line + joiner + part, room);
      for (String whole : wrapped.subList(0, wrapped.size() - 1)) {
        lines.add(indent + whole);
      }
      line.setLength(0);
      line.append(wrapped.getLast());
    }
    if (!line.isEmpty()) {
      lines.add(indent + line);
    }
  }

  /// Columns that a text takes on a terminal; color codes take none.
  public static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == Escaping.COLOR) {
        while (i < text.length() && text.charAt(i) != 'm') {
          i++;
        }
      } else if (Character.isHighSurrogate(c)) {
        width += EastAsianWidth.of(text.codePointAt(i));
        i++;
      } else {
        width += EastAsianWidth.of(c);
      }
    }
    return width;
  }

  /// Breaks a sentence into lines of at most `columns`, at blanks, and beside CJK characters by the
  /// rules of their languages.
  public static List<String> wrap(String text, int columns) {
    return LineBreaks.wrap(text, columns);
  }
}
