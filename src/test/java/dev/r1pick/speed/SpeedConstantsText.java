package dev.r1pick.speed;

import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonValue.Members;
import dev.r1pick.speed.SpeedConstants.ClassSpeed;
import dev.r1pick.speed.SpeedConstants.ErrorRange;
import dev.r1pick.speed.SpeedConstants.MixtureSpeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The shape of `catalog/speed.json`; [SpeedConstantsReader] is its counterpart.
final class SpeedConstantsText {
  private static final double GIGA = 1e9;

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
        .put("token_microseconds", micro(constants.secondsPerToken()))
        .put("token_microseconds_before", micro(constants.secondsPerTokenBefore()))
        .put("backends", backends)
        .put("classes", classes)
        .put("cpu", cpu(constants.cpu()))
        .put("mixture_of_experts", mixture(constants.mixture()))
        .put(
            "sustained_without_fan",
            JsonValue.object()
                .put("expected", constants.withoutFan().expected())
                .put("low", constants.withoutFan().low())
                .put("certainty", "unverified")
                .put(
                    "source",
                    "reports of 0.68 to 0.78 after minutes of work on Macs without a fan; no measured row is behind it")
                .build())
        .put("sources", sources)
        .build();
  }

  private static JsonValue.Builder fields(JsonValue.Builder builder, ClassSpeed one) {
    return builder
        .put("efficiency", one.efficiency())
        .put("bandwidth_exponent", one.bandwidthExponent())
        .put("layer_microseconds", micro(one.secondsPerLayer()))
        .put("rows", one.rows())
        .put("log_error", error(one.error()))
        .put("prompt_efficiency", one.promptEfficiency())
        .put("prompt_rows", one.promptRows())
        .put("prompt_log_error", error(one.promptError()));
  }

  private static Members cpu(CpuSpeed cpu) {
    var efficiencies = JsonValue.object();
    cpu.efficiencies().forEach((kind, share) -> efficiencies.put(kind.label(), share));
    return JsonValue.object()
        .put("efficiencies", efficiencies.build())
        .put("two_socket_efficiency", cpu.twoSocketEfficiency())
        .put("measured_efficiency", cpu.measuredEfficiency())
        .put("unpack_gb_per_second", giga(cpu.unpackRates()))
        .put("unpack_factors", factors(cpu.unpackFactors()))
        .put("layer_microseconds", micro(cpu.secondsPerLayer()))
        .put("cores_exponent", cpu.coresExponent())
        .put("context_weight", cpu.contextWeight())
        .put("cache_gb_per_second", FitSpeedConstants.rounded(cpu.cacheRate() / GIGA))
        .put("quantized_cache_factor", cpu.quantizedCacheFactor())
        .put("rows", cpu.rows())
        .put("log_error", error(cpu.error()))
        .put(
            "prompt",
            JsonValue.object()
                .put("gflops", giga(cpu.prompt().rates()))
                .put(
                    "attention_gflops",
                    FitSpeedConstants.rounded(cpu.prompt().attentionRate() / GIGA))
                .put("rows", cpu.prompt().rows())
                .put("log_error", error(cpu.prompt().error()))
                .build())
        .build();
  }

  private static Members giga(Map<InstructionSet, Double> rates) {
    var builder = JsonValue.object();
    rates.forEach((set, rate) -> builder.put(set.label(), FitSpeedConstants.rounded(rate / GIGA)));
    return builder.build();
  }

  private static Members mixture(MixtureSpeed mixture) {
    return JsonValue.object()
        .put(
            "gpu_factors",
            JsonValue.object()
                .put("cuda", mixture.gpuFactor("cuda"))
                .put("metal", mixture.gpuFactor("metal"))
                .build())
        .put("gpu_rows", mixture.gpuRows())
        .put("gpu_log_error", error(mixture.gpuError()))
        .put("efficiency", mixture.efficiency())
        .put("two_socket_efficiency", mixture.twoSocketEfficiency())
        .put("gpu_efficiency", mixture.gpuEfficiency())
        .put("layer_microseconds", micro(mixture.secondsPerLayer()))
        .put("rows", mixture.rows())
        .put("log_error", error(mixture.error()))
        .put("two_socket_log_error", error(mixture.twoSocketError()))
        .put("prompt_factor", mixture.promptFactor())
        .put("prompt_rows", mixture.promptRows())
        .put("prompt_log_error", error(mixture.promptError()))
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
