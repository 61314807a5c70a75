package dev.r1pick.report.html;

import dev.r1pick.advice.TagAssessment;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.fit.Remedy;
import dev.r1pick.json.JsonValue;
import dev.r1pick.policy.CheckResult;
import dev.r1pick.policy.Finding;
import dev.r1pick.policy.Outcome;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.policy.PolicyRemedy;
import dev.r1pick.policy.TagCheck;
import dev.r1pick.report.html.Blocks.Column;
import dev.r1pick.report.html.Blocks.Tone;
import dev.r1pick.report.html.Picture.Legend;
import dev.r1pick.report.html.Picture.Mark;
import dev.r1pick.report.html.Picture.Role;
import dev.r1pick.report.words.CheckWording;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PolicyWording;
import dev.r1pick.report.words.RemedyWording;
import dev.r1pick.report.words.Wording;
import dev.r1pick.speed.SpeedEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `check` came to, as a page.
public final class CheckHtml {
  private final CheckResult result;
  private final FitEstimator fits = new FitEstimator();

  /// A tag, or a policy.
  public CheckHtml(CheckResult result) {
    this.result = result;
  }

  /// The page.
  ///
  /// @param shown the language that it opens with
  /// @param version of r1pick
  public String page(Messages shown, String version) {
    return HtmlPage.of(shown, title(shown), version, this::content);
  }

  private String title(Messages messages) {
    return switch (result) {
      case TagCheck check -> messages.text("html.title.check", check.tag().fullName());
      case PolicyAnswer policy -> messages.text("html.title.check", policy.policy().file());
    };
  }

  private JsonValue.Builder content(Messages messages) {
    var sections = new ArrayList<JsonValue>();
    String subject =
        switch (result) {
          case TagCheck check -> {
            tag(messages, check, sections);
            yield check.tag().fullName();
          }
          case PolicyAnswer policy -> {
            policy(messages, policy, sections);
            yield policy.policy().file();
          }
        };
    sections.add(
        Blocks.section(
            messages.text("html.heading.machine"),
            List.of(Blocks.facts(new MachineFacts(messages).of(result.answer().machine())))));
    return Blocks.page(title(messages), subject, sections);
  }

  /// How good that is.
  static Tone tone(Outcome outcome) {
    return switch (outcome) {
      case MET -> Tone.GOOD;
      case WARNED -> Tone.FAIR;
      case NOT_MET -> Tone.BAD;
      case UNKNOWN -> Tone.UNKNOWN;
    };
  }

  private void tag(Messages messages, TagCheck check, List<JsonValue> sections) {
    var sentences = new CheckWording(messages);
    var policy = new PolicyWording(messages);
    Outcome outcome = check.finding().outcome();
    var facts = new ArrayList<Map.Entry<String, String>>();
    for (PolicyRemedy way : check.finding().remedies()) {
      if (!(way instanceof PolicyRemedy.FitWith || way instanceof PolicyRemedy.UseGpu)) {
        facts.add(fact(messages, "way-out", policy.remedy(way)));
      }
    }
    check.assessment().ifPresent(one -> facts(messages, check, one, facts));
    sections.add(
        Blocks.section(
            "",
            List.of(
                Blocks.verdict(
                    tone(outcome),
                    policy.outcome(outcome),
                    sentences.verdict(check),
                    policy.idle(check.answer())),
                Blocks.facts(facts))));
    check
        .assessment()
        .ifPresent(
            one -> {
              speed(messages, one).ifPresent(sections::add);
              memory(messages, one).ifPresent(sections::add);
            });
  }

  private static void facts(
      Messages messages, TagCheck check, TagAssessment one, List<Map.Entry<String, String>> facts) {
    var sentences = new CheckWording(messages);
    for (Remedy remedy : one.remedies()) {
      facts.add(fact(messages, "fits-with", new RemedyWording(messages).sentence(remedy)));
    }
    String nearer =
        one.fit() instanceof Fit.DoesNotFit ? "report.check.loads" : "report.check.mostly-on-gpu";
    for (Remedy remedy : one.nearer()) {
      String way = new RemedyWording(messages).sentence(remedy);
      facts.add(fact(messages, "nearer", messages.text(nearer, way)));
    }
    if (check.isDecidedByMemory() && !CheckWording.isRefused(one)) {
      facts.add(fact(messages, "context", sentences.context(one)));
      facts.add(fact(messages, "largest", sentences.largest(one)));
      facts.add(fact(messages, "speed", sentences.speed(one)));
    }
    facts.add(fact(messages, "disk", sentences.disk(one)));
  }

  private static Map.Entry<String, String> fact(Messages messages, String key, String text) {
    return Map.entry(messages.text("report.label." + key), text);
  }

  /// How fast it answers as its context fills.
  private static Optional<JsonValue> speed(Messages messages, TagAssessment one) {
    var marks = new ArrayList<Mark>();
    var rows = new ArrayList<List<JsonValue>>();
    if (!(one.fit() instanceof Fit.DoesNotFit)) {
      speed(messages, "first", one.atFirst(), marks, rows);
      speed(messages, "usual", one.speed(), marks, rows);
      speed(messages, "full", one.whenFull(), marks, rows);
    }
    if (marks.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Blocks.section(
            messages.text("html.heading.speed"),
            List.of(
                Blocks.pictures(
                    List.of(
                        Picture.spans(
                            messages.text("html.caption.speed"),
                            "tokens/s",
                            new Legend().put(Role.PICK, one.tag().name()),
                            marks,
                            Blocks.table(
                                List.of(
                                    Column.text(messages.text("report.column.context")),
                                    Column.number("tokens/s")),
                                rows)))))));
  }

  private static void speed(
      Messages messages,
      String key,
      SpeedEstimate speed,
      List<Mark> marks,
      List<List<JsonValue>> rows) {
    String name = messages.text("html.speed." + key);
    String rate = new Wording(messages).plainRate(speed);
    SpeedPictures.range(speed)
        .ifPresent(
            range -> {
              marks.add(
                  new Mark(
                      name,
                      Role.PICK,
                      range,
                      List.of(),
                      List.of(new Wording(messages).rate(speed))));
              rows.add(List.of(Blocks.cell(name), Blocks.cell(rate, range.expected())));
            });
  }

  private Optional<JsonValue> memory(Messages messages, TagAssessment one) {
    var settings = one.fit().plan().settings();
    FitRequest request = FitRequest.DEFAULTS.withParallel(settings.parallel());
    List<JsonValue> pictures =
        new MemoryPictures(messages).of(one.tag(), request, one.machine(), fits);
    return pictures.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Blocks.section(
                messages.text("html.heading.memory", one.tag().fullName()),
                List.of(
                    Blocks.text(messages.text("html.lead.memory")), Blocks.pictures(pictures))));
  }

  private static void policy(Messages messages, PolicyAnswer answer, List<JsonValue> sections) {
    var words = new PolicyWording(messages);
    Outcome outcome = answer.outcome(FailOn.ERROR);
    var rows = new ArrayList<List<JsonValue>>();
    for (Finding finding : answer.findings()) {
      rows.add(
          List.of(
              Blocks.cell(words.asked(finding.rule())),
              Blocks.toned(words.outcome(finding.outcome()), tone(finding.outcome())),
              Blocks.cell(words.said(finding)),
              Blocks.cell(words.remedies(finding)),
              Blocks.cell(finding.rule().why().orElse(""))));
    }
    sections.add(
        Blocks.section(
            "",
            List.of(
                Blocks.verdict(
                    tone(outcome), words.outcome(outcome), words.sum(answer), words.idle(answer)),
                Blocks.table(
                    List.of(
                        Column.text(messages.text("policy.column.asked")),
                        Column.text(messages.text("policy.column.outcome")),
                        Column.text(messages.text("policy.column.said")),
                        Column.text(messages.text("policy.column.help")),
                        Column.text(messages.text("html.column.reason"))),
                    rows))));
  }
}
