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

  /// A writer in one language and style.
  public PolicyText(Messages messages, Style style) {
    this.messages = messages;
    this.words = new PolicyWording(messages);
    this.style = style;
  }

  /// One screen.
  public String answer(PolicyAnswer answer) {
    var lines = new ArrayList<String>();
    for (String idle : words.idle(answer)) {
      add(lines, "! ", idle);
    }
    for (Finding finding : answer.findings()) {
      finding(lines, finding);
    }
    String sum = words.sum(answer);
    lines.add(answer.outcome(FailOn.ERROR) == Outcome.MET ? sum : style.bold(sum));
    return String.join("\n", lines) + "\n";
  }

  private void finding(List<String> lines, Finding finding) {
    String line = messages.text("policy.line", words.asked(finding.rule()), words.said(finding));
    add(lines, mark(finding.outcome()) + " ", line);
    finding.rule().why().ifPresent(why -> add(lines, "  ", messages.text("policy.why", why)));
    for (PolicyRemedy way : finding.remedies()) {
      add(lines, "  → ", words.remedy(way));
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
}
