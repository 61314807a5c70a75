package dev.r1pick.ollama.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.cli.Run;
import dev.r1pick.cli.config.HomeHost;
import dev.r1pick.host.HttpRequest.Proxy;
import dev.r1pick.host.OsFamily;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which proxy stands between: as Go reads the variables.
class ProxiesTest {
  private static String between(String server, String... variables) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      all.put(variables[i], variables[i + 1]);
    }
    var host = new HomeHost(Run.host("nvidia-rtx3060-linux"), OsFamily.LINUX, all);
    return Proxies.between(host, ServerUrl.of(server))
        .map(proxy -> proxy.host() + ":" + proxy.port())
        .orElse("none");
  }

  @ParameterizedTest
  @CsvSource({
    "box:11434, proxy:3128",
    "https://box, secure:8080",
    "localhost:11434, none",
    "127.0.0.1:11434, none",
    "[::1]:11434, none",
    "0.0.0.0, none",
    "inner.corp.test, none",
    "corp.test, none",
    "notcorp.test, proxy:3128",
    "10.1.2.3, none",
    "11.1.2.3, proxy:3128",
    "other:80, none",
    "other:81, proxy:3128",
  })
  void byTheVariablesOfTheShell(String server, String proxy) {
    assertEquals(
        proxy,
        between(
            server,
            "HTTP_PROXY",
            "http://proxy:3128",
            "https_proxy",
            "secure:8080",
            "NO_PROXY",
            "corp.test, 10.0.0.0/8, other:80"));
  }

  @Test
  void aLoginIsSentToTheProxyAndIsNoPartOfItsName() {
    var host =
        new HomeHost(
            Run.host("nvidia-rtx3060-linux"),
            OsFamily.LINUX,
            Map.of("HTTP_PROXY", "http://me:secret@proxy:3128"));
    assertEquals(
        Optional.of(new Proxy("proxy", 3128, Optional.of("Basic bWU6c2VjcmV0"))),
        Proxies.between(host, ServerUrl.of("box")));
  }

  @Test
  void withoutVariablesThereIsNone() {
    assertEquals("none", between("box"));
  }

  @ParameterizedTest
  @CsvSource({
    "box, *, none",
    "box, 'other, *', none",
    "BOX, box, none",
    "box, BOX, none",
    "a.corp, corp, none",
    "a.corp, .corp, none",
    "a.corp, *.corp, none",
    "corp, .corp, proxy:3128",
    "acorp, corp, proxy:3128",
    "box:81, 'box:80', proxy:3128",
    "box:81, 'box:81', none",
    "box:81, ':81', proxy:3128",
    "'[fe80::2]:80', 'fe80::2', none",
    "10.1.2.3, 10.1.2.3, none",
    "10.1.2.3, 10.1.2.4, proxy:3128",
    "10.1.2.3, 10.1.2.3/32, none",
    "10.1.2.3, 10.1.2.2/32, proxy:3128",
    "10.1.2.3, 10.1.2.2/31, none",
    "10.1.2.3, 10.1.2.2/33, proxy:3128",
    "10.1.2.3, 10.1.2.2/x, proxy:3128",
    "10.1.2.3, 192.168.0.0/0, none",
    "10.1.2.3, 0.0.0.0/0, none",
    "0.1.2.3, 0.0.0.0/8, none",
    "10.1.2.255, 10.1.2.0/24, none",
    "10.1.3.0, 10.1.2.0/24, proxy:3128",
    "10.1.2, 10.1.2.0/24, proxy:3128",
    "10.1.2.3.4, 10.1.2.3/8, proxy:3128",
    "10.1.2.256, 10.1.2.0/8, proxy:3128",
    "box, 10.0.0.0/8, proxy:3128",
    "box, 0.0.0.0/0, proxy:3128",
    "box, '', proxy:3128",
    "box, ', ,', proxy:3128",
  })
  void exceptionsAreNamesWithAllBelowThemPortsAndNetworks(
      String server, String exceptions, String proxy) {
    assertEquals(proxy, between(server, "HTTP_PROXY", "http://proxy:3128", "no_proxy", exceptions));
  }

  @ParameterizedTest
  @CsvSource({
    "box, HTTP_PROXY, ' ', none",
    "box, HTTPS_PROXY, secure:8080, none",
    "https://box, HTTP_PROXY, proxy:3128, none",
    "https://box, HTTPS_PROXY, https://secure:8443, secure:8443",
    "box, HTTP_PROXY, proxy, proxy:80",
    "box, http_proxy, ' proxy:3128 ', proxy:3128",
  })
  void eachSchemeHasItsOwnProxy(String server, String variable, String value, String proxy) {
    assertEquals(proxy, between(server, variable, value));
  }

  @Test
  void aLoginMayStandWithoutAScheme() {
    var host =
        new HomeHost(
            Run.host("nvidia-rtx3060-linux"),
            OsFamily.LINUX,
            Map.of("HTTP_PROXY", "me:secret@proxy:3128"));
    assertEquals(
        Optional.of(new Proxy("proxy", 3128, Optional.of("Basic bWU6c2VjcmV0"))),
        Proxies.between(host, ServerUrl.of("box")));
  }
}
