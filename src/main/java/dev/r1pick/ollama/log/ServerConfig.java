package dev.r1pick.ollama.log;

import java.util.LinkedHashMap;
import java.util.Map;

/// The environment that a server prints when it starts: what it really has, with the defaults
/// filled in (`server/routes.go`, Serve; `envconfig/config.go`, AsMap).
final class ServerConfig {
  private static final String START = "map[";

  private ServerConfig() {}

  /// Reads `map[NAME:value NAME:value]`. Values are not quoted there and may have blanks, so one
  /// ends where the next name begins.
  static Map<String, String> read(String map) {
    int start = map.indexOf(START);
    int end = map.lastIndexOf(']');
    String text = start < 0 ? "" : map.substring(start + START.length(), Math.max(start + 4, end));
    var variables = new LinkedHashMap<String, String>();
    String name = "";
    int from = 0;
    for (int at = 0; at <= text.length(); at++) {
      boolean begins = at == 0 || at == text.length() || text.charAt(at - 1) == ' ';
      int colon = begins ? nameEnd(text, at) : -1;
      if (at == text.length() || colon >= 0) {
        put(variables, name, text.substring(Math.min(from, at), at));
        name = colon < 0 ? "" : text.substring(at, colon);
        from = colon + 1;
      }
    }
    return variables;
  }

  private static void put(Map<String, String> variables, String name, String value) {
    if (!name.isEmpty() && !value.isBlank()) {
      variables.put(name, value.strip());
    }
  }

  /// Every name has an underscore, by which it is told from the `http:` and `C:` of a value.
  private static int nameEnd(String text, int start) {
    boolean underscore = false;
    int at = start;
    while (at < text.length() && isNameSign(text.charAt(at))) {
      underscore |= text.charAt(at) == '_';
      at++;
    }
    return underscore && at < text.length() && text.charAt(at) == ':' ? at : -1;
  }

  private static boolean isNameSign(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  }
}
