package dev.r1pick.report.json;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.HostLoad;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.hardware.Machine;
import dev.r1pick.install.InstalledTag;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.words.Codes;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.speed.SpeedEstimate.Basis;
import dev.r1pick.speed.SpeedEstimate.Range;
import dev.r1pick.text.Kebab;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.Optional;

/// A load and its speed as JSON: the members that the answers of several commands share.
public final class LoadJson {
  /// Raised only when a member goes away or changes its meaning.
  public static final int SCHEMA_VERSION = 1;

  private LoadJson() {}

  /// What a model is loaded with.
  public static JsonValue settings(RunSettings settings) {
    return JsonValue.object()
        .put("kv_cache_type", settings.kvCacheType().label())
        .put("parallel", settings.parallel())
        .put("flash_attention", settings.flashAttention())
        .put("micro_batch_tokens", settings.microBatch())
        .build();
  }

  /// Whether the server has a tag, and under which name; nothing where no server answers.
  static void installed(JsonValue.Builder document, ModelTag tag, Machine machine) {
    InstalledTag installed = InstalledTag.of(tag, machine.ollama());
    if (!(installed instanceof InstalledTag.Unknown)) {
      document.put("installed", Kebab.of(installed.getClass()));
      document.put("installed_as", installed.runAs().map(JsonValue.Text::new));
    }
  }

  public static JsonValue placement(Placement placement) {
    return JsonValue.object()
        .put("kind", Codes.placement(placement))
        .put("gpu_layers", placement.gpuLayers())
        .put("cpu_layers", placement.cpuLayers())
        .build();
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
                .put("free_bytes", host.free().map(LoadJson::bytes))
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
        .put("free_bytes", device.free().map(LoadJson::bytes))
        .put("margin_bytes", device.margin().count())
        .put("driver_bytes", device.driverShare().count())
        .put("headroom_bytes", device.headroom().count())
        .build();
  }

  static JsonValue bytes(Bytes bytes) {
    return new JsonValue.Whole(bytes.count());
  }

  public static JsonValue speed(SpeedEstimate speed) {
    return switch (speed) {
      case SpeedEstimate.Known(var generation, var prompt, int at, var basis) ->
          JsonValue.object()
              .put("generation_tokens_per_second", range(generation))
              .put("prompt_tokens_per_second", prompt.map(LoadJson::range))
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
  static double hundredths(double value) {
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
        .put("lengths", time.length().measured() ? "measured" : "assumed")
        .build();
  }
}
