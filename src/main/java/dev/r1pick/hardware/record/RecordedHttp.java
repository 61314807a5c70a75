package dev.r1pick.hardware.record;

import dev.r1pick.host.Http;
import dev.r1pick.host.HttpAnswer;
import dev.r1pick.host.HttpFailure;
import dev.r1pick.host.HttpFailure.Cause;
import dev.r1pick.host.HttpRequest;
import dev.r1pick.json.JsonValue;
import dev.r1pick.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The answers that a recorded machine got over the network; where none is recorded nothing
/// listens.
///
/// `http.json` is an array of `path`, optionally `model` (the one that a request names), and
/// `status` with `body`, the name of a file beside it; or `failure`, such as `silent`.
final class RecordedHttp implements Http {
  private final Map<String, byte[]> files;
  private final List<JsonValue> answers;

  private RecordedHttp(Map<String, byte[]> files, List<JsonValue> answers) {
    this.files = files;
    this.answers = List.copyOf(answers);
  }

  /// Those of a recording.
  ///
  /// @param files contents by path inside the recording
  static RecordedHttp of(Map<String, byte[]> files) {
    byte[] listed = files.getOrDefault("http.json", new byte[0]);
    Optional<JsonValue> json = Text.json(new String(listed, StandardCharsets.UTF_8));
    return new RecordedHttp(files, json.map(JsonValue::items).orElse(List.of()));
  }

  @Override
  public HttpAnswer send(HttpRequest request) throws HttpFailure {
    for (JsonValue answer : answers) {
      boolean path = request.url().endsWith(answer.textAt("path").orElse("/"));
      Optional<String> model = answer.textAt("model");
      boolean same =
          model.isEmpty() || request.body().filter(b -> b.contains(model.get())).isPresent();
      if (path && same) {
        Optional<String> failure = answer.textAt("failure");
        if (failure.isPresent()) {
          throw new HttpFailure(cause(failure.get()), failure.get());
        }
        byte[] body = files.get(answer.textAt("body").orElse(""));
        return new Answer(
            (int) answer.wholeAt("status").orElse(200),
            body == null ? "" : new String(body, StandardCharsets.UTF_8));
      }
    }
    throw new HttpFailure(Cause.REFUSED, "not recorded");
  }

  private static Cause cause(String word) {
    String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
    for (Cause cause : Cause.values()) {
      if (cause.name().equals(name)) {
        return cause;
      }
    }
    return Cause.UNREACHABLE;
  }

  /// A whole answer.
  private static final class Answer implements HttpAnswer {
    private final int status;
    private final Deque<String> lines;
    private final String text;

    Answer(int status, String text) {
      this.status = status;
      this.text = text;
      this.lines = new ArrayDeque<>(Text.lines(text));
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public Optional<String> line() {
      return Optional.ofNullable(lines.poll());
    }

    @Override
    public String text() {
      return text;
    }

    @Override
    public void close() {}
  }
}
