package dev.r1pick.ollama.log;

import dev.r1pick.host.Host;
import dev.r1pick.text.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The command line that starts the engine: everything that Ollama decided for a load
/// (`llm/llama_server.go`, startLlamaServer; before 0.30 `llm/server.go`).
///
/// @param words program and arguments
public record EngineCommand(List<String> words) {
  private static final int MOST_TOKENS = 1 << 26;
  private static final String PLAIN = "f16";

  public EngineCommand {
    words = List.copyOf(words);
  }

  /// Whether a process is an engine of Ollama's: `llama-server` with a blob, or `ollama runner`.
  public boolean isEngine() {
    boolean runner = words.contains("runner");
    boolean server = !words.isEmpty() && words.getFirst().contains("llama-server");
    return (runner || server) && after("--model").isPresent();
  }

  /// The 64 hex digits of the weights that it loads.
  public Optional<String> blob() {
    String path = after("--model").orElse("");
    int sign = Math.max(path.lastIndexOf("sha256-"), path.lastIndexOf("sha256:"));
    return sign < 0 ? Optional.empty() : Optional.of(path.substring(sign + "sha256-".length()));
  }

  /// The folder of the models that its weights lie in.
  public Optional<String> store() {
    String path = after("--model").orElse("");
    int blobs = path.lastIndexOf("blobs/sha256");
    return blobs > 1 ? Optional.of(path.substring(0, blobs - 1)) : Optional.empty();
  }

  /// The variables of a server as the command lines of its engines give them away: the type of the
  /// KV cache, the requests at once and the folder of the models. The context is left out: a client
  /// may have asked for it, or a variant of the model has it. Models of some families get one
  /// request at once and a plain cache whatever is set, so the engine that has more tells.
  ///
  /// @param engines at least one
  public static Map<String, String> settings(Host host, List<EngineCommand> engines) {
    String type = PLAIN;
    int parallel = 1;
    var known = new HashMap<String, String>();
    for (EngineCommand engine : engines) {
      type = type.equals(PLAIN) ? engine.kvCacheType().orElse(PLAIN) : type;
      parallel = Math.max(parallel, engine.parallel());
      // inside a container the path is another one
      engine.store().filter(host::exists).ifPresent(store -> known.put("OLLAMA_MODELS", store));
    }
    known.put("OLLAMA_KV_CACHE_TYPE", type);
    known.put("OLLAMA_NUM_PARALLEL", String.valueOf(parallel));
    return known;
  }

  /// Tokens of the cache of all requests together.
  public OptionalInt context() {
    return number("-c", "--ctx-size");
  }

  /// Requests at once; 1 where it is not said.
  public int parallel() {
    return Math.max(1, number("-np", "--parallel").orElse(1));
  }

  /// The number format of the KV cache; empty: that of the engine, f16.
  public Optional<String> kvCacheType() {
    return after("--cache-type-k").or(() -> after("--kv-cache-type"));
  }

  /// What is said of flash attention: `on`, `off`, `auto`.
  public Optional<String> flashAttention() {
    return after("--flash-attn")
        .filter(word -> !word.startsWith("-"))
        .or(() -> words.contains("--flash-attn") ? Optional.of("on") : Optional.empty());
  }

  /// Layers that were asked for on the GPU by name; empty: the engine fits them itself.
  public OptionalInt layers() {
    return number("-ngl", "--n-gpu-layers");
  }

  private OptionalInt number(String brief, String full) {
    long value = Text.whole(after(brief).or(() -> after(full)).orElse("")).orElse(-1);
    return value >= 0 && value <= MOST_TOKENS ? OptionalInt.of((int) value) : OptionalInt.empty();
  }

  private Optional<String> after(String option) {
    int at = words.indexOf(option);
    return at >= 0 && at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
  }
}
