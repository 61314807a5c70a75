package dev.r1pick.hardware.probe;

import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.probe.Detector.Limits;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.CommandResult;
import dev.r1pick.host.Host.CommandResult.Finished;
import dev.r1pick.host.Host.CommandResult.TimedOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Puts questions to a machine and waits for its probes until the deadline of the detection, which
/// a tool that is known to be slow may put off.
final class ProbeRunner {
  private final Host host;
  private final Limits limits;
  private final Executor executor;
  private final Detector.Waiting waiting;
  private final long start;
  private final Queue<Note> mishaps = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile Future<?> slow = CompletableFuture.completedFuture(0);
  private volatile Duration slowAnswered = Duration.ZERO;

  ProbeRunner(Host host, Limits limits, Executor executor, Detector.Waiting waiting) {
    this.host = host;
    this.limits = limits;
    this.executor = executor;
    this.waiting = waiting;
    this.start = host.nanoTime();
  }

  // --- questions

  CommandResult ask(String id, List<String> command) {
    return ask(id, command, Map.of());
  }

  CommandResult ask(String id, List<String> command, Map<String, String> variables) {
    Duration left = leftInside();
    return run(id, command, variables, shorter(left, limits.perCommand()));
  }

  /// Asks a tool that may be slow to begin with.
  CommandResult askPatiently(String id, List<String> command) {
    CommandResult result =
        run(id, command, Map.of(), notNegative(limits.slowTool().minus(elapsed())));
    slowAnswered = elapsed();
    return result;
  }

  private CommandResult run(
      String id, List<String> command, Map<String, String> variables, Duration deadline) {
    CommandResult result = host.run(id, command, variables, deadline);
    if (result instanceof TimedOut(var waited)) {
      mishaps.add(new Note.CommandTimedOut(id, waited));
    }
    return result;
  }

  /// The output, also of a command that ended with an error: some print all they know before it.
  String output(String id, List<String> command) {
    return ask(id, command) instanceof Finished(_, var output, _) ? output : "";
  }

  // --- time

  private Duration elapsed() {
    return Duration.ofNanos(host.nanoTime() - start);
  }

  /// What a probe needs to hand over what it has.
  private Duration handingOver() {
    return limits.inAll().dividedBy(20);
  }

  /// As usual; while the slow tool is waited for as long as it may take, and after its answer a
  /// little longer.
  private Duration left() {
    Duration end =
        slow.isDone()
            ? longer(limits.inAll(), slowAnswered.plus(handingOver().multipliedBy(2)))
            : limits.slowTool().plus(handingOver().multipliedBy(2));
    return notNegative(end.minus(elapsed()));
  }

  /// A probe must have time to hand over what it has, so what it waits for ends a little earlier.
  private Duration leftInside() {
    return notNegative(left().minus(handingOver()));
  }

  private static Duration notNegative(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  // --- probes

  <T> Future<T> begin(Callable<T> probe) {
    var task = new FutureTask<T>(probe);
    executor.execute(task);
    return task;
  }

  /// Puts the deadline off until this probe has its answer: what it asks for is known to be there.
  void putOffFor(Future<?> probe) {
    slow = probe;
  }

  <T> T end(Future<T> probe, String name, T otherwise) {
    return end(probe, name, otherwise, false);
  }

  /// For what a probe itself waits for.
  <T> T endInside(Future<T> probe, String name, T otherwise) {
    return end(probe, name, otherwise, true);
  }

  /// Waits in steps, since the deadline may be put off while it waits. What it waited is counted as
  /// well: in a recording no time passes.
  private <T> T end(Future<T> probe, String name, T otherwise, boolean inside) {
    try {
      Duration waited = Duration.ZERO;
      Duration left = inside ? leftInside() : left();
      do {
        Duration step = shorter(left, limits.inAll());
        try {
          return probe.get(step.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
          tell();
        }
        waited = waited.plus(step);
        left = inside ? leftInside() : left();
      } while (!left.isZero() && waited.compareTo(longest()) < 0);
      probe.cancel(true);
      mishaps.add(new Note.ProbeTimedOut(name));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      mishaps.add(new Note.ProbeTimedOut(name));
    } catch (ExecutionException e) {
      failed(name, e.getCause() == null ? e : e.getCause());
    }
    return otherwise;
  }

  private Duration longest() {
    return slow.isDone() && slowAnswered.isZero() ? limits.inAll() : limits.slowTool();
  }

  private void tell() {
    if (!slow.isDone() && told.compareAndSet(false, true)) {
      waiting.on("nvidia-smi", limits.slowTool());
    }
  }

  /// A probe failed, which is a bug.
  void failed(String name, Throwable cause) {
    mishaps.add(new Note.ProbeFailed(name, cause.getClass().getSimpleName()));
  }

  /// What went wrong, in an order that does not change with the order in which threads end.
  List<Note> mishaps() {
    var sorted = new ArrayList<Note>(mishaps);
    sorted.sort((a, b) -> a.toString().compareTo(b.toString()));
    return sorted;
  }
}
