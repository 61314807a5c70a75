package dev.r1pick.report.ci;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Candidate;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import dev.r1pick.text.Escaping;

/// A recommendation as a table of Markdown, for a summary page.
public final class AdviceMarkdown {
  private final Messages messages;
  private final Wording words;

  /// A writer whose sentences are in one language.
  public AdviceMarkdown(Messages messages) {
    this.messages = messages;
    this.words = new Wording(messages);
  }

  /// A heading and a table of the pick and its alternatives; only the heading where nothing fits.
  public String advice(Advice advice) {
    var text =
        new StringBuilder("### ")
            .append(messages.text("report.heading", Escaping.markdown(words.sum(advice))))
            .append('\n');
    if (advice instanceof Advice.Recommendation recommendation) {
      text.append("\n|");
      for (String column : new String[] {"tag", "role", "download", "context", "where", "speed"}) {
        text.append(' ').append(messages.text("report.column." + column)).append(" |");
      }
      text.append("\n|---|---|---|---|---|---|\n");
      row(text, recommendation.best().candidate(), messages.text("report.column.pick"));
      for (Advice.Alternative other : recommendation.alternatives()) {
        row(text, other.judged().candidate(), words.trade(other.trade()));
      }
    }
    return text.toString();
  }

  private void row(StringBuilder text, Candidate candidate, String role) {
    text.append("| ")
        .append(Escaping.markdown(candidate.tag().fullName()))
        .append(" | ")
        .append(Escaping.markdown(role))
        .append(" | ")
        .append(Amounts.download(candidate.tag().download()))
        .append(" | ")
        .append(candidate.contextLength().shortText())
        .append(" | ")
        .append(Escaping.markdown(words.placement(candidate)))
        .append(" | ")
        .append(Escaping.markdown(words.rate(candidate.speed())))
        .append(" |\n");
  }
}
