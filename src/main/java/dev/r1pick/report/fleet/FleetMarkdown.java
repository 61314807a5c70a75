package dev.r1pick.report.fleet;

import dev.r1pick.policy.FleetEntry;
import dev.r1pick.policy.FleetSummary;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.report.words.FleetWording;
import dev.r1pick.report.words.Messages;
import dev.r1pick.text.Escaping;

/// Many machines as a table of Markdown.
public final class FleetMarkdown implements FleetWriter {
  private final Messages messages;
  private final FleetWording words;

  /// A writer whose sentences are in one language.
  ///
  /// @param failOn which rules count
  public FleetMarkdown(Messages messages, FailOn failOn) {
    this.messages = messages;
    this.words = new FleetWording(messages, failOn);
  }

  @Override
  public String begin() {
    return "| "
        + messages.text("policy.column.machine")
        + " | "
        + messages.text("policy.column.outcome")
        + " | "
        + messages.text("policy.column.said")
        + " |\n|---|---|---|\n";
  }

  @Override
  public String line(FleetEntry entry) {
    String outcome;
    String said;
    switch (entry) {
      case FleetEntry.Unreadable(_, _, var problem) -> {
        outcome = messages.text("policy.outcome.unreadable");
        said = problem;
      }
      case FleetEntry.Answered(_, _, var answer) -> {
        outcome = words.outcomeInWords(answer);
        said = words.said(answer);
      }
    }
    return "| "
        + Escaping.markdown(entry.name())
        + " | "
        + Escaping.markdown(outcome)
        + " | "
        + Escaping.markdown(said)
        + " |\n";
  }

  @Override
  public String end(FleetSummary summary) {
    var text = new StringBuilder("\n");
    for (String line : words.summary(summary)) {
      text.append("- ").append(Escaping.markdown(line)).append('\n');
    }
    return text.toString();
  }
}
