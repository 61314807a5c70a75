package dev.r1pick.ollama.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.r1pick.host.HttpFailure;
import dev.r1pick.host.LiveHost;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is made of each member of the server's answers, and of answers that are none.
class AnswersTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  private static OllamaServer at(FakeOllama fake) {
    var host = new LiveHost();
    return OllamaServer.of(
        host.http(),
        host,
        new OllamaSetup(Optional.empty(), Map.of("OLLAMA_HOST", fake.address())));
  }

  /// A port at which nothing listens any more.
  private static OllamaServer nobody() {
    try (var gone = new FakeOllama()) {
      return at(gone);
    }
  }

  private static JsonValue json(String text) {
    return Answers.json(text).orElseThrow();
  }

  private static ServerFailure missing(Reply<?> reply) {
    return assertInstanceOf(Reply.Missing.class, reply).why();
  }

  // --- models

  @Test
  void everythingOfAnInstalledModelIsRead() {
    List<InstalledModel> models =
        Answers.installed(
            json(
                """
                {"models":[
                  {"name":"r1:7b","digest":"sha256:%s","size":12,"remote_host":"https://ollama.com",
                   "details":{"parent_model":"r1:8b","quantization_level":"Q4_K_M"}},
                  {"model":"old:latest","size":"13","digest":"short"},
                  {"size":1}]}
                """
                    .formatted(DIGEST)));
    assertEquals(
        List.of(
            new InstalledModel(
                "r1:7b",
                DIGEST,
                Bytes.of(12),
                Optional.of("r1:8b"),
                Optional.of("https://ollama.com"),
                Optional.of("Q4_K_M")),
            new InstalledModel(
                "old:latest",
                "",
                Bytes.of(13),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())),
        models);
  }

  @Test
  void everythingOfALoadedModelIsRead() {
    List<LoadedModel> models =
        Answers.loaded(
            json(
                """
                {"models":[
                  {"name":"r1:7b","digest":"%s","size":12,"size_vram":7,"context_length":1,
                   "expires_at":"2026-11-27"},
                  {"name":"old:latest","context_length":0}]}
                """
                    .formatted(DIGEST)));
    assertEquals(
        List.of(
            new LoadedModel(
                "r1:7b",
                DIGEST,
                Bytes.of(12),
                Bytes.of(7),
                ContextLength.parse("1"),
                Optional.of("2026-11-27")),
            new LoadedModel(
                "old:latest", "", Bytes.ZERO, Bytes.ZERO, Optional.empty(), Optional.empty())),
        models);
    assertEquals(1, models.getFirst().context().orElseThrow().tokens());
  }

  @ParameterizedTest
  @CsvSource({
    "sha256:, '', true",
    "sha256-, '', true",
    "'', '', true",
    "sha256:, 0, false",
    "md5:, '', false"
  })
  void aDigestHasSixtyFourHexDigits(String before, String behind, boolean valid) {
    String text = before + DIGEST + behind;
    assertEquals(valid ? Optional.of(DIGEST) : Optional.empty(), Answers.digest(text));
    assertEquals(Optional.empty(), Answers.digest(before + DIGEST.substring(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", ":", "`", "g", "A"})
  void nothingButLowHexDigitsIsADigest(String sign) {
    assertEquals(Optional.empty(), Answers.digest(DIGEST.substring(1) + sign));
    assertEquals(Optional.empty(), Answers.digest("sha256"));
  }

  @Test
  void everythingOfAShownModelIsRead() {
    ShownModel model =
        Answers.shown(
            json(
                """
                {"modelfile":"# FROM r1:7b\\n# FROM /x/sha256-%s\\nFROM r1:8b\\nFROM C:\\\\blobs\\\\sha256-%s\\n",
                 "parameters":"num_ctx    8192\\nstop  a  b\\n\\nnum_ctx 4096\\ntop_p 0.95",
                 "details":{"parent_model":"r1:7b"},
                 "capabilities":["thinking",1,"","tools"],
                 "requires":"0.6.6",
                 "model_info":{"qwen2.block_count":28}}
                """
                    .formatted("f".repeat(64), DIGEST)));
    assertEquals(Optional.of(DIGEST), model.weights());
    assertEquals(Map.of("num_ctx", "4096", "top_p", "0.95"), model.parameters());
    assertEquals(Optional.of("r1:7b"), model.parent());
    assertEquals(List.of("thinking", "tools"), model.capabilities());
    assertEquals(Optional.of("0.6.6"), model.requires());
    assertEquals(28, model.info().wholeAt("qwen2.block_count").orElse(0));
    ShownModel empty = Answers.shown(json("{}"));
    assertEquals(Optional.empty(), empty.weights());
    assertEquals(Map.of(), empty.parameters());
    assertEquals(List.of(), empty.capabilities());
  }

  @Test
  void aWholeAnswerTellsItsTimesApart() {
    Generation end =
        Answers.generation(
            json(
                """
                {"response":"yes","done":true,"done_reason":"stop","prompt_eval_count":3,
                 "prompt_eval_duration":4,"eval_count":5,"eval_duration":6,"load_duration":7,
                 "total_duration":8}
                """));
    assertEquals(
        new Generation(
            "yes",
            Optional.of("stop"),
            3,
            Duration.ofNanos(4),
            5,
            Duration.ofNanos(6),
            Duration.ofNanos(7),
            Duration.ofNanos(8)),
        end);
  }

  // --- what the server says

  @ParameterizedTest
  @CsvSource({
    "model not found, model not found",
    "why?, why?",
    "Get \"https://r2/x?key=1\": EOF, Get \"https://r2/x\": EOF",
    "see https://r2/x?key=1 now, see https://r2/x now",
    "https://r2/x, https://r2/x",
    "'', ''"
  })
  void whatStandsBehindAQuestionMarkInAnAddressIsNotShown(String message, String said) {
    assertEquals(said, Answers.said(message));
  }

  @Test
  void aLongMessageIsCut() {
    assertEquals(600, Answers.said("x".repeat(600)).length());
    assertEquals(600, Answers.said("x".repeat(601)).length());
  }

  @ParameterizedTest
  @CsvSource({"NOT_HTTP, true", "TOO_LARGE, true", "REFUSED, false", "SILENT, false", "CUT, false"})
  void whatIsNoAnswerOfOllamaIsSomebodyElses(HttpFailure.Cause cause, boolean other) {
    ServerFailure failure = Answers.failure(new HttpFailure(cause, "some\nwords"));
    assertEquals(
        other
            ? new ServerFailure.NotOllama("some words")
            : new ServerFailure.NoAnswer(cause, "some words"),
        failure);
    assertEquals("", failure.said());
  }

  @Test
  void onlyTheServerItselfSaysSomething() {
    assertEquals("a", new ServerFailure.Refused(404, "a").said());
    assertEquals("b", new ServerFailure.GaveUp("b").said());
    assertEquals("", new ServerFailure.Ended().said());
  }

  // --- calls

  @Test
  void itsVersionIsAsked() {
    try (var fake = new FakeOllama().plays("version")) {
      assertEquals(Optional.of("0.33.0-rc2"), at(fake).version().found());
      assertEquals("http://" + fake.address(), at(fake).url().toString());
      assertEquals(
          Optional.of("0.33.0-rc2"),
          at(fake).version(Duration.ofSeconds(5), Duration.ofSeconds(5)).found());
    }
  }

  @Test
  void anErrorBehindAStatusOfTwoHundredIsOne() {
    try (var fake =
        new FakeOllama().on("GET /api/tags", Recording.plain(200, "{\"error\":\"no more\"}"))) {
      assertEquals(new ServerFailure.GaveUp("no more"), missing(at(fake).installed()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "hello"})
  void anAnswerWithoutItsMembersIsNotOllamas(String body) {
    Recording other = Recording.plain(200, body);
    try (var fake =
        new FakeOllama()
            .on("GET /api/tags", other)
            .on("GET /api/ps", other)
            .on("POST /api/generate", other)) {
      var expected = new ServerFailure.NotOllama(body);
      assertEquals(expected, missing(at(fake).installed()));
      assertEquals(expected, missing(at(fake).loaded()));
      assertEquals(
          expected, missing(at(fake).generate(JsonValue.object().build(), Duration.ofSeconds(5))));
    }
  }

  @Test
  void aModelIsDeletedOrTheServerSaysWhyNot() {
    try (var fake = new FakeOllama().plays("delete-ok", "delete-read-only-fs")) {
      assertEquals(Optional.empty(), at(fake).delete("r1:7b"));
      var refused =
          assertInstanceOf(ServerFailure.Refused.class, at(fake).delete("r1:7b").orElseThrow());
      assertEquals(500, refused.status());
      assertEquals("{\"model\":\"r1:7b\"}", fake.asked().getFirst().body());
    }
    assertInstanceOf(ServerFailure.NoAnswer.class, nobody().delete("r1:7b").orElseThrow());
  }

  @Test
  void aModelIsMadeOfAnotherOneWithItsSettings() {
    try (var fake = new FakeOllama().plays("create-from-with-num-ctx");
        StatusStream lines =
            at(fake)
                .create("mine", "r1:7b", JsonValue.object().put("num_ctx", 8192).build())
                .found()
                .orElseThrow()) {
      StreamLine line = lines.next();
      while (line instanceof StreamLine.Progress) {
        line = lines.next();
      }
      assertEquals(new StreamLine.Success(), line);
      assertEquals(
          "{\"model\":\"mine\",\"from\":\"r1:7b\",\"parameters\":{\"num_ctx\":8192}}",
          fake.asked().getFirst().body());
    }
  }

  @Test
  void aPullThatIsRefusedHasNoLines() {
    try (var fake = new FakeOllama().plays("pull-bad-name")) {
      assertEquals(
          new ServerFailure.Refused(400, "invalid model name"),
          missing(at(fake).pull("a b", Duration.ofSeconds(5))));
      assertEquals("{\"model\":\"a b\"}", fake.asked().getFirst().body());
    }
    assertInstanceOf(
        ServerFailure.NoAnswer.class, missing(nobody().pull("a b", Duration.ofSeconds(5))));
  }

  // --- lines

  private static List<StreamLine> lines(String... lines) {
    var read = new ArrayList<StreamLine>();
    try (var fake = new FakeOllama().on("POST /api/pull", Recording.stream(lines));
        StatusStream stream = at(fake).pull("r1:7b", Duration.ofSeconds(5)).found().orElseThrow()) {
      do {
        read.add(stream.next());
      } while (read.getLast() instanceof StreamLine.Progress);
    }
    return read;
  }

  @Test
  void eachLineOfAPullTellsHowFarItIs() {
    assertEquals(
        List.of(
            new StreamLine.Progress(
                "pulling manifest", Optional.empty(), OptionalLong.empty(), OptionalLong.empty()),
            new StreamLine.Progress(
                "pulling 0123", Optional.of(DIGEST), OptionalLong.of(10), OptionalLong.of(0)),
            new StreamLine.Progress(
                "pulling 0123", Optional.of(DIGEST), OptionalLong.of(10), OptionalLong.empty()),
            new StreamLine.Success()),
        lines(
            "{\"status\":\"pulling manifest\"}",
            "",
            "{\"status\":\"pulling 0123\",\"digest\":\"sha256:"
                + DIGEST
                + "\",\"total\":10,\"completed\":0}",
            "{\"status\":\"pulling 0123\",\"digest\":\"sha256:"
                + DIGEST
                + "\",\"total\":10,\"completed\":-1}",
            "{\"status\":\"success\"}"));
  }

  @Test
  void aLineMayBeTheEnd() {
    assertEquals(
        List.of(new StreamLine.Failure(new ServerFailure.GaveUp("max retries"))),
        lines("{\"error\":\"max retries\"}"));
    assertEquals(
        List.of(new StreamLine.Failure(new ServerFailure.NotOllama("<html>"))), lines("<html>"));
    assertEquals(List.of(new StreamLine.Failure(new ServerFailure.NotOllama("{}"))), lines("{}"));
    assertEquals(List.of(new StreamLine.Failure(new ServerFailure.Ended())), lines("", " "));
  }

  /// Otherwise a pull that was given up would go on in the background.
  @Test
  void aStreamThatIsClosedLetsTheServerKnow() throws InterruptedException {
    Recording endless = Recording.of("pull-server-killed").ending(Recording.Ends.NEVER);
    try (var fake = new FakeOllama().on("POST /api/pull", endless)) {
      StatusStream lines = at(fake).pull("r1:7b", Duration.ofSeconds(5)).found().orElseThrow();
      lines.next();
      lines.close();
      for (int i = 0; i < 500 && fake.left().isEmpty(); i++) {
        Thread.sleep(10);
      }
      assertEquals(List.of("POST /api/pull"), fake.left());
    }
  }
}
