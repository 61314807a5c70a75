package dev.r1pick.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/// The ports of this Linux that programs listen at (`/proc/net/tcp`, proc_net_tcp.txt).
final class LivePorts {
  /// Sockets in that state listen.
  private static final String LISTEN = " 0A ";

  private LivePorts() {}

  /// False only where the lists can be read and the port is in none.
  static boolean mayListen(int port) {
    String wanted = ":" + HexFormat.of().withUpperCase().toHexDigits((short) port) + " ";
    boolean read = false;
    for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      try {
        String rows = Files.readString(Path.of(file));
        read = true;
        for (int at = rows.indexOf(wanted); at >= 0; at = rows.indexOf(wanted, at + 1)) {
          // the local address stands before the remote one and the state
          int end = rows.indexOf('\n', at);
          String row = rows.substring(at, end < 0 ? rows.length() : end);
          if (row.contains(LISTEN)) {
            return true;
          }
        }
      } catch (IOException _) {
        // no such family of addresses
      }
    }
    return !read;
  }
}
