package dev.r1pick.report.layout;

import java.util.ArrayList;
import java.util.List;

/// Things side by side: labels on the left, one column for each thing, cells wrapped into their
/// column. On a narrow screen the things stand below each other.
public final class Columns {
  private static final int GAP = 2;

  /// A label is given no more than this.
  private static final int WIDEST_LABEL = 26;

  /// What a cell of words needs.
  private static final int NARROWEST_CELL = 14;

  private final int width;
  private final List<Row> rows = new ArrayList<>();

  private record Row(String label, List<String> cells) {}

  /// Columns for a screen of that width.
  public Columns(int width) {
    this.width = width;
  }

  /// Adds a row.
  public Columns row(String label, List<String> cells) {
    rows.add(new Row(label, List.copyOf(cells)));
    return this;
  }

  /// Adds the names of the things.
  public Columns head(List<String> names) {
    return row("", names);
  }

  /// The rows as lines, without blanks at their ends.
  public List<String> lines() {
    int ofLabel = 0;
    int number = 1;
    for (Row row : rows) {
      ofLabel = Math.max(ofLabel, Table.width(row.label()));
      number = Math.max(number, row.cells().size());
    }
    ofLabel = Math.min(ofLabel, WIDEST_LABEL);
    int ofCell = (width - ofLabel) / number - GAP;
    var lines = new ArrayList<String>();
    if (ofCell < NARROWEST_CELL) {
      rows.subList(1, rows.size()).forEach(row -> stacked(row, lines));
      return lines;
    }
    for (Row row : rows) {
      lines(row, ofLabel, ofCell, lines);
    }
    return lines;
  }

  /// The label on a line of its own, and below it each thing with its cell.
  private void stacked(Row row, List<String> lines) {
    lines.addAll(labelled(row.label(), width));
    String indent = " ".repeat(2 * GAP);
    var things = new Table(GAP);
    for (int i = 0; i < row.cells().size(); i++) {
      if (!row.cells().get(i).isEmpty()) {
        things.row(indent + rows.getFirst().cells().get(i), row.cells().get(i));
      }
    }
    lines.addAll(things.lines(width));
  }

  private static void lines(Row row, int ofLabel, int ofCell, List<String> lines) {
    var wrapped = new ArrayList<List<String>>();
    wrapped.add(labelled(row.label(), ofLabel));
    int height = wrapped.getFirst().size();
    for (String cell : row.cells()) {
      List<String> parts = fitted(cell, ofCell);
      wrapped.add(parts);
      height = Math.max(height, parts.size());
    }
    for (int i = 0; i < height; i++) {
      var line = new StringBuilder();
      for (int column = 0; column < wrapped.size(); column++) {
        List<String> parts = wrapped.get(column);
        String part = i < parts.size() ? parts.get(i) : "";
        line.append(part);
        int to = column == 0 ? ofLabel : ofCell;
        line.append(" ".repeat(Math.max(0, to - Table.width(part)) + GAP));
      }
      lines.add(line.toString().stripTrailing());
    }
  }

  /// Wrapped; what is wider than the column is broken before its unit, names behind a hyphen.
  private static List<String> fitted(String cell, int width) {
    var lines = new ArrayList<String>();
    for (String line : Table.wrap(cell, width)) {
      String rest = line;
      while (Table.width(rest) > width) {
        int blank = rest.lastIndexOf(' ', width);
        int end = blank > 0 ? blank : rest.lastIndexOf('-', width - 1) + 1;
        int at = end > 0 ? end : width;
        lines.add(rest.substring(0, at));
        rest = rest.substring(at).stripLeading();
      }
      lines.add(rest);
    }
    return lines;
  }

  /// A label keeps its indentation on every line.
  private static List<String> labelled(String label, int width) {
    String indent = " ".repeat(label.length() - label.stripLeading().length());
    var lines = new ArrayList<String>();
    for (String line : Table.wrap(label.stripLeading(), width - indent.length())) {
      lines.add(indent + line);
    }
    return lines;
  }
}
