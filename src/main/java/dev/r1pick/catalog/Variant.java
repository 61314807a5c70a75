package dev.r1pick.catalog;

import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// One R1 model: the 671B itself or one of the distills.
///
/// @param id for example `distill-qwen-14b`
/// @param name as published, for example `DeepSeek-R1-Distill-Qwen-14B`
/// @param sizeLabel as in the short tag, for example `14b`
/// @param baseModel what it was distilled into, or trained from
/// @param distill false for the 671B
/// @param releaseDate ISO date
/// @param weightsLicense license of the weights
/// @param baseLicense license of the base model, which still binds
/// @param trainedContext the most tokens it was trained for
/// @param architecture its dimensions
/// @param benchmarks published scores
/// @param thinking whether Ollama can switch its thinking on and off
/// @param tools whether Ollama lets it call tools
/// @param fileHeader bytes of the GGUF file before its tensors (metadata and tokenizer), where
///   known
/// @param evidence what stands behind `architecture`, `parameters`, `trained_context`, … by that
///   name
public record Variant(
    String id,
    String name,
    String sizeLabel,
    String baseModel,
    boolean distill,
    String releaseDate,
    String weightsLicense,
    String baseLicense,
    ContextLength trainedContext,
    Architecture architecture,
    List<Benchmark> benchmarks,
    boolean thinking,
    ToolUse tools,
    Optional<Bytes> fileHeader,
    Map<String, Evidence> evidence) {

  public Variant {
    benchmarks = List.copyOf(benchmarks);
    evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
  }

  /// The score in that benchmark, if one was published.
  public OptionalDouble score(String benchmarkId) {
    for (Benchmark benchmark : benchmarks) {
      if (benchmark.id().equals(benchmarkId)) {
        return OptionalDouble.of(benchmark.value());
      }
    }
    return OptionalDouble.empty();
  }

  /// The names of the licenses that bind its user: its own, and for a distill that of its base. The
  /// 671B was made from a model of the same maker, who published the result anew.
  public List<String> bindingLicenses() {
    return !distill || weightsLicense.equals(baseLicense)
        ? List.of(weightsLicense)
        : List.of(weightsLicense, baseLicense);
  }

  /// Whether Ollama passes tools to a variant.
  public enum ToolUse {
    /// It does.
    ACCEPTED,
    /// Ollama answers that the variant does not support tools.
    REFUSED,
    /// Not seen either way; the installed Ollama's `/api/show` tells.
    UNKNOWN
  }
}
