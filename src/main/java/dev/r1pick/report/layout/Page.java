package dev.r1pick.report.layout;

import java.util.ArrayList;
import java.util.List;

/// A screen of text under way: paragraphs, rows with a label of one width, lines as they are.
public final class Page {
  private static final int INDENT = 2;

  private final Style style;
  private final int labels;
  private final List<String> lines = new ArrayList<>();

  /// An empty screen.
  ///
  /// @param labels columns of the labels, the blanks behind them included
  public Page(Style style, int labels) {
    this.style = style;
    this.labels = labels;
  }

  /// Adds a line as it is, such as a command.
  public Page line(String line) {
    lines.add(line);
    return this;
  }

  /// Adds lines to be copied, set in.
  public Page lines(List<String> copied) {
    copied.forEach(line -> lines.add(" ".repeat(2 * INDENT) + line));
    return this;
  }

  /// Adds a sentence that stands out.
  public Page head(String text) {
    return head("", text);
  }

  /// The same behind a mark.
  ///
  /// @param mark one column, or nothing
  public Page head(String mark, String text) {
    int indent = mark.isEmpty() ? 0 : INDENT;
    List<String> wrapped = Table.wrap(text, style.columns() - indent);
    for (int i = 0; i < wrapped.size(); i++) {
      String before = mark.isEmpty() ? "" : i == 0 ? mark + " " : " ".repeat(indent);
      lines.add(before + style.bold(wrapped.get(i)));
    }
    return this;
  }

  /// Adds a text, set in.
  public Page paragraph(String text) {
    return wrapped(text, " ".repeat(INDENT));
  }

  /// Adds something to look at.
  public Page warning(String text) {
    return wrapped(text, "! ");
  }

  private Page wrapped(String text, String before) {
    for (String line : Table.wrap(text, style.columns() - before.length())) {
      lines.add(before + line);
    }
    return this;
  }

  /// Adds a text with a label; an empty label continues the row above.
  public Page row(String label, String text) {
    String name = label + " ".repeat(Math.max(0, labels - Table.width(label)));
    List<String> wrapped = Table.wrap(text, style.columns() - labels - INDENT);
    for (int i = 0; i < wrapped.size(); i++) {
      String before = i == 0 ? style.faint(name) : " ".repeat(labels);
      lines.add(" ".repeat(INDENT) + before + wrapped.get(i));
    }
    return this;
  }

  /// The screen, ended by a line feed.
  public String text() {
    return String.join("\n", lines) + "\n";
  }
}
