package dev.r1pick.report.text;

import dev.r1pick.compare.TagComparison;
import dev.r1pick.policy.PolicyCatalog;
import dev.r1pick.report.layout.Columns;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.words.CompareWording;
import dev.r1pick.report.words.Messages;
import java.util.ArrayList;

/// Tags side by side, for a person: which to take in a sentence, then what differs.
public final class CompareText {
  private final Messages messages;
  private final CompareWording words;
  private final Style style;
  private final Screen screen;

  /// A writer in one language and style.
  public CompareText(Messages messages, Style style) {
    this.messages = messages;
    this.words = new CompareWording(messages);
    this.style = style;
    this.screen = new Screen(messages, style);
  }

  /// One screen.
  public String tags(TagComparison comparison, PolicyCatalog data) {
    var lines = new ArrayList<String>();
    screen.paragraph(lines, style.bold(words.verdict(comparison, data)));
    lines.add("");
    var columns = new Columns(style.columns());
    columns.head(CompareWording.names(comparison));
    var same = new ArrayList<String>();
    for (CompareWording.Row row : words.rows(comparison)) {
      if (row.differs()) {
        columns.row("  " + row.label(), row.cells());
      } else {
        // what is the same for all is told in one line
        same.add(messages.text("compare.fact", row.label(), row.cells().getFirst()));
      }
    }
    boolean oneFile = comparison.isOneFile(data);
    if (!oneFile) {
      lines.addAll(columns.lines());
    }
    if (!same.isEmpty()) {
      screen.indented(lines, messages.text("compare.same", messages.clauses(same)));
    }
    for (String remark : words.remarks(comparison, oneFile)) {
      screen.note(lines, remark);
    }
    comparison.pick().ifPresent(side -> lines.add(side.tag().pullCommand()));
    return String.join("\n", lines) + "\n";
  }
}
