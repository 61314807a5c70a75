package dev.r1pick.report.ci;

import dev.r1pick.policy.Finding;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.PolicyRule.Severity;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PolicyWording;
import dev.r1pick.text.Escaping;
import java.util.Optional;

/// What became of a policy as annotations of a GitHub workflow: an error where it is not met or not
/// known, a warning where it is warned of, nothing where it is met.
public final class PolicyGithub {
  private final Messages messages;
  private final PolicyWording words;
  private final Optional<String> file;

  /// A writer whose sentences are in one language.
  ///
  /// @param file the policy, from the root of its repository; empty where it lies in none
  public PolicyGithub(Messages messages, Optional<String> file) {
    this.messages = messages;
    this.file = file;
    this.words = new PolicyWording(messages);
  }

  /// One line an annotation, then the sum.
  public String answer(PolicyAnswer answer) {
    var text = new StringBuilder();
    for (String idle : words.idle(answer)) {
      text.append("::warning title=r1pick::").append(Escaping.workflowMessage(idle)).append('\n');
    }
    for (Finding finding : answer.findings()) {
      switch (finding.outcome()) {
        case MET -> {}
        case WARNED -> annotation(text, "warning", finding);
        case NOT_MET -> annotation(text, "error", finding);
        case UNKNOWN ->
            annotation(
                text, finding.rule().severity() == Severity.WARN ? "notice" : "error", finding);
      }
    }
    return text.append(Escaping.output(words.sum(answer), false)).append('\n').toString();
  }

  private void annotation(StringBuilder text, String command, Finding finding) {
    String title =
        messages.text(
            "policy.title", words.outcome(finding.outcome()), words.asked(finding.rule()));
    text.append("::").append(command).append(' ');
    if (file.isPresent()) {
      text.append("file=")
          .append(Escaping.workflowProperty(file.get()))
          .append(",line=")
          .append(finding.rule().place().line())
          .append(",col=")
          .append(finding.rule().place().column())
          .append(',');
    }
    text.append("title=")
        .append(Escaping.workflowProperty(title))
        .append("::")
        .append(Escaping.workflowMessage(words.saidWithRemedies(finding)))
        .append('\n');
  }
}
