package dev.r1pick.report.json;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Caveat;
import dev.r1pick.advice.ConfidenceLimit;
import dev.r1pick.advice.Verdict;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.MachineDocument;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.ollama.ServerVariable;
import dev.r1pick.report.shell.Setup;
import dev.r1pick.report.words.Codes;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.RemedyWording;
import dev.r1pick.report.words.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Answers as JSON: the same facts as the text, in keys that only ever gain members
/// (docs/schema/recommend.schema.json).
public final class AdviceJson {
  private final Wording words;

  /// A writer whose sentences are in one language.
  public AdviceJson(Messages messages) {
    this.words = new Wording(messages);
  }

  /// The answer to `recommend`.
  public String advice(Advice advice, String catalogVersion) {
    JsonValue.Builder document =
        JsonValue.object()
            .put("schema_version", LoadJson.SCHEMA_VERSION)
            .put("command", "recommend");
    switch (advice) {
      case Advice.Recommendation recommendation -> {
        document.put("recommendation", recommendation(recommendation));
        document.put(
            "alternatives",
            recommendation.alternatives().stream()
                .map(other -> alternative(other, advice.question().machine()))
                .toList());
        document.put("next_up", recommendation.nextUp().map(this::nextUp));
      }
      case Advice.NothingFits nothing -> {
        document.put("recommendation", Optional.empty());
        document.put("alternatives", List.of());
        document.put("ways_out", JsonValue.texts(words.remedies(nothing)));
      }
    }
    return JsonWriter.pretty(
        document
            .put("rejected", rejected(advice))
            .put("caveats", caveats(advice.caveats()))
            .put("machine", MachineDocument.write(advice.question().machine()))
            .put("catalog_version", catalogVersion)
            .build());
  }

  private JsonValue recommendation(Advice.Recommendation advice) {
    Candidate pick = advice.best().candidate();
    var why = new ArrayList<String>();
    why.add(pick.tag().fullName() + " " + words.placement(pick));
    advice
        .best()
        .verdicts()
        .forEach(
            entry -> {
              if (entry.getValue() instanceof Verdict.Prefer prefer && prefer.points() != 0) {
                why.add(words.reason(prefer.reason()));
              }
            });
    return candidate(pick, advice.question().machine())
        .put("why", JsonValue.texts(why))
        .put("confidence", confidence(advice.confidence()))
        .put("setup", setup(pick, advice.question().machine()))
        .put("server_environment", JsonValue.texts(environment(pick, advice.question().machine())))
        .build();
  }

  private static List<String> environment(Candidate pick, Machine machine) {
    return Setup.variables(pick, machine).stream().map(ServerVariable::toString).toList();
  }

  private static JsonValue setup(Candidate pick, Machine machine) {
    return JsonValue.object()
        .put("place", Setup.place(pick, machine).id())
        .put("lines", JsonValue.texts(Setup.lines(pick, machine, Integer.MAX_VALUE)))
        .build();
  }

  private JsonValue confidence(Advice.Confidence confidence) {
    var reasons = new ArrayList<String>();
    var ids = new ArrayList<String>();
    for (ConfidenceLimit limit : confidence.because()) {
      ids.add(limit.id());
      reasons.add(words.limit(limit));
    }
    return JsonValue.object()
        .put("level", level(confidence.level()))
        .put("because", JsonValue.texts(ids))
        .put("because_messages", JsonValue.texts(reasons))
        .put(
            "flip",
            JsonValue.object()
                .put("id", confidence.flip().id())
                .put("message", words.flip(confidence.flip()))
                .build())
        .build();
  }

  private static String level(Advice.Confidence.Level level) {
    return switch (level) {
      case HIGH -> "high";
      case MEDIUM -> "medium";
      case LOW -> "low";
    };
  }

  private static JsonValue alternative(Advice.Alternative alternative, Machine machine) {
    return candidate(alternative.judged().candidate(), machine)
        .put("trade", Codes.trade(alternative.trade()))
        .build();
  }

  private JsonValue nextUp(Advice.NextUp next) {
    return JsonValue.object()
        .put("tag", next.tag().fullName())
        .put(
            "remedy",
            next.remedy()
                .map(r -> new JsonValue.Text(new RemedyWording(words.messages()).sentence(r))))
        .build();
  }

  private static JsonValue.Builder candidate(Candidate candidate, Machine machine) {
    ModelTag tag = candidate.tag();
    JsonValue.Builder document = JsonValue.object();
    document
        .put("tag", tag.fullName())
        .put("command", tag.pullCommand())
        .put("variant", tag.variant().id())
        .put("quantization", tag.quantization().label())
        .put("download_bytes", tag.download().count());
    LoadJson.installed(document, tag, machine);
    return document
        .put("context_tokens", candidate.contextLength().tokens())
        .put("settings", LoadJson.settings(candidate.settings()))
        .put("placement", LoadJson.placement(candidate.fit().plan().placement()))
        .put("memory", LoadJson.memory(candidate.fit().plan()))
        .put("speed", LoadJson.speed(candidate.speed()))
        .put("answer_seconds", candidate.answerTime().map(LoadJson::answerTime))
        .put("quality", quality(candidate));
  }

  private static JsonValue quality(Candidate candidate) {
    return JsonValue.object()
        .put("score", LoadJson.hundredths(candidate.quality().score()))
        .put("low", LoadJson.hundredths(candidate.quality().low()))
        .put("high", LoadJson.hundredths(candidate.quality().high()))
        .put("counted", LoadJson.hundredths(candidate.worth()))
        .build();
  }

  private JsonValue rejected(Advice advice) {
    return new JsonValue.Items(
        advice.rejections().stream()
            .map(
                rejection ->
                    (JsonValue)
                        JsonValue.object()
                            .put("tag", rejection.tag().fullName())
                            .put("rule", rejection.ruleId())
                            .put("reason", words.reason(rejection.reason()))
                            .put(
                                "change", words.change(rejection.reason()).map(JsonValue.Text::new))
                            .put("shortfall_bytes", rejection.shortfall().map(LoadJson::bytes))
                            .build())
            .toList());
  }

  private JsonValue caveats(List<Caveat> caveats) {
    return new JsonValue.Items(
        caveats.stream()
            .map(
                caveat ->
                    (JsonValue)
                        JsonValue.object()
                            .put("id", caveat.id())
                            .put("message", words.caveat(caveat))
                            .build())
            .toList());
  }
}
