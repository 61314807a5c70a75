package dev.r1pick.report.html;

import dev.r1pick.advice.Candidate;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.html.Blocks.Column;
import dev.r1pick.report.html.Picture.Bar;
import dev.r1pick.report.html.Picture.Legend;
import dev.r1pick.report.html.Picture.Role;
import dev.r1pick.report.words.Messages;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.SpeedEstimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// How long answers of usual and of long length take: what is read first, and what is generated.
///
/// What is generated is thinking and answer together. No source tells the two apart for these uses,
/// so neither does the picture.
final class AnswerTimes {
  /// Above so many seconds the scale is in minutes.
  private static final int MOST_SECONDS = 180;

  private final Messages messages;

  AnswerTimes(Messages messages) {
    this.messages = messages;
  }

  /// One answer of a tag.
  private record Answer(
      String tag, String length, AnswerTime.Span span, int tokens, Duration reading) {}

  /// Nothing where the time of none is known.
  Optional<JsonValue> picture(List<Candidate> candidates) {
    var answers = new ArrayList<Answer>();
    for (Candidate candidate : candidates) {
      candidate.answerTime().ifPresent(time -> add(answers, candidate, time));
    }
    if (answers.isEmpty()) {
      return Optional.empty();
    }
    double longest = 0;
    boolean prompts = false;
    for (Answer answer : answers) {
      longest = Math.max(longest, seconds(answer.span().expected()));
      prompts |= !answer.reading().isZero();
    }
    double unit = longest > MOST_SECONDS ? 60 : 1;
    var bars = new ArrayList<Bar>();
    var rows = new ArrayList<List<JsonValue>>();
    for (Answer answer : answers) {
      var parts = new EnumMap<Role, Double>(Role.class);
      double reading = seconds(answer.reading());
      parts.put(Role.READING, reading / unit);
      parts.put(Role.GENERATING, (seconds(answer.span().expected()) - reading) / unit);
      bars.add(
          new Bar(
              messages.text("html.time.bar", answer.tag(), answer.length()), parts, says(answer)));
      rows.add(row(answer));
    }
    var legend = new Legend();
    if (prompts) {
      legend.put(Role.READING, messages.text("html.time.reading"));
    }
    legend.put(Role.GENERATING, messages.text("html.time.generating"));
    return Optional.of(
        Picture.stack(
            messages.text("html.caption.time"),
            messages.text(unit > 1 ? "html.time.minutes" : "html.time.seconds"),
            "",
            true,
            legend,
            bars,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Blocks.table(columns(), rows)));
  }

  private void add(List<Answer> answers, Candidate candidate, AnswerTime time) {
    Duration reading =
        candidate.speed() instanceof SpeedEstimate.Known known && known.prompt().isPresent()
            ? Duration.ofMillis(
                Math.round(
                    known.prompt().get().expected().secondsFor(time.length().promptTokens())
                        * 1000))
            : Duration.ZERO;
    String tag = candidate.tag().name();
    answers.add(
        new Answer(
            tag,
            messages.text("html.time.usual"),
            time.typical(),
            time.length().typicalTokens(),
            reading));
    answers.add(
        new Answer(
            tag,
            messages.text("html.time.long"),
            time.heavy(),
            time.length().heavyTokens(),
            reading));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private List<String> says(Answer answer) {
    var says = new ArrayList<String>();
    says.add(
        messages.text(
            "html.with-range", messages.duration(answer.span().expected()), range(answer)));
    if (!answer.reading().isZero()) {
      says.add(messages.text("policy.line", messages.text("html.time.reading"), reading(answer)));
    }
    says.add(
        messages.text("policy.line", messages.text("html.time.generating"), generating(answer)));
    says.add(messages.text("html.time.tokens", answer.tokens()));
    return says;
  }

  private String range(Answer answer) {
    return messages.range(
        messages.duration(answer.span().low()), messages.duration(answer.span().high()));
  }

  private String reading(Answer answer) {
    return messages.duration(answer.reading());
  }

  private String generating(Answer answer) {
    return messages.duration(answer.span().expected().minus(answer.reading()));
  }

  private List<Column> columns() {
    return List.of(
        Column.text(messages.text("report.column.tag")),
        Column.text(messages.text("html.time.answer")),
        Column.number(messages.text("html.time.whole")),
        Column.number(messages.text("html.time.range")),
        Column.number(messages.text("html.time.reading")),
        Column.number(messages.text("html.time.generating")),
        Column.number(messages.text("html.time.length")));
  }

  private List<JsonValue> row(Answer answer) {
    return List.of(
        Blocks.cell(answer.tag()),
        Blocks.cell(answer.length()),
        Blocks.cell(messages.duration(answer.span().expected()), seconds(answer.span().expected())),
        Blocks.cell(range(answer)),
        Blocks.cell(
            answer.reading().isZero() ? messages.text("plan.dash") : reading(answer),
            seconds(answer.reading())),
        Blocks.cell(generating(answer), seconds(answer.span().expected().minus(answer.reading()))),
        Blocks.cell(Integer.toString(answer.tokens()), answer.tokens()));
  }
}
