package dev.r1pick.report.text;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Advice.Rejection;
import dev.r1pick.advice.Caveat;
import dev.r1pick.advice.Evaluation;
import dev.r1pick.advice.Rule;
import dev.r1pick.advice.Verdict;
import dev.r1pick.advice.Verdict.Keep;
import dev.r1pick.advice.Verdict.Prefer;
import dev.r1pick.advice.Verdict.Reject;
import dev.r1pick.advice.quality.Quality;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The working behind an answer: what spoke for the pick, what the evidence is, how sure it is, and
/// why each other tag lost, by reason.
final class ExplainText {
  private static final int INDENT = 2;

  private final Wording words;
  private final Messages messages;
  private final Screen screen;
  private final Style style;

  /// A writer in one language and style.
  ExplainText(Messages messages, Style style) {
    this.words = new Wording(messages);
    this.messages = messages;
    this.screen = new Screen(messages, style);
    this.style = style;
  }

  /// The working, each part after an empty line.
  List<String> lines(Advice advice) {
    var lines = new ArrayList<String>();
    notes(advice, lines);
    if (advice instanceof Advice.Recommendation recommendation) {
      points(recommendation.best(), lines);
      evidence(recommendation.best(), lines);
      heading(lines, messages.text("report.explain.confidence"));
      screen.indented(lines, words.confidence(recommendation.confidence()));
      String license =
          messages.text(
              "report.explain.license",
              words.license(recommendation.best().candidate().tag().variant()));
      screen.indented(lines, license);
    }
    rejections(advice.rejections(), lines);
    return lines;
  }

  private void notes(Advice advice, List<String> lines) {
    boolean first = true;
    for (Caveat caveat : advice.caveats()) {
      if (!AdviceText.isSaidElsewhere(caveat)) {
        if (first) {
          lines.add("");
          first = false;
        }
        screen.note(lines, words.caveat(caveat));
      }
    }
  }

  /// The rules that gave or took points, the weightiest first; those that only keep are counted.
  private void points(Evaluation best, List<String> lines) {
    heading(
        lines,
        messages.text(
            "report.explain.points",
            best.candidate().tag().fullName(),
            Amounts.decimal(best.points(), 1)));
    var table = new Table(2);
    int kept = 0;
    for (Map.Entry<Rule, Verdict> entry : best.verdicts()) {
      String id = words.rule(entry.getKey().id());
      switch (entry.getValue()) {
        case Keep() -> kept++;
        case Reject(var reason, _) ->
            table.row(" ".repeat(INDENT) + id, style.maybe(), words.reason(reason));
        case Prefer(double points, var reason) ->
            table.row(" ".repeat(INDENT) + id, signed(points), words.reason(reason));
      }
    }
    lines.addAll(table.lines(style.columns()));
    screen.indented(lines, messages.counted("report.explain.kept", kept));
  }

  private void evidence(Evaluation best, List<String> lines) {
    heading(lines, messages.text("report.explain.quality"));
    double weights = 0;
    for (Quality.Term term : best.candidate().quality().terms()) {
      weights += term.weight();
    }
    var table = new Table(2);
    for (Quality.Term term : best.candidate().quality().terms()) {
      String score =
          term.raw().isPresent()
              ? Amounts.decimal(term.raw().getAsDouble(), 1)
              : messages.text("report.unknown");
      table.row(
          " ".repeat(INDENT) + words.benchmark(term),
          score,
          messages.text(
              "report.explain.term",
              Amounts.decimal(term.scaled(), 0),
              Amounts.decimal(100 * term.weight() / weights, 0),
              words.basis(term)));
    }
    lines.addAll(table.lines(style.columns()));
  }

  /// Each reason once: the tag that came nearest with its figures, then the others by name.
  private void rejections(List<Rejection> rejections, List<String> lines) {
    heading(lines, messages.counted("report.explain.others", rejections.size()));
    var groups = new LinkedHashMap<String, List<Rejection>>();
    for (Rejection rejection : rejections) {
      groups.computeIfAbsent(rejection.ruleId(), _ -> new ArrayList<>()).add(rejection);
    }
    var table = new Table(2);
    for (Map.Entry<String, List<Rejection>> group : groups.entrySet()) {
      Rejection first = group.getValue().getFirst();
      var others = new ArrayList<String>();
      for (Rejection rejection : group.getValue().subList(1, group.getValue().size())) {
        others.add(rejection.tag().name());
      }
      var said = new ArrayList<String>();
      said.add(
          messages.text(
              "report.explain.rejection", first.tag().name(), words.reason(first.reason())));
      words
          .change(first.reason())
          .ifPresent(way -> said.add(messages.text("report.explain.change", way)));
      if (!others.isEmpty()) {
        said.add(messages.text("report.explain.also", others));
      }
      table.row(
          " ".repeat(INDENT) + style.faint(words.rule(group.getKey())), messages.sentences(said));
    }
    lines.addAll(table.lines(style.columns()));
  }

  private void heading(List<String> lines, String text) {
    lines.add("");
    screen.paragraph(lines, style.bold(text));
  }

  private static String signed(double points) {
    return (points > 0 ? "+" : "") + Amounts.decimal(points, 1);
  }
}
