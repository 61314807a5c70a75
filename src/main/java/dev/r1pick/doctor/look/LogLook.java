package dev.r1pick.doctor.look;

import dev.r1pick.doctor.LogSeen;
import dev.r1pick.doctor.Service;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.CommandResult.Finished;
import dev.r1pick.ollama.Installation;
import dev.r1pick.ollama.log.LogFiles;
import dev.r1pick.ollama.log.LogSign;
import dev.r1pick.ollama.log.ServerLog;
import java.util.List;
import java.util.Optional;

/// Finds the log by the way Ollama was installed (`docs/troubleshooting.mdx`).
final class LogLook {
  /// Lines of a journal that are read of its end.
  private static final String MOST_LINES = "6000";

  private static final int MOST_OF_APP = 16 << 10;

  /// What systemd's journal says to those who may not read it.
  private static final String NOT_SHOWN = "not seeing messages from other users";

  private static final String START = "msg=\"server config\"";

  private final Host host;
  private final Asking asking;
  private final List<LogSign> signs;

  LogLook(Host host, List<LogSign> signs) {
    this.host = host;
    this.asking = new Asking(host);
    this.signs = signs;
  }

  LogSeen read(Service service, Installation installation) {
    if (service.container().isPresent()) {
      return ofContainer(service.container().get());
    }
    if (installation == Installation.SNAP || installation == Installation.SNAP_UNCONNECTED) {
      Optional<String> text =
          asking.output("snap-logs-ollama", "snap", "logs", "ollama", "-n=" + MOST_LINES);
      return seen(text, "snap logs ollama", text.isEmpty());
    }
    if (service.unit().isPresent()) {
      return ofUnit();
    }
    return LogFiles.find(host, Optional.of(installation))
        .map(this::ofFile)
        .orElseGet(() -> new LogSeen(ServerLog.NOTHING, Optional.empty(), false));
  }

  private LogSeen seen(Optional<String> text, String place, boolean closed) {
    return new LogSeen(
        text.map(found -> ServerLog.read(found, signs)).orElse(ServerLog.NOTHING),
        Optional.of(place),
        closed);
  }

  private LogSeen ofContainer(Service.Container container) {
    Optional<Finished> logs =
        asking.ask("docker-logs-ollama", "docker", "logs", "--tail", MOST_LINES, container.name());
    // the server writes to standard error, which Docker keeps apart
    return seen(
        logs.map(done -> done.output() + "\n" + done.errors()),
        "docker logs " + container.name(),
        logs.isEmpty());
  }

  /// The end of the journal; where the newest start is not in it, the lines of starts before it.
  private LogSeen ofUnit() {
    Optional<Finished> journal =
        asking.ask(
            "journal-ollama",
            "journalctl",
            "-u",
            "ollama",
            "-o",
            "cat",
            "--no-pager",
            "-n",
            MOST_LINES);
    String text = journal.map(Finished::output).orElse("");
    boolean closed =
        journal.isEmpty() || (!text.contains("msg=") && journal.get().errors().contains(NOT_SHOWN));
    if (!closed && !text.contains(START)) {
      text =
          asking
                  .output(
                      "journal-ollama-start",
                      "journalctl",
                      "-u",
                      "ollama",
                      "-o",
                      "cat",
                      "--no-pager",
                      "-n",
                      "200",
                      "-g",
                      "server config|Listening on|inference compute|vram-based|dropping|too old")
                  .orElse("")
              + "\n"
              + text;
    }
    return seen(Optional.of(text), "journalctl -u ollama", closed);
  }

  private LogSeen ofFile(String file) {
    Optional<String> text = LogFiles.read(host, file);
    String app =
        file.endsWith("server.log")
            ? host.readEnd(file.replace("server.log", "app.log"), MOST_OF_APP).orElse("")
            : "";
    return seen(text.map(log -> log + "\n" + app), file, text.isEmpty());
  }
}
