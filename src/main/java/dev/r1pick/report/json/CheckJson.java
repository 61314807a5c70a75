package dev.r1pick.report.json;

import dev.r1pick.advice.TagAssessment;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.LoadAssumptions;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Remedy;
import dev.r1pick.hardware.MachineDocument;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.policy.Finding;
import dev.r1pick.policy.PolicyRemedy;
import dev.r1pick.policy.TagCheck;
import dev.r1pick.report.shell.Setup;
import dev.r1pick.report.words.Codes;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PolicyWording;
import dev.r1pick.report.words.RemedyWording;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Whether one tag fits, as JSON (docs/schema/check.schema.json).
public final class CheckJson {
  private final Messages messages;

  /// A writer whose sentences are in one language.
  public CheckJson(Messages messages) {
    this.messages = messages;
  }

  /// The answer to `check TAG`. What an assessment says is left out where there is none.
  public String answer(TagCheck check, String catalogVersion) {
    ModelTag tag = check.tag();
    Finding finding = check.finding();
    JsonValue.Builder document =
        JsonValue.object()
            .put("schema_version", LoadJson.SCHEMA_VERSION)
            .put("command", "check")
            .put("tag", tag.fullName())
            .put("verdict", Codes.verdict(check))
            .put("outcome", finding.outcome().code())
            .put("reason", finding.reason().map(reason -> new JsonValue.Text(reason.id())))
            .put("message", new PolicyWording(messages).said(finding))
            .put("variant", tag.variant().id())
            .put("quantization", tag.quantization().label())
            .put("download_bytes", tag.download().count());
    LoadJson.installed(document, tag, check.answer().machine());
    check.assessment().ifPresent(assessment -> assessment(document, assessment));
    return JsonWriter.pretty(
        document
            .put("remedies", remedies(check))
            .put(
                "nearer", remedies(check.assessment().map(TagAssessment::nearer).orElse(List.of())))
            .put("idle_gpus", JsonValue.texts(new PolicyWording(messages).idle(check.answer())))
            .put("machine", MachineDocument.write(check.answer().machine()))
            .put("catalog_version", catalogVersion)
            .build());
  }

  private static void assessment(JsonValue.Builder document, TagAssessment check) {
    LoadPlan plan = check.fit().plan();
    document
        .put("context_tokens", plan.settings().contextLength().tokens())
        .put("settings", LoadJson.settings(plan.settings()))
        .put("placement", LoadJson.placement(plan.placement()))
        .put("memory", LoadJson.memory(plan))
        .put("terms", terms(plan))
        .put("default_context_tokens", check.byItself().plan().settings().contextLength().tokens())
        .put("default_context_verdict", Codes.verdict(check.byItself()))
        .put(
            "max_context_tokens",
            check.largestWhole().map(context -> new JsonValue.Whole(context.tokens())))
        .put("speed", LoadJson.speed(check.speed()))
        .put("speed_at_first", LoadJson.speed(check.atFirst()))
        .put("speed_when_full", LoadJson.speed(check.whenFull()))
        .put("answer_seconds", check.answerTime().map(LoadJson::answerTime))
        .put("assumptions", assumptions(check.assumptions()))
        .put(
            "server_environment",
            JsonValue.texts(
                check.changesParallel()
                    ? List.of(Setup.parallel(plan.settings()).toString())
                    : List.of()));
  }

  /// What else would help, then what alone would make it fit whole.
  private List<JsonValue> remedies(TagCheck check) {
    var wording = new PolicyWording(messages);
    var list = new ArrayList<JsonValue>();
    for (PolicyRemedy way : check.finding().remedies()) {
      if (!(way instanceof PolicyRemedy.FitWith)) {
        list.add(
            JsonValue.object()
                .put("kind", PolicyWording.kind(way))
                .put("message", wording.remedy(way))
                .build());
      }
    }
    check.assessment().ifPresent(found -> list.addAll(remedies(found.remedies())));
    return list;
  }

  private List<JsonValue> remedies(List<Remedy> remedies) {
    var wording = new RemedyWording(messages);
    var list = new ArrayList<JsonValue>();
    for (Remedy remedy : remedies) {
      list.add(
          JsonValue.object()
              .put("kind", RemedyWording.kind(remedy))
              .put("message", wording.sentence(remedy))
              .build());
    }
    return list;
  }

  /// Every term of the sum, one after the other: what a reader can check with a pencil.
  private static List<JsonValue> terms(LoadPlan plan) {
    var terms = new ArrayList<JsonValue>();
    int index = 0;
    for (DeviceLoad device : plan.devices()) {
      String where = "device " + index++;
      term(terms, where, "weights", device.weights());
      term(terms, where, "kv_cache", device.kvCache());
      term(terms, where, "compute", device.compute());
      term(terms, where, "margin", device.margin());
      term(terms, where, "driver", device.driverShare());
    }
    term(terms, "host", "weights", plan.host().weights());
    term(terms, "host", "kv_cache", plan.host().kvCache());
    term(terms, "host", "compute", plan.host().compute());
    term(terms, "host", "output", plan.host().output());
    term(terms, "host", "reserve", plan.host().reserve());
    return terms;
  }

  private static void term(List<JsonValue> terms, String where, String name, Bytes bytes) {
    terms.add(
        JsonValue.object()
            .put("where", where)
            .put("term", name)
            .put("bytes", bytes.count())
            .build());
  }

  private static JsonValue assumptions(LoadAssumptions a) {
    return JsonValue.object()
        .put("ollama_era", word(a.era()))
        .put("ollama_version", a.version().map(v -> new JsonValue.Text(v.toString())))
        .put("context_origin", word(a.contextOrigin()))
        .put("trained_limit_applied", a.trainedLimitApplied())
        .put("total_vram_bytes", a.totalVram().count())
        .put("kv_cache_origin", word(a.kvCacheOrigin()))
        .put("flash_attention_origin", word(a.flashAttentionOrigin()))
        .put("micro_batch_origin", word(a.microBatchOrigin()))
        .put("parallel_origin", word(a.parallelOrigin()))
        .put("gpu_choice", word(a.gpuChoice()))
        .put("predicted_bytes", a.predicted().count())
        .put("margin_origin", word(a.marginOrigin()))
        .put("load_mode", word(a.loadMode()))
        .put("figures", word(a.figures()))
        .put("failure", a.failure().map(f -> new JsonValue.Text(word(f))))
        .build();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
