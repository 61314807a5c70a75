package dev.r1pick.report.html;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Evaluation;
import dev.r1pick.advice.Rule;
import dev.r1pick.advice.Verdict;
import dev.r1pick.advice.Verdict.Prefer;
import dev.r1pick.advice.Verdict.Reject;
import dev.r1pick.advice.quality.Quality;
import dev.r1pick.catalog.BenchmarkTable;
import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.hardware.Note;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.html.Blocks.Column;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.NoteWording;
import dev.r1pick.report.words.Wording;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.SpeedEstimate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The working behind an advice: what spoke for the pick, what is assumed, and where it is from.
final class AdviceWorking {
  private final Messages messages;
  private final Wording words;
  private final UseCases useCases;

  AdviceWorking(Messages messages, UseCases useCases) {
    this.messages = messages;
    this.words = new Wording(messages);
    this.useCases = useCases;
  }

  /// Points, evidence, how sure that is.
  JsonValue why(Advice.Recommendation advice) {
    Evaluation best = advice.best();
    return Blocks.section(
        messages.text(
            "report.explain.points",
            best.candidate().tag().fullName(),
            Amounts.decimal(best.points(), 1)),
        List.of(
            points(best),
            Blocks.heading(messages.text("report.explain.quality")),
            evidence(best.candidate().quality()),
            Blocks.heading(messages.text("report.explain.confidence")),
            Blocks.notes(
                List.of(
                    words.confidence(advice.confidence()),
                    messages.text(
                        "report.explain.license",
                        words.license(best.candidate().tag().variant()))))));
  }

  private JsonValue points(Evaluation best) {
    var rows = new ArrayList<List<JsonValue>>();
    for (Map.Entry<Rule, Verdict> entry : best.verdicts()) {
      String id = words.rule(entry.getKey().id());
      switch (entry.getValue()) {
        case Verdict.Keep() -> {}
        case Reject(var reason, _) -> rows.add(point(id, "!", 0, words.reason(reason)));
        case Prefer(double points, var reason) -> {
          String sign = points > 0 ? "+" : "";
          rows.add(point(id, sign + Amounts.decimal(points, 1), points, words.reason(reason)));
        }
      }
    }
    return Blocks.table(
        List.of(
            Column.text(messages.text("html.column.rule")),
            Column.number(messages.text("html.column.points")),
            Column.text(messages.text("html.column.why"))),
        rows);
  }

  private static List<JsonValue> point(String rule, String text, double points, String why) {
    return List.of(Blocks.cell(rule), Blocks.cell(text, points), Blocks.cell(why));
  }

  private JsonValue evidence(Quality quality) {
    double weights = 0;
    for (Quality.Term term : quality.terms()) {
      weights += term.weight();
    }
    var rows = new ArrayList<List<JsonValue>>();
    for (Quality.Term term : quality.terms()) {
      double share = 100 * term.weight() / weights;
      rows.add(
          List.of(
              Blocks.cell(words.benchmark(term)),
              term.raw().isPresent()
                  ? Blocks.cell(
                      Amounts.decimal(term.raw().getAsDouble(), 1), term.raw().getAsDouble())
                  : Blocks.cell(messages.text("report.unknown"), 0),
              Blocks.cell(Amounts.decimal(term.scaled(), 0), term.scaled()),
              Blocks.cell(messages.text("compare.percent", Amounts.decimal(share, 0)), share),
              Blocks.cell(words.basis(term))));
    }
    return Blocks.table(
        List.of(
            Column.text(messages.text("html.column.benchmark")),
            Column.number(messages.text("html.column.score")),
            Column.number(messages.text("html.column.scaled")),
            Column.number(messages.text("html.column.weight")),
            Column.text(messages.text("html.column.basis"))),
        rows);
  }

  /// What is assumed, of which machine, and the sources of the figures.
  JsonValue basis(Advice advice, String catalogVersion) {
    var assumed = new ArrayList<String>();
    var question = advice.question();
    assumed.add(
        messages.text(
            "html.assumed.question",
            words.useCase(question.useCase()),
            Locale.of(question.language())));
    if (advice instanceof Advice.Recommendation recommendation) {
      Candidate pick = recommendation.best().candidate();
      speed(pick.speed()).ifPresent(assumed::add);
      pick.answerTime().ifPresent(time -> assumed.add(length(time)));
    }
    assumed.add(messages.text("html.assumed.memory"));
    assumed.add(
        messages.text(
            "html.assumed.ollama",
            question
                .machine()
                .ollama()
                .version()
                .orElseGet(() -> messages.text("report.hardware.no-ollama"))));
    for (Note note : question.machine().notes()) {
      assumed.add(NoteWording.sentence(note, messages));
    }
    assumed.add(messages.text("html.assumed.catalog", catalogVersion));
    return Blocks.section(
        messages.text("html.heading.basis"),
        List.of(
            Blocks.facts(new MachineFacts(messages).of(question.machine())),
            Blocks.notes(assumed),
            Blocks.heading(messages.text("html.heading.sources")),
            sources(advice)));
  }

  /// How full the context is at the rate that is told, and what backs it.
  private Optional<String> speed(SpeedEstimate speed) {
    return switch (speed) {
      case SpeedEstimate.Known(_, _, int at, var basis) ->
          Optional.of(
              switch (basis) {
                case SpeedEstimate.Basis.MeasuredHere _ ->
                    messages.text("html.assumed.speed-measured", at);
                case SpeedEstimate.Basis.FromBandwidth(var speedClass, int rows) ->
                    messages.text("html.assumed.speed", at, rows, speedClass);
                case SpeedEstimate.Basis.ByBackend(var backend) ->
                    messages.text("html.assumed.speed-by-backend", at, backend);
              });
      case SpeedEstimate.Bounds(_, _, int at, var backend) ->
          Optional.of(messages.text("html.assumed.speed-by-backend", at, backend));
      case SpeedEstimate.Unknown _ -> Optional.empty();
    };
  }

  private String length(AnswerTime time) {
    return messages.text(
        time.length().measured() ? "html.assumed.length-measured" : "html.assumed.length",
        time.length().promptTokens(),
        time.length().typicalTokens(),
        time.length().heavyTokens());
  }

  private JsonValue sources(Advice advice) {
    Set<String> ids = new LinkedHashSet<>(advice.question().useCase().sources());
    if (advice instanceof Advice.Recommendation recommendation) {
      Candidate pick = recommendation.best().candidate();
      for (Quality.Term term : pick.quality().terms()) {
        BenchmarkTable table = useCases.benchmarks().get(term.benchmark());
        if (table != null) {
          ids.add(table.evidence().source());
        }
      }
      useCases
          .answerLength(advice.question().useCase(), pick.tag().variant().id())
          .ifPresent(length -> ids.add(length.evidence().source()));
    }
    var rows = new ArrayList<List<JsonValue>>();
    for (String id : ids) {
      Source source = useCases.sources().get(id);
      if (source != null) {
        boolean address = source.reference().startsWith("https://");
        rows.add(
            List.of(
                address
                    ? Blocks.link(source.title(), source.reference())
                    : Blocks.cell(source.title()),
                Blocks.cell(source.date()),
                Blocks.cell(address ? "" : source.reference())));
      }
    }
    return Blocks.table(
        List.of(
            Column.text(messages.text("html.column.source")),
            Column.text(messages.text("html.column.date")),
            Column.text(messages.text("html.column.where"))),
        rows);
  }
}
