package dev.r1pick.ollama;

import java.util.Locale;

/// A variable of the server's environment with its value. The variables count in the environment of
/// the server, not of the client.
///
/// @param name for example `OLLAMA_CONTEXT_LENGTH`
/// @param value as it is set
public record ServerVariable(String name, String value) {
  private static final String PREFIX = "OLLAMA_";

  /// The key of the snap's own settings, which it turns into the variable: `context-length`.
  String snapKey() {
    String plain = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    return plain.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// `NAME=value`.
  @Override
  public String toString() {
    return name + "=" + value;
  }
}
