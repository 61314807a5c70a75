package dev.r1pick.ollama.log;

import dev.r1pick.text.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a server says of itself when it starts.
///
/// @param environment of it, defaults filled in
/// @param version of it; empty where it does not listen yet
public record ServerStart(Map<String, String> environment, Optional<String> version) {
  private static final String CONFIG = "msg=\"server config\"";
  private static final String LISTENS = "(version ";

  public ServerStart {
    environment = Map.copyOf(environment);
  }

  /// The newest start in a log; empty where there is none.
  public static Optional<ServerStart> newest(String log) {
    int at = log.lastIndexOf(CONFIG);
    if (at < 0) {
      return Optional.empty();
    }
    List<String> lines = Text.lines(log.substring(log.lastIndexOf('\n', at) + 1));
    Optional<String> version = Optional.empty();
    for (String line : lines) {
      version = version.isPresent() ? version : version(line);
    }
    return Optional.of(new ServerStart(environment(LogLine.of(lines.getFirst())), version));
  }

  static Map<String, String> environment(LogLine config) {
    return ServerConfig.read(config.value("env").orElse(""));
  }

  /// `msg="Listening on 127.0.0.1:11434 (version 0.32.15)"`.
  static Optional<String> version(String line) {
    int start = line.indexOf(LISTENS);
    int end = start < 0 ? -1 : line.indexOf(')', start);
    return end < 0 ? Optional.empty() : Text.cleaned(line.substring(start + LISTENS.length(), end));
  }

  /// What was set, as far as it can be told: where nothing is set the line has the default, so such
  /// a value says nothing. Vulkan is on by itself, so there `false` was set.
  public static Map<String, String> set(Map<String, String> logged) {
    var set = new HashMap<String, String>();
    logged.forEach(
        (name, value) -> {
          boolean isDefault =
              value.equals("0") || (value.equals("false") && !name.equals("OLLAMA_VULKAN"));
          if (!isDefault) {
            set.put(name, value);
          }
        });
    return set;
  }
}
