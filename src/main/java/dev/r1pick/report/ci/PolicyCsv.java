package dev.r1pick.report.ci;

import dev.r1pick.policy.Actual;
import dev.r1pick.policy.Finding;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PolicyWording;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.text.Escaping;

/// What became of a policy as CSV, for a spreadsheet.
public final class PolicyCsv {
  private final PolicyWording words;

  /// A writer whose sentences are in one language.
  public PolicyCsv(Messages messages) {
    this.words = new PolicyWording(messages);
  }

  /// A line of names and a line a rule.
  public String answer(PolicyAnswer answer) {
    var text =
        new StringBuilder(
            "rule,kind,severity,outcome,asked,message,tag,context_tokens,tokens_per_second,remedies\n");
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
          .append(Escaping.csv(words.waysOut(finding)))
          .append("\n");
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
}
