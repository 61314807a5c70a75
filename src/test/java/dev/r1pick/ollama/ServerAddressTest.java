package dev.r1pick.ollama;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which value of `OLLAMA_HOST` means another machine, and which one.
class ServerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "'', here",
    ":11434, here",
    "localhost, here",
    "LOCALHOST:80, here",
    "localhost.localdomain, here",
    "ip6-localhost, here",
    "0.0.0.0, here",
    "127.0.0.1:80, here",
    "127.1.2.3, here",
    "128.0.0.1, 128.0.0.1",
    "::, here",
    "::1, here",
    "[::1]:80, here",
    "http://[::]:80/x, here",
    "[fe80::2]:80, fe80::2",
    "fe80::2, fe80::2",
    "[fe80, [fe80",
    "box, box",
    "Box:11434, box",
    "https://box/path, box",
    "/box, here",
    "://box, box",
    "http://me:secret@box:80, box",
    "@box, box",
    "box?key=secret, box",
    "box#part, box",
    "?box, here",
  })
  void theHostIsNamedWhereItIsNotThisMachine(String address, String host) {
    assertEquals(host, ServerAddress.otherMachine(address).orElse("here"));
  }

  @ParameterizedTest
  @CsvSource({
    "box:80, box",
    ":80, ''",
    "box, box",
    "[::1]:80, ::1",
    "[], ''",
    "[::1, [::1",
    "::1, ::1",
    "a:b:c, a:b:c",
  })
  void aPortIsNoPartOfTheHost(String authority, String host) {
    assertEquals(host, ServerAddress.hostOf(authority));
  }

  @ParameterizedTest
  @CsvSource({"http://box/a?b=c, http://box/a", "box#x?y, box", "?x, ''", "box, box"})
  void whatMayBeASecretIsCutOff(String address, String plain) {
    assertEquals(plain, ServerAddress.withoutQuery(address));
  }
}
