package dev.r1pick.host;

import dev.r1pick.host.Host.Listener;
import dev.r1pick.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The ports of this Linux that programs listen at, with their users (`/proc/net/tcp`,
/// proc_net_tcp.txt).
final class LivePorts {
  /// Sockets in that state listen.
  private static final String LISTEN = "0A";

  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int USER = 7;

  private LivePorts() {}

  /// The kernel walks through all its sockets for each list, so the second is read only where the
  /// first has nothing.
  static Listener listener(int port) {
    boolean read = false;
    for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      Optional<String> list = text(file);
      if (list.isPresent()) {
        read = true;
        Listener found = listener(port, list.get(), () -> text("/proc/self/status").orElse(""));
        if (found != Listener.NONE) {
          return found;
        }
      }
    }
    return read ? Listener.NONE : Listener.UNKNOWN;
  }

  /// Who listens there.
  ///
  /// @param list of sockets
  /// @param status of this process, whose user is in it
  static Listener listener(int port, String list, Supplier<String> status) {
    String wanted = ":" + HexFormat.of().withUpperCase().toHexDigits((short) port);
    Listener found = Listener.NONE;
    for (int at = list.indexOf(wanted); at >= 0; at = list.indexOf(wanted, at + 1)) {
      int end = list.indexOf('\n', at);
      List<String> row =
          Text.words(list.substring(list.lastIndexOf('\n', at) + 1, end < 0 ? list.length() : end));
      if (row.size() > USER && row.get(LOCAL).endsWith(wanted) && row.get(STATE).equals(LISTEN)) {
        String self = user(status.get());
        // the administrator sees what everybody has
        if (self.equals("0") || self.isEmpty() || self.equals(row.get(USER))) {
          return Listener.SELF;
        }
        found = Listener.OTHER_USER;
      }
    }
    return found;
  }

  /// The effective one of `Uid: 1000 1000 1000 1000`.
  private static String user(String status) {
    for (String line : Text.lines(status)) {
      if (line.startsWith("Uid:")) {
        List<String> words = Text.words(line);
        return words.size() > 2 ? words.get(2) : "";
      }
    }
    return "";
  }

  private static Optional<String> text(String file) {
    try {
      return Optional.of(Files.readString(Path.of(file)));
    } catch (IOException | SecurityException _) {
      return Optional.empty();
    }
  }
}
