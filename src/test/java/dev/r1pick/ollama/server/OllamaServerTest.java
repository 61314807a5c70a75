package dev.r1pick.ollama.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.host.HttpFailure;
import dev.r1pick.host.LiveHost;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OllamaServerTest {
  private static OllamaServer at(String address) {
    var host = new LiveHost();
    return OllamaServer.of(
        host.http(), host, new OllamaSetup(Optional.empty(), Map.of("OLLAMA_HOST", address)));
  }

  private static <T> T given(Reply<T> reply) {
    return reply.found().orElseThrow(() -> new AssertionError(reply));
  }

  private static ServerFailure missing(Reply<?> reply) {
    return assertInstanceOf(Reply.Missing.class, reply).why();
  }

  @Test
  void readsWhatIsInstalled() {
    try (var fake = new FakeOllama().plays("tags-with-created")) {
      List<InstalledModel> models = given(at(fake.address()).installed());
      InstalledModel created = models.getLast();
      assertEquals(Optional.of("deepseek-r1:1.5b"), created.parent());
      InstalledModel pulled = models.getFirst();
      assertEquals("deepseek-r1:1.5b", pulled.name());
      assertEquals(Optional.empty(), pulled.parent());
      assertEquals(Bytes.of(4_317_717), pulled.size());
      assertEquals(64, pulled.digest().length());
    }
  }

  @Test
  void readsTagsOfOlderVersions() {
    try (var fake = new FakeOllama().plays("tags-era-a")) {
      InstalledModel model = given(at(fake.address()).installed()).getFirst();
      assertTrue(model.name().contains(":"), model.name());
      assertTrue(model.size().count() > 0);
    }
  }

  @Test
  void readsWhatIsLoaded() {
    try (var fake = new FakeOllama().plays("ps-num-ctx-8192", "ps-empty")) {
      LoadedModel model = given(at(fake.address()).loaded()).getFirst();
      assertEquals(Optional.of(ContextLength.of(8192)), model.context());
      assertEquals(Bytes.ZERO, model.vram());
      assertEquals(List.of(), given(at(fake.address()).loaded()));
    }
  }

  @Test
  void readsTheDigestOfTheWeightsAndTheSettingsOfAVariant() {
    try (var fake = new FakeOllama().plays("show-created")) {
      ShownModel model = given(at(fake.address()).show("r1"));
      assertEquals(
          Optional.of("5cf4708d553f340dd47b648db300f6010bbf3e14d794699d4ff8fc9160ceb295"),
          model.weights());
      assertTrue(model.parameters().containsKey("num_ctx"), model.parameters().toString());
      assertTrue(model.capabilities().contains("thinking"));
    }
  }

  @Test
  void readsHowAnAnswerWasGenerated() {
    try (var fake = new FakeOllama().plays("generate-raw-bench")) {
      Generation end =
          given(
              at(fake.address())
                  .generate(
                      JsonValue.object()
                          .put("model", "deepseek-r1:1.5b")
                          .put("prompt", "a")
                          .build(),
                      Duration.ofSeconds(5)));
      assertTrue(end.promptTokens() > 0 && !end.prompt().isZero());
      assertTrue(end.tokens() > 0 && !end.generation().isZero());
      assertTrue(fake.asked().getFirst().body().endsWith("\"stream\":false}"));
    }
  }

  @Test
  void aRefusalHasTheWordsOfTheServer() {
    try (var fake = new FakeOllama().plays("show-unknown")) {
      var refused =
          assertInstanceOf(
              ServerFailure.Refused.class, missing(at(fake.address()).show("deepseek-r1:9b")));
      assertEquals(404, refused.status());
      assertEquals("model 'deepseek-r1:9b' not found", refused.said());
    }
  }

  @Test
  void aPageOfSomebodyElseIsNotOllama() {
    try (var fake = new FakeOllama().on("GET /api/version", Recording.plain(200, "<html>hi"))) {
      assertInstanceOf(ServerFailure.NotOllama.class, missing(at(fake.address()).version()));
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    try (var fake = new FakeOllama().on("GET /api/version", Recording.plain(302, ""))) {
      assertEquals(new ServerFailure.Refused(302, ""), missing(at(fake.address()).version()));
      assertEquals(1, fake.asked().size());
    }
  }

  @Test
  void nothingListens() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertEquals(HttpFailure.Cause.REFUSED, cause(at("127.0.0.1:" + port).version()));
  }

  @Test
  void aServerThatStartsTakesTheConnectionAndIsSilent() throws IOException {
    try (var silent = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      Reply<String> reply =
          at("127.0.0.1:" + silent.getLocalPort())
              .version(Duration.ofSeconds(1), Duration.ofMillis(50));
      assertEquals(HttpFailure.Cause.SILENT, cause(reply));
    }
  }

  /// What Go's server says in plain words to a handshake.
  @Test
  void aServerWithoutEncryptionIsNotWhatHttpsExpects() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var answering =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    try (var client = socket.accept()) {
                      client.getInputStream().read();
                      client
                          .getOutputStream()
                          .write(
                              "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request"
                                  .getBytes(StandardCharsets.UTF_8));
                    } catch (IOException _) {
                      // the client has left
                    }
                  });
      assertInstanceOf(
          ServerFailure.NotOllama.class,
          missing(at("https://127.0.0.1:" + socket.getLocalPort()).version()));
      answering.join();
    }
  }

  @Test
  void anAddressThatIsNoneIsSaid() {
    assertEquals(HttpFailure.Cause.BAD_ADDRESS, cause(at("ftp://127.0.0.1").version()));
    assertEquals(HttpFailure.Cause.BAD_ADDRESS, cause(at("http://my host").version()));
  }

  private static HttpFailure.Cause cause(Reply<?> reply) {
    return assertInstanceOf(ServerFailure.NoAnswer.class, missing(reply)).cause();
  }

  @Test
  void aServerThatIsStoppedEndsTheStreamWithoutSuccess() {
    for (Recording.Ends end : List.of(Recording.Ends.CUT, Recording.Ends.NORMALLY)) {
      try (var fake =
              new FakeOllama()
                  .on("POST /api/pull", Recording.of("pull-server-killed").ending(end));
          StatusStream lines =
              given(at(fake.address()).pull("deepseek-r1:7b", Duration.ofSeconds(5)))) {
        StreamLine line = lines.next();
        while (line instanceof StreamLine.Progress) {
          line = lines.next();
        }
        ServerFailure why = assertInstanceOf(StreamLine.Failure.class, line).why();
        boolean ended =
            why instanceof ServerFailure.Ended
                || (why instanceof ServerFailure.NoAnswer no
                    && no.cause() == HttpFailure.Cause.CUT);
        assertTrue(ended, why.toString());
      }
    }
  }

  @Test
  void theKeyInTheAddressOfABlobIsNotRepeated() {
    try (var fake = new FakeOllama().plays("pull-max-retries-real-no-dns-for-blob-host");
        StatusStream lines =
            given(at(fake.address()).pull("deepseek-r1:14b", Duration.ofSeconds(5)))) {
      StreamLine line = lines.next();
      while (line instanceof StreamLine.Progress) {
        line = lines.next();
      }
      String said = assertInstanceOf(StreamLine.Failure.class, line).why().said();
      assertTrue(said.contains("no such host") && said.contains("r2.cloudflarestorage.com"), said);
      assertTrue(!said.contains("X-Amz"), said);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', http://127.0.0.1:11434",
    "1.2.3.4, http://1.2.3.4:11434",
    "name, http://name:11434",
    "name:8080, http://name:8080",
    ":8080, http://127.0.0.1:8080",
    "http://name, http://name:80",
    "https://name, https://name:443",
    "HTTPS://name:9/base/, https://name:9/base",
    "ollama.com, https://ollama.com:443",
    "[::1], http://[::1]:11434",
    "::1, http://[::1]:11434",
    "[::1]:80, http://[::1]:80",
    "0.0.0.0, http://127.0.0.1:11434",
    "0.0.0.0:80, http://127.0.0.1:80",
    "[::]:80, http://[::1]:80",
    "name:port, http://name:11434",
    "name:65536, http://name:11434",
    "https://name:x, https://name:443",
    "me:secret@name:80, http://name:80",
    "name:80?key=secret, http://name:80",
    "name:0, http://name:0",
    "name:65535, http://name:65535",
    "name:-1, http://name:11434",
    "[::1]:x, http://[::1]:11434",
    "ftp://name, ftp://name:11434",
    "name/, http://name:11434",
    "name//base//, http://name:11434/base",
    "name///, http://name:11434",
    "name/a/b, http://name:11434/a/b",
    "http://ollama.com, http://ollama.com:80",
    "://name, ://name:11434",
  })
  void readsTheAddressAsOllamaDoes(String value, String url) {
    assertEquals(url, ServerUrl.of(value).toString());
  }
}
