package dev.r1pick.ollama.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.host.LiveHost;
import dev.r1pick.ollama.OllamaSetup;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// The client against a real Ollama: what the recordings say still holds. It runs where
/// `R1PICK_TEST_OLLAMA` names a server as `OLLAMA_HOST` does, and leaves nothing behind there.
@EnabledIfEnvironmentVariable(named = "R1PICK_TEST_OLLAMA", matches = ".+")
class OllamaLiveTest {
  /// No registry has it.
  private static final String NO_SUCH_MODEL = "deepseek-r1:no-such-tag";

  private final OllamaServer server = server();

  private static OllamaServer server() {
    var host = new LiveHost();
    return OllamaServer.of(
        host.http(),
        host,
        new OllamaSetup(
            Optional.empty(),
            Map.of("OLLAMA_HOST", host.environment("R1PICK_TEST_OLLAMA").orElse(""))));
  }

  @Test
  void tellsItsVersionAndWhatItHas() {
    assertInstanceOf(Reply.Given.class, server.version());
    assertInstanceOf(Reply.Given.class, server.loaded());
    for (InstalledModel model : server.installed().found().orElseThrow()) {
      assertEquals(64, model.digest().length(), model.name());
      if (model.elsewhere().isEmpty()) {
        assertTrue(server.show(model.name()).found().isPresent(), model.name());
      }
    }
  }

  @Test
  void whatItDoesNotHaveItRefuses() {
    var shown = assertInstanceOf(Reply.Missing.class, server.show(NO_SUCH_MODEL));
    assertEquals(404, assertInstanceOf(ServerFailure.Refused.class, shown.why()).status());
    assertTrue(server.delete(NO_SUCH_MODEL).isPresent());
  }

  /// Whether the registry can be reached or not, the stream begins with 200 and ends with an error.
  @Test
  void aPullThatFailsEndsWithALine() {
    try (StatusStream lines =
        server.pull(NO_SUCH_MODEL, Duration.ofMinutes(2)).found().orElseThrow()) {
      StreamLine line = lines.next();
      assertInstanceOf(StreamLine.Progress.class, line);
      while (line instanceof StreamLine.Progress) {
        line = lines.next();
      }
      ServerFailure why = assertInstanceOf(StreamLine.Failure.class, line).why();
      assertTrue(why.said().startsWith("pull model manifest: "), why.toString());
    }
  }
}
