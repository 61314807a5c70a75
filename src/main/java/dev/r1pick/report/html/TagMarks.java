package dev.r1pick.report.html;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Advice.Alternative;
import dev.r1pick.advice.Advice.Rejection;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Evaluation;
import dev.r1pick.fit.Fit;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.html.Blocks.Column;
import dev.r1pick.report.html.Picture.Legend;
import dev.r1pick.report.html.Picture.Mark;
import dev.r1pick.report.html.Picture.Range;
import dev.r1pick.report.html.Picture.Role;
import dev.r1pick.report.words.AdviceWording;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import dev.r1pick.speed.SpeedEstimate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every tag that can be loaded, by its quality and its speed, each with its range.
final class TagMarks {
  private final Messages messages;
  private final Wording words;
  private final Advice advice;
  private final List<Evaluation> all;

  /// @param all the best way of each tag
  TagMarks(Messages messages, Advice advice, List<Evaluation> all) {
    this.messages = messages;
    this.words = new Wording(messages);
    this.advice = advice;
    this.all = all;
  }

  /// Nothing where no tag can be loaded.
  Optional<JsonValue> picture() {
    var marks = new ArrayList<Mark>();
    var rows = new ArrayList<List<JsonValue>>();
    Map<String, String> why = why();
    for (Candidate candidate : candidates()) {
      if (!(candidate.fit() instanceof Fit.DoesNotFit)) {
        Role role = role(candidate);
        String said = why.getOrDefault(candidate.tag().name(), "");
        rows.add(row(candidate, role, said));
        SpeedPictures.range(candidate.speed())
            .ifPresent(speed -> marks.add(mark(candidate, role, speed, said)));
      }
    }
    if (marks.isEmpty()) {
      return Optional.empty();
    }
    var legend = new Legend();
    for (Role role : List.of(Role.PICK, Role.ALTERNATIVE, Role.FITS, Role.SPILLS)) {
      var names = new ArrayList<String>();
      for (Mark mark : marks) {
        if (mark.role() == role) {
          names.add(mark.name());
        }
      }
      if (!names.isEmpty()) {
        boolean few = role == Role.PICK || role == Role.ALTERNATIVE;
        String name = messages.text("html.role." + role.word());
        legend.put(role, few ? messages.text("policy.line", name, messages.list(names)) : name);
      }
    }
    return Optional.of(
        Picture.points(
            messages.text("html.caption.quality", words.useCase(advice.question().useCase())),
            "tokens/s",
            messages.text("compare.row.quality"),
            legend,
            marks,
            Blocks.table(columns(), rows)));
  }

  /// The alternatives as they were judged, the rest by its best way.
  private List<Candidate> candidates() {
    var candidates = new ArrayList<Candidate>();
    for (Evaluation one : all) {
      candidates.add(shown(one.candidate().tag().name()).orElse(one.candidate()));
    }
    return candidates;
  }

  private Optional<Candidate> shown(String tag) {
    if (advice instanceof Advice.Recommendation recommendation) {
      if (recommendation.best().candidate().tag().name().equals(tag)) {
        return Optional.of(recommendation.best().candidate());
      }
      for (Alternative alternative : recommendation.alternatives()) {
        if (alternative.judged().candidate().tag().name().equals(tag)) {
          return Optional.of(alternative.judged().candidate());
        }
      }
    }
    return Optional.empty();
  }

  /// What is said of each tag that is not the pick.
  private Map<String, String> why() {
    var why = new HashMap<String, String>();
    for (Rejection rejection : advice.rejections()) {
      why.put(rejection.tag().name(), words.reason(rejection.reason()));
    }
    if (advice instanceof Advice.Recommendation recommendation) {
      for (Alternative alternative : recommendation.alternatives()) {
        why.put(
            alternative.judged().candidate().tag().name(),
            new AdviceWording(messages).trade(alternative, recommendation));
      }
    }
    return why;
  }

  private Role role(Candidate candidate) {
    if (advice instanceof Advice.Recommendation recommendation) {
      String pick = recommendation.best().candidate().tag().name();
      if (candidate.tag().name().equals(pick)) {
        return Role.PICK;
      }
      if (shown(candidate.tag().name()).isPresent()) {
        return Role.ALTERNATIVE;
      }
    }
    return candidate.fit() instanceof Fit.Partly ? Role.SPILLS : Role.FITS;
  }

  private Mark mark(Candidate candidate, Role role, Range speed, String said) {
    var quality = candidate.quality();
    var says = new ArrayList<String>();
    says.add(words.rate(candidate.speed()));
    says.add(messages.text("html.quality", quality(candidate)));
    candidate.answerTime().ifPresent(time -> says.add(words.answer(time)));
    says.add(messages.text("html.context", candidate.contextLength()));
    says.add(words.placement(candidate));
    if (!said.isEmpty() && role != Role.ALTERNATIVE) {
      says.add(said);
    }
    return new Mark(
        candidate.tag().name(),
        role,
        speed,
        List.of(new Range(quality.low(), quality.score(), quality.high())),
        says);
  }

  /// `48 (41–55)`.
  private String quality(Candidate candidate) {
    var quality = candidate.quality();
    return messages.text(
        "html.with-range",
        Amounts.about(quality.score()),
        messages.range(Amounts.about(quality.low()), Amounts.about(quality.high())));
  }

  private List<Column> columns() {
    return List.of(
        Column.text(messages.text("report.column.tag")),
        Column.text(messages.text("html.column.role")),
        Column.number(messages.text("compare.row.quality")),
        Column.number("tokens/s"),
        Column.number(messages.text("compare.row.answer")),
        Column.number(messages.text("report.column.context")),
        Column.text(messages.text("report.column.where")),
        Column.text(messages.text("html.column.said")));
  }

  private List<JsonValue> row(Candidate candidate, Role role, String said) {
    SpeedEstimate speed = candidate.speed();
    return List.of(
        Blocks.cell(candidate.tag().name()),
        Blocks.cell(messages.text("html.role." + role.word())),
        Blocks.cell(quality(candidate), candidate.quality().score()),
        Blocks.cell(words.plainRate(speed), candidate.generationRate().orElse(0)),
        candidate
            .answerTime()
            .map(
                time ->
                    Blocks.cell(
                        messages.duration(time.typical().expected()),
                        time.typical().expected().toMillis() / 1000.0))
            .orElseGet(() -> Blocks.cell(messages.text("plan.dash"), 0)),
        Blocks.cell(candidate.contextLength().shortText(), candidate.contextLength().tokens()),
        Blocks.cell(words.placement(candidate)),
        Blocks.cell(said));
  }
}
