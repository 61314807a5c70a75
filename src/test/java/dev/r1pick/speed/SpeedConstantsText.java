package dev.r1pick.speed;

import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonValue.Members;
import dev.r1pick.speed.SpeedConstants.ClassSpeed;
import dev.r1pick.speed.SpeedConstants.CpuSpeed;
import dev.r1pick.speed.SpeedConstants.ErrorRange;
import dev.r1pick.speed.SpeedConstants.MixtureSpeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The shape of `catalog/speed.json`; [SpeedConstantsReader] is its counterpart.
final class SpeedConstantsText {
  private SpeedConstantsText() {}

  static JsonValue of(SpeedConstants constants) {
    List<JsonValue> backends = new ArrayList<>();
    constants
        .backends()
        .values()
        .forEach(
            backend ->
                backends.add(
                    fields(JsonValue.object().put("id", backend.id()), backend.fallback())
                        .put(
                            "context_weight",
                            JsonValue.object()
                                .put("p10", backend.contextWeight().low())
                                .put("expected", backend.contextWeight().expected())
                                .put("p90", backend.contextWeight().high())
                                .build())
                        .put("byte_factors", factors(backend.byteFactors()))
                        .put(
                            "prompt",
                            JsonValue.object()
                                .put("saturation", backend.prompt().saturation())
                                .put("attention_weight", backend.prompt().attentionWeight())
                                .put("flash_attention", backend.prompt().flashAttention())
                                .put("factors", factors(backend.prompt().factors()))
                                .build())
                        .build()));
    List<JsonValue> classes = new ArrayList<>();
    constants
        .classes()
        .values()
        .forEach(
            one ->
                classes.add(
                    fields(
                            JsonValue.object().put("id", one.id()).put("backend", one.backend()),
                            one)
                        .build()));
    List<JsonValue> sources = new ArrayList<>();
    constants.sources().forEach(source -> sources.add(new JsonValue.Text(source)));
    return JsonValue.object()
        .put("what", "constants of the speed formulas, fitted on published measurements")
        .put("certainty", "derived")
        .put("gpu_boundary_microseconds", micro(constants.secondsPerBoundary()))
        .put("backends", backends)
        .put("classes", classes)
        .put("cpu", cpu(constants.cpu()))
        .put("mixture_of_experts", mixture(constants.mixture()))
        .put("cpu_measured_certainty", "unverified")
        .put("sources", sources)
        .build();
  }

  private static JsonValue.Builder fields(JsonValue.Builder builder, ClassSpeed one) {
    return builder
        .put("efficiency", one.efficiency())
        .put("layer_microseconds", micro(one.secondsPerLayer()))
        .put("rows", one.rows())
        .put("log_error", error(one.error()))
        .put("prompt_efficiency", one.promptEfficiency())
        .put("prompt_rows", one.promptRows())
        .put("prompt_log_error", error(one.promptError()));
  }

  private static Members cpu(CpuSpeed cpu) {
    return JsonValue.object()
        .put("efficiency", cpu.efficiency())
        .put("rows", cpu.rows())
        .put("log_error", error(cpu.error()))
        .put("measured_efficiency", cpu.measuredEfficiency())
        .put("measured_log_error", error(cpu.measuredError()))
        .put("prompt_rate_times_billion_parameters", cpu.promptWork())
        .put("prompt_rows", cpu.promptRows())
        .put("prompt_log_error", error(cpu.promptError()))
        .build();
  }

  private static Members mixture(MixtureSpeed mixture) {
    return JsonValue.object()
        .put("gpu_factor", mixture.gpuFactor())
        .put("gpu_rows", mixture.gpuRows())
        .put("gpu_log_error", error(mixture.gpuError()))
        .put("cpu_factor", mixture.cpuFactor())
        .put("cpu_rows", mixture.cpuRows())
        .put("cpu_log_error", error(mixture.cpuError()))
        .build();
  }

  private static double micro(double seconds) {
    return FitSpeedConstants.rounded(seconds * 1e6);
  }

  private static Members factors(Map<String, Double> factors) {
    var builder = JsonValue.object();
    factors.forEach(builder::put);
    return builder.build();
  }

  private static Members error(ErrorRange error) {
    return JsonValue.object().put("p10", error.low()).put("p90", error.high()).build();
  }
}
