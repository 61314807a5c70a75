package dev.r1pick.host;

import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/// Passes every question on and keeps it with its answer: what was asked is what a recording must
/// hold, and what `-v` shows.
public final class RememberingHost implements Host {
  private final Host host;
  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

  public RememberingHost(Host host) {
    this.host = host;
  }

  /// A question and its answer.
  ///
  /// @param question what was asked
  /// @param answer what came back
  public record Asked(Question question, Object answer, Duration took) {}

  /// The kinds of questions.
  public sealed interface Question {
    record Variable(String name) implements Question {}

    record File(String path) implements Question {}

    record Existence(String path) implements Question {}

    record Folder(String path) implements Question {}

    record Node(String path) implements Question {}

    record Space(String path) implements Question {}

    record Command(String id, List<String> argv) implements Question {}
  }

  /// All questions so far, in the order of their answers.
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  private <T> T remember(Question question, Supplier<T> answer) {
    long start = host.nanoTime();
    T given = answer.get();
    asked.add(new Asked(question, given, Duration.ofNanos(host.nanoTime() - start)));
    return given;
  }

  @Override
  public long nanoTime() {
    return host.nanoTime();
  }

  @Override
  public OsFamily family() {
    return host.family();
  }

  @Override
  public String arch() {
    return host.arch();
  }

  @Override
  public OptionalInt processors() {
    return host.processors();
  }

  @Override
  public Optional<String> environment(String name) {
    return remember(new Question.Variable(name), () -> host.environment(name));
  }

  /// Not kept: a recording holds the variables that were asked for by name, not the user's own.
  @Override
  public List<String> variables(String prefix) {
    return host.variables(prefix);
  }

  @Override
  public Optional<String> read(String path) {
    return remember(new Question.File(path), () -> host.read(path));
  }

  @Override
  public Optional<String> readEnd(String path, int most) {
    return remember(new Question.File(path), () -> host.readEnd(path, most));
  }

  @Override
  public boolean exists(String path) {
    return remember(new Question.Existence(path), () -> host.exists(path));
  }

  @Override
  public List<String> list(String folder) {
    return remember(new Question.Folder(folder), () -> host.list(folder));
  }

  /// Not kept: what a server answers is written by whoever records a server.
  @Override
  public Http http() {
    return host.http();
  }

  @Override
  public Listener listener(int port) {
    return host.listener(port);
  }

  @Override
  public Access access(String deviceNode) {
    return remember(new Question.Node(deviceNode), () -> host.access(deviceNode));
  }

  @Override
  public Optional<Bytes> usableSpace(String path) {
    return remember(new Question.Space(path), () -> host.usableSpace(path));
  }

  @Override
  public CommandResult run(
      String id, List<String> command, Map<String, String> variables, Duration deadline) {
    return remember(
        new Question.Command(id, List.copyOf(command)),
        () -> host.run(id, command, variables, deadline));
  }
}
