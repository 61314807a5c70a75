package dev.r1pick.ollama.log;

import dev.r1pick.host.Host;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Installation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files in which a server writes its log, where it is no service of systemd, no container and
/// no snap (`docs/troubleshooting.mdx`).
public final class LogFiles {
  private static final String NAME = "server.log";
  private static final String START = "msg=\"server config\"";
  private static final int MOST_BYTES = 2 << 20;

  private static final List<String> OF_BREW =
      List.of(
          "/opt/homebrew/var/log/ollama.log",
          "/usr/local/var/log/ollama.log",
          "/home/linuxbrew/.linuxbrew/var/log/ollama.log");

  private LogFiles() {}

  /// The first of them that is there.
  public static Optional<String> find(Host host, Optional<Installation> installation) {
    for (String file : places(host, installation.equals(Optional.of(Installation.BREW)))) {
      if (host.exists(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static List<String> places(Host host, boolean brew) {
    var places = new ArrayList<String>();
    if (host.family() == OsFamily.WINDOWS) {
      host.environment("LOCALAPPDATA").ifPresent(data -> places.add(data + "\\Ollama\\" + NAME));
      return places;
    }
    host.environment("HOME").ifPresent(home -> places.add(home + "/.ollama/logs/" + NAME));
    places.addAll(brew ? 0 : places.size(), OF_BREW);
    return places;
  }

  /// Whether a path is one of a log.
  public static boolean isLog(String path) {
    return OF_BREW.contains(path)
        || path.endsWith("/.ollama/logs/" + NAME)
        || path.endsWith("\\Ollama\\" + NAME);
  }

  /// The end of a log, with its beginning before it where the newest start is not in the end. The
  /// applications begin a new file at each start.
  ///
  /// @return empty where it cannot be read
  public static Optional<String> read(Host host, String file) {
    Optional<String> end = host.readEnd(file, MOST_BYTES);
    return end.isEmpty() || end.get().contains(START) || !file.endsWith(NAME)
        ? end
        : Optional.of(host.read(file).orElse("") + "\n" + end.get());
  }
}
