package dev.r1pick.catalog.read;

import dev.r1pick.catalog.AnswerLength;
import dev.r1pick.catalog.BenchmarkTable;
import dev.r1pick.catalog.Evidence;
import dev.r1pick.catalog.Signal;
import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.Strength;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson.Kind;
import dev.r1pick.json.InvalidJson.Problem;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.io.Reader;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/// Reads the use cases, as strictly as [CatalogReader].
public final class UseCaseReader {
  /// The shipped file, as messages name it.
  public static final String FILE = "catalog/use-cases.json";

  static final int MOST_TOKENS = 1_000_000;
  static final Map<String, Strength> STRENGTHS =
      Map.of("low", Strength.LOW, "medium", Strength.MEDIUM, "high", Strength.HIGH);
  private static final Map<String, BenchmarkTable.Unit> UNITS =
      Map.of(
          "percent", BenchmarkTable.Unit.PERCENT,
          "elo", BenchmarkTable.Unit.ELO,
          "index", BenchmarkTable.Unit.INDEX);

  private final Set<String> sources;
  private final Set<String> benchmarks = new HashSet<>();

  private UseCaseReader(Set<String> sources) {
    this.sources = sources;
  }

  /// The file that ships with the program.
  ///
  /// @throws dev.r1pick.json.InvalidJson if it is broken
  public static UseCases readDefault() {
    return PreparedData.useCases().orElseGet(() -> Resources.read(FILE, UseCaseReader::read));
  }

  /// A file from elsewhere.
  ///
  /// @param fileName as the user knows it, for messages
  /// @throws dev.r1pick.json.InvalidJson if it is not what it should be
  public static UseCases read(String fileName, Reader text) {
    return Fields.read(fileName, JsonReader.read(fileName, text), UseCaseReader::useCases);
  }

  private static UseCases useCases(Fields fields) {
    String version = fields.text("catalog_version");
    Map<String, Source> sources = fields.map("sources", CatalogReader::source);
    return new UseCaseReader(sources.keySet()).rest(version, sources, fields);
  }

  private UseCases rest(String version, Map<String, Source> sourceMap, Fields fields) {
    Map<String, Double> shares = fields.map("best_shares", this::share);
    List<UseCases.Loss> losses = fields.list("quantization_losses", this::loss);
    Map<String, BenchmarkTable> tables = new LinkedHashMap<>();
    fields.map("benchmarks", this::table).forEach((id, table) -> tables.put(id, withId(id, table)));
    benchmarks.addAll(tables.keySet());
    for (BenchmarkTable table : tables.values()) {
      String best = best(table);
      if (!shares.containsKey(best)) {
        throw fields.invalid("benchmarks." + table.id() + ".scores", Problem.DANGLING, best);
      }
    }
    Set<String> ids = new HashSet<>();
    return new UseCases(
        version,
        sourceMap,
        shares,
        losses,
        tables,
        fields.list("overall", this::signal),
        signalsByLanguage(fields, "overall_by_language"),
        fields.list("answer_lengths", this::length),
        fields.list("length_factors", this::lengthFactor),
        fields.list("twins", this::twin),
        fields.list("use_cases", useCase -> once(useCase, ids)),
        fields.list("not_for_r1", this::otherKind));
  }

  private UseCases.LengthFactor lengthFactor(Fields fields) {
    evidence(fields);
    return new UseCases.LengthFactor(
        fields.text("variant"), fields.decimal("factor", 0.1, 10), fields.texts("use_cases"));
  }

  private UseCases.Twin twin(Fields fields) {
    return new UseCases.Twin(
        fields.text("variant"), fields.text("tag"), fields.texts("use_cases"), evidence(fields));
  }

  private UseCases.OtherKind otherKind(Fields fields) {
    List<String> ids = fields.texts("sources");
    for (String id : ids) {
      if (!sources.contains(id)) {
        throw fields.invalid("sources", Problem.DANGLING, id);
      }
    }
    return new UseCases.OtherKind(fields.text("id"), fields.texts("words"), ids);
  }

  private double share(Fields fields) {
    evidence(fields);
    return fields.decimal("share", 0.01, 1);
  }

  private UseCases.Loss loss(Fields fields) {
    return new UseCases.Loss(
        fields.oneOf("quantization", CatalogReader.QUANTIZATIONS),
        fields.has("family")
            ? Optional.of(fields.oneOf("family", ArchitectureReader.FAMILIES))
            : Optional.empty(),
        fields.whole("from_parameters", 1, 1L << 44),
        fields.decimal("percent", 0, 100),
        evidence(fields));
  }

  private BenchmarkTable table(Fields fields) {
    return new BenchmarkTable(
        "",
        fields.text("title"),
        fields.oneOf("unit", UNITS),
        fields.oneOf("better", Map.of("lower", true, "higher", false)),
        fields.optionalText("measured_in"),
        fields.text("conditions"),
        evidence(fields),
        scores(fields),
        fields.has("stand_ins") ? fields.map("stand_ins", UseCaseReader::standIn) : Map.of());
  }

  private static BenchmarkTable withId(String id, BenchmarkTable table) {
    return new BenchmarkTable(
        id,
        table.title(),
        table.unit(),
        table.lowerIsBetter(),
        table.language(),
        table.conditions(),
        table.evidence(),
        table.scores(),
        table.standIns());
  }

  private static Map<String, Double> scores(Fields fields) {
    if (!(fields.any("scores") instanceof JsonValue.Members(var members)) || members.isEmpty()) {
      throw fields.wrongKind("scores", Kind.OBJECT);
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    for (var member : members.entrySet()) {
      double score =
          switch (member.getValue()) {
            case JsonValue.Whole(var whole) -> whole;
            case JsonValue.Decimal(var decimal) -> decimal;
            default -> throw fields.wrongKindAt("scores." + member.getKey(), Kind.NUMBER);
          };
      if (!(score >= 0 && score <= 10_000)) {
        throw fields.invalid("scores." + member.getKey(), Problem.OUT_OF_RANGE, "0 … 10000");
      }
      scores.put(member.getKey(), score);
    }
    return scores;
  }

  private static BenchmarkTable.StandIn standIn(Fields fields) {
    return new BenchmarkTable.StandIn(
        fields.text("model"),
        fields.decimal("value", 0, 10_000),
        fields.decimal("factor", 0.01, 1));
  }

  private static String best(BenchmarkTable table) {
    String best = "";
    double most = Double.NEGATIVE_INFINITY;
    for (var score : table.scores().entrySet()) {
      double merit = table.merit(score.getValue());
      if (merit > most) {
        most = merit;
        best = score.getKey();
      }
    }
    return best;
  }

  private Signal signal(Fields fields) {
    String id = fields.text("benchmark");
    if (!benchmarks.contains(id)) {
      throw fields.invalid("benchmark", Problem.DANGLING, id);
    }
    return new Signal(id, fields.decimal("weight", 0.01, 100));
  }

  private Map<String, List<Signal>> signalsByLanguage(Fields fields, String name) {
    if (!fields.has(name)) {
      return Map.of();
    }
    return byLanguage(fields, name, this::signal);
  }

  /// An object of languages, each with its signals.
  static Map<String, List<Signal>> byLanguage(
      Fields fields, String name, Function<Fields, Signal> signal) {
    if (!(fields.any(name) instanceof JsonValue.Members(var members))) {
      throw fields.wrongKind(name, Kind.OBJECT);
    }
    return fields.object(
        name,
        languages -> {
          Map<String, List<Signal>> signals = new LinkedHashMap<>();
          for (String language : members.keySet()) {
            signals.put(language, languages.list(language, signal));
          }
          return signals;
        });
  }

  private AnswerLength length(Fields fields) {
    return new AnswerLength(
        fields.text("variant"),
        fields.text("task"),
        tokens(fields, "mean_tokens"),
        tokens(fields, "median_tokens"),
        tokens(fields, "p90_tokens"),
        fields.text("conditions"),
        evidence(fields));
  }

  private static OptionalInt tokens(Fields fields, String name) {
    return fields.has(name)
        ? OptionalInt.of(fields.integer(name, 1, MOST_TOKENS))
        : OptionalInt.empty();
  }

  private UseCaseProfile once(Fields fields, Set<String> ids) {
    UseCaseProfile profile = profile(fields);
    if (!ids.add(profile.id())) {
      throw fields.invalid("id", Problem.DUPLICATE, profile.id());
    }
    for (String alias : profile.aliases()) {
      if (!ids.add(alias)) {
        throw fields.invalid("aliases", Problem.DUPLICATE, alias);
      }
    }
    return profile;
  }

  private UseCaseProfile profile(Fields fields) {
    int typical = fields.integer("answer_tokens_typical", 1, MOST_TOKENS);
    List<String> ids = fields.optionalTexts("sources");
    for (String id : ids) {
      if (!sources.contains(id)) {
        throw fields.invalid("sources", Problem.DANGLING, id);
      }
    }
    List<Signal> signals = fields.list("signals", this::signal);
    if (signals.isEmpty()) {
      throw fields.invalid("signals", Problem.OUT_OF_RANGE, "1 …");
    }
    return new UseCaseProfile(
        fields.text("id"),
        fields.optionalTexts("aliases"),
        Optional.empty(),
        signals,
        signalsByLanguage(fields, "signals_by_language"),
        fields.integer("prompt_tokens", 1, MOST_TOKENS),
        typical,
        fields.integer("answer_tokens_heavy", typical, MOST_TOKENS),
        fields.optionalText("answer_task"),
        ContextLength.of(fields.integer("context_tokens", 1, MOST_TOKENS)),
        new TokenRate(fields.decimal("reader_tokens_per_second", 0.1, 1000)),
        Duration.ofSeconds(fields.whole("acceptable_wait_seconds", 1, 100_000)),
        new TokenRate(fields.decimal("least_tokens_per_second", 0.1, 1000)),
        fields.optionalTexts("warnings"),
        fields.oneOf("evidence", STRENGTHS),
        ids);
  }

  private Evidence evidence(Fields fields) {
    String source = fields.text("source");
    if (!sources.contains(source)) {
      throw fields.invalid("source", Problem.DANGLING, source);
    }
    return new Evidence(CatalogReader.certainty(fields, "certainty"), source);
  }
}
