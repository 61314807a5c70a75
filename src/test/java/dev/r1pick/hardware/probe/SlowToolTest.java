package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.probe.Detector.Limits;
import dev.r1pick.hardware.record.RecordedHost;
import dev.r1pick.host.Host;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// A tool that starts the driver first answers late, and is waited for where there is a card.
class SlowToolTest {
  private static final String ROW =
      "0, GPU-1, NVIDIA A100-SXM4-80GB, 81920, 81000, 500, 570.86, 8.0, 00000000:01:00.0, Disabled\n";

  /// Usual limits are over at once, those of a slow tool never within a test.
  private static final Limits LIMITS =
      new Limits(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMinutes(5));

  private static RecordedHost host(String id) {
    return SmallHost.linux()
        .card(0, "0000:01:00.0", id, id.startsWith("10de") ? "nvidia" : "amdgpu")
        .file("/dev/nvidiactl", "")
        .command("nvidia-smi-csv", 0, ROW)
        .host();
  }

  /// The tool answers only once it has been said that it is waited for.
  private static Machine detected(RecordedHost host, Queue<String> said) {
    var waited = new CountDownLatch(1);
    Host slow =
        new RecordedMachines.Changed(host) {
          @Override
          public CommandResult run(
              String id, List<String> command, Map<String, String> variables, Duration deadline) {
            try {
              return waited.await(deadline.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                  ? super.run(id, command, variables, deadline)
                  : new CommandResult.TimedOut(deadline);
            } catch (InterruptedException _) {
              return new CommandResult.TimedOut(deadline);
            }
          }

          @Override
          public long nanoTime() {
            return System.nanoTime();
          }
        };
    return new Detector(
            LIMITS,
            task -> Thread.ofPlatform().daemon().start(task),
            (tool, most) -> {
              said.add(tool + " " + most.toSeconds());
              waited.countDown();
            })
        .detect(slow);
  }

  @Test
  void aToolThatStartsTheDriverFirstCountedAsNoGpu() {
    Queue<String> said = new ConcurrentLinkedQueue<>();
    Machine machine = detected(host("10de:20b2"), said);
    assertEquals(List.of("discrete cuda"), SmallHost.judged(machine));
    assertEquals(List.of("nvidia-smi 300"), List.copyOf(said));
  }

  @Test
  void withoutACardOfNvidiaNobodyWaits() {
    Queue<String> said = new ConcurrentLinkedQueue<>();
    Machine machine = detected(host("1002:731f"), said);
    assertTrue(said.isEmpty(), said.toString());
    assertEquals(1, machine.accelerators().size());
  }
}
