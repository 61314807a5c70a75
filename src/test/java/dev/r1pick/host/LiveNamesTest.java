package dev.r1pick.host;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.host.HttpFailure.Cause;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A name without an address held every answer up for as long as the name servers took.
@Timeout(60)
class LiveNamesTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  private static HttpRequest request(String url, Optional<HttpRequest.Proxy> proxy) {
    return new HttpRequest("GET", url, Optional.empty(), proxy, Duration.ofMillis(1), LONG, 100);
  }

  /// Name servers that stay silent until all is over.
  private static HttpFailure silent(HttpRequest request) {
    var over = new CountDownLatch(1);
    try {
      Http http =
          new LiveHttp(
              new LiveNames(
                  _ -> {
                    try {
                      over.await();
                    } catch (InterruptedException _) {
                      Thread.currentThread().interrupt();
                    }
                  }));
      return assertThrows(HttpFailure.class, () -> http.send(request));
    } finally {
      over.countDown();
    }
  }

  @Test
  void silentNameServersAreNotWaitedFor() {
    HttpFailure failure = silent(request("http://big.example.test:11434", Optional.empty()));
    assertEquals(Cause.UNREACHABLE, failure.reason());
    assertTrue(failure.words().contains("no address of big.example.test"), failure.words());
  }

  @Test
  void theNameOfTheProxyIsTheOneThatIsAskedFor() {
    var proxy = new HttpRequest.Proxy("proxy.corp.test", 3128, Optional.empty());
    HttpFailure failure = silent(request("http://10.0.0.1:11434", Optional.of(proxy)));
    assertTrue(failure.words().contains("no address of proxy.corp.test"), failure.words());
  }

  @Test
  void aNameThatNobodyKnowsIsUnknown() {
    var names =
        new LiveNames(
            name -> {
              throw new UnknownHostException(name);
            });
    HttpFailure failure =
        assertThrows(HttpFailure.class, () -> names.await("big.example.test", LONG));
    assertEquals(Cause.UNKNOWN_HOST, failure.reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.0.0.12", "::1", "fe80::1"})
  void anAddressIsNoName(String address) {
    var names =
        new LiveNames(
            name -> {
              throw new AssertionError("asked for " + name);
            });
    assertDoesNotThrow(() -> names.await(address, LONG));
  }

  @Test
  void aNameThatIsKnownIsGoneOnWith() {
    var asked = new CopyOnWriteArrayList<String>();
    assertDoesNotThrow(() -> new LiveNames(asked::add).await("1and1.example.test", LONG));
    assertEquals(List.of("1and1.example.test"), asked);
  }
}
