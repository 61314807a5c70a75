package dev.r1pick.cli.ollama;

import dev.r1pick.cli.Run;
import dev.r1pick.host.ForwardingHost;
import dev.r1pick.host.Host;
import dev.r1pick.host.Http;
import dev.r1pick.host.HttpAnswer;
import dev.r1pick.host.HttpFailure;
import dev.r1pick.host.HttpRequest;
import dev.r1pick.host.LiveHost;
import dev.r1pick.host.LocalHost;
import dev.r1pick.host.UserFiles;
import dev.r1pick.ollama.server.FakeOllama;
import dev.r1pick.report.layout.Style;
import dev.r1pick.units.Bandwidth;
import dev.r1pick.units.Bytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A recorded machine with an Ollama of its own, whose clock goes by the lines that come in: no
/// test waits.
final class OllamaMachine implements ForwardingHost, LocalHost {
  private static final String HERE = "127.0.0.1";
  private static final Duration LINE = Duration.ofMillis(60);

  private final Host recording;
  private final LiveHost live = new LiveHost();
  private final Map<String, String> variables = new HashMap<>();
  private final List<Duration> pauses = new ArrayList<>();
  private Optional<Bytes> free = Optional.of(Bytes.of(1_000_000_000_000L));
  private Optional<String> named = Optional.empty();
  private Duration line = LINE;
  private long clock;
  private final List<String> lastWordsSaid = new ArrayList<>();

  /// A machine.
  ///
  /// @param home of its user
  OllamaMachine(String machine, Path home) {
    recording = Run.host(machine);
    variables.put("HOME", home.toString());
    variables.put("XDG_CACHE_HOME", home.resolve("cache").toString());
    variables.put("OLLAMA_MODELS", home.resolve("models").toString());
  }

  OllamaMachine with(FakeOllama fake) {
    return variable("OLLAMA_HOST", fake.address());
  }

  /// The same as a server on another machine of that name.
  OllamaMachine with(FakeOllama fake, String name) {
    named = Optional.of(name);
    return variable("OLLAMA_HOST", fake.address().replace(HERE, name));
  }

  OllamaMachine variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /// What the file system of the store has room for.
  OllamaMachine free(long bytes) {
    free = Optional.of(Bytes.of(bytes));
    return this;
  }

  /// The time between two lines.
  OllamaMachine lineEvery(Duration time) {
    line = time;
    return this;
  }

  /// The pauses that were made so far.
  List<Duration> pauses() {
    return pauses;
  }

  /// All that would have been said if a signal had come.
  List<String> lastWordsSaid() {
    return lastWordsSaid;
  }

  Run run(String... args) {
    return Run.on(this, Style.PLAIN, args);
  }

  Run run(Style style, String... args) {
    return Run.on(this, style, args);
  }

  @Override
  public Host host() {
    return recording;
  }

  @Override
  public long nanoTime() {
    return clock;
  }

  @Override
  public Optional<String> environment(String name) {
    String value = variables.get(name);
    return value == null ? recording.environment(name) : Optional.of(value);
  }

  @Override
  public List<String> variables(String prefix) {
    return Stream.concat(
            variables.keySet().stream().filter(name -> name.startsWith(prefix)),
            recording.variables(prefix).stream())
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public Optional<Bytes> usableSpace(String path) {
    return free;
  }

  @Override
  public UserFiles files() {
    return live.files();
  }

  @Override
  public Http http() {
    return request -> new Timed(live.http().send(here(request)));
  }

  private HttpRequest here(HttpRequest request) {
    return new HttpRequest(
        request.method(),
        named.map(name -> request.url().replace(name, HERE)).orElse(request.url()),
        request.body(),
        request.proxy(),
        request.connect(),
        request.silence(),
        request.most());
  }

  @Override
  public void pause(Duration time) {
    pauses.add(time);
    clock += time.toNanos();
  }

  @Override
  public void lastWords(Optional<String> sentence) {
    sentence.ifPresent(lastWordsSaid::add);
  }

  @Override
  public int workers() {
    return 2;
  }

  @Override
  public Optional<Bandwidth> memoryRead(int threads) {
    return Optional.empty();
  }

  /// Lets time pass with each line.
  private final class Timed implements HttpAnswer {
    private final HttpAnswer answer;

    Timed(HttpAnswer answer) {
      this.answer = answer;
    }

    @Override
    public int status() {
      return answer.status();
    }

    @Override
    public Optional<String> line() throws HttpFailure {
      clock += line.toNanos();
      return answer.line();
    }

    @Override
    public String text() throws HttpFailure {
      return answer.text();
    }

    @Override
    public void close() {
      answer.close();
    }
  }
}
