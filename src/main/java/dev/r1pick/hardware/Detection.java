package dev.r1pick.hardware;

import java.time.Duration;
import java.util.List;

/// A machine and how it was found out.
///
/// @param machine what is known
/// @param sources everything that was asked, in the order of the answers
public record Detection(Machine machine, List<Source> sources) {
  public Detection {
    sources = List.copyOf(sources);
  }

  /// One question to the machine.
  ///
  /// @param kind what was asked
  /// @param name the command's id, the path or the variable
  /// @param outcome how it was answered
  /// @param took how long that took
  public record Source(Kind kind, String name, Outcome outcome, Duration took) {}

  /// What was asked.
  public enum Kind {
    COMMAND,
    FILE,
    FOLDER,
    VARIABLE,
    DEVICE_NODE,
    SPACE
  }

  /// How a question was answered.
  public enum Outcome {
    ANSWERED,
    /// There is no such thing, or it may not be read.
    ABSENT,
    /// A command ended with another exit code than 0.
    FAILED,
    TIMED_OUT
  }
}
