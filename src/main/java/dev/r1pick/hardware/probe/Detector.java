package dev.r1pick.hardware.probe;

import dev.r1pick.hardware.Detection;
import dev.r1pick.hardware.Detection.Kind;
import dev.r1pick.hardware.Detection.Outcome;
import dev.r1pick.hardware.Detection.Source;
import dev.r1pick.hardware.Machine;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.CommandResult;
import dev.r1pick.host.RememberingHost;
import dev.r1pick.host.RememberingHost.Asked;
import dev.r1pick.host.RememberingHost.Question;
import dev.r1pick.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Finds out what a machine has: all probes at once, under one deadline, none of which can keep the
/// program from going on.
public final class Detector {
  /// How long to wait.
  ///
  /// @param perCommand for one command; healthy tools answer in a tenth of it
  /// @param inAll for everything together
  /// @param slowTool for `nvidia-smi` on a machine that shows an NVIDIA device: without persistence
  ///   mode it starts the driver first, which takes up to 30 s on a server with many GPUs
  public record Limits(Duration perCommand, Duration inAll, Duration slowTool) {
    /// 2 s for a command, 3 s in all, 30 s for the slow one.
    public static final Limits USUAL =
        new Limits(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(30));
  }

  /// Hears what takes longer than usual.
  @FunctionalInterface
  public interface Waiting {
    /// Called once, from the thread that detects.
    ///
    /// @param tool that is waited for
    /// @param most how long it will be waited for
    void on(String tool, Duration most);
  }

  private final Limits limits;
  private final Executor executor;
  private final Waiting waiting;

  /// With the usual limits, on threads that do not keep the program alive.
  public Detector(Waiting waiting) {
    this(Limits.USUAL, task -> Thread.ofPlatform().daemon().name("probe").start(task), waiting);
  }

  /// The same where nobody watches.
  public Detector() {
    this((_, _) -> {});
  }

  /// With other limits and threads, for tests.
  Detector(Limits limits, Executor executor) {
    this(limits, executor, (_, _) -> {});
  }

  /// With other limits and threads, for tests.
  Detector(Limits limits, Executor executor, Waiting waiting) {
    this.limits = limits;
    this.executor = executor;
    this.waiting = waiting;
  }

  /// The machine behind a host. Never throws: what cannot be found out is empty, and the notes say
  /// why.
  public Machine detect(Host host) {
    return new DetectionRun(host, limits, executor, waiting).machine();
  }

  /// The same with everything that was asked.
  public Detection detectWithSources(Host host) {
    var remembering = new RememberingHost(host);
    Machine machine = detect(remembering);
    var sources = new ArrayList<Source>();
    for (Asked asked : remembering.asked()) {
      sources.add(source(asked));
    }
    return new Detection(machine, sources);
  }

  private static Source source(Asked asked) {
    return switch (asked.question()) {
      case Question.Variable(var name) -> of(Kind.VARIABLE, name, asked);
      case Question.File(var path) -> of(Kind.FILE, path, asked);
      case Question.Existence(var path) -> of(Kind.FILE, path, asked);
      case Question.Folder(var path) -> of(Kind.FOLDER, path, asked);
      case Question.Node(var path) -> of(Kind.DEVICE_NODE, path, asked);
      case Question.Space(var path) -> of(Kind.SPACE, path, asked);
      case Question.Command(var id, _) -> of(Kind.COMMAND, id, asked);
    };
  }

  private static Source of(Kind kind, String name, Asked asked) {
    return new Source(kind, Text.clean(name), outcome(asked.answer()), asked.took());
  }

  private static Outcome outcome(Object answer) {
    return switch (answer) {
      case Optional<?> value -> value.isPresent() ? Outcome.ANSWERED : Outcome.ABSENT;
      case List<?> names -> names.isEmpty() ? Outcome.ABSENT : Outcome.ANSWERED;
      case Boolean exists -> exists ? Outcome.ANSWERED : Outcome.ABSENT;
      case Host.Access access ->
          access == Host.Access.OPEN
              ? Outcome.ANSWERED
              : access == Host.Access.CLOSED ? Outcome.FAILED : Outcome.ABSENT;
      case CommandResult.Finished(var code, _, _) -> code == 0 ? Outcome.ANSWERED : Outcome.FAILED;
      case CommandResult.NotInstalled _ -> Outcome.ABSENT;
      case CommandResult.TimedOut _ -> Outcome.TIMED_OUT;
      default -> Outcome.ANSWERED;
    };
  }
}
