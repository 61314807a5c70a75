package dev.r1pick.cli;

import dev.r1pick.hardware.Host;
import dev.r1pick.hardware.Os;
import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A machine with other variables and another Ollama than it has: what `--ollama-env` and
/// `--ollama-version` describe decides which GPUs are used, so it must be there when they are
/// judged.
///
/// @param host the machine
/// @param variables that stand in for its own
/// @param ollamaVersion that its Ollama says; empty: what it says itself
record OverlaidHost(Host host, Map<String, String> variables, Optional<String> ollamaVersion)
    implements Host {
  private static final String VERSION_QUESTION = "ollama-version";

  @Override
  public Optional<String> environment(String name) {
    String value = variables.get(name);
    return value == null ? host.environment(name) : Optional.of(value);
  }

  @Override
  public CommandResult run(String id, List<String> command, Duration deadline) {
    return ollamaVersion.isPresent() && id.equals(VERSION_QUESTION)
        ? new CommandResult.Finished(0, "ollama version is " + ollamaVersion.get() + "\n", "")
        : host.run(id, command, deadline);
  }

  @Override
  public Os.Family family() {
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
  public Optional<String> read(String path) {
    return host.read(path);
  }

  @Override
  public boolean exists(String path) {
    return host.exists(path);
  }

  @Override
  public List<String> list(String folder) {
    return host.list(folder);
  }

  @Override
  public Access access(String deviceNode) {
    return host.access(deviceNode);
  }

  @Override
  public Optional<Bytes> usableSpace(String path) {
    return host.usableSpace(path);
  }
}
