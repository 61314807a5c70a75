package dev.r1pick.ollama.server;

import dev.r1pick.host.HttpFailure;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The server's JSON as values. Keys come and go with its versions, so what is not there is left
/// out.
final class Answers {
  /// The longest message of the server that is shown.
  private static final int LONGEST_MESSAGE = 600;

  private static final int DIGEST = 64;
  private static final String SHA256 = "sha256";

  private Answers() {}

  static Optional<JsonValue> json(String text) {
    try {
      return Optional.of(JsonReader.read("Ollama", text));
    } catch (InvalidJson _) {
      return Optional.empty();
    }
  }

  /// The message of an error of the engine, which the server passes on as JSON.
  static String plain(String error) {
    return error.startsWith("{")
        ? json(error)
            .flatMap(value -> value.member("error"))
            .flatMap(inner -> inner.textAt("message"))
            .orElse(error)
        : error;
  }

  /// What the server says, fit to be shown. It repeats addresses of blobs whose query is a key.
  static String said(String message) {
    var words = new StringBuilder();
    for (String word : Text.words(message)) {
      int query = word.indexOf("://") >= 0 ? word.indexOf('?') : -1;
      words.append(words.isEmpty() ? "" : " ");
      words.append(query < 0 ? word : word.substring(0, query) + rest(word, query));
    }
    return Text.clean(words.toString(), LONGEST_MESSAGE);
  }

  /// The signs that close a quoted address.
  private static String rest(String word, int query) {
    int end = word.length();
    while (end > query && (word.charAt(end - 1) == ':' || word.charAt(end - 1) == '"')) {
      end--;
    }
    return word.substring(end);
  }

  static ServerFailure failure(HttpFailure failure) {
    return switch (failure.reason()) {
      case NOT_HTTP, TOO_LARGE -> new ServerFailure.NotOllama(Text.clean(failure.words()));
      default -> new ServerFailure.NoAnswer(failure.reason(), Text.clean(failure.words()));
    };
  }

  static ServerFailure notOllama(String text) {
    return new ServerFailure.NotOllama(Text.clean(text));
  }

  /// The 64 hex digits behind `sha256:` or `sha256-`; empty where they are none.
  static Optional<String> digest(String text) {
    String digits =
        text.startsWith(SHA256)
            ? text.substring(Math.min(text.length(), SHA256.length() + 1))
            : text;
    boolean hex = digits.length() == DIGEST;
    for (int i = 0; hex && i < DIGEST; i++) {
      char c = digits.charAt(i);
      hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    return hex ? Optional.of(digits) : Optional.empty();
  }

  static List<InstalledModel> installed(JsonValue answer) {
    var models = new ArrayList<InstalledModel>();
    for (JsonValue model : list(answer)) {
      Optional<String> name = name(model);
      JsonValue details = model.member("details").orElse(new JsonValue.Null());
      name.ifPresent(
          known ->
              models.add(
                  new InstalledModel(
                      known,
                      model.textAt("digest").flatMap(Answers::digest).orElse(""),
                      size(model, "size"),
                      details.textAt("parent_model").flatMap(Text::cleaned),
                      model.textAt("remote_host").flatMap(Text::cleaned),
                      details.textAt("quantization_level").flatMap(Text::cleaned))));
    }
    return List.copyOf(models);
  }

  static List<LoadedModel> loaded(JsonValue answer) {
    var models = new ArrayList<LoadedModel>();
    for (JsonValue model : list(answer)) {
      name(model)
          .ifPresent(
              known ->
                  models.add(
                      new LoadedModel(
                          known,
                          model.textAt("digest").flatMap(Answers::digest).orElse(""),
                          size(model, "size"),
                          size(model, "size_vram"),
                          context(model),
                          model.textAt("expires_at").flatMap(Text::cleaned))));
    }
    return List.copyOf(models);
  }

  private static List<JsonValue> list(JsonValue answer) {
    return answer.member("models").map(JsonValue::items).orElse(List.of());
  }

  private static Optional<String> name(JsonValue model) {
    return model.textAt("name").or(() -> model.textAt("model")).flatMap(Text::cleaned);
  }

  private static Bytes size(JsonValue model, String name) {
    return Text.bytes(Text.wholeAt(model, name), 1).orElse(Bytes.ZERO);
  }

  private static Optional<ContextLength> context(JsonValue model) {
    long tokens = model.wholeAt("context_length").orElse(0);
    return tokens > 0 ? ContextLength.parse(String.valueOf(tokens)) : Optional.empty();
  }

  static ShownModel shown(JsonValue answer) {
    JsonValue details = answer.member("details").orElse(new JsonValue.Null());
    var capabilities = new ArrayList<String>();
    for (JsonValue item : answer.member("capabilities").map(JsonValue::items).orElse(List.of())) {
      if (item instanceof JsonValue.Text(var word)) {
        Text.cleaned(word).ifPresent(capabilities::add);
      }
    }
    return new ShownModel(
        weights(answer.textAt("modelfile").orElse("")),
        parameters(answer.textAt("parameters").orElse("")),
        details.textAt("parent_model").flatMap(Text::cleaned),
        capabilities,
        answer.textAt("requires").flatMap(Text::cleaned),
        answer.member("model_info").orElse(new JsonValue.Null()));
  }

  /// `FROM /usr/share/ollama/.ollama/models/blobs/sha256-…`, on Windows with backslashes.
  private static Optional<String> weights(String modelfile) {
    for (String line : Text.lines(modelfile)) {
      int blob = line.lastIndexOf(SHA256 + "-");
      if (line.startsWith("FROM ") && blob >= 0) {
        Optional<String> digest = digest(line.substring(blob).strip());
        if (digest.isPresent()) {
          return digest;
        }
      }
    }
    return Optional.empty();
  }

  /// A table of names and values, the values of some in quotes.
  private static Map<String, String> parameters(String table) {
    var parameters = new HashMap<String, String>();
    for (String line : Text.lines(table)) {
      List<String> words = Text.words(line);
      if (words.size() == 2) {
        parameters.put(Text.clean(words.getFirst()), Text.clean(words.get(1)));
      }
    }
    return parameters;
  }

  static Generation generation(JsonValue answer) {
    return new Generation(
        answer.textAt("response").orElse(""),
        answer.textAt("done_reason").flatMap(Text::cleaned),
        answer.wholeAt("prompt_eval_count").orElse(0),
        time(answer, "prompt_eval_duration"),
        answer.wholeAt("eval_count").orElse(0),
        time(answer, "eval_duration"),
        time(answer, "load_duration"),
        time(answer, "total_duration"));
  }

  private static Duration time(JsonValue answer, String name) {
    return Duration.ofNanos(answer.wholeAt(name).orElse(0));
  }
}
