package dev.r1pick.host;

import dev.r1pick.host.Host.CommandResult;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Processes with deadlines, and the end of those that this program would leave behind.
///
/// A tool that waits for a wedged driver cannot be killed: then it is told to end and left behind,
/// with its two readers, which keep nothing alive.
final class LiveProcesses {
  private static final int LARGEST_OUTPUT = 4 << 20;

  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private volatile boolean abandoned;

  CommandResult run(
      List<String> command, OsFamily family, Map<String, String> variables, Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    var builder = new ProcessBuilder(command);
    builder.redirectInput(new File(family == OsFamily.WINDOWS ? "NUL" : "/dev/null"));
    prepare(builder.environment(), variables);
    Process process;
    try {
      process = builder.start();
    } catch (IOException | SecurityException _) {
      return new CommandResult.NotInstalled();
    }
    running.add(process);
    try {
      return abandoned ? end(process, deadline) : answer(process, end, deadline);
    } finally {
      running.remove(process);
    }
  }

  private static CommandResult answer(Process process, long end, Duration deadline) {
    var output = new Reader(process.getInputStream());
    var errors = new Reader(process.getErrorStream());
    try {
      if (process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)
          && output.ends(end)
          && errors.ends(end)) {
        return new CommandResult.Finished(process.exitValue(), output.text(), errors.text());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return end(process, deadline);
  }

  private static CommandResult end(Process process, Duration deadline) {
    endWithChildren(process);
    return new CommandResult.TimedOut(deadline);
  }

  /// Ends what still runs, and what is started from now on.
  void abandon() {
    abandoned = true;
    running.forEach(LiveProcesses::endWithChildren);
  }

  /// The children of a process that has ended cannot be found any more, so they are looked up
  /// first.
  private static void endWithChildren(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private static void prepare(Map<String, String> environment, Map<String, String> variables) {
    environment.put("LC_ALL", "C");
    environment.put("LANGUAGE", "C");
    environment.putAll(variables);
  }

  /// Reads one stream to its end on a thread of its own; keeps the first 4 MiB.
  private static final class Reader {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);

    Reader(InputStream stream) {
      Thread.ofPlatform().daemon().name("output").start(() -> read(stream));
    }

    private void read(InputStream stream) {
      byte[] buffer = new byte[8192];
      try (stream) {
        int count = stream.read(buffer);
        while (count >= 0) {
          synchronized (kept) {
            kept.write(buffer, 0, Math.min(count, LARGEST_OUTPUT - kept.size()));
          }
          count = stream.read(buffer);
        }
      } catch (IOException _) {
        // What was read until then is the output.
      } finally {
        ended.countDown();
      }
    }

    boolean ends(long end) throws InterruptedException {
      return ended.await(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    String text() {
      synchronized (kept) {
        return kept.toString(StandardCharsets.UTF_8);
      }
    }
  }
}
