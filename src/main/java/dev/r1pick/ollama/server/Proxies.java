package dev.r1pick.ollama.server;

import dev.r1pick.host.Host;
import dev.r1pick.host.HttpRequest.Proxy;
import dev.r1pick.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// The proxy between this program and a server on another machine, as Go's
/// `http.ProxyFromEnvironment` chooses it for Ollama's own commands
/// (`golang.org/x/net/http/httpproxy`). None stands before this machine.
final class Proxies {
  private Proxies() {}

  static Optional<Proxy> between(Host host, ServerUrl server) {
    if (server.otherMachine().isEmpty() || isExcepted(host, server)) {
      return Optional.empty();
    }
    String name = server.scheme().equals("https") ? "HTTPS_PROXY" : "HTTP_PROXY";
    return variable(host, name).map(Proxies::proxy);
  }

  private static Optional<String> variable(Host host, String name) {
    return host.environment(name)
        .or(() -> host.environment(name.toLowerCase(Locale.ROOT)))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static Proxy proxy(String value) {
    int login = value.lastIndexOf('@');
    int scheme = value.indexOf("://");
    ServerUrl url = ServerUrl.of(scheme < 0 ? "http://" + value : value);
    Optional<String> authorization =
        login < 0
            ? Optional.empty()
            : Optional.of(
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(
                            value
                                .substring(scheme < 0 ? 0 : scheme + 3, login)
                                .getBytes(StandardCharsets.UTF_8)));
    return new Proxy(url.host(), url.port(), authorization);
  }

  /// Names count with all below them, addresses alone or as a network such as `10.0.0.0/8`.
  private static boolean isExcepted(Host host, ServerUrl server) {
    String name = server.host().toLowerCase(Locale.ROOT);
    for (String word : Text.split(variable(host, "NO_PROXY").orElse(""), ',')) {
      String rule = word.toLowerCase(Locale.ROOT);
      int colon = rule.indexOf(':');
      if (colon > 0 && rule.indexOf(':', colon + 1) < 0) {
        if (!rule.substring(colon + 1).equals(String.valueOf(server.port()))) {
          continue;
        }
        rule = rule.substring(0, colon);
      }
      String domain = rule.startsWith("*.") ? rule.substring(1) : rule;
      if (rule.equals("*")
          || (!rule.isEmpty() && name.equals(rule))
          || (!domain.isEmpty() && name.endsWith(domain.startsWith(".") ? domain : "." + domain))
          || isInNetwork(name, rule)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInNetwork(String address, String network) {
    int slash = network.indexOf('/');
    long own = number(address);
    long base = slash < 0 ? -1 : number(network.substring(0, slash));
    long bits = slash < 0 ? -1 : Text.whole(network.substring(slash + 1)).orElse(-1);
    return own >= 0
        && base >= 0
        && bits >= 0
        && bits <= 32
        && (own >> (32 - bits)) == (base >> (32 - bits));
  }

  /// An address of IP version 4 as a number; -1 for anything else.
  private static long number(String address) {
    long number = 0;
    var parts = Text.split(address, '.');
    for (String part : parts) {
      long value = Text.whole(part).orElse(-1);
      if (value < 0 || value > 255) {
        return -1;
      }
      number = (number << 8) | value;
    }
    return parts.size() == 4 ? number : -1;
  }
}
