package dev.r1pick.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.host.Host.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The list of sockets as Linux prints it.
class LivePortsTest {
  private static final String HEAD =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode\n";
  private static final String LIST =
      HEAD
          + "   0: 0100007F:2CAA 00000000:0000 0A 00000000:00000000 00:00000000 00000000   997"
          + "        0 21170 1 0000000000000000 100 0 0 10 0\n"
          + "   1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000"
          + "        0 21171 1 0000000000000000 100 0 0 10 0\n"
          + "   2: 0100007F:C350 0100007F:2329 01 00000000:00000000 00:00000000 00000000  1000"
          + "        0 21172 1 0000000000000000 20 4 30 10 -1\n"
          + "   3: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A"
          + " 00000000:00000000 00:00000000 00000000     0        0 21173 1 0 100 0 0 10 0\n";

  private static String status(int user) {
    return "Name:\tjava\nUid:\t7\t" + user + "\t7\t7\nGid:\t7\t7\t7\t7\n";
  }

  /// 50000 and 9001 are the two ends of a connection.
  @ParameterizedTest
  @CsvSource({
    "11434, 1000, OTHER_USER",
    "11434, 997, SELF",
    "11434, 0, SELF",
    "8080, 1000, SELF",
    "22, 1000, OTHER_USER",
    "11435, 1000, NONE",
    "50000, 1000, NONE",
    "9001, 1000, NONE"
  })
  void whoListensIsTheUserOfTheSocket(int port, int user, Listener listener) {
    assertEquals(listener, LivePorts.listener(port, LIST, () -> status(user)));
  }

  @Test
  void whereThisUserIsNotKnownItMayBeAnyones() {
    assertEquals(Listener.SELF, LivePorts.listener(11434, LIST, () -> ""));
  }
}
