package dev.r1pick.host;

import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The one door to the outside: everything a probe may ask of a machine. One implementation asks
/// the real machine, the other answers from a recorded folder. What belongs to the user who runs
/// r1pick is behind [LocalHost].
///
/// No method throws, and [#run] never blocks longer than the deadline it is given.
public interface Host {
  /// The host's clock, in nanoseconds from some moment; in a recording no time passes.
  long nanoTime();

  /// Which system this is, from what the host itself knows.
  OsFamily family();

  /// `x86_64` or `aarch64`.
  String arch();

  /// Hardware threads that the runtime may use; empty in a recording, where files tell.
  OptionalInt processors();

  /// An environment variable; empty where it is unset, an empty text where it is set to nothing.
  Optional<String> environment(String name);

  /// The names of the environment variables that begin so, sorted.
  List<String> variables(String prefix);

  /// The text of a small file such as `/proc/meminfo`; empty where it does not exist or cannot be
  /// read.
  Optional<String> read(String path);

  /// The end of a file that grows, such as a log; its first line may be cut.
  ///
  /// @param most bytes
  default Optional<String> readEnd(String path, int most) {
    return read(path);
  }

  /// Whether there is such a file, folder or device node; nothing is opened.
  boolean exists(String path);

  /// The names in a folder, sorted; empty where it does not exist or cannot be read.
  List<String> list(String folder);

  /// Whether this user may open a device node for reading and writing.
  Access access(String deviceNode);

  /// Usable bytes of the file system that holds a path, which may not exist yet.
  Optional<Bytes> usableSpace(String path);

  /// The network as this machine reaches it. Where none is known nothing listens anywhere.
  default Http http() {
    return request -> {
      throw new HttpFailure(HttpFailure.Cause.REFUSED, request.url());
    };
  }

  /// Whose program listens at a port of this machine, where that is cheap to know.
  default Listener listener(int port) {
    return Listener.UNKNOWN;
  }

  /// Runs a command of the machine, in the C locale.
  ///
  /// @param id what is asked, the same on every machine, for example `nvidia-smi-csv`; some ids are
  ///   answered by a native call instead of a process
  /// @param command the program and its arguments
  /// @param variables environment variables that it gets in place of those of this process
  /// @param deadline when to stop waiting
  CommandResult run(
      String id, List<String> command, Map<String, String> variables, Duration deadline);

  /// The same with the environment of this process.
  default CommandResult run(String id, List<String> command, Duration deadline) {
    return run(id, command, Map.of(), deadline);
  }

  /// What this user may do with a device node.
  enum Access {
    /// Open it for reading and writing.
    OPEN,
    /// It exists, but not for this user.
    CLOSED,
    /// There is no such node.
    ABSENT,
    /// Nothing tells, as in a recording without an access test.
    UNKNOWN
  }

  /// Whose program listens at a port.
  enum Listener {
    /// There is none.
    NONE,
    /// One of whose process this user may see everything.
    SELF,
    /// One whose environment this user may not see.
    OTHER_USER,
    /// There may be one.
    UNKNOWN
  }

  /// How a command ended.
  sealed interface CommandResult {
    /// It ended by itself.
    record Finished(int exitCode, String output, String errors) implements CommandResult {}

    /// There is no such program.
    record NotInstalled() implements CommandResult {}

    /// It did not answer in time and was left to itself.
    record TimedOut(Duration waited) implements CommandResult {}
  }
}
