package dev.r1pick.host;

import dev.r1pick.host.HttpFailure.Cause;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Names of machines. The system asks its name servers for as long as it likes, ten seconds and
/// more, and no socket knows a limit for that; so it asks on a thread that may be left behind. What
/// it finds is kept by the JDK, and the connection that follows does not ask again.
final class LiveNames {
  private final Resolver resolver;

  /// What asks the name servers.
  interface Resolver {
    /// Returns where the name has an address.
    void resolve(String name) throws UnknownHostException;
  }

  LiveNames() {
    this(InetAddress::getAllByName);
  }

  LiveNames(Resolver resolver) {
    this.resolver = resolver;
  }

  /// Waits until the address of a name is known; an address needs no name server.
  ///
  /// @throws HttpFailure if there is none, or none in time
  void await(String name, Duration limit) throws HttpFailure {
    if (isAddress(name)) {
      return;
    }
    var question = new Question(name);
    Thread.ofPlatform().daemon().name("name").start(question);
    boolean ended;
    try {
      ended = question.ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      ended = false;
    }
    if (!ended) {
      throw new HttpFailure(
          Cause.UNREACHABLE, "no address of " + name + " within " + limit.toMillis() + " ms");
    }
    if (question.unknown) {
      throw new HttpFailure(Cause.UNKNOWN_HOST, name);
    }
  }

  /// Of IP version 4, or of 6, which alone has colons.
  private static boolean isAddress(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return name.indexOf(':') >= 0;
      }
    }
    return true;
  }

  /// One lookup.
  private final class Question implements Runnable {
    private final String name;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean unknown;

    Question(String name) {
      this.name = name;
    }

    @Override
    public void run() {
      try {
        resolver.resolve(name);
      } catch (UnknownHostException | SecurityException _) {
        unknown = true;
      } finally {
        ended.countDown();
      }
    }
  }
}
