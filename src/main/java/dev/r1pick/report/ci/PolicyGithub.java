package dev.r1pick.report.ci;

import dev.r1pick.policy.Finding;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.PolicyRule.Severity;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PolicyWording;
import dev.r1pick.text.Escaping;

/// What became of a policy as annotations of a GitHub workflow: an error where it is not met or not
/// known, a warning where it is warned of, nothing where it is met.
public final class PolicyGithub {
  private final Messages messages;
  private final PolicyWording words;

  /// A writer whose sentences are in one language.
  public PolicyGithub(Messages messages) {
    this.messages = messages;
    this.words = new PolicyWording(messages);
  }

  /// One line an annotation, then the sum.
  public String answer(PolicyAnswer answer) {
    var text = new StringBuilder();
    for (Finding finding : answer.findings()) {
      switch (finding.outcome()) {
        case MET -> {}
        case WARNED -> annotation(text, "warning", answer, finding);
        case NOT_MET -> annotation(text, "error", answer, finding);
        case UNKNOWN ->
            annotation(
                text,
                finding.rule().severity() == Severity.WARN ? "notice" : "error",
                answer,
                finding);
      }
    }
    return text.append(words.sum(answer)).append('\n').toString();
  }

  private void annotation(
      StringBuilder text, String command, PolicyAnswer answer, Finding finding) {
    String title =
        messages.text(
            "policy.title", words.outcome(finding.outcome()), words.asked(finding.rule()));
    text.append("::")
        .append(command)
        .append(" file=")
        .append(Escaping.workflowProperty(answer.policy().file()))
        .append(",line=")
        .append(finding.rule().place().line())
        .append(",col=")
        .append(finding.rule().place().column())
        .append(",title=")
        .append(Escaping.workflowProperty(title))
        .append("::")
        .append(Escaping.workflowMessage(words.saidWithRemedies(finding)))
        .append('\n');
  }
}
