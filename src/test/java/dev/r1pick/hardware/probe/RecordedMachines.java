package dev.r1pick.hardware.probe;

import dev.r1pick.hardware.record.RecordedHost;
import dev.r1pick.host.ForwardingHost;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.CommandResult.NotInstalled;
import dev.r1pick.host.Host.CommandResult.TimedOut;
import dev.r1pick.host.LiveHost;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The recorded machines of the test resources, and hosts that take something away from one.
public final class RecordedMachines {
  static final Path FOLDER = Path.of("src/test/resources/machines");

  private RecordedMachines() {}

  /// Names of all recorded machines.
  public static List<String> names() {
    try (var folders = Files.list(FOLDER)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static RecordedHost host(String name) {
    return switch (RecordedHost.open(new LiveHost().files(), FOLDER.resolve(name))) {
      case RecordedHost.Opened(var host) -> host;
      case RecordedHost.NotARecording other -> throw new AssertionError(other.toString());
    };
  }

  static JsonValue expected(String name) {
    try {
      return JsonReader.read(
          "expected.json", Files.readString(FOLDER.resolve(name).resolve("expected.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A detector whose probes run one after the other on the calling thread.
  public static Detector detector() {
    return new Detector(Detector.Limits.USUAL, Runnable::run);
  }

  /// The same machine, on which no command is installed.
  static Host withoutCommands(Host host) {
    return new Changed(host) {
      @Override
      public CommandResult run(
          String id, List<String> command, Map<String, String> variables, Duration deadline) {
        return new NotInstalled();
      }
    };
  }

  /// The same machine, on which every command that is installed hangs.
  static final class Hanging extends Changed {
    final Queue<Duration> deadlines = new ConcurrentLinkedQueue<>();
    final Queue<String> asked = new ConcurrentLinkedQueue<>();

    Hanging(Host host) {
      super(host);
    }

    @Override
    public CommandResult run(
        String id, List<String> command, Map<String, String> variables, Duration deadline) {
      CommandResult usual = super.run(id, command, variables, deadline);
      if (usual instanceof NotInstalled) {
        return usual;
      }
      asked.add(id);
      deadlines.add(deadline);
      return new TimedOut(deadline);
    }
  }

  /// Passes every question on.
  abstract static class Changed implements ForwardingHost {
    private final Host host;

    Changed(Host host) {
      this.host = host;
    }

    @Override
    public Host host() {
      return host;
    }
  }
}
