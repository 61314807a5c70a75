package dev.r1pick.ollama.server;

import dev.r1pick.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A model of `/api/show`.
///
/// @param weights sha256 of its weights in 64 hex digits, from the `FROM` line of its modelfile
/// @param parameters its own settings such as `num_ctx`; of one that is set several times the last
/// @param parent what it was made from by `/api/create`; empty where it was pulled
/// @param capabilities such as `thinking`
/// @param requires the oldest Ollama that loads it
/// @param info keys and values of its file, such as `qwen2.block_count`
public record ShownModel(
    Optional<String> weights,
    Map<String, String> parameters,
    Optional<String> parent,
    List<String> capabilities,
    Optional<String> requires,
    JsonValue info) {
  public ShownModel {
    parameters = Map.copyOf(parameters);
    capabilities = List.copyOf(capabilities);
  }

  /// Whether its file keeps the latent attention of the 671B compressed (MLA): only such files have
  /// that key (llama.cpp, `src/models/deepseek2.cpp`).
  public boolean hasLatentCache() {
    return info.wholeAt("deepseek2.attention.key_length_mla").orElse(0) > 0;
  }
}
