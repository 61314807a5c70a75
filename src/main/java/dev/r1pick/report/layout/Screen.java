package dev.r1pick.report.layout;

import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a screen is laid out: a narrow column of labels, the text beside it, wrapped; bars of one
/// width with their figures behind them.
public final class Screen {
  private static final int INDENT = 2;

  /// Columns of the labels, the blanks behind them included.
  private static final int LABEL = 10;

  /// Longer bars tell no more on a usual terminal.
  private static final int USUAL_BAR = 40;

  /// A text with less room than this stands below its label instead of beside it.
  private static final int LEAST_TEXT = 26;

  /// A shorter bar shows nothing; its figures then stand below it.
  private static final int NARROWEST_BAR = 12;

  /// Room for the figures behind a bar.
  private static final int FIGURES = 26;

  private final Messages messages;
  private final Style style;
  private final int labels;

  public Screen(Messages messages, Style style) {
    this(messages, style, LABEL);
  }

  /// A screen whose labels are longer than usual.
  ///
  /// @param labels columns of the labels, the blanks behind them included
  public Screen(Messages messages, Style style, int labels) {
    this.messages = messages;
    this.style = style;
    this.labels = labels;
  }

  /// Adds a text over the whole width.
  public void paragraph(List<String> lines, String text) {
    lines.addAll(Table.wrap(text, style.columns()));
  }

  /// Adds a text that a reader must not miss.
  public void note(List<String> lines, String text) {
    hang(lines, style.maybe() + " ", text);
  }

  /// Adds a text, set in.
  public void indented(List<String> lines, String text) {
    hang(lines, " ".repeat(INDENT), text);
  }

  /// Adds lines to be copied: set in, never wrapped.
  public void copied(List<String> lines, List<String> copied) {
    for (String line : copied) {
      lines.add(" ".repeat(2 * INDENT) + line);
    }
  }

  /// Adds a text behind a mark, its further lines below its first.
  public void hang(List<String> lines, String mark, String text) {
    String lead = mark;
    int width = Table.width(mark);
    if (width > 2 * INDENT && style.columns() - width < LEAST_TEXT) {
      lines.add(mark.stripTrailing());
      width = 2 * INDENT;
      lead = " ".repeat(width);
    }
    for (String line : Table.wrap(text, style.columns() - width)) {
      lines.add(lead + line);
      lead = " ".repeat(width);
    }
  }

  /// Adds a text with the label of that key below `report.label.`; an empty key is no label.
  public void label(List<String> lines, String key, String text) {
    labels(lines, key, List.of(text));
  }

  /// Adds a text with a label.
  public void labeled(List<String> lines, String label, String text) {
    labeled(lines, label, List.of(text));
  }

  /// Adds texts below each other, the first with the label of that key.
  public void labels(List<String> lines, String key, List<String> texts) {
    labeled(lines, key.isEmpty() ? "" : messages.text("report.label." + key), texts);
  }

  /// Adds texts below each other, the first with the label.
  public void labeled(List<String> lines, String label, List<String> texts) {
    String shown = label;
    for (String text : texts) {
      for (String line : Table.wrap(text, width())) {
        add(lines, shown, line);
        shown = "";
      }
    }
  }

  /// Adds the rows of a table, the first with the label; the last column is wrapped.
  public void rows(List<String> lines, String key, Table table) {
    String label = key.isEmpty() ? "" : messages.text("report.label." + key);
    for (String line : table.lines(width())) {
      add(lines, label, line);
      label = "";
    }
  }

  private int width() {
    return style.columns() - INDENT - (isNarrow() ? INDENT : labels);
  }

  /// Whether a text fits beside a label on one line.
  public boolean fits(String text) {
    return Table.width(text) <= width();
  }

  private boolean isNarrow() {
    return style.columns() - INDENT - labels < LEAST_TEXT;
  }

  private void add(List<String> lines, String label, String line) {
    String shown = " ".repeat(INDENT) + (label.isEmpty() ? "" : style.faint(label));
    if (isNarrow()) {
      if (!label.isEmpty()) {
        lines.add(shown);
      }
      lines.add(" ".repeat(2 * INDENT) + line);
      return;
    }
    int gap = Math.max(label.isEmpty() ? 0 : 1, labels - Table.width(label));
    lines.add((shown + " ".repeat(gap) + line).stripTrailing());
  }

  /// Adds a bar and its figures.
  public void bar(List<String> lines, String key, MemoryBar bar, String figures) {
    int room = width() - Math.max(FIGURES - INDENT, Table.width(figures) + 2);
    if (room >= NARROWEST_BAR) {
      label(lines, key, bar.draw(Math.min(widestBar(), room), style.unicode()) + "  " + figures);
    } else {
      label(lines, key, bar.draw(Math.min(widestBar(), width()), style.unicode()));
      label(lines, "", figures);
    }
  }

  private int widestBar() {
    return Math.max(USUAL_BAR, style.columns() / 2);
  }

  /// What one mark of a bar means.
  public String legend(MemoryBar.Part part) {
    return part.mark(style.unicode()) + " " + messages.text("report.legend." + part.key());
  }

  /// What the marks of a bar mean, with the figures of one bar where that is all of it.
  public void legend(List<String> lines, Optional<MemoryBar> figures) {
    var parts = new ArrayList<String>();
    for (MemoryBar.Part part : MemoryBar.Part.values()) {
      if (figures.isEmpty()) {
        parts.add(legend(part));
      } else if (!figures.get().of(part).isZero()) {
        parts.add(legend(part) + " " + Amounts.gib(figures.get().of(part)));
      }
    }
    var line = new StringBuilder();
    for (String part : parts) {
      if (!line.isEmpty() && Table.width(line.toString()) + 2 + Table.width(part) > width()) {
        label(lines, "", line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : "  ").append(part);
    }
    label(lines, "", line.toString());
  }

  /// What a GPU has: free memory, or the total where that is not known.
  public static Optional<Bytes> have(DeviceLoad device) {
    return device.free().or(() -> device.device().memory().total());
  }
}
