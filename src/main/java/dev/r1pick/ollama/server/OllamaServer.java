package dev.r1pick.ollama.server;

import dev.r1pick.host.Host;
import dev.r1pick.host.Http;
import dev.r1pick.host.HttpAnswer;
import dev.r1pick.host.HttpFailure;
import dev.r1pick.host.HttpRequest;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Ollama's server: each call of its API that this program makes, with typed answers. Shapes and
/// texts are those of Ollama 0.33 (`api/types.go`, `server/routes.go`); older ones leave keys out.
public final class OllamaServer {
  /// A server that looks for GPUs takes connections and stays silent for 15 to 30 s.
  public static final Duration PATIENT = Duration.ofSeconds(35);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /// `/api/show` lists every tensor of a model: some 100 KB for those of R1.
  private static final int LARGEST_ANSWER = 8 << 20;

  private final Http http;
  private final ServerUrl url;
  private final Optional<HttpRequest.Proxy> proxy;

  private OllamaServer(Http http, ServerUrl url, Optional<HttpRequest.Proxy> proxy) {
    this.http = http;
    this.url = url;
    this.proxy = proxy;
  }

  /// The server that `OLLAMA_HOST` names.
  ///
  /// @param host whose variables say how it is reached
  public static OllamaServer of(Http http, Host host, OllamaSetup setup) {
    ServerUrl url = ServerUrl.of(setup.variable("OLLAMA_HOST").orElse(""));
    return new OllamaServer(http, url, Proxies.between(host, url));
  }

  /// Where it is.
  public ServerUrl url() {
    return url;
  }

  /// What it says it is, for example `0.32.15`; a build from source says `0.0.0`.
  ///
  /// @param connect the longest to wait for a connection
  /// @param silence the longest to wait for the answer
  public Reply<String> version(Duration connect, Duration silence) {
    return ask(
        request("/api/version", Optional.empty(), connect, silence),
        answer -> answer.textAt("version").flatMap(Text::cleaned));
  }

  /// The same, as long as a server takes to start.
  public Reply<String> version() {
    return version(CONNECT, PATIENT);
  }

  /// What is installed, newest first.
  public Reply<List<InstalledModel>> installed() {
    return ask(
        request("/api/tags", Optional.empty(), CONNECT, PATIENT),
        answer -> answer.member("models").map(_ -> Answers.installed(answer)));
  }

  /// What is loaded.
  public Reply<List<LoadedModel>> loaded() {
    return ask(
        request("/api/ps", Optional.empty(), CONNECT, PATIENT),
        answer -> answer.member("models").map(_ -> Answers.loaded(answer)));
  }

  /// What is known of an installed model.
  public Reply<ShownModel> show(String model) {
    return ask(
        request("/api/show", Optional.of(body("model", model)), CONNECT, PATIENT),
        answer -> Optional.of(Answers.shown(answer)));
  }

  /// Fetches a model, or what is missing of it.
  ///
  /// @param silence the longest time without a line: blobs are verified without one
  /// @return its lines, to be closed
  public Reply<StatusStream> pull(String model, Duration silence) {
    return stream(request("/api/pull", Optional.of(body("model", model)), CONNECT, silence));
  }

  /// Makes a model from another one. Ollama checks neither that the other one is installed (it
  /// would pull it), nor that the name is free, nor the parameters: whoever calls does.
  ///
  /// @param model its name
  /// @param from an installed model
  /// @param parameters merged into those of the other one, such as `num_ctx`
  /// @return its lines, to be closed
  public Reply<StatusStream> create(String model, String from, JsonValue.Members parameters) {
    JsonValue.Members body =
        JsonValue.object()
            .put("model", model)
            .put("from", from)
            .put("parameters", parameters)
            .build();
    return stream(request("/api/create", Optional.of(body), CONNECT, PATIENT));
  }

  /// Deletes a model, and the blobs that no other one uses.
  ///
  /// @return nothing, or why it is still there
  public Optional<ServerFailure> delete(String model) {
    var request =
        new HttpRequest(
            "DELETE",
            url.at("/api/delete"),
            Optional.of(JsonWriter.compact(body("model", model))),
            proxy,
            CONNECT,
            PATIENT,
            LARGEST_ANSWER);
    try (HttpAnswer answer = http.send(request)) {
      String text = answer.text();
      return answer.status() == 200
          ? Optional.empty()
          : Optional.of(refusal(answer.status(), text));
    } catch (HttpFailure failure) {
      return Optional.of(Answers.failure(failure));
    }
  }

  /// Generates, and waits for the end of it.
  ///
  /// @param body of the request, without `stream`: `model`, `prompt`, `raw`, `options`,
  ///   `keep_alive`, …; without a prompt the model is only loaded, or unloaded
  /// @param silence the longest to wait for the whole answer
  public Reply<Generation> generate(JsonValue.Members body, Duration silence) {
    JsonValue.Builder whole = JsonValue.object();
    body.values().forEach(whole::put);
    return ask(
        request("/api/generate", Optional.of(whole.put("stream", false).build()), CONNECT, silence),
        answer -> answer.member("done").map(_ -> Answers.generation(answer)));
  }

  private static JsonValue.Members body(String name, String value) {
    return JsonValue.object().put(name, value).build();
  }

  private HttpRequest request(
      String call, Optional<JsonValue.Members> body, Duration connect, Duration silence) {
    return new HttpRequest(
        body.isEmpty() ? "GET" : "POST",
        url.at(call),
        body.map(JsonWriter::compact),
        proxy,
        connect,
        silence,
        LARGEST_ANSWER);
  }

  private <T> Reply<T> ask(HttpRequest request, Function<JsonValue, Optional<T>> reader) {
    try (HttpAnswer answer = http.send(request)) {
      String text = answer.text();
      if (answer.status() != 200) {
        return new Reply.Missing<>(refusal(answer.status(), text));
      }
      Optional<JsonValue> json = Answers.json(text);
      Optional<String> error = json.flatMap(value -> value.textAt("error"));
      if (error.isPresent()) {
        return new Reply.Missing<>(new ServerFailure.GaveUp(Answers.said(error.get())));
      }
      Optional<T> value = json.flatMap(reader);
      return value.isPresent()
          ? new Reply.Given<>(value.get())
          : new Reply.Missing<>(Answers.notOllama(text));
    } catch (HttpFailure failure) {
      return new Reply.Missing<>(Answers.failure(failure));
    }
  }

  private Reply<StatusStream> stream(HttpRequest request) {
    try {
      HttpAnswer answer = http.send(request);
      if (answer.status() == 200) {
        return new Reply.Given<>(new StatusStream(answer));
      }
      try (answer) {
        return new Reply.Missing<>(refusal(answer.status(), answer.text()));
      }
    } catch (HttpFailure failure) {
      return new Reply.Missing<>(Answers.failure(failure));
    }
  }

  /// An error of the server is an object with one text; what is none is somebody else's page.
  private static ServerFailure refusal(int status, String text) {
    Optional<String> error = Answers.json(text).flatMap(value -> value.textAt("error"));
    return new ServerFailure.Refused(status, Answers.said(error.map(Answers::plain).orElse(text)));
  }
}
