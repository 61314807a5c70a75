package dev.r1pick.report.text;

import dev.r1pick.compare.TagComparison;
import dev.r1pick.policy.PolicyCatalog;
import dev.r1pick.report.layout.Columns;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.CompareWording;
import dev.r1pick.report.words.Messages;
import java.util.ArrayList;
import java.util.List;

/// Tags side by side, for a person: which to take in a sentence, then what differs.
public final class CompareText {
  private final Messages messages;
  private final CompareWording words;
  private final Style style;

  /// A writer in one language and style.
  public CompareText(Messages messages, Style style) {
    this.messages = messages;
    this.words = new CompareWording(messages);
    this.style = style;
  }

  /// One screen.
  public String tags(TagComparison comparison, PolicyCatalog data) {
    var lines = new ArrayList<String>();
    for (String line : Table.wrap(words.verdict(comparison, data), style.columns())) {
      lines.add(style.bold(line));
    }
    lines.add("");
    var columns = new Columns(style.columns());
    columns.row("", CompareWording.names(comparison));
    var same = new ArrayList<String>();
    for (CompareWording.Row row : words.rows(comparison)) {
      if (row.differs()) {
        columns.row("  " + row.label(), row.cells());
      } else {
        // what is the same for all is told in one line
        same.add(row.label() + " " + row.cells().getFirst());
      }
    }
    boolean oneFile = comparison.isOneFile(data);
    if (!oneFile) {
      lines.addAll(columns.lines());
    }
    if (!same.isEmpty()) {
      for (String line : Table.wrap(messages.text("compare.same", same), style.columns() - 2)) {
        lines.add("  " + line);
      }
    }
    for (String remark : words.remarks(comparison, oneFile)) {
      remark(lines, remark);
    }
    comparison.mostPicked().ifPresent(side -> lines.add(side.tag().pullCommand()));
    return String.join("\n", lines) + "\n";
  }

  private void remark(List<String> lines, String text) {
    String lead = style.maybe() + " ";
    for (String line : Table.wrap(text, style.columns() - 2)) {
      lines.add(lead + line);
      lead = "  ";
    }
  }
}
