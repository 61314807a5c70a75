package dev.r1pick.cli.fleet;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Work on a stream by all processors, with its results in the order of the stream.
///
/// One thread reads and hands out, as many as there are processors work, the calling one takes the
/// results. What is read and not yet taken is bounded, so memory does not grow with the stream, and
/// a slow taker slows the reader down.
public final class OrderedExecutor {
  /// Pieces under way for each worker: enough that none waits while another is long.
  private static final int AHEAD = 4;

  private OrderedExecutor() {}

  /// Runs until the source ends.
  ///
  /// @param source the next piece; empty at the end; called by one thread
  /// @param work on one piece; called by several threads at once
  /// @param sink of the results, in order; called by this thread
  /// @throws RuntimeException what source, work or sink threw; an [Error] likewise
  public static <I, O> void run(
      Supplier<Optional<I>> source, Function<I, O> work, Consumer<O> sink, int workers) {
    var window = new ArrayBlockingQueue<Callable<Optional<O>>>(workers * AHEAD);
    try (ExecutorService pool = Executors.newFixedThreadPool(workers, OrderedExecutor::daemon)) {
      Thread reader = daemon(() -> read(source, work, window, pool));
      reader.start();
      try {
        take(window, sink);
      } finally {
        reader.interrupt();
        pool.shutdownNow();
      }
    }
  }

  private static Thread daemon(Runnable task) {
    return Thread.ofPlatform().daemon().name("fleet").unstarted(task);
  }

  private static <I, O> void read(
      Supplier<Optional<I>> source,
      Function<I, O> work,
      BlockingQueue<Callable<Optional<O>>> window,
      ExecutorService pool) {
    try {
      try {
        for (Optional<I> piece = source.get(); piece.isPresent(); piece = source.get()) {
          I given = piece.get();
          Future<O> result = pool.submit(() -> work.apply(given));
          window.put(() -> Optional.of(result.get()));
        }
        window.put(Optional::empty);
      } catch (RuntimeException | Error broken) {
        window.put(
            () -> {
              throw new ExecutionException(broken);
            });
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // nobody takes any more
    }
  }

  private static <O> void take(BlockingQueue<Callable<Optional<O>>> window, Consumer<O> sink) {
    try {
      for (Optional<O> result = window.take().call();
          result.isPresent();
          result = window.take().call()) {
        sink.accept(result.get());
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
