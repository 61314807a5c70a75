package dev.r1pick.report.json;

import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.TagAssessment;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.Variant;
import dev.r1pick.compare.MachineComparison;
import dev.r1pick.compare.TagComparison;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.MachineDocument;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.policy.PolicyCatalog;
import dev.r1pick.report.words.Codes;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tags or machines side by side, as JSON (docs/schema/compare.schema.json).
public final class CompareJson {

  /// Several tags on one machine.
  public String tags(TagComparison comparison, Machine machine, PolicyCatalog data) {
    var sides = new ArrayList<JsonValue>();
    for (TagComparison.Side side : comparison.sides()) {
      sides.add(side(side));
    }
    var scores = new ArrayList<JsonValue>();
    for (TagComparison.Scores row : comparison.scores()) {
      var values = new ArrayList<JsonValue>();
      row.values().forEach(value -> values.add(new JsonValue.Decimal(value)));
      scores.add(JsonValue.object().put("benchmark", row.id()).put("values", values).build());
    }
    return JsonWriter.pretty(
        head(comparison.useCase(), "tags")
            .put("one_file", comparison.isOneFile(data))
            .put("pick", comparison.pick().map(side -> new JsonValue.Text(side.tag().fullName())))
            .put("tags", sides)
            .put("scores", scores)
            .put("machine", MachineDocument.write(machine))
            .put("catalog_version", data.catalog().version())
            .build());
  }

  private static JsonValue.Builder head(UseCaseProfile useCase, String kind) {
    return JsonValue.object()
        .put("schema_version", LoadJson.SCHEMA_VERSION)
        .put("command", "compare")
        .put("kind", kind)
        .put("use_case", useCase.id());
  }

  private static JsonValue side(TagComparison.Side side) {
    TagAssessment assessment = side.assessment();
    Variant variant = side.tag().variant();
    var picked = new ArrayList<String>();
    side.pickedFor().forEach(profile -> picked.add(profile.id()));
    return JsonValue.object()
        .put("tag", side.tag().fullName())
        .put("variant", variant.id())
        .put("base_model", variant.baseModel())
        .put("released", variant.releaseDate())
        .put("quantization", side.tag().quantization().label())
        .put("quantization_loss_percent", side.quality().lossPercent())
        .put("download_bytes", side.tag().download().count())
        .put("context_tokens", assessment.fit().plan().settings().contextLength().tokens())
        .put("trained_context_tokens", variant.trainedContext().tokens())
        .put("verdict", Codes.verdict(assessment.fit()))
        .put("placement", LoadJson.placement(assessment.fit().plan().placement()))
        .put("memory_bytes", assessment.fit().plan().total().count())
        .put("max_context_tokens", assessment.largestWhole().map(CompareJson::tokens))
        .put("speed", LoadJson.speed(assessment.speed()))
        .put("answer_seconds", assessment.answerTime().map(LoadJson::answerTime))
        .put("quality", LoadJson.hundredths(side.quality().score()))
        .put("quality_low", LoadJson.hundredths(side.quality().low()))
        .put("quality_high", LoadJson.hundredths(side.quality().high()))
        .put("licenses", JsonValue.texts(variant.bindingLicenses()))
        .put("picked_for", JsonValue.texts(picked))
        .build();
  }

  private static JsonValue tokens(ContextLength context) {
    return new JsonValue.Whole(context.tokens());
  }

  /// A machine and the same upgraded.
  public String machines(MachineComparison comparison, PolicyCatalog data) {
    var uses = new ArrayList<JsonValue>();
    for (MachineComparison.Use use : comparison.uses()) {
      uses.add(
          JsonValue.object()
              .put("use_case", use.profile().id())
              .put("changed", !use.isUnchanged())
              .put("before", use.before().map(CompareJson::pick))
              .put("after", use.after().map(CompareJson::pick))
              .build());
    }
    List<JsonValue> longest = new ArrayList<>();
    for (MachineComparison.Longest one : comparison.longest()) {
      longest.add(
          JsonValue.object()
              .put("tag", one.tag().fullName())
              .put("before_tokens", one.before().map(CompareJson::tokens))
              .put("after_tokens", one.after().map(CompareJson::tokens))
              .build());
    }
    return JsonWriter.pretty(
        head(comparison.uses().getFirst().profile(), "machines")
            .put("changes_nothing", comparison.changesNothing())
            .put("uses", uses)
            .put("longest_whole", longest)
            .put("machine", MachineDocument.write(comparison.before().machine()))
            .put("upgraded", MachineDocument.write(comparison.after().machine()))
            .put("catalog_version", data.catalog().version())
            .build());
  }

  private static JsonValue pick(Candidate candidate) {
    Optional<JsonValue> answer = candidate.answerTime().map(LoadJson::answerTime);
    return JsonValue.object()
        .put("tag", candidate.tag().fullName())
        .put("context_tokens", candidate.contextLength().tokens())
        .put("verdict", Codes.verdict(candidate.fit()))
        .put("placement", LoadJson.placement(candidate.fit().plan().placement()))
        .put("speed", LoadJson.speed(candidate.speed()))
        .put("answer_seconds", answer)
        .build();
  }
}
