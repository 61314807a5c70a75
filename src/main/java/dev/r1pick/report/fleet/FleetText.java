package dev.r1pick.report.fleet;

import dev.r1pick.policy.FleetEntry;
import dev.r1pick.policy.FleetSummary;
import dev.r1pick.policy.Outcome;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.words.FleetWording;
import dev.r1pick.report.words.Messages;
import dev.r1pick.text.Escaping;
import java.util.List;

/// Many machines for a person.
public final class FleetText implements FleetWriter {
  private final Messages messages;
  private final FleetWording words;
  private final Style style;

  /// A writer in one language and style.
  ///
  /// @param failOn which rules count
  public FleetText(Messages messages, Style style, FailOn failOn) {
    this.messages = messages;
    this.words = new FleetWording(messages, failOn);
    this.style = style;
  }

  /// `✓ build-07: deepseek-r1:14b at 16k runs whole on your RTX 3060, 25–34 tokens/s`.
  @Override
  public String line(FleetEntry entry) {
    String name = Escaping.line(entry.name());
    return switch (entry) {
      case FleetEntry.Unreadable(_, _, var problem) ->
          style.no() + " " + messages.text("policy.line", name, Escaping.line(problem)) + "\n";
      case FleetEntry.Answered(_, _, var answer) ->
          mark(words.outcome(answer))
              + " "
              + messages.text("policy.line", name, Escaping.line(words.said(answer)))
              + "\n";
    };
  }

  private String mark(Outcome outcome) {
    return switch (outcome) {
      case MET -> style.yes();
      case WARNED -> style.maybe();
      case NOT_MET -> style.no();
      case UNKNOWN -> style.warning("?");
    };
  }

  @Override
  public String end(FleetSummary summary) {
    List<String> lines = words.summary(summary);
    return style.bold(lines.getFirst())
        + "\n"
        + String.join("\n", lines.subList(1, lines.size()))
        + (lines.size() > 1 ? "\n" : "");
  }
}
