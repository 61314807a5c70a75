package dev.r1pick.ollama;

import dev.r1pick.text.Text;
import java.util.Locale;
import java.util.Optional;

/// The address of Ollama's server, as `OLLAMA_HOST` gives it.
public final class ServerAddress {
  private ServerAddress() {}

  /// The host of an address as `envconfig/config.go` reads it; empty where that is this machine.
  public static Optional<String> otherMachine(String address) {
    String plain = withoutQuery(address);
    int scheme = plain.indexOf("://");
    String rest = scheme < 0 ? plain : plain.substring(scheme + 3);
    int path = rest.indexOf('/');
    String place = path < 0 ? rest : rest.substring(0, path);
    // a login before the host is a secret, and no part of its name
    String authority = place.substring(place.lastIndexOf('@') + 1);
    String host = hostOf(authority).toLowerCase(Locale.ROOT);
    boolean here =
        host.isEmpty()
            || host.equals("localhost")
            || host.startsWith("localhost.")
            || host.startsWith("ip6-l")
            || host.equals("0.0.0.0")
            || host.equals("::")
            || host.equals("::1")
            || host.startsWith("127.");
    return here ? Optional.empty() : Text.cleaned(host);
  }

  /// An address without what stands after a `?` or `#`, which may be a secret.
  public static String withoutQuery(String address) {
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) == '?' || address.charAt(i) == '#') {
        return address.substring(0, i);
      }
    }
    return address;
  }

  /// The host before its port, without the brackets of IP version 6.
  public static String hostOf(String authority) {
    if (authority.startsWith("[")) {
      int end = authority.indexOf(']');
      return end < 0 ? authority : authority.substring(1, end);
    }
    int colon = authority.indexOf(':');
    boolean isPlainV6 = colon >= 0 && authority.indexOf(':', colon + 1) >= 0;
    return colon < 0 || isPlainV6 ? authority : authority.substring(0, colon);
  }
}
