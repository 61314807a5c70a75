package dev.r1pick.ollama;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The Ollama of a machine: its version, how it was installed and the variables that change what it
/// does with memory.
///
/// @param version as it prints itself, for example `0.32.15`; empty where it is not installed or
///   does not tell
/// @param environment the variables that were read, by name; those not set are absent
/// @param installation how it came to this machine; empty where nothing tells
/// @param server the server that runs there; empty where none answers, or none was asked
public record OllamaSetup(
    Optional<String> version,
    Map<String, String> environment,
    Optional<Installation> installation,
    Optional<RunningServer> server) {
  /// Nothing known: newest rules, no variable set.
  public static final OllamaSetup UNKNOWN = new OllamaSetup(Optional.empty(), Map.of());

  public OllamaSetup {
    environment = Map.copyOf(environment);
  }

  /// Without anything that tells how it was installed.
  public OllamaSetup(Optional<String> version, Map<String, String> environment) {
    this(version, environment, Optional.empty(), Optional.empty());
  }

  /// Without a server that runs.
  public OllamaSetup(
      Optional<String> version,
      Map<String, String> environment,
      Optional<Installation> installation) {
    this(version, environment, installation, Optional.empty());
  }

  /// The version that rules go by; empty where none is known, as for a build from source, and then
  /// the newest rules hold.
  public Optional<OllamaVersion> release() {
    return version.isPresent() ? OllamaVersion.parse(version.get()) : Optional.empty();
  }

  /// Whether this is 0.`minor`.`patch` or later; an unknown version is.
  public boolean isAtLeast(int minor, int patch) {
    return OllamaVersion.isAtLeast(release(), minor, patch);
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

  /// A switch as Go's ParseBool reads it, where what it cannot read counts as on; empty where it is
  /// not set (`envconfig/config.go`, Bool).
  public Optional<Boolean> flag(String name) {
    Optional<String> value = variable(name);
    return value.isEmpty() ? Optional.empty() : Optional.of(isTrue(value.get()));
  }

  private static boolean isTrue(String value) {
    return switch (value) {
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> true;
    };
  }

  /// Whether it is set to something that is no whole number of 0 or more.
  public boolean isNotANumber(String name) {
    Optional<String> value = variable(name);
    return value.isPresent() && parsed(value.get()) < 0;
  }

  /// A whole number of 0 or more; 0 where it is not set or cannot be read.
  long number(String name) {
    return Math.max(0, parsed(variable(name).orElse("")));
  }

  /// The number, or -1 where it is none.
  static long parsed(String digits) {
    if (digits.isEmpty()) {
      return -1;
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /// The same with other variables in place of its own, and another version where one is given.
  public OllamaSetup with(Map<String, String> variables, Optional<String> otherVersion) {
    if (variables.isEmpty() && otherVersion.isEmpty()) {
      return this;
    }
    var all = new HashMap<>(environment);
    all.putAll(variables);
    return new OllamaSetup(
        otherVersion.isPresent() ? otherVersion : version, all, installation, server);
  }
}
