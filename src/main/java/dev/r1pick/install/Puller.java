package dev.r1pick.install;

import dev.r1pick.host.LocalHost;
import dev.r1pick.install.PullProgress.Phase;
import dev.r1pick.ollama.server.OllamaServer;
import dev.r1pick.ollama.server.Reply;
import dev.r1pick.ollama.server.StatusStream;
import dev.r1pick.ollama.server.StreamLine;
import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Fetches a tag through the server, with what the server itself lacks: a stall clock, a second
/// try, and an end.
final class Puller {
  /// The server begins a part anew that got nothing for 30 s, and gives up on one that fails after
  /// 1 + 2 + 4 + 8 + 16 + 32 s (`server/download.go`): it shall have the time to say why.
  private static final Duration STALL = Duration.ofSeconds(90);

  /// Between tries that brought nothing. The server itself has tried each part for a minute.
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(40));

  /// A try that brought this much has helped, so the count begins anew.
  private static final long PROGRESS = 1_000_000;

  /// A slow disk reads this much in a second, when the server verifies without a word.
  private static final long LEAST_READ_RATE = 50_000_000;

  private static final Duration LEAST_SILENCE = Duration.ofMinutes(2);

  private final OllamaServer server;
  private final LocalHost host;
  private final Consumer<PullEvent> listener;
  private final PulledBlobs blobs = new PulledBlobs();

  Puller(OllamaServer server, LocalHost host, Consumer<PullEvent> listener) {
    this.server = server;
    this.host = host;
    this.listener = listener;
  }

  /// What is known of the blobs.
  PulledBlobs blobs() {
    return blobs;
  }

  /// Fetches.
  ///
  /// @param plan what there is to do
  /// @param again whether to try again where that may help
  /// @return why it failed; empty where it did not
  Optional<PullFailure> pull(PullPlan plan, boolean again) {
    int fruitless = 0;
    long before = 0;
    for (int attempt = 2; ; attempt++) {
      Optional<PullFailure> failure = attempt(plan);
      fruitless = blobs.most() - before >= PROGRESS ? 0 : fruitless;
      before = blobs.most();
      if (failure.isEmpty() || !again || fruitless >= failure.get().cause().retries()) {
        return failure;
      }
      Duration pause = PAUSES.get(fruitless++);
      listener.accept(new PullEvent.Retries(failure.get(), pause, attempt));
      host.pause(pause);
    }
  }

  private Optional<PullFailure> attempt(PullPlan plan) {
    blobs.beginAttempt();
    Duration silence = LEAST_SILENCE.plusSeconds(plan.tag().download().count() / LEAST_READ_RATE);
    return switch (server.pull(plan.tag().fullName(), silence)) {
      case Reply.Missing<StatusStream>(var why) -> Optional.of(PullFailure.of(why));
      case Reply.Given<StatusStream>(var lines) -> {
        try (lines) {
          yield follow(lines, plan);
        }
      }
    };
  }

  private Optional<PullFailure> follow(StatusStream lines, PullPlan plan) {
    long best = blobs.fetched();
    long grown = host.nanoTime();
    while (true) {
      switch (lines.next()) {
        case StreamLine.Success _ -> {
          return Optional.empty();
        }
        case StreamLine.Failure(var why) -> {
          return Optional.of(PullFailure.of(why));
        }
        case StreamLine.Progress line -> {
          long now = host.nanoTime();
          Phase phase = phase(line);
          boolean first = line.digest().isPresent() && blobs.take(line, now);
          if (first && !hasRoom(plan)) {
            return Optional.of(PullFailure.of(PullCause.NO_ROOM));
          }
          if (first || phase != Phase.LOADING || blobs.fetched() > best) {
            best = Math.max(best, blobs.fetched());
            grown = now;
          } else if (now - grown >= STALL.toNanos()) {
            return Optional.of(PullFailure.of(PullCause.STALLED));
          }
          listener.accept(new PullEvent.Goes(progress(phase, plan)));
        }
      }
    }
  }

  /// The server looks for no room, and fills the disk to the last byte.
  private boolean hasRoom(PullPlan plan) {
    Optional<Bytes> free = plan.place().flatMap(place -> host.usableSpace(place.toString()));
    return free.isEmpty() || blobs.left().atMost(free.get());
  }

  private static Phase phase(StreamLine.Progress line) {
    if (line.digest().isPresent()) {
      return Phase.LOADING;
    }
    return switch (line.status()) {
      case "pulling manifest" -> Phase.MANIFEST;
      case "verifying sha256 digest" -> Phase.VERIFYING;
      default -> Phase.WRITING;
    };
  }

  private PullProgress progress(Phase phase, PullPlan plan) {
    boolean loaded = phase == Phase.VERIFYING || phase == Phase.WRITING;
    Bytes total = loaded ? blobs.named() : blobs.named().max(plan.tag().download());
    return new PullProgress(phase, loaded ? total : blobs.done(), total, blobs.rate());
  }
}
