package dev.r1pick.report.json;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Caveat;
import dev.r1pick.advice.Verdict;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.HostLoad;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.MachineDocument;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.report.shell.Setup;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.RemedyWording;
import dev.r1pick.report.words.Wording;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.speed.SpeedEstimate.Basis;
import dev.r1pick.speed.SpeedEstimate.Range;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Answers as JSON: the same facts as the text, in keys that only ever gain members
/// (docs/schema/recommend.schema.json).
public final class JsonReport {
  /// Raised only when a member goes away or changes its meaning.
  public static final int SCHEMA_VERSION = 1;

  private final Wording words;

  /// A report whose sentences are in one language.
  public JsonReport(Messages messages) {
    this.words = new Wording(messages);
  }

  /// The answer to `recommend`.
  public String advice(Advice advice, String catalogVersion) {
    JsonValue.Builder document =
        JsonValue.object().put("schema_version", SCHEMA_VERSION).put("command", "recommend");
    switch (advice) {
      case Advice.Recommendation recommendation -> {
        document.put("recommendation", recommendation(recommendation));
        document.put(
            "alternatives",
            recommendation.alternatives().stream().map(JsonReport::alternative).toList());
        document.put("next_up", recommendation.nextUp().map(this::nextUp));
      }
      case Advice.NothingFits nothing -> {
        document.put("recommendation", Optional.empty());
        document.put("alternatives", List.of());
        document.put("ways_out", waysOut(nothing));
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

  private JsonValue waysOut(Advice.NothingFits nothing) {
    var ways = new ArrayList<String>();
    words.change(nothing.closest().reason()).ifPresent(ways::add);
    nothing
        .waysOut()
        .forEach(remedy -> ways.add(new RemedyWording(words.messages()).sentence(remedy)));
    return JsonValue.texts(ways);
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
    return candidate(pick)
        .put("why", JsonValue.texts(why))
        .put("confidence", confidence(advice.confidence()))
        .put("setup", setup(pick, advice.question().machine()))
        .put(
            "server_environment",
            JsonValue.texts(Setup.variables(pick, advice.question().machine())))
        .build();
  }

  private static JsonValue setup(Candidate pick, Machine machine) {
    return JsonValue.object()
        .put("place", Setup.place(pick, machine).id())
        .put("lines", JsonValue.texts(Setup.lines(pick, machine, Integer.MAX_VALUE)))
        .build();
  }

  private JsonValue confidence(Advice.Confidence confidence) {
    var reasons = new ArrayList<String>();
    for (String id : confidence.because()) {
      reasons.add(words.limit(id));
    }
    return JsonValue.object()
        .put("level", level(confidence.level()))
        .put("because", JsonValue.texts(confidence.because()))
        .put("because_messages", JsonValue.texts(reasons))
        .put(
            "flip",
            JsonValue.object()
                .put("id", confidence.flip().id())
                .put("message", words.flip(confidence))
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

  private static JsonValue alternative(Advice.Alternative alternative) {
    return candidate(alternative.judged().candidate())
        .put("trade", trade(alternative.trade()))
        .build();
  }

  public static String trade(Advice.Trade trade) {
    return switch (trade) {
      case BETTER_BUT_SLOWER -> "better-but-slower";
      case FASTER_BUT_WEAKER -> "faster-but-weaker";
      case LONGER_CONTEXT -> "longer-context";
    };
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

  private static JsonValue.Builder candidate(Candidate candidate) {
    ModelTag tag = candidate.tag();
    return JsonValue.object()
        .put("tag", tag.fullName())
        .put("command", tag.pullCommand())
        .put("variant", tag.variant().id())
        .put("quantization", tag.quantization().label())
        .put("download_bytes", tag.download().count())
        .put("context_tokens", candidate.contextLength().tokens())
        .put("settings", settings(candidate.settings()))
        .put("placement", placement(candidate.fit().plan().placement()))
        .put("memory", memory(candidate.fit().plan()))
        .put("speed", speed(candidate.speed()))
        .put("answer_seconds", candidate.answerTime().map(JsonReport::answerTime))
        .put("quality", quality(candidate));
  }

  /// What a model is loaded with.
  public static JsonValue settings(RunSettings settings) {
    return JsonValue.object()
        .put("kv_cache_type", settings.kvCacheType().label())
        .put("parallel", settings.parallel())
        .put("flash_attention", settings.flashAttention())
        .put("micro_batch_tokens", settings.microBatch())
        .build();
  }

  public static JsonValue placement(Placement placement) {
    return JsonValue.object()
        .put("kind", kind(placement))
        .put("gpu_layers", placement.gpuLayers())
        .put("cpu_layers", placement.cpuLayers())
        .build();
  }

  public static String kind(Placement placement) {
    return switch (placement) {
      case Placement.AllOnGpu _ -> "all-on-gpu";
      case Placement.SplitAcrossGpus _ -> "split-across-gpus";
      case Placement.PartlyOffloaded _ -> "partly-offloaded";
      case Placement.ExpertsInRam _ -> "experts-in-ram";
      case Placement.CpuOnly _ -> "cpu-only";
    };
  }

  public static JsonValue memory(LoadPlan plan) {
    var devices = new ArrayList<JsonValue>();
    for (DeviceLoad device : plan.devices()) {
      devices.add(device(device));
    }
    HostLoad host = plan.host();
    return JsonValue.object()
        .put("devices", devices)
        .put(
            "host",
            JsonValue.object()
                .put("weights_bytes", host.weights().count())
                .put("kv_cache_bytes", host.kvCache().count())
                .put("compute_bytes", host.compute().count())
                .put("output_bytes", host.output().count())
                .put("total_bytes", host.total().count())
                .put("free_bytes", host.free().map(JsonReport::bytes))
                .put("reserve_bytes", host.reserve().count())
                .put("headroom_bytes", host.headroom().count())
                .build())
        .build();
  }

  private static JsonValue device(DeviceLoad device) {
    return JsonValue.object()
        .put("name", device.device().name())
        .put("layers", device.layers())
        .put("weights_bytes", device.weights().count())
        .put("kv_cache_bytes", device.kvCache().count())
        .put("compute_bytes", device.compute().count())
        .put("total_bytes", device.total().count())
        .put("free_bytes", device.free().map(JsonReport::bytes))
        .put("margin_bytes", device.margin().count())
        .put("driver_bytes", device.driverShare().count())
        .put("headroom_bytes", device.headroom().count())
        .build();
  }

  private static JsonValue bytes(Bytes bytes) {
    return new JsonValue.Whole(bytes.count());
  }

  public static JsonValue speed(SpeedEstimate speed) {
    return switch (speed) {
      case SpeedEstimate.Known(var generation, var prompt, int at, var basis) ->
          JsonValue.object()
              .put("generation_tokens_per_second", range(generation))
              .put("prompt_tokens_per_second", prompt.map(JsonReport::range))
              .put("at_context_tokens", at)
              .put("basis", basis(basis))
              .build();
      case SpeedEstimate.Bounds(var low, var high, int at, var backend) ->
          JsonValue.object()
              .put(
                  "generation_tokens_per_second",
                  JsonValue.object()
                      .put("low", hundredths(low.tokensPerSecond()))
                      .put("expected", Optional.empty())
                      .put("high", hundredths(high.tokensPerSecond()))
                      .build())
              .put("prompt_tokens_per_second", Optional.empty())
              .put("at_context_tokens", at)
              .put(
                  "basis",
                  JsonValue.object().put("kind", "unknown-chip").put("backend", backend).build())
              .build();
      case SpeedEstimate.Unknown(var reason) ->
          JsonValue.object()
              .put("generation_tokens_per_second", Optional.empty())
              .put("prompt_tokens_per_second", Optional.empty())
              .put("at_context_tokens", Optional.empty())
              .put("basis", JsonValue.object().put("kind", "unknown").put("reason", reason).build())
              .build();
    };
  }

  private static JsonValue basis(Basis basis) {
    return switch (basis) {
      case Basis.MeasuredHere() -> JsonValue.object().put("kind", "measured-here").build();
      case Basis.FromBandwidth(var speedClass, int rows) ->
          JsonValue.object()
              .put("kind", "from-bandwidth")
              .put("class", speedClass)
              .put("measured_runs", rows)
              .build();
      case Basis.ByBackend(var backend) ->
          JsonValue.object().put("kind", "by-backend").put("backend", backend).build();
    };
  }

  private static JsonValue range(Range range) {
    return JsonValue.object()
        .put("low", hundredths(range.low().tokensPerSecond()))
        .put("expected", hundredths(range.expected().tokensPerSecond()))
        .put("high", hundredths(range.high().tokensPerSecond()))
        .build();
  }

  /// An estimate has no more digits than that to give.
  private static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }

  public static JsonValue answerTime(AnswerTime time) {
    return JsonValue.object()
        .put("median", time.typical().expected().toSeconds())
        .put("p90", time.heavy().expected().toSeconds())
        .put("median_low", time.typical().low().toSeconds())
        .put("median_high", time.typical().high().toSeconds())
        .put("prompt_tokens", time.length().promptTokens())
        .put("median_tokens", time.length().typicalTokens())
        .put("p90_tokens", time.length().heavyTokens())
        .put("lengths", time.length().measured() ? "measured" : "assumed")
        .put("prompt_counted", time.promptCounted())
        .build();
  }

  private static JsonValue quality(Candidate candidate) {
    return JsonValue.object()
        .put("score", hundredths(candidate.quality().score()))
        .put("low", hundredths(candidate.quality().low()))
        .put("high", hundredths(candidate.quality().high()))
        .put("counted", hundredths(candidate.worth()))
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
                            .put("rule", rejection.rule())
                            .put("reason", words.reason(rejection.reason()))
                            .put(
                                "change", words.change(rejection.reason()).map(JsonValue.Text::new))
                            .put("shortfall_bytes", rejection.shortfall().map(JsonReport::bytes))
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

  /// Whether a fit is whole, partial or none, as `check` says it.
  public static String verdict(Fit fit) {
    return switch (fit) {
      case Fit.Whole _ -> "fits";
      case Fit.Partly _ -> "fits-partly";
      case Fit.DoesNotFit _ -> "does-not-fit";
    };
  }
}
