package dev.r1pick.ollama;

import java.util.Map;
import java.util.Optional;

/// The Ollama of a machine: its version and the variables that change what it does with memory.
///
/// @param version as it prints itself, for example `0.32.15`; empty where it is not installed or
///   does not tell, and then the newest rules are assumed
/// @param environment the variables that were read, by name; those not set are absent
public record OllamaSetup(Optional<String> version, Map<String, String> environment) {
  /// Nothing known: newest rules, no variable set.
  public static final OllamaSetup UNKNOWN = new OllamaSetup(Optional.empty(), Map.of());

  public OllamaSetup {
    environment = Map.copyOf(environment);
  }

  /// The value of a variable, trimmed of blanks and quotes as Ollama does; empty where it is not
  /// set or set to nothing.
  public Optional<String> variable(String name) {
    String value = environment.get(name);
    if (value == null) {
      return Optional.empty();
    }
    String trimmed = value.strip();
    while (trimmed.length() >= 2
        && (trimmed.startsWith("\"") || trimmed.startsWith("'"))
        && trimmed.charAt(0) == trimmed.charAt(trimmed.length() - 1)) {
      trimmed = trimmed.substring(1, trimmed.length() - 1).strip();
    }
    return trimmed.isEmpty() ? Optional.empty() : Optional.of(trimmed);
  }
}
