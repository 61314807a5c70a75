package dev.r1pick.ollama.server;

import dev.r1pick.host.HttpAnswer;
import dev.r1pick.host.HttpFailure;
import dev.r1pick.json.JsonValue;
import dev.r1pick.text.Text;
import java.util.Optional;
import java.util.OptionalLong;

/// The lines of `/api/pull` or `/api/create` as they come in. To close it before its end makes the
/// server stop, and keep what it has.
public final class StatusStream implements AutoCloseable {
  private final HttpAnswer answer;

  StatusStream(HttpAnswer answer) {
    this.answer = answer;
  }

  /// The next line; behind [StreamLine.Success] or [StreamLine.Failure] there is none.
  public StreamLine next() {
    try {
      Optional<String> line = answer.line();
      while (line.isPresent() && line.get().isBlank()) {
        line = answer.line();
      }
      return line.isEmpty() ? new StreamLine.Failure(new ServerFailure.Ended()) : read(line.get());
    } catch (HttpFailure failure) {
      return new StreamLine.Failure(Answers.failure(failure));
    }
  }

  private static StreamLine read(String text) {
    Optional<JsonValue> value = Answers.json(text);
    if (value.isEmpty()) {
      return new StreamLine.Failure(Answers.notOllama(text));
    }
    JsonValue line = value.get();
    Optional<String> error = line.textAt("error");
    if (error.isPresent()) {
      return new StreamLine.Failure(new ServerFailure.GaveUp(Answers.said(error.get())));
    }
    Optional<String> status = line.textAt("status");
    if (status.isEmpty()) {
      return new StreamLine.Failure(Answers.notOllama(text));
    }
    return status.get().equals("success")
        ? new StreamLine.Success()
        : new StreamLine.Progress(
            Text.clean(status.get()),
            line.textAt("digest").flatMap(Answers::digest),
            count(line, "total"),
            count(line, "completed"));
  }

  private static OptionalLong count(JsonValue line, String name) {
    OptionalLong count = line.wholeAt(name);
    return count.isPresent() && count.getAsLong() >= 0 ? count : OptionalLong.empty();
  }

  @Override
  public void close() {
    answer.close();
  }
}
