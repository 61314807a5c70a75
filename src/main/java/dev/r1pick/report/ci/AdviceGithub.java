package dev.r1pick.report.ci;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Caveat;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import dev.r1pick.text.Escaping;

/// A recommendation as an annotation of a GitHub workflow.
public final class AdviceGithub {
  private final Wording words;

  /// A writer whose sentences are in one language.
  public AdviceGithub(Messages messages) {
    this.words = new Wording(messages);
  }

  /// A notice with the pick, or an error where nothing fits; then the same for the log.
  public String advice(Advice advice) {
    var text = new StringBuilder();
    for (Caveat caveat : advice.caveats()) {
      if (caveat instanceof Caveat.GpuIdle) {
        text.append("::warning title=r1pick::")
            .append(Escaping.workflowMessage(words.caveat(caveat)))
            .append('\n');
      }
    }
    String command = advice instanceof Advice.Recommendation ? "notice" : "error";
    String sum = words.sum(advice);
    return text
        + "::"
        + command
        + " title=r1pick::"
        + Escaping.workflowMessage(sum)
        + "\n"
        + Escaping.output(Escaping.line(sum), false)
        + "\n";
  }
}
