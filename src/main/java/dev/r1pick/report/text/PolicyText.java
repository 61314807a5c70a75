package dev.r1pick.report.text;

import dev.r1pick.policy.Finding;
import dev.r1pick.policy.Outcome;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.policy.PolicyRemedy;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PolicyWording;
import dev.r1pick.text.Escaping;
import java.util.ArrayList;
import java.util.List;

/// What became of a policy, for a person: one line a rule, what would help below it, the sum at the
/// end.
public final class PolicyText {
  private final Messages messages;
  private final PolicyWording words;
  private final Style style;

  /// A report in one language and style.
  public PolicyText(Messages messages, Style style) {
    this.messages = messages;
    this.words = new PolicyWording(messages);
    this.style = style;
  }

  /// One screen.
  public String answer(PolicyAnswer answer) {
    var lines = new ArrayList<String>();
    for (Finding finding : answer.findings()) {
      finding(lines, finding);
    }
    lines.add(sum(answer));
    return String.join("\n", lines) + "\n";
  }

  private void finding(List<String> lines, Finding finding) {
    String line = messages.text("policy.line", words.asked(finding.rule()), words.said(finding));
    add(lines, mark(finding.outcome()) + " ", line);
    finding.rule().why().ifPresent(why -> add(lines, "  ", messages.text("policy.why", why)));
    for (PolicyRemedy way : finding.waysOut()) {
      add(lines, "  → ", words.wayOut(way));
    }
  }

  private void add(List<String> lines, String start, String text) {
    String lead = style.unicode() ? start : start.replace("→", "-");
    int indent = Table.width(lead);
    for (String line : Table.wrap(Escaping.line(text), style.columns() - indent)) {
      lines.add(lead + line);
      lead = " ".repeat(indent);
    }
  }

  private String mark(Outcome outcome) {
    return switch (outcome) {
      case MET -> style.yes();
      case WARNED -> style.maybe();
      case NOT_MET -> style.no();
      case UNKNOWN -> style.warning("?");
    };
  }

  /// `.r1pick.yml: 3 of 5 rules met, 1 not met, 1 unknown`.
  public String sum(PolicyAnswer answer) {
    var parts = new ArrayList<String>();
    parts.add(messages.text("policy.sum", answer.count(Outcome.MET), answer.findings().size()));
    for (Outcome outcome : List.of(Outcome.WARNED, Outcome.NOT_MET, Outcome.UNKNOWN)) {
      if (answer.count(outcome) > 0) {
        parts.add(answer.count(outcome) + " " + words.outcome(outcome));
      }
    }
    String text = Escaping.line(answer.policy().file()) + ": " + String.join(", ", parts);
    return answer.outcome(FailOn.ERROR) == Outcome.MET ? text : style.bold(text);
  }
}
