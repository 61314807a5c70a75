package dev.r1pick.report.text;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Advice.Rejection;
import dev.r1pick.advice.Evaluation;
import dev.r1pick.advice.Quality;
import dev.r1pick.advice.Rule;
import dev.r1pick.advice.Verdict;
import dev.r1pick.advice.Verdict.Keep;
import dev.r1pick.advice.Verdict.Prefer;
import dev.r1pick.advice.Verdict.Reject;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Every rule that fired and what became of each of the tags: the working behind the answer.
public final class ExplainText {
  private static final int TEXT_COLUMN = 26;

  private final Wording words;
  private final Messages messages;
  private final Style style;

  /// A writer in one language and style.
  public ExplainText(Messages messages, Style style) {
    this.words = new Wording(messages);
    this.messages = messages;
    this.style = style;
  }

  /// The working, ended by an empty line.
  public String advice(Advice advice) {
    var lines = new ArrayList<String>();
    if (advice instanceof Advice.Recommendation recommendation) {
      pick(recommendation.best(), lines);
      for (var alternative : recommendation.alternatives()) {
        Evaluation other = alternative.judged();
        lines.add(
            row(
                other.candidate().tag().name(),
                words.trade(alternative.trade()),
                points(other.points())));
      }
    }
    lines.add("");
    lines.add(style.bold(messages.text("report.explain.others", advice.rejections().size())));
    for (Rejection rejection : advice.rejections()) {
      String missing =
          rejection
              .shortfall()
              .map(s -> " " + messages.text("report.explain.missing", Amounts.memory(s)))
              .orElse("");
      paragraph(
          lines,
          rejection.tag().name(),
          rejection.ruleId()
              + ": "
              + words.reason(rejection.reason())
              + missing
              + words
                  .change(rejection.reason())
                  .map(change -> messages.text("report.explain.change", change))
                  .orElse(""));
    }
    lines.add("");
    lines.add(style.bold(messages.text("report.explain.caveats")));
    advice.caveats().forEach(caveat -> paragraph(lines, caveat.id(), words.caveat(caveat)));
    return String.join("\n", lines) + "\n\n";
  }

  private void pick(Evaluation best, List<String> lines) {
    lines.add(
        style.bold(
            messages.text(
                "report.explain.pick", best.candidate().tag().fullName(), points(best.points()))));
    for (Map.Entry<Rule, Verdict> entry : best.verdicts()) {
      String id = entry.getKey().id();
      switch (entry.getValue()) {
        case Keep() -> lines.add(row(id, style.yes(), messages.text("report.explain.kept")));
        case Reject(var reason, _) -> lines.add(row(id, style.maybe(), words.reason(reason)));
        case Prefer(double points, var reason) ->
            lines.add(row(id, points(points), words.reason(reason)));
      }
    }
    lines.add("");
    lines.add(style.bold(messages.text("report.explain.quality")));
    double weights = 0;
    for (Quality.Term term : best.candidate().quality().terms()) {
      weights += term.weight();
    }
    for (Quality.Term term : best.candidate().quality().terms()) {
      lines.add(term(term, 100 * term.weight() / weights));
    }
    lines.add("");
  }

  private String term(Quality.Term term, double percent) {
    String basis =
        switch (term.basis()) {
          case MEASURED -> messages.text("report.explain.measured");
          case STAND_IN -> messages.text("report.explain.stand-in", term.from().orElse(""));
          case ESTIMATED -> messages.text("report.explain.estimated", term.from().orElse(""));
        };
    String raw = term.raw().isPresent() ? Amounts.decimal(term.raw().getAsDouble(), 1) : "–";
    return "  "
        + messages.text(
            "report.explain.term",
            term.title(),
            raw,
            Amounts.decimal(term.scaled(), 0),
            Amounts.decimal(percent, 0),
            basis);
  }

  private static String points(double points) {
    return (points > 0 ? "+" : "") + Amounts.decimal(points, 1);
  }

  private String row(String name, String mark, String text) {
    var line = new StringBuilder("  ").append(name);
    pad(line, TEXT_COLUMN);
    line.append(mark);
    pad(line, TEXT_COLUMN + 8);
    return line.append(text).toString();
  }

  private static void pad(StringBuilder line, int column) {
    line.append(" ".repeat(Math.max(1, column - Table.width(line.toString()))));
  }

  private void paragraph(List<String> lines, String name, String text) {
    List<String> wrapped = Table.wrap(text, style.columns() - TEXT_COLUMN);
    for (int i = 0; i < wrapped.size(); i++) {
      var line = new StringBuilder(i == 0 ? "  " + name : "");
      pad(line, TEXT_COLUMN);
      lines.add(line + wrapped.get(i));
    }
  }
}
