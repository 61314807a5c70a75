package dev.r1pick.doctor.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.doctor.bench.Bench.Sample;
import dev.r1pick.doctor.bench.Bench.Stage;
import dev.r1pick.host.Http;
import dev.r1pick.host.HttpAnswer;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.server.OllamaServer;
import dev.r1pick.report.json.BenchJson;
import dev.r1pick.report.json.Schemas;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.text.BenchText;
import dev.r1pick.report.words.Messages;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A bench against a server that answers as told.
class BenchTest {
  private static final ContextLength CONTEXT = ContextLength.of(4096);

  private final List<String> asked = new ArrayList<>();

  private record Answer(String text) implements HttpAnswer {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public Optional<String> line() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  /// @param tokens of every answer
  /// @param load seconds that every answer had to load
  private BenchRun.Result run(long tokens, long load) {
    return run(tokens, load, "0.32.15");
  }

  private BenchRun.Result run(long tokens, long load, String version) {
    Http http =
        request -> {
          if (request.url().endsWith("/api/ps")) {
            return new Answer(
                "{\"models\":[{\"name\":\"deepseek-r1:8b\",\"size\":6000000000,\"size_vram\":"
                    + "6000000000,\"context_length\":4096}]}");
          }
          asked.add(request.body().orElse(""));
          return new Answer(
              "{\"done\":true,\"prompt_eval_count\":1000,\"prompt_eval_duration\":2000000000,"
                  + "\"load_duration\":"
                  + load * 1_000_000_000L
                  + ",\"eval_count\":"
                  + tokens
                  + ",\"eval_duration\":1600000000}");
        };
    var server = OllamaServer.of(http, Run.host("nvidia-rtx3060-linux"), OllamaSetup.UNKNOWN);
    return new BenchRun(server, 7).run("deepseek-r1:8b", version, CONTEXT, (_, _) -> {});
  }

  @Test
  void everyRunHasAPromptOfItsOwnAndTheSameContext() {
    BenchRun.Result.Done done = assertInstanceOf(BenchRun.Result.Done.class, run(64, 0));
    assertEquals(2, done.bench().stages().size());
    assertEquals(500, done.bench().stages().getFirst().promptRate(), 1e-9);
    assertEquals(40, done.bench().stages().getLast().generationRate(), 1e-9);
    assertEquals(Optional.of(CONTEXT), done.bench().opened());
    assertFalse(asked.getFirst().contains("prompt"), "the load is not timed");
    assertEquals(7, new HashSet<>(asked).size(), "no prompt twice");
    assertTrue(asked.stream().allMatch(body -> body.contains("\"num_ctx\":4096")));
    assertTrue(asked.getLast().length() > 3 * asked.get(1).length(), "the second fill is larger");
  }

  /// What is too long is cut to half the context with status 200, and the fill is not what it says.
  @ParameterizedTest
  @CsvSource({"0.12.5, 0", "0.12.6, 6", "0.33.0-rc2, 6", "0.0.0, 6"})
  void aPromptThatIsTooLongIsRefusedWhereTheVersionCan(String version, long asking) {
    run(64, 0, version);
    assertEquals(
        asking, asked.stream().filter(body -> body.contains("\"truncate\":false")).count());
    assertFalse(asked.getFirst().contains("truncate"), "the load has no prompt");
  }

  @Test
  void anAnswerThatIsTooShortOrHadToLoadIsNoSample() {
    assertInstanceOf(BenchRun.Result.TooShort.class, run(15, 0));
    assertInstanceOf(BenchRun.Result.Done.class, run(16, 0));
    assertInstanceOf(BenchRun.Result.TooShort.class, run(64, 3));
  }

  @Test
  void theFactorIsTheMiddleOfBothFills() {
    var first = new Stage(List.of(new Sample(200, 900, 30), new Sample(200, 900, 40)));
    var stage =
        new Stage(List.of(new Sample(1, 1, 10), new Sample(1, 1, 80), new Sample(1, 1, 20)));
    assertEquals(20, stage.generationRate(), 1e-9);
    assertEquals(3, stage.spread(), 1e-9);
    var bench =
        new Bench(
            "deepseek-r1:8b",
            "0.32.15",
            CONTEXT,
            Optional.of(CONTEXT),
            List.of(first, stage),
            Bytes.of(6_000_000_000L),
            Bytes.of(6_000_000_000L));
    assertEquals(1, bench.factor(List.of(20.0, 40.0)), 1e-9);
    var range = Optional.of(new BenchReport.Range(15, 20, 25));
    var report = new BenchReport(bench, List.of(range, range), Optional.of(Bytes.ofGiB(6)), true);
    for (String language : List.of("en", "zh")) {
      String text = new BenchText(Messages.in(Locale.of(language)), Style.PLAIN).report(report);
      assertTrue(text.contains("deepseek-r1:8b") && text.contains("1.41"), text);
      assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
    }
    assertEquals(List.of(), Schemas.closed().faults("bench", BenchJson.report(report)));
  }
}
