package dev.r1pick.ollama.log;

import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What the log tells of the server since its newest start.
///
/// @param environment as the server prints it, defaults filled in; empty where that line is not in
///   what was read
/// @param version of the newest start
/// @param devices that it computes on; empty where the search is not over or not in what was read
/// @param totalVram the sum that decides the default context
/// @param defaultContext tokens that a request gets unless something else says so
/// @param loads in their order
/// @param seen every line that means something, in its order
public record ServerLog(
    Map<String, String> environment,
    Optional<String> version,
    List<LogDevice> devices,
    Optional<Bytes> totalVram,
    OptionalInt defaultContext,
    List<LoggedLoad> loads,
    List<Seen> seen) {
  /// Nothing read.
  public static final ServerLog NOTHING =
      new ServerLog(
          Map.of(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          OptionalInt.empty(),
          List.of(),
          List.of());

  public ServerLog {
    environment = Map.copyOf(environment);
    devices = List.copyOf(devices);
    loads = List.copyOf(loads);
    seen = List.copyOf(seen);
  }

  /// A line with its kind.
  public record Seen(LogSign sign, LogLine line) {}

  /// The newest line of a kind.
  public Optional<LogLine> newest(String sign) {
    for (int i = seen.size() - 1; i >= 0; i--) {
      if (seen.get(i).sign().id().equals(sign)) {
        return Optional.of(seen.get(i).line());
      }
    }
    return Optional.empty();
  }

  /// How many lines of a kind there are.
  public int count(String sign) {
    int count = 0;
    for (Seen one : seen) {
      count += one.sign().id().equals(sign) ? 1 : 0;
    }
    return count;
  }

  /// Whether nothing of it was understood.
  public boolean isEmpty() {
    return seen.isEmpty();
  }

  /// Reads a log.
  ///
  /// @param text of one or more starts, oldest first
  /// @param signs the kinds of lines; the first that fits a line is taken
  public static ServerLog read(String text, List<LogSign> signs) {
    var reading = new Reading();
    for (String line : Text.lines(text)) {
      for (LogSign sign : signs) {
        if (sign.isIn(line)) {
          reading.add(new Seen(sign, LogLine.of(line)));
          break;
        }
      }
    }
    return reading.log();
  }

  /// One pass over the lines.
  private static final class Reading {
    private Map<String, String> environment = Map.of();
    private Optional<String> version = Optional.empty();
    private final List<LogDevice> devices = new ArrayList<>();
    private Optional<Bytes> totalVram = Optional.empty();
    private OptionalInt defaultContext = OptionalInt.empty();
    private final List<LoadLines> loads = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private final Set<String> deviceLines = new HashSet<>();

    void add(Seen one) {
      LogLine line = one.line();
      switch (one.sign().id()) {
        case "env" -> start(line);
        case "listen" -> version = ServerStart.version(line.text());
        case "gpu-search-a", "gpu-search-c" -> {
          devices.clear();
          deviceLines.clear();
        }
        case "cpu-only", "gpu-ok" -> device(line);
        case "cpu-only-a" ->
            devices.add(
                new LogDevice(
                    "cpu", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        case "tier" -> {
          totalVram = line.value("total_vram").flatMap(ServerLog::size);
          defaultContext = LoadLines.number(line.value("default_num_ctx").orElse(""));
        }
        case "cmd-c", "cmd-a" ->
            loads.add(new LoadLines(new EngineCommand(Text.words(line.value("cmd").orElse("")))));
        default -> {
          if (!loads.isEmpty()) {
            loads.getLast().add(one.sign(), line);
          }
        }
      }
      seen.add(one);
    }

    private void start(LogLine line) {
      environment = ServerStart.environment(line);
      version = Optional.empty();
      devices.clear();
      deviceLines.clear();
      totalVram = Optional.empty();
      defaultContext = OptionalInt.empty();
      loads.clear();
      seen.clear();
    }

    private void device(LogLine line) {
      if (deviceLines.add(line.text())) {
        devices.add(
            new LogDevice(
                line.value("library").orElse("").toLowerCase(Locale.ROOT),
                line.value("description").or(() -> line.value("name")).flatMap(Text::cleaned),
                line.value("compute").flatMap(Text::cleaned),
                line.value("total").flatMap(ServerLog::size),
                line.value("available").flatMap(ServerLog::size)));
      }
    }

    ServerLog log() {
      var ended = new ArrayList<LoggedLoad>();
      for (LoadLines load : loads) {
        ended.add(load.load());
      }
      return new ServerLog(environment, version, devices, totalVram, defaultContext, ended, seen);
    }
  }

  /// `15.8 GiB`, `612 MiB`, `0 B` (`format/bytes.go`, HumanBytes2).
  static Optional<Bytes> size(String text) {
    var number = LoadLines.decimal(text);
    if (number.isEmpty()) {
      return Optional.empty();
    }
    List<String> words = Text.words(text);
    long unit =
        switch (words.size() < 2 ? "" : words.get(1)) {
          case "B" -> 1;
          case "KiB" -> 1L << 10;
          case "MiB" -> 1L << 20;
          case "GiB" -> 1L << 30;
          case "TiB" -> 1L << 40;
          default -> 0;
        };
    return unit == 0 || number.getAsDouble() > 1 << 20
        ? Optional.empty()
        : Optional.of(Bytes.of(Math.round(number.getAsDouble() * unit)));
  }
}
