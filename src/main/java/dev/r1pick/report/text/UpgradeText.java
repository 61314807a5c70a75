package dev.r1pick.report.text;

import dev.r1pick.advice.Candidate;
import dev.r1pick.compare.MachineComparison;
import dev.r1pick.compare.MachineComparison.Use;
import dev.r1pick.report.layout.Columns;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.words.CompareWording;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.UpgradeWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an upgrade changes for the pick, for a person.
public final class UpgradeText {
  /// Uses that the table shows; the sentence speaks of all.
  private static final int MOST_USES = 3;

  private final Messages messages;
  private final UpgradeWording words;
  private final Style style;
  private final Screen screen;

  /// A writer in one language and style.
  public UpgradeText(Messages messages, Style style) {
    this.messages = messages;
    this.words = new UpgradeWording(messages);
    this.style = style;
    this.screen = new Screen(messages, style);
  }

  /// One screen.
  public String machines(MachineComparison comparison) {
    var lines = new ArrayList<String>();
    screen.paragraph(lines, style.bold(words.verdict(comparison)));
    lines.add("");
    var columns = new Columns(style.columns());
    columns.head(List.of(messages.text("compare.now"), messages.text("compare.then")));
    for (CompareWording.Row row : words.rows(comparison, shown(comparison.uses()))) {
      columns.row("  " + row.label(), row.cells());
    }
    lines.addAll(columns.lines());
    remark(lines, "compare.remark.ranges");
    Optional<Candidate> pick = comparison.uses().getFirst().after();
    pick.ifPresent(candidate -> lines.add(candidate.tag().pullCommand()));
    return String.join("\n", lines) + "\n";
  }

  /// The use that was asked about, then those that change most: to another tag, else in speed.
  private static List<Use> shown(List<Use> uses) {
    var shown = new ArrayList<Use>();
    shown.add(uses.getFirst());
    for (boolean otherTag : new boolean[] {true, false}) {
      for (Use use : uses) {
        boolean counts = otherTag ? use.isOtherTag() : !use.isUnchanged();
        if (shown.size() < MOST_USES && counts && !shown.contains(use)) {
          shown.add(use);
        }
      }
    }
    return shown;
  }

  private void remark(List<String> lines, String key) {
    screen.note(lines, messages.text(key));
  }
}
