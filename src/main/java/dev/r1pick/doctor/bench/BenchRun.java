package dev.r1pick.doctor.bench;

import dev.r1pick.doctor.bench.Bench.Sample;
import dev.r1pick.doctor.bench.Bench.Stage;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.OllamaRules;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.server.Generation;
import dev.r1pick.ollama.server.LoadedModel;
import dev.r1pick.ollama.server.OllamaServer;
import dev.r1pick.ollama.server.Reply;
import dev.r1pick.ollama.server.ServerFailure;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Runs a model: a load that is not timed, then at two fills of the context three answers each, to
/// prompts that no cache knows.
public final class BenchRun {
  private static final int RUNS = 3;
  private static final int ANSWER_TOKENS = 64;

  /// Fewer tokens are no rate: a model may end early.
  private static final int LEAST_TOKENS = 16;

  /// About so many tokens; one word is one token or two.
  private static final int SHORT_PROMPT = 200;

  private static final int LONGEST_PROMPT = 6000;

  /// The longest that a load from a slow disk, or one answer of a slow machine, may take.
  private static final Duration SILENCE = Duration.ofMinutes(20);

  private static final List<String> WORDS =
      List.of(
          "river", "stone", "glass", "train", "music", "paper", "light", "house", "water", "green",
          "seven", "north", "bread", "cloud", "metal", "field", "horse", "night", "sugar", "table");

  private final OllamaServer server;
  private final Random random;

  /// @param seed of the prompts; another one each time, so that the server knows none of them
  public BenchRun(OllamaServer server, long seed) {
    this.server = server;
    this.random = new Random(seed);
  }

  /// What came of it.
  public sealed interface Result {
    /// It ran.
    record Done(Bench bench) implements Result {}

    /// It did not.
    record Failed(ServerFailure why) implements Result {}

    /// It ended every answer too early to tell a rate.
    record TooShort() implements Result {}
  }

  /// Is told what is done.
  public interface Progress {
    /// A run begins.
    void begins(int run, int of);
  }

  /// Runs it.
  public Result run(String model, String version, ContextLength context, Progress progress) {
    boolean refuses =
        OllamaRules.of(new OllamaSetup(Optional.of(version), Map.of())).hasTruncateSwitch();
    Reply<Generation> loaded = server.generate(request(model, "", context, 1).build(), SILENCE);
    if (loaded instanceof Reply.Missing<Generation>(var why)) {
      return new Result.Failed(why);
    }
    int room = context.tokens() - 2 * ANSWER_TOKENS;
    int[] fills = {Math.min(SHORT_PROMPT, room / 4), Math.min(LONGEST_PROMPT, room / 2)};
    var stages = new ArrayList<Stage>();
    int run = 0;
    for (int fill : fills) {
      var samples = new ArrayList<Sample>();
      for (int i = 0; i < RUNS; i++) {
        progress.begins(++run, RUNS * fills.length);
        JsonValue.Builder body = request(model, prompt(fill), context, ANSWER_TOKENS);
        // what does not fit would be cut to half the context without a word
        if (refuses) {
          body.put("truncate", false);
        }
        switch (server.generate(body.build(), SILENCE)) {
          case Reply.Missing<Generation>(var why) -> {
            return new Result.Failed(why);
          }
          case Reply.Given<Generation>(var answer) -> sample(answer).ifPresent(samples::add);
        }
      }
      if (samples.isEmpty()) {
        return new Result.TooShort();
      }
      stages.add(new Stage(samples));
    }
    return new Result.Done(bench(model, version, context, stages));
  }

  private Bench bench(String model, String version, ContextLength context, List<Stage> stages) {
    Bytes size = Bytes.ZERO;
    Bytes vram = Bytes.ZERO;
    Optional<ContextLength> opened = Optional.empty();
    for (LoadedModel loaded : server.loaded().found().orElse(List.of())) {
      if (loaded.name().equals(model)) {
        size = loaded.size();
        vram = loaded.vram();
        opened = loaded.context();
      }
    }
    return new Bench(model, version, context, opened, stages, size, vram);
  }

  /// What an answer tells; nothing where it is too short, or had to load the model anew.
  static Optional<Sample> sample(Generation answer) {
    double reading = answer.prompt().toNanos() / 1e9;
    double writing = answer.generation().toNanos() / 1e9;
    boolean reloaded = answer.load().compareTo(Duration.ofSeconds(2)) > 0;
    return answer.tokens() < LEAST_TOKENS || reading <= 0 || writing <= 0 || reloaded
        ? Optional.empty()
        : Optional.of(
            new Sample(
                answer.promptTokens(), answer.promptTokens() / reading, answer.tokens() / writing));
  }

  private String prompt(int tokens) {
    var text = new StringBuilder("Number " + random.nextInt(1 << 30) + ". Tell a long story with");
    for (int i = 0; i < tokens; i++) {
      text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.toString();
  }

  private static JsonValue.Builder request(
      String model, String prompt, ContextLength context, int tokens) {
    var body = JsonValue.object().put("model", model);
    if (!prompt.isEmpty()) {
      body.put("prompt", prompt).put("raw", true);
    }
    return body.put(
        "options",
        JsonValue.object()
            .put("num_ctx", context.tokens())
            .put("num_predict", tokens)
            .put("temperature", 0.8)
            .build());
  }
}
