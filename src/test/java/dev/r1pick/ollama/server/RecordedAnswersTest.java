package dev.r1pick.ollama.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.r1pick.host.LiveHost;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.OllamaSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every recorded answer of Ollama as this program reads it; those to pulls are played in
/// `PullRecordingsTest`. `-Dapprove=true` writes `answers.txt` anew.
class RecordedAnswersTest {
  private static final Path ANSWERS = Path.of("src/test/resources/ollama/answers.txt");

  /// Lines `name: reason`.
  private static final Path UNUSED = Path.of("src/test/resources/ollama/unused.txt");

  private static final boolean APPROVE = Boolean.getBoolean("approve");
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final JsonValue.Members ASKED =
      JsonValue.object().put("model", "deepseek-r1:1.5b").put("prompt", "a").build();

  private static Map<String, String> pairs(Path file, String sign) throws IOException {
    var pairs = new TreeMap<String, String>();
    for (String line : Files.readAllLines(file)) {
      int at = line.indexOf(sign);
      pairs.put(line.substring(0, at), line.substring(at + sign.length()));
    }
    return pairs;
  }

  static List<String> played() throws IOException {
    Map<String, String> unused = pairs(UNUSED, ": ");
    var names = new ArrayList<String>();
    for (String name : Recording.all().keySet()) {
      if (!name.startsWith("pull-") && !unused.containsKey(name)) {
        names.add(name);
      }
    }
    return names;
  }

  @ParameterizedTest
  @MethodSource("played")
  void isReadAsApproved(String name) throws IOException {
    assertEquals(pairs(ANSWERS, " | ").get(name), read(Recording.of(name)), name);
  }

  @Test
  void noRecordingIsForgottenAndEachUnusedOneHasAReason() throws IOException {
    if (APPROVE) {
      var lines = new TreeSet<String>();
      for (String name : played()) {
        lines.add(name + " | " + read(Recording.of(name)));
      }
      Files.write(ANSWERS, lines);
    }
    Map<String, String> unused = pairs(UNUSED, ": ");
    assertEquals(new TreeSet<>(played()), pairs(ANSWERS, " | ").keySet());
    unused.forEach((name, reason) -> assertFalse(reason.isBlank(), name));
    var known = new TreeSet<>(Recording.all().keySet());
    for (String name : unused.keySet()) {
      boolean brought = !name.startsWith("cli-") && !name.endsWith(" (not here)");
      assertEquals(brought, known.contains(name.replace(" (not here)", "")), name);
    }
  }

  private static String read(Recording recording) {
    String call = recording.call().replace(" (last line)", "");
    String asked = call.startsWith("POST /api/generate") ? "POST /api/generate" : call;
    try (var fake = new FakeOllama().on(asked, recording)) {
      var host = new LiveHost();
      var setup = new OllamaSetup(Optional.empty(), Map.of("OLLAMA_HOST", fake.address()));
      OllamaServer server = OllamaServer.of(host.http(), host, setup);
      return switch (asked) {
        case "GET /api/version" -> told(server.version(SOON, SOON), version -> version);
        case "GET /api/tags" -> told(server.installed(), RecordedAnswersTest::installed);
        case "GET /api/ps" -> told(server.loaded(), RecordedAnswersTest::loaded);
        case "POST /api/show" -> told(server.show("m"), RecordedAnswersTest::shown);
        case "POST /api/generate" ->
            told(server.generate(ASKED, SOON), RecordedAnswersTest::generated);
        case "POST /api/create" ->
            told(
                server.create("a", "b", JsonValue.object().build()), RecordedAnswersTest::lastLine);
        case "DELETE /api/delete" -> server.delete("m").map(ServerFailure::toString).orElse("gone");
        default -> throw new IllegalArgumentException(call);
      };
    }
  }

  private static <T> String told(Reply<T> reply, Function<T, String> words) {
    return switch (reply) {
      case Reply.Given<T>(var value) -> words.apply(value);
      case Reply.Missing<T>(var why) -> why.toString();
    };
  }

  private static String installed(List<InstalledModel> models) {
    var words = new ArrayList<String>();
    for (InstalledModel model : models) {
      words.add(
          model.name()
              + " "
              + model.digest().substring(0, Math.min(8, model.digest().length()))
              + " "
              + model.size().count()
              + model.parent().map(" of "::concat).orElse(""));
    }
    return words.toString();
  }

  private static String loaded(List<LoadedModel> models) {
    var words = new ArrayList<String>();
    for (LoadedModel model : models) {
      words.add(
          model.name()
              + " "
              + model.size().count()
              + "/"
              + model.vram().count()
              + " context "
              + model.context().map(context -> String.valueOf(context.tokens())).orElse("?")
              + " until "
              + model.expires().map(time -> time.substring(0, 4)).orElse("?"));
    }
    return words.toString();
  }

  private static String shown(ShownModel model) {
    return "weights "
        + model.weights().map(digest -> digest.substring(0, 8)).orElse("?")
        + " "
        + new TreeMap<>(model.parameters())
        + model.parent().map(" of "::concat).orElse("")
        + " "
        + model.capabilities();
  }

  private static String generated(Generation answer) {
    return answer.promptTokens()
        + " read in "
        + answer.prompt().toMillis()
        + " ms, "
        + answer.tokens()
        + " written in "
        + answer.generation().toMillis()
        + " ms, loaded in "
        + answer.load().toMillis()
        + " ms, "
        + answer.reason().orElse("no reason");
  }

  private static String lastLine(StatusStream lines) {
    try (lines) {
      StreamLine line = lines.next();
      while (line instanceof StreamLine.Progress) {
        line = lines.next();
      }
      return line instanceof StreamLine.Failure(var why) ? why.toString() : "success";
    }
  }
}
