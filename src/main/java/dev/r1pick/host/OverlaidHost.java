package dev.r1pick.host;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A machine with other variables and another Ollama than it has: what `--ollama-env` and
/// `--ollama-version` describe decides which GPUs are used, so it must be there when they are
/// judged.
///
/// @param host the machine
/// @param variables that stand in for its own
/// @param ollamaVersion that its Ollama says; empty: what it says itself
public record OverlaidHost(Host host, Map<String, String> variables, Optional<String> ollamaVersion)
    implements ForwardingHost {
  private static final String VERSION_QUESTION = "ollama-version";

  @Override
  public Optional<String> environment(String name) {
    String value = variables.get(name);
    return value == null ? host.environment(name) : Optional.of(value);
  }

  @Override
  public CommandResult run(
      String id, List<String> command, Map<String, String> variables, Duration deadline) {
    return ollamaVersion.isPresent() && id.equals(VERSION_QUESTION)
        ? new CommandResult.Finished(0, "ollama version is " + ollamaVersion.get() + "\n", "")
        : host.run(id, command, variables, deadline);
  }
}
