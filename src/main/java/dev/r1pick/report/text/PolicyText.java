package dev.r1pick.report.text;

import dev.r1pick.policy.Finding;
import dev.r1pick.policy.Outcome;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.policy.PolicyRemedy;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
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
  private final Screen screen;

  /// A writer in one language and style.
  public PolicyText(Messages messages, Style style) {
    this.messages = messages;
    this.words = new PolicyWording(messages);
    this.style = style;
    this.screen = new Screen(messages, style);
  }

  /// One screen.
  public String answer(PolicyAnswer answer) {
    var lines = new ArrayList<String>();
    for (String idle : words.idle(answer)) {
      screen.note(lines, Escaping.line(idle));
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
    screen.hang(lines, mark(finding.outcome()) + " ", Escaping.line(line));
    finding
        .rule()
        .why()
        .ifPresent(why -> screen.indented(lines, Escaping.line(messages.text("policy.why", why))));
    for (PolicyRemedy way : finding.remedies()) {
      screen.hang(lines, style.arrow(), Escaping.line(words.remedy(way)));
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
