package dev.r1pick.ollama.server;

import dev.r1pick.ollama.ServerAddress;
import java.util.Locale;
import java.util.Optional;

/// Where the server is, read from `OLLAMA_HOST` as Ollama reads it (`envconfig/config.go`, Host and
/// ConnectableHost).
///
/// @param scheme `http`, `https` or what stands there
/// @param host a name or an address; one of IP version 6 without its brackets
/// @param port 0 to 65535
/// @param path what all calls begin with, without slashes at its ends; mostly empty
public record ServerUrl(String scheme, String host, int port, String path) {
  /// Where the server is unless something else is said.
  public static final ServerUrl USUAL = new ServerUrl("http", "127.0.0.1", 11434, "");

  private static final int USUAL_PORT = 11434;
  private static final int LAST_PORT = 65_535;

  /// Reads a value of `OLLAMA_HOST`.
  ///
  /// @param value trimmed of blanks and quotes; empty: the usual place
  public static ServerUrl of(String value) {
    String plain = ServerAddress.withoutQuery(value);
    int sign = plain.indexOf("://");
    String scheme = sign < 0 ? "http" : plain.substring(0, sign).toLowerCase(Locale.ROOT);
    String rest = sign < 0 ? plain : plain.substring(sign + 3);
    int usual =
        switch (sign < 0 ? "" : scheme) {
          case "http" -> 80;
          case "https" -> 443;
          default -> USUAL_PORT;
        };
    if (plain.equals("ollama.com")) {
      scheme = "https";
      usual = 443;
    }
    int slash = rest.indexOf('/');
    String place = slash < 0 ? rest : rest.substring(0, slash);
    String authority = place.substring(place.lastIndexOf('@') + 1);
    return new ServerUrl(
        scheme,
        connectable(ServerAddress.hostOf(authority)),
        portOf(authority, usual),
        slash < 0 ? "" : withoutSlashes(rest.substring(slash)));
  }

  private static int portOf(String authority, int usual) {
    int bracket = authority.indexOf(']');
    int colon = authority.indexOf(':', Math.max(0, bracket));
    boolean isPlainV6 = bracket < 0 && colon >= 0 && authority.indexOf(':', colon + 1) >= 0;
    if (colon < 0 || isPlainV6) {
      return usual;
    }
    try {
      int port = Integer.parseInt(authority.substring(colon + 1));
      return port >= 0 && port <= LAST_PORT ? port : usual;
    } catch (NumberFormatException _) {
      return usual;
    }
  }

  /// An address that a server listens at on every network is none to connect to.
  private static String connectable(String host) {
    return switch (host) {
      case "", "0.0.0.0" -> "127.0.0.1";
      case "::" -> "::1";
      default -> host;
    };
  }

  private static String withoutSlashes(String path) {
    int from = 0;
    int to = path.length();
    while (from < to && path.charAt(from) == '/') {
      from++;
    }
    while (to > from && path.charAt(to - 1) == '/') {
      to--;
    }
    return path.substring(from, to);
  }

  /// The address of a call.
  ///
  /// @param call for example `/api/tags`
  public String at(String call) {
    return this + call;
  }

  /// The host of another machine; empty for this one.
  public Optional<String> otherMachine() {
    return ServerAddress.otherMachine(host);
  }

  /// As it is shown: `http://127.0.0.1:11434`.
  @Override
  public String toString() {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return scheme + "://" + shown + ":" + port + (path.isEmpty() ? "" : "/" + path);
  }
}
