package dev.r1pick.speed;

import dev.r1pick.catalog.read.Resources;
import dev.r1pick.json.Fields;
import dev.r1pick.json.JsonReader;
import dev.r1pick.speed.SpeedConstants.BackendSpeed;
import dev.r1pick.speed.SpeedConstants.ClassSpeed;
import dev.r1pick.speed.SpeedConstants.ContextWeight;
import dev.r1pick.speed.SpeedConstants.ErrorRange;
import dev.r1pick.speed.SpeedConstants.MixtureSpeed;
import dev.r1pick.speed.SpeedConstants.PromptSpeed;
import java.io.Reader;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `catalog/speed.json`, strictly.
public final class SpeedConstantsReader {
  static final String FILE = "catalog/speed.json";

  /// The quantizations that have factors of their own; all others are taken as K-quants.
  static final List<String> QUANTIZATIONS = List.of("Q4_0", "Q6_K", "Q8_0", "F16");

  private static final double MICRO = 1e-6;
  private static final double GIGA = 1e9;

  private SpeedConstantsReader() {}

  /// The constants that ship with the program.
  ///
  /// @throws IllegalStateException if the program was built without them
  public static SpeedConstants shipped() {
    return PreparedData.constants().orElseGet(SpeedConstantsReader::readShipped);
  }

  private static SpeedConstants readShipped() {
    return Resources.read(FILE, SpeedConstantsReader::read);
  }

  /// Reads such a file.
  ///
  /// @param file the name for error messages
  /// @throws dev.r1pick.json.InvalidJson if it is not what it should be
  public static SpeedConstants read(String file, Reader text) {
    return Fields.read(file, JsonReader.read(file, text), SpeedConstantsReader::constants);
  }

  private static SpeedConstants constants(Fields fields) {
    fields.text("what");
    fields.text("certainty");
    Map<String, BackendSpeed> backends = new LinkedHashMap<>();
    for (BackendSpeed backend : fields.list("backends", SpeedConstantsReader::backend)) {
      backends.put(backend.id(), backend);
    }
    Map<String, ClassSpeed> classes = new LinkedHashMap<>();
    for (ClassSpeed one : fields.list("classes", SpeedConstantsReader::ownClass)) {
      classes.put(one.id(), one);
    }
    return new SpeedConstants(
        backends,
        classes,
        fields.object("cpu", SpeedConstantsReader::cpu),
        fields.object("mixture_of_experts", SpeedConstantsReader::mixture),
        fields.decimal("gpu_boundary_microseconds", 0, 1e5) * MICRO,
        fields.decimal("token_microseconds", 0, 1e5) * MICRO,
        fields.decimal("token_microseconds_before", 0, 1e5) * MICRO,
        fields.object("sustained_without_fan", SpeedConstantsReader::sustained),
        fields.texts("sources"));
  }

  private static SpeedConstants.Sustained sustained(Fields fields) {
    fields.text("certainty");
    fields.text("source");
    return new SpeedConstants.Sustained(
        fields.decimal("expected", 0.1, 1), fields.decimal("low", 0.1, 1));
  }

  private static BackendSpeed backend(Fields fields) {
    String id = fields.text("id");
    return new BackendSpeed(
        id,
        classSpeed(id, id, fields),
        fields.object("context_weight", SpeedConstantsReader::contextWeight),
        fields.object("byte_factors", SpeedConstantsReader::factors),
        fields.object("prompt", SpeedConstantsReader::prompt));
  }

  private static ClassSpeed ownClass(Fields fields) {
    return classSpeed(fields.text("id"), fields.text("backend"), fields);
  }

  private static ClassSpeed classSpeed(String id, String backend, Fields fields) {
    return new ClassSpeed(
        id,
        backend,
        fields.decimal("efficiency", 0.01, 2),
        fields.decimal("bandwidth_exponent", -1, 1),
        fields.decimal("layer_microseconds", 0, 1e5) * MICRO,
        fields.integer("rows", 0, 1_000_000),
        fields.object("log_error", SpeedConstantsReader::error),
        fields.decimal("prompt_efficiency", 0.001, 10),
        fields.integer("prompt_rows", 0, 1_000_000),
        fields.object("prompt_log_error", SpeedConstantsReader::error));
  }

  private static ContextWeight contextWeight(Fields fields) {
    return new ContextWeight(
        fields.decimal("p10", 0.1, 20),
        fields.decimal("expected", 0.1, 20),
        fields.decimal("p90", 0.1, 20));
  }

  private static Map<String, Double> factors(Fields fields) {
    Map<String, Double> factors = new LinkedHashMap<>();
    for (String quantization : QUANTIZATIONS) {
      factors.put(quantization, fields.decimal(quantization, 0.1, 10));
    }
    return factors;
  }

  private static PromptSpeed prompt(Fields fields) {
    return new PromptSpeed(
        fields.decimal("saturation", -1, 1),
        fields.decimal("attention_weight", 0.1, 100),
        fields.decimal("flash_attention", 0.1, 10),
        fields.object("factors", SpeedConstantsReader::factors));
  }

  private static ErrorRange error(Fields fields) {
    return new ErrorRange(fields.decimal("p10", -5, 0), fields.decimal("p90", 0, 5));
  }

  private static MixtureSpeed mixture(Fields fields) {
    return new MixtureSpeed(
        fields.object("gpu_factors", SpeedConstantsReader::mixtureFactors),
        fields.integer("gpu_rows", 0, 1_000_000),
        fields.object("gpu_log_error", SpeedConstantsReader::error),
        fields.decimal("efficiency", 0.01, 2),
        fields.decimal("two_socket_efficiency", 0.01, 2),
        fields.decimal("gpu_efficiency", 0.01, 2),
        fields.decimal("layer_microseconds", 0, 1e5) * MICRO,
        fields.integer("rows", 0, 1_000_000),
        fields.object("log_error", SpeedConstantsReader::error),
        fields.object("two_socket_log_error", SpeedConstantsReader::error),
        fields.decimal("prompt_factor", 0.01, 10),
        fields.integer("prompt_rows", 0, 1_000_000),
        fields.object("prompt_log_error", SpeedConstantsReader::error));
  }

  private static Map<String, Double> mixtureFactors(Fields fields) {
    Map<String, Double> factors = new LinkedHashMap<>();
    factors.put("cuda", fields.decimal("cuda", 0.01, 2));
    factors.put("metal", fields.decimal("metal", 0.01, 2));
    return factors;
  }

  private static CpuSpeed cpu(Fields fields) {
    return new CpuSpeed(
        fields.object("efficiencies", SpeedConstantsReader::efficiencies),
        fields.decimal("two_socket_efficiency", 0.01, 2),
        fields.decimal("measured_efficiency", 0.01, 2),
        fields.object("unpack_gb_per_second", of -> byInstructions(of, GIGA)),
        fields.object("unpack_factors", SpeedConstantsReader::factors),
        fields.decimal("layer_microseconds", 0, 1e5) * MICRO,
        fields.decimal("cores_exponent", 0, 2),
        fields.decimal("context_weight", 0.1, 20),
        fields.decimal("cache_gb_per_second", 0.01, 1e3) * GIGA,
        fields.decimal("quantized_cache_factor", 0.01, 2),
        fields.integer("rows", 0, 1_000_000),
        fields.object("log_error", SpeedConstantsReader::error),
        fields.object("prompt", SpeedConstantsReader::cpuPrompt));
  }

  private static CpuSpeed.Prompt cpuPrompt(Fields fields) {
    return new CpuSpeed.Prompt(
        fields.object("gflops", of -> byInstructions(of, GIGA)),
        fields.decimal("attention_gflops", 0.01, 1e5) * GIGA,
        fields.integer("rows", 0, 1_000_000),
        fields.object("log_error", SpeedConstantsReader::error));
  }

  private static Map<ProcessorKind, Double> efficiencies(Fields fields) {
    Map<ProcessorKind, Double> efficiencies = new EnumMap<>(ProcessorKind.class);
    for (ProcessorKind kind : ProcessorKind.values()) {
      efficiencies.put(kind, fields.decimal(kind.label(), 0.01, 2));
    }
    return efficiencies;
  }

  private static Map<InstructionSet, Double> byInstructions(Fields fields, double unit) {
    Map<InstructionSet, Double> rates = new EnumMap<>(InstructionSet.class);
    for (InstructionSet set : InstructionSet.values()) {
      rates.put(set, fields.decimal(set.label(), 0.01, 1e5) * unit);
    }
    return rates;
  }
}
