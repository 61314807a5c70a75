package dev.r1pick.report.ci;

import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.policy.Actual;
import dev.r1pick.policy.Finding;
import dev.r1pick.policy.FleetEntry;
import dev.r1pick.policy.FleetSummary;
import dev.r1pick.policy.Outcome;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.policy.PolicyRule;
import dev.r1pick.report.json.JsonReport;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PolicyWording;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.text.Escaping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Many machines, one line each, and what they come to: as text, JSON lines, CSV, Markdown or JUnit
/// XML. Several threads may use one.
public final class FleetReport {
  private static final int MOST_MISSING = 10;

  private final Messages messages;
  private final PolicyWording words;
  private final Style style;
  private final FailOn failOn;

  /// A report in one language and style.
  ///
  /// @param failOn which rules count
  public FleetReport(Messages messages, Style style, FailOn failOn) {
    this.messages = messages;
    this.words = new PolicyWording(messages);
    this.style = style;
    this.failOn = failOn;
  }

  /// `✓ build-07: deepseek-r1:14b at 16k runs whole on your RTX 3060, 25–34 tokens/s`.
  public String text(FleetEntry entry) {
    String name = Escaping.line(entry.name());
    return switch (entry) {
      case FleetEntry.Unreadable(_, _, var problem) ->
          style.no() + " " + messages.text("policy.line", name, Escaping.line(problem)) + "\n";
      case FleetEntry.Answered(_, _, var answer) ->
          mark(answer.outcome(failOn))
              + " "
              + messages.text("policy.line", name, Escaping.line(said(answer)))
              + "\n";
    };
  }

  private String mark(Outcome outcome) {
    return switch (outcome) {
      case MET -> style.yes();
      case WARNED -> style.maybe();
      case NOT_MET -> style.no();
      case UNKNOWN -> style.warning("?");
    };
  }

  /// What it runs, or the first thing that is missing and how many more are.
  private String said(PolicyAnswer answer) {
    Outcome outcome = answer.outcome(failOn);
    Optional<Finding> first = Optional.empty();
    int others = 0;
    for (Finding finding : answer.findings()) {
      boolean counts =
          outcome == Outcome.NOT_MET
              ? finding.outcome() == Outcome.NOT_MET || finding.outcome() == Outcome.WARNED
              : finding.outcome() == outcome;
      if (outcome != Outcome.MET && counts) {
        others += first.isPresent() ? 1 : 0;
        first = first.or(() -> Optional.of(finding));
      }
    }
    if (first.isPresent()) {
      String text =
          messages.text("policy.line", words.asked(first.get().rule()), words.said(first.get()));
      return others == 0 ? text : messages.text("policy.fleet.and-more", text, others);
    }
    return FleetSummary.load(answer)
        .map(words::load)
        .orElseGet(
            () -> messages.text("policy.sum", answer.count(Outcome.MET), answer.findings().size()));
  }

  /// One JSON object on a line (docs/schema/fleet.schema.json).
  public String json(FleetEntry entry) {
    var object =
        JsonValue.object()
            .put("machine", Escaping.line(entry.name()))
            .put("number", entry.number());
    switch (entry) {
      case FleetEntry.Unreadable(_, _, var problem) ->
          object.put("outcome", "unreadable").put("problem", Escaping.line(problem));
      case FleetEntry.Answered(_, _, var answer) -> {
        object.put("outcome", answer.outcome(failOn).code());
        Optional<Actual.Load> load = FleetSummary.load(answer);
        object
            .put("tag", load.map(l -> new JsonValue.Text(l.tag().fullName())))
            .put("context_tokens", load.map(l -> new JsonValue.Whole(context(l))))
            .put("speed", load.map(l -> JsonReport.speed(l.speed())))
            .put("missing", missing(answer));
      }
    }
    return JsonWriter.compact(object.build()) + "\n";
  }

  private List<JsonValue> missing(PolicyAnswer answer) {
    var missing = new ArrayList<JsonValue>();
    for (Finding finding : answer.findings()) {
      if (finding.outcome() != Outcome.MET) {
        missing.add(
            JsonValue.object()
                .put("rule", finding.rule().path())
                .put("outcome", finding.outcome().code())
                .put("message", words.said(finding))
                .build());
      }
    }
    return missing;
  }

  private static int context(Actual.Load load) {
    return load.fit().plan().settings().contextLength().tokens();
  }

  /// What stands before the lines of a CSV.
  public static final String CSV_HEAD =
      "machine,number,outcome,tag,context_tokens,tokens_per_second,missing,message\r\n";

  /// A line of a CSV.
  public String csv(FleetEntry entry) {
    var line = new StringBuilder(128);
    line.append(Escaping.csv(entry.name())).append(',').append(entry.number()).append(',');
    switch (entry) {
      case FleetEntry.Unreadable(_, _, var problem) ->
          line.append("unreadable,,,,,").append(Escaping.csv(problem));
      case FleetEntry.Answered(_, _, var answer) -> {
        line.append(answer.outcome(failOn).code()).append(',');
        FleetSummary.load(answer)
            .ifPresentOrElse(
                load ->
                    line.append(Escaping.csv(load.tag().fullName()))
                        .append(',')
                        .append(context(load))
                        .append(',')
                        .append(rate(load.speed())),
                () -> line.append(",,"));
        line.append(',').append(paths(answer)).append(',').append(Escaping.csv(said(answer)));
      }
    }
    return line.append("\r\n").toString();
  }

  private static String rate(SpeedEstimate speed) {
    return speed instanceof SpeedEstimate.Known known
        ? Amounts.decimal(known.generation().expected().tokensPerSecond(), 1)
        : "";
  }

  private static String paths(PolicyAnswer answer) {
    var paths = new StringBuilder();
    for (Finding finding : answer.findings()) {
      if (finding.outcome() != Outcome.MET) {
        paths.append(paths.isEmpty() ? "" : " ").append(finding.rule().path());
      }
    }
    return paths.toString();
  }

  /// What stands before the rows of a Markdown table.
  public String markdownHead() {
    return "| "
        + messages.text("policy.column.machine")
        + " | "
        + messages.text("policy.column.outcome")
        + " | "
        + messages.text("policy.column.said")
        + " |\n|---|---|---|\n";
  }

  /// A row of a Markdown table.
  public String markdown(FleetEntry entry) {
    String outcome;
    String said;
    switch (entry) {
      case FleetEntry.Unreadable(_, _, var problem) -> {
        outcome = messages.text("policy.outcome.unreadable");
        said = problem;
      }
      case FleetEntry.Answered(_, _, var answer) -> {
        outcome = words.outcome(answer.outcome(failOn));
        said = said(answer);
      }
    }
    return "| "
        + Escaping.markdown(entry.name())
        + " | "
        + Escaping.markdown(outcome)
        + " | "
        + Escaping.markdown(said)
        + " |\n";
  }

  /// A suite of JUnit XML.
  public String junit(FleetEntry entry) {
    return switch (entry) {
      case FleetEntry.Unreadable(var name, _, var problem) -> JunitReport.broken(name, problem);
      case FleetEntry.Answered(var name, _, var answer) ->
          new JunitReport(messages).suite(name, answer);
    };
  }

  /// What they come to, a few lines.
  public String summary(FleetSummary summary) {
    var lines = new ArrayList<String>();
    var parts = new ArrayList<String>();
    parts.add(messages.text("policy.fleet.sum", summary.met(), summary.machines()));
    addCount(parts, summary.notMet(), "policy.outcome.not-met");
    addCount(parts, summary.unknown(), "policy.outcome.unknown");
    addCount(parts, summary.unreadable(), "policy.outcome.unreadable");
    lines.add(style.bold(String.join(", ", parts)));
    List<FleetSummary.Count<PolicyRule>> missing = summary.missing();
    for (var count : missing.subList(0, Math.min(MOST_MISSING, missing.size()))) {
      lines.add(messages.text("policy.fleet.missing", count.machines(), words.asked(count.what())));
    }
    for (var count : summary.tags()) {
      lines.add(messages.text("policy.fleet.tag", count.machines(), count.what()));
    }
    return String.join("\n", lines) + "\n";
  }

  /// The same below a Markdown table.
  public String markdownSummary(FleetSummary summary) {
    var text = new StringBuilder();
    new FleetReport(messages, Style.PLAIN, failOn)
        .summary(summary)
        .lines()
        .forEach(line -> text.append("- ").append(Escaping.markdown(line)).append('\n'));
    return text.toString();
  }

  private void addCount(List<String> parts, long count, String key) {
    if (count > 0) {
      parts.add(count + " " + messages.text(key));
    }
  }

  /// The same as one JSON object on a line, the last.
  public String summaryAsJson(FleetSummary summary) {
    var missing = new ArrayList<JsonValue>();
    for (var count : summary.missing()) {
      missing.add(
          JsonValue.object()
              .put("rule", count.what().path())
              .put("asked", words.asked(count.what()))
              .put("machines", count.machines())
              .build());
    }
    var tags = new ArrayList<JsonValue>();
    for (var count : summary.tags()) {
      tags.add(
          JsonValue.object().put("tag", count.what()).put("machines", count.machines()).build());
    }
    JsonValue sum =
        JsonValue.object()
            .put("machines", summary.machines())
            .put("met", summary.met())
            .put("not_met", summary.notMet())
            .put("unknown", summary.unknown())
            .put("unreadable", summary.unreadable())
            .put("missing", missing)
            .put("tags", tags)
            .build();
    return JsonWriter.compact(
            JsonValue.object()
                .put("schema_version", JsonReport.SCHEMA_VERSION)
                .put("command", "check")
                .put("summary", sum)
                .build())
        + "\n";
  }
}
