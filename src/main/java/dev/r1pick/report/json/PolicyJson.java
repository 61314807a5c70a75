package dev.r1pick.report.json;

import dev.r1pick.hardware.MachineDocument;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.policy.Actual;
import dev.r1pick.policy.Finding;
import dev.r1pick.policy.Outcome;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.policy.PolicyRemedy;
import dev.r1pick.report.words.Codes;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PolicyWording;
import java.util.ArrayList;
import java.util.List;

/// What became of a policy as JSON (docs/schema/policy-check.schema.json).
public final class PolicyJson {
  private final PolicyWording words;

  /// A writer whose sentences are in one language.
  public PolicyJson(Messages messages) {
    this.words = new PolicyWording(messages);
  }

  /// The answer to `check` with a policy.
  public String answer(PolicyAnswer answer, String catalogVersion) {
    return JsonWriter.pretty(
        JsonValue.object()
            .put("schema_version", LoadJson.SCHEMA_VERSION)
            .put("command", "check")
            .put("policy", answer.policy().file())
            .put("outcome", answer.outcome(FailOn.ERROR).code())
            .put("summary", summary(answer))
            .put("findings", findings(answer))
            .put("idle_gpus", JsonValue.texts(words.idle(answer)))
            .put("machine", MachineDocument.write(answer.machine()))
            .put("catalog_version", catalogVersion)
            .build());
  }

  /// How many rules came out how.
  static JsonValue summary(PolicyAnswer answer) {
    return JsonValue.object()
        .put("met", answer.count(Outcome.MET))
        .put("warned", answer.count(Outcome.WARNED))
        .put("not_met", answer.count(Outcome.NOT_MET))
        .put("unknown", answer.count(Outcome.UNKNOWN))
        .build();
  }

  /// One object a rule.
  List<JsonValue> findings(PolicyAnswer answer) {
    var findings = new ArrayList<JsonValue>();
    for (Finding finding : answer.findings()) {
      findings.add(finding(finding));
    }
    return findings;
  }

  private JsonValue finding(Finding finding) {
    var object =
        JsonValue.object()
            .put("rule", finding.rule().path())
            .put("kind", finding.rule().requirement().key())
            .put("severity", finding.rule().severity().key())
            .put("line", finding.rule().place().line())
            .put("asked", words.asked(finding.rule()))
            .put("why", finding.rule().why().map(JsonValue.Text::new))
            .put("outcome", finding.outcome().code())
            .put("message", words.said(finding))
            .put("reason", finding.reason().map(reason -> new JsonValue.Text(reason.id())));
    switch (finding.actual()) {
      case Actual.Load load ->
          object
              .put("tag", load.tag().fullName())
              .put("verdict", Codes.verdict(load.fit()))
              .put("context_tokens", load.fit().plan().settings().contextLength().tokens())
              .put("placement", LoadJson.placement(load.fit().plan().placement()))
              .put("speed", LoadJson.speed(load.speed()))
              .put("answer_seconds", load.answerTime().map(LoadJson::answerTime));
      case Actual.Amount(var have) -> object.put("have_bytes", have.count());
      case Actual.Version(var version) -> object.put("version", version);
      case Actual.Tags(var tags) ->
          object.put("tags", JsonValue.texts(tags.stream().map(tag -> tag.fullName()).toList()));
      case Actual.Nothing _ -> {}
    }
    return object.put("remedies", remedies(finding.remedies())).build();
  }

  private List<JsonValue> remedies(List<PolicyRemedy> ways) {
    var remedies = new ArrayList<JsonValue>();
    for (PolicyRemedy way : ways) {
      remedies.add(
          JsonValue.object()
              .put("kind", PolicyWording.kind(way))
              .put("message", words.remedy(way))
              .build());
    }
    return remedies;
  }
}
