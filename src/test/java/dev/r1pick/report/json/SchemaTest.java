package dev.r1pick.report.json;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.ConfidenceLimit;
import dev.r1pick.advice.Rule;
import dev.r1pick.cli.Run;
import dev.r1pick.cli.console.ErrorCodes;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.fit.LoadAssumptions;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.host.OsFamily;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.Era;
import dev.r1pick.ollama.Installation;
import dev.r1pick.ollama.MarginOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every JSON answer follows docs/schema, and the schemas see what does not.
class SchemaTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";
  private static final Schemas PUBLISHED = Schemas.published();
  private static final Schemas CLOSED = Schemas.closed();

  static List<String> machines() throws IOException {
    try (var folders = Files.list(Run.MACHINES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("machines")
  void answersOfEveryMachineFollowTheirSchemas(String machine) {
    assertAll(
        () -> answered(machine, "hardware"),
        () -> answered(machine, "recommend"),
        () -> answered(machine, "recommend --use-case long-documents --prompt-language zh --top 9"),
        () -> answered(machine, "recommend --min-speed 100000"),
        () -> answered(machine, "check 1.5b"),
        () -> answered(machine, "check 14b --context 32k"),
        () -> answered(machine, "check 671b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recommend --cpu-only --ram 2GB",
        "recommend --gpu 2xRTX3090",
        "recommend --use-case edge --priority speed",
        "recommend --use-case coding --priority quality",
        "recommend --use-case agents --top 1",
        "check 32b --gpu RTX4090",
        "check 8b --context 4k",
        "check 70b --context 128k",
        "check 8b --flash-attention off --kv-cache-type q8_0",
        "hardware --gpu RTX4090",
        "list",
        "show 8b",
        "compare 7b 8b",
        "compare 14b 671b 1.5b",
        "compare --with RTX5090",
        "compare --cpu-only --ram 2GB --add-ram 2GB",
        "plan 32b --context 32k",
        "plan 671b",
        "plan 70b --kind cpu --min-speed 50",
        "plan --use-case coding",
        "show 671b-fp16",
        "explain",
        "explain 8b",
        "explain 671b-fp16",
        "explain KV cache",
        "explain 32b Q4 on 8GB",
        "explain qwertyuiop",
        "next",
        "next 14b --client zed",
        "next 671b",
        "next 8b --context 32k --client chatbox --lang zh",
        "next --cpu-only --ram 2GB",
        "next 8b --client emacs",
        "config",
        "config --use-case coding",
        "recommend --vram banana",
        "recomend",
        "show 13b"
      })
  void answersToOtherQuestionsFollowTheirSchemas(String line) {
    answered(MACHINE, line);
  }

  @Test
  void theAnswersAboveHoldEachVerdictAndNothingFits() {
    assertAll(
        () -> assertEquals("fits", verdict("check 8b --context 4k")),
        () -> assertEquals("fits-partly", verdict("check 32b --gpu RTX4090")),
        () -> assertEquals("does-not-fit", verdict("check 671b")),
        () ->
            assertEquals(
                Optional.of(new JsonValue.Null()),
                JsonReader.read("answer", out("recommend --cpu-only --ram 2GB"))
                    .member("recommendation")));
  }

  private static String verdict(String line) {
    return JsonReader.read("answer", out(line)).textAt("verdict").orElseThrow();
  }

  /// Runs the program; the answer must follow the schema without room for members that it does not
  /// describe, and so the published one too.
  private static void answered(String machine, String line) {
    Run run = run(machine, line);
    boolean error = JsonReader.read("answer", run.out()).member("error").isPresent();
    assertTrue(!error || run.code() != ExitCode.OK, line);
    String name = error ? "error" : line.split(" ", -1)[0];
    assertEquals(List.of(), CLOSED.faults(name, run.out()), line);
  }

  private static Run run(String machine, String line) {
    var words = new ArrayList<String>(List.of(line.split(" ", -1)));
    words.addAll(List.of("--format", "json"));
    return Run.on(machine, words.toArray(String[]::new));
  }

  private static String out(String line) {
    return run(MACHINE, line).out();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recommend --use-case math",
        "recommend --cpu-only --ram 2GB",
        "check 32b",
        "compare 7b 14b",
        "compare --with RTX5090",
        "hardware",
        "list",
        "show 8b",
        "config",
        "recommend --vram banana"
      })
  void aMemberThatIsMissingOrOfAnotherTypeIsRefused(String line) {
    JsonValue answer = JsonReader.read("answer", out(line));
    String name = answer.member("error").isPresent() ? "error" : line.split(" ", -1)[0];
    var accepted = new ArrayList<String>();
    int tried = 0;
    for (Mutation mutation : Mutation.of(answer)) {
      tried++;
      if (PUBLISHED.faults(name, JsonWriter.pretty(mutation.broken())).isEmpty()) {
        accepted.add(mutation.what());
      }
    }
    assertEquals(List.of(), accepted);
    int least = name.equals("error") ? 13 : name.equals("config") ? 23 : 30;
    assertTrue(tried > least, tried + " mutations are too few to have reached every member");
  }

  @ParameterizedTest
  @CsvSource({
    "recommend, \"high\", \"sure\"",
    "recommend, deepseek-r1:14b, r1:14b",
    "recommend, \"all-on-gpu\", \"on-gpu\"",
    "recommend, \"fits-memory\", \"fits\"",
    "check, \"does-not-fit\", \"no\"",
    "check, \"vram-tier\", \"vram\"",
    "hardware, \"dedicated\", \"own\"",
    "hardware, \"linux\", \"Linux\"",
    "list, \"exact\", \"certain\"",
    "show, \"f16\", \"f32\""
  })
  void aWordThatIsNotOfTheListIsRefused(String name, String right, String wrong) {
    String line =
        switch (name) {
          case "check" -> "check 671b";
          case "show" -> "show 8b";
          default -> name;
        };
    String answer = out(line);
    assertTrue(answer.contains(right), answer);
    assertFalse(PUBLISHED.faults(name, answer.replace(right, wrong)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"recommend", "check", "hardware", "list", "show"})
  void anAnswerMayGainMembers(String name) {
    String line = name.equals("check") || name.equals("show") ? name + " 8b" : name;
    String answer = out(line).replaceFirst("\\{", "{ \"new_member\": 1,");
    assertEquals(List.of(), PUBLISHED.faults(name, answer));
    assertFalse(CLOSED.faults(name, answer).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recommend",
        "check",
        "compare",
        "plan",
        "hardware",
        "list",
        "show",
        "config",
        "error"
      })
  void everyMemberIsDescribedAndSaysItsUnit(String name) {
    var missing = new ArrayList<String>();
    describe(Schemas.document(name), name, missing);
    assertEquals(List.of(), missing);
  }

  private static void describe(JsonValue schema, String path, List<String> missing) {
    if (schema.member("properties").orElse(null) instanceof JsonValue.Members(var properties)
        && schema.member("type").isPresent()) {
      properties.forEach(
          (member, described) -> {
            String place = path + "." + member;
            Optional<String> description = described.textAt("description");
            boolean elsewhere = described.member("$ref").isPresent();
            if (description.isEmpty() && !elsewhere) {
              missing.add(place);
            }
            if (member.endsWith("_bytes") && !description.orElse("bytes").contains("bytes")) {
              missing.add(place + ": no unit");
            }
            if (member.endsWith("_tokens") && !description.orElse("okens").contains("okens")) {
              missing.add(place + ": no unit");
            }
          });
    }
    switch (schema) {
      case JsonValue.Members(var members) ->
          members.forEach((member, value) -> describe(value, path + "." + member, missing));
      case JsonValue.Items(var items) -> items.forEach(item -> describe(item, path, missing));
      case JsonValue.Text _,
          JsonValue.Whole _,
          JsonValue.Decimal _,
          JsonValue.Flag _,
          JsonValue.Null _ -> {}
    }
  }

  static List<Arguments> wordsOfTheCode() {
    return List.of(
        words("hardware", "$defs.accelerator.properties.kind", Accelerator.Kind.values()),
        words("hardware", "$defs.machine.properties.os.properties.family", OsFamily.values()),
        Arguments.of(
            "hardware",
            "$defs.accelerator.properties.why_not",
            Stream.of(WhyNot.values()).map(WhyNot::code).collect(Collectors.toSet())),
        Arguments.of(
            "hardware",
            "$defs.accelerator.properties.condition",
            Stream.concat(
                    Stream.of("working", "without-driver", "told"),
                    Stream.of(WhyNot.values()).map(WhyNot::id))
                .collect(Collectors.toSet())),
        Arguments.of(
            "hardware",
            "$defs.machine.properties.ollama.properties.installation",
            Stream.of(Installation.values()).map(Installation::id).collect(Collectors.toSet())),
        words("hardware", "$defs.accelerator.properties.backend", Backend.values()),
        assumption("ollama_era", Era.values()),
        assumption("context_origin", LoadAssumptions.Origin.values()),
        assumption("parallel_origin", LoadAssumptions.Origin.values()),
        assumption("kv_cache_origin", LoadAssumptions.KvCacheOrigin.values()),
        assumption("flash_attention_origin", LoadAssumptions.FlashAttentionOrigin.values()),
        assumption("micro_batch_origin", LoadAssumptions.MicroBatchOrigin.values()),
        assumption("gpu_choice", LoadAssumptions.GpuChoice.values()),
        assumption("margin_origin", MarginOrigin.values()),
        assumption("load_mode", LoadAssumptions.LoadMode.values()),
        assumption("figures", LoadAssumptions.Figures.values()),
        assumption("failure", LoadAssumptions.LoadFailure.values()));
  }

  private static Arguments assumption(String member, Enum<?>[] values) {
    return words("check", "$defs.assumptions.properties." + member, values);
  }

  private static Arguments words(String schema, String path, Enum<?>[] values) {
    var words = new TreeSet<String>();
    for (Enum<?> value : values) {
      words.add(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    return Arguments.of(schema, path, words);
  }

  @ParameterizedTest
  @MethodSource("wordsOfTheCode")
  void theSchemaHasTheWordsOfTheCode(String schema, String path, Set<String> words) {
    assertEquals(words, listed(schema, path + ".enum"));
  }

  @Test
  void theSchemaHasEveryCodeOfAnError() {
    assertEquals(ErrorCodes.all(), listed("error", "$defs.error.properties.code.enum"));
  }

  @Test
  void theSchemaHasTheRulesOfTheBook() {
    var rules = new TreeSet<String>(List.of("same-manifest", "fewer-points"));
    Rule.BOOK.forEach(rule -> rules.add(rule.id()));
    assertEquals(rules, listed("recommend", "$defs.rejection.properties.rule.enum"));
  }

  @Test
  void theSchemaHasEveryLimitOfConfidence() {
    var ids = new TreeSet<String>();
    for (ConfidenceLimit limit : ConfidenceLimit.values()) {
      ids.add(limit.id());
    }
    assertEquals(
        ids,
        listed(
            "recommend",
            "$defs.recommendation.properties.confidence.properties.because.items.enum"));
  }

  private static Set<String> listed(String schema, String path) {
    JsonValue value = Schemas.document(schema);
    for (String name : path.split("\\.", -1)) {
      value = value.member(name).orElseThrow(() -> new AssertionError(schema + ": " + path));
    }
    var words = new TreeSet<String>();
    for (JsonValue item : value.items()) {
      if (item instanceof JsonValue.Text(var word)) {
        words.add(word);
      }
    }
    return words;
  }
}
