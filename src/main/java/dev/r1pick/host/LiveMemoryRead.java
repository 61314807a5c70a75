package dev.r1pick.host;

import dev.r1pick.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Times how fast all cores together read memory: what generating on the processor is bound by.
///
/// Each thread reads an array of its own, together more than a cache holds, again and again; the
/// best round counts, since other programs and the compiler can only slow a round down. One value
/// of each cache line is read, so that lines are waited for and not additions. Runs only when a
/// user asks for it.
final class LiveMemoryRead {
  private static final long MIB = 1L << 20;

  /// All arrays together: several times the largest cache of a desktop processor (128 MiB), and
  /// filled in a fraction of a second where memory is slow.
  private static final long USUAL_BYTES = 512 * MIB;

  /// Above the share of the last cache that a core of any server has, where there is room for it.
  private static final long USUAL_PER_THREAD = 16 * MIB;

  private static final long LEAST_PER_THREAD = 8 * MIB;

  /// Values between two that are read: the 64 bytes of a cache line.
  private static final int LINE = 64 / Long.BYTES;

  /// When no further round is begun. Making the arrays and one round take a quarter of a second at
  /// 5 GB/s.
  private static final long ENOUGH_NANOS = 1_000_000_000L;

  private static final int LEAST_ROUNDS = 2;

  private LiveMemoryRead() {}

  /// Reads memory for about a second.
  ///
  /// @param threads usable cores
  /// @return empty if there is not enough memory for it, or the thread was interrupted
  static Optional<Bandwidth> run(int threads) {
    int wanted = Math.max(1, threads);
    long free = Runtime.getRuntime().maxMemory() / 2;
    long perThread = Math.min(Math.max(USUAL_BYTES / wanted, USUAL_PER_THREAD), free / wanted);
    if (perThread < LEAST_PER_THREAD) {
      return Optional.empty();
    }
    int length = (int) (Math.min(perThread, 256 * MIB) / Long.BYTES);
    try (ExecutorService pool = Executors.newFixedThreadPool(wanted)) {
      List<Reader> readers = new ArrayList<>();
      for (int i = 0; i < wanted; i++) {
        readers.add(new Reader(length));
      }
      return rounds(pool, readers, (double) length * Long.BYTES * wanted);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | OutOfMemoryError _) {
      return Optional.empty();
    }
  }

  private static Optional<Bandwidth> rounds(
      ExecutorService pool, List<Reader> readers, double bytes)
      throws InterruptedException, ExecutionException {
    long begin = System.nanoTime();
    long best = Long.MAX_VALUE;
    long sum = 0;
    for (int round = 0; round < LEAST_ROUNDS || System.nanoTime() - begin < ENOUGH_NANOS; round++) {
      long start = System.nanoTime();
      for (Future<Long> future : pool.invokeAll(readers)) {
        sum += future.get();
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    // The sum depends on every value read, so that no compiler may leave the reading out.
    double seconds = best / 1e9 + (sum == Long.MIN_VALUE ? 1 : 0);
    return Optional.of(new Bandwidth(Math.max(1, Math.round(bytes / seconds))));
  }

  /// Reads one array, which is made in the first round by a thread of the pool: all threads at
  /// once, each on the memory of its own socket; making it clears it, so its pages are there.
  private static final class Reader implements Callable<Long> {
    private final int length;
    private long[] values = {};

    Reader(int length) {
      this.length = length;
    }

    @Override
    public Long call() {
      if (values.length != length) {
        values = new long[length];
      }
      return sum(values);
    }

    private static long sum(long[] values) {
      long even = 0;
      long odd = 0;
      for (int i = 0; i + LINE < values.length; i += 2 * LINE) {
        even += values[i];
        odd += values[i + LINE];
      }
      return even + odd;
    }
  }
}
