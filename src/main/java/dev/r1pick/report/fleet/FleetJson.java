package dev.r1pick.report.fleet;

import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.policy.Actual;
import dev.r1pick.policy.Finding;
import dev.r1pick.policy.FleetEntry;
import dev.r1pick.policy.FleetSummary;
import dev.r1pick.policy.Outcome;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.report.json.LoadJson;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PolicyWording;
import dev.r1pick.text.Escaping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Many machines as JSON lines (docs/schema/fleet.schema.json), the summary last.
public final class FleetJson implements FleetWriter {
  private final PolicyWording words;
  private final FailOn failOn;

  /// A writer whose sentences are in one language.
  ///
  /// @param failOn which rules count
  public FleetJson(Messages messages, FailOn failOn) {
    this.words = new PolicyWording(messages);
    this.failOn = failOn;
  }

  @Override
  public String line(FleetEntry entry) {
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
            .put(
                "context_tokens",
                load.map(
                    l -> new JsonValue.Whole(l.fit().plan().settings().contextLength().tokens())))
            .put("speed", load.map(l -> LoadJson.speed(l.speed())))
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

  @Override
  public String end(FleetSummary summary) {
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
                .put("schema_version", LoadJson.SCHEMA_VERSION)
                .put("command", "check")
                .put("summary", sum)
                .build())
        + "\n";
  }
}
