package dev.r1pick.report.json;

import dev.r1pick.advice.quality.Quality;
import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.deployment.Deployment;
import dev.r1pick.catalog.deployment.Deployments;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.Remedy;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.plan.Build;
import dev.r1pick.plan.HardwarePlan;
import dev.r1pick.plan.PlanQuestion;
import dev.r1pick.plan.Planned;
import dev.r1pick.plan.Planned.Standing;
import dev.r1pick.plan.UseCasePlan;
import dev.r1pick.report.words.Codes;
import dev.r1pick.report.words.MemoryByContext;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.RemedyWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Which hardware runs a tag, as JSON (docs/schema/plan.schema.json).
public final class PlanJson {
  private static final int SHORT = 6;

  private final Messages messages;
  private final Deployments deployments;

  /// A writer whose sentences are in one language.
  ///
  /// @param deployments whose sources are named
  public PlanJson(Messages messages, Deployments deployments) {
    this.messages = messages;
    this.deployments = deployments;
  }

  /// All hardware for one tag.
  public String plan(HardwarePlan plan, String catalogVersion) {
    return document(
        plan.question(),
        List.of(plan(plan, Optional.empty(), plan.planned())),
        ways(plan),
        catalogVersion);
  }

  /// For each tag the hardware that somebody would choose between.
  public String plan(UseCasePlan plan, String catalogVersion) {
    var plans = new ArrayList<JsonValue>();
    for (UseCasePlan.Step step : plan.steps()) {
      var some = new ArrayList<Planned>();
      for (Standing standing : Standing.values()) {
        some.addAll(step.plan().shortlist(standing, SHORT));
      }
      plans.add(plan(step.plan(), Optional.of(step.quality()), some));
    }
    return document(plan.question(), plans, List.of(), catalogVersion);
  }

  private String document(
      PlanQuestion question, List<JsonValue> plans, List<Deployment> ways, String catalogVersion) {
    return JsonWriter.pretty(
        JsonValue.object()
            .put("schema_version", LoadJson.SCHEMA_VERSION)
            .put("command", "plan")
            .put("use_case", question.useCase().id())
            .put(
                "min_tokens_per_second",
                question
                    .minSpeed()
                    .map(
                        least ->
                            new JsonValue.Decimal(LoadJson.hundredths(least.tokensPerSecond()))))
            .put("max_power_watts", whole(question.maxWatts()))
            .put("max_price_usd", whole(question.maxPriceUsd()))
            .put("kind", question.kind().map(kind -> new JsonValue.Text(word(kind))))
            .put("plans", plans)
            .put("deployments", deployments(ways))
            .put("sources", sources(ways))
            .put("catalog_version", catalogVersion)
            .build());
  }

  private static List<Deployment> ways(HardwarePlan plan) {
    return plan.deployments();
  }

  private JsonValue plan(HardwarePlan plan, Optional<Quality> quality, List<Planned> shown) {
    FitEstimator.Need need = MemoryByContext.need(plan.tag(), plan.context(), KvCacheType.F16);
    var hardware = new ArrayList<JsonValue>();
    for (Planned one : shown) {
      hardware.add(planned(one).build());
    }
    return JsonValue.object()
        .put("tag", plan.tag().fullName())
        .put("context_tokens", plan.context().tokens())
        .put(
            "quality",
            quality.map(score -> new JsonValue.Decimal(LoadJson.hundredths(score.score()))))
        .put("weights_bytes", need.weights().count())
        .put("kv_cache_bytes", need.kvCache().count())
        .put("compute_bytes", need.compute().count())
        .put("target_tokens_per_second", LoadJson.hundredths(plan.target().tokensPerSecond()))
        .put("met", plan.isMet())
        .put("hardware", hardware)
        .put("nearest", plan.nearest().map(this::miss))
        .build();
  }

  private JsonValue miss(HardwarePlan.Miss miss) {
    var wording = new RemedyWording(messages);
    var remedies = new ArrayList<JsonValue>();
    for (Remedy remedy : miss.remedies()) {
      remedies.add(
          JsonValue.object()
              .put("kind", RemedyWording.kind(remedy))
              .put("message", wording.sentence(remedy))
              .build());
    }
    return planned(miss.planned())
        .put(
            "max_context_tokens",
            miss.largestWhole().map(context -> new JsonValue.Whole(context.tokens())))
        .put("remedies", remedies)
        .build();
  }

  private static JsonValue.Builder planned(Planned one) {
    Build build = one.build();
    Optional<Build.Gpus> gpus = build.gpus();
    return JsonValue.object()
        .put("standing", word(one.standing()))
        .put("kind", word(build.kind()))
        .put("gpu", gpus.map(cards -> new JsonValue.Text(cards.model().name())))
        .put("number", gpus.map(Build.Gpus::number).orElse(0))
        .put("gpu_memory_bytes", gpus.map(cards -> LoadJson.bytes(cards.memory())))
        .put("cpu", build.cpu().map(JsonValue.Text::new))
        .put("ram_bytes", build.ram().count())
        .put("verdict", Codes.verdict(one.fit()))
        .put("placement", LoadJson.placement(one.fit().plan().placement()))
        .put("headroom_bytes", one.fit().plan().headroom().count())
        .put("speed", LoadJson.speed(one.speed()))
        .put("speed_at_first", LoadJson.speed(one.atFirst()))
        .put("speed_when_full", LoadJson.speed(one.whenFull()))
        .put("answer_seconds", one.answerTime().map(LoadJson::answerTime))
        .put("power_watts", whole(build.watts()))
        .put("list_price_usd", whole(build.listPriceUsd()))
        .put("list_price_year", whole(build.listPriceYear()))
        .put("availability", build.availability().map(how -> new JsonValue.Text(word(how))))
        .put(
            "bandwidth_certainty",
            gpus.map(cards -> new JsonValue.Text(word(cards.model().bandwidthCertainty()))));
  }

  private static Optional<JsonValue> whole(OptionalInt figure) {
    return figure.isPresent()
        ? Optional.of(new JsonValue.Whole(figure.getAsInt()))
        : Optional.empty();
  }

  private List<JsonValue> deployments(List<Deployment> ways) {
    var list = new ArrayList<JsonValue>();
    for (Deployment way : ways) {
      var notes = new ArrayList<String>();
      for (String note : way.notes()) {
        notes.add(messages.text("plan.note." + note));
      }
      var rates = new ArrayList<JsonValue>();
      for (Deployment.Rate rate : way.rates()) {
        rates.add(rate(rate));
      }
      list.add(
          JsonValue.object()
              .put("id", way.id())
              .put("engine", way.engine())
              .put("nodes", way.nodes())
              .put("hardware", way.hardware())
              .put("weights", way.weights())
              .put("weights_gib", way.weightsGib())
              .put("gpu_gib_per_node", whole(way.gpuGibPerNode()))
              .put("ram_gib_per_node", whole(way.ramGibPerNode()))
              .put("certainty", word(way.certainty()))
              .put("split", way.split().map(JsonValue.Text::new))
              .put("notes", JsonValue.texts(notes))
              .put("rates", rates)
              .put("command", JsonValue.texts(way.command()))
              .put("sources", JsonValue.texts(way.sources()))
              .build());
    }
    return list;
  }

  private static JsonValue rate(Deployment.Rate rate) {
    return JsonValue.object()
        .put("engine", rate.engine().map(JsonValue.Text::new))
        .put("tokens_per_second", rate.low())
        .put(
            "tokens_per_second_high",
            rate.high().isPresent()
                ? Optional.of(new JsonValue.Decimal(rate.high().getAsDouble()))
                : Optional.<JsonValue>empty())
        .put("streams", rate.streams().orElse(1))
        .put("on", rate.on())
        .put("date", rate.date())
        .put("source", rate.source())
        .build();
  }

  private JsonValue sources(List<Deployment> ways) {
    Map<String, Source> used = new TreeMap<>();
    for (Deployment way : ways) {
      for (String id : way.sources()) {
        use(id, used);
      }
      for (Deployment.Rate rate : way.rates()) {
        use(rate.source(), used);
      }
    }
    var list = JsonValue.object();
    used.forEach(
        (id, source) ->
            list.put(
                id,
                JsonValue.object()
                    .put("reference", source.reference())
                    .put("title", source.title())
                    .put("date", source.date())
                    .build()));
    return list.build();
  }

  private void use(String id, Map<String, Source> used) {
    Source source = deployments.sources().get(id);
    if (source != null) {
      used.put(id, source);
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
