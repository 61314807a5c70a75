package dev.r1pick.report.ci;

import dev.r1pick.policy.Finding;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PolicyWording;
import dev.r1pick.text.Escaping;

/// What became of a policy as a table of Markdown, for a summary page.
public final class PolicyMarkdown {
  private final Messages messages;
  private final PolicyWording words;

  /// A writer whose sentences are in one language.
  public PolicyMarkdown(Messages messages) {
    this.messages = messages;
    this.words = new PolicyWording(messages);
  }

  /// A heading and a table.
  public String answer(PolicyAnswer answer) {
    var text = new StringBuilder();
    String sum = Escaping.markdown(words.sum(answer));
    text.append("### ")
        .append(answer.policy().isOwn() ? sum : messages.text("report.heading", sum))
        .append("\n\n");
    for (String idle : words.idle(answer)) {
      text.append("> ").append(Escaping.markdown(idle)).append("\n\n");
    }
    text.append("| ")
        .append(messages.text("policy.column.outcome"))
        .append(" | ")
        .append(messages.text("policy.column.asked"))
        .append(" | ")
        .append(messages.text("policy.column.said"))
        .append(" | ")
        .append(messages.text("policy.column.help"))
        .append(" |\n|---|---|---|---|\n");
    for (Finding finding : answer.findings()) {
      text.append("| ")
          .append(Escaping.markdown(words.outcome(finding.outcome())))
          .append(" | ")
          .append(Escaping.markdown(words.asked(finding.rule())))
          .append(" | ")
          .append(Escaping.markdown(words.said(finding)))
          .append(" | ")
          .append(Escaping.markdown(words.remedies(finding)))
          .append(" |\n");
    }
    return text.toString();
  }
}
