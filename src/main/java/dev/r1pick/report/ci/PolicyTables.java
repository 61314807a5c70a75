package dev.r1pick.report.ci;

import dev.r1pick.policy.Actual;
import dev.r1pick.policy.Finding;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.PolicyRemedy;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.text.PolicyText;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PolicyWording;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.text.Escaping;

/// What became of a policy as a table: Markdown for a summary page, CSV for a spreadsheet.
public final class PolicyTables {
  private final Messages messages;
  private final PolicyWording words;

  /// Tables whose sentences are in one language.
  public PolicyTables(Messages messages) {
    this.messages = messages;
    this.words = new PolicyWording(messages);
  }

  /// A heading and a table.
  public String markdown(PolicyAnswer answer) {
    var text = new StringBuilder();
    text.append("### r1pick: ")
        .append(Escaping.markdown(new PolicyText(messages, Style.PLAIN).sum(answer)))
        .append("\n\n| ")
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
          .append(Escaping.markdown(waysOut(finding)))
          .append(" |\n");
    }
    return text.toString();
  }

  /// A line of names and a line a rule.
  public String csv(PolicyAnswer answer) {
    var text =
        new StringBuilder(
            "rule,kind,severity,outcome,asked,message,tag,context_tokens,tokens_per_second,remedies\r\n");
    for (Finding finding : answer.findings()) {
      text.append(finding.rule().path())
          .append(',')
          .append(finding.rule().requirement().key())
          .append(',')
          .append(finding.rule().severity().key())
          .append(',')
          .append(finding.outcome().code())
          .append(',')
          .append(Escaping.csv(words.asked(finding.rule())))
          .append(',')
          .append(Escaping.csv(words.said(finding)))
          .append(',')
          .append(load(finding))
          .append(',')
          .append(Escaping.csv(waysOut(finding)))
          .append("\r\n");
    }
    return text.toString();
  }

  /// Tag, context and speed; nothing between the commas where there are none.
  private static String load(Finding finding) {
    if (!(finding.reached() instanceof Actual.Load load)) {
      return ",,";
    }
    String rate =
        load.speed() instanceof SpeedEstimate.Known known
            ? Amounts.decimal(known.generation().expected().tokensPerSecond(), 1)
            : "";
    return Escaping.csv(load.tag().fullName())
        + ","
        + load.fit().plan().settings().contextLength().tokens()
        + ","
        + rate;
  }

  private String waysOut(Finding finding) {
    var text = new StringBuilder();
    for (PolicyRemedy way : finding.waysOut()) {
      text.append(text.isEmpty() ? "" : "; ").append(words.wayOut(way));
    }
    return text.toString();
  }
}
