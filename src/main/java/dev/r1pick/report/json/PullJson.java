package dev.r1pick.report.json;

import dev.r1pick.install.PullCheck;
import dev.r1pick.install.PullEvent;
import dev.r1pick.install.PullPlan;
import dev.r1pick.install.PullProgress;
import dev.r1pick.install.VariantPlan;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.ollama.store.Partial;
import dev.r1pick.report.words.PullWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A pull as lines of JSON, one event each (docs/schema/pull.schema.json).
public final class PullJson {
  private final UnaryOperator<String> redaction;

  /// A writer.
  ///
  /// @param redaction takes the owner's name out of a path
  public PullJson(UnaryOperator<String> redaction) {
    this.redaction = redaction;
  }

  /// The line of an event.
  public String event(PullEvent event) {
    return line(
        switch (event) {
          case PullEvent.ServerStarts _ -> named("server-starts");
          case PullEvent.Planned(var plan) -> planned(plan);
          case PullEvent.Mends(var models) ->
              named("deletes-models").put("models", JsonValue.texts(models));
          case PullEvent.RemovesPartials(var files) ->
              named("deleted-download").put("files", JsonValue.texts(files));
          case PullEvent.NameTaken(var name) -> named("name-taken").put("name", name);
          case PullEvent.Goes(var progress) -> progress(progress);
          case PullEvent.Retries retries ->
              named("retries")
                  .put("cause", PullWording.id(retries.failure()))
                  .put("host", retries.failure().host().map(JsonValue.Text::new))
                  .put("said", redaction.apply(retries.failure().said()))
                  .put("pause_seconds", retries.pause().toSeconds())
                  .put("attempt", retries.attempt());
          case PullEvent.Arrived(var check) -> arrived(check);
          case PullEvent.Variant(var variant, var existed) ->
              named("variant").put("variant", variant(variant)).put("existed", existed);
        });
  }

  /// The last line.
  ///
  /// @param dryRun whether nothing was done
  /// @param settings lines for the server; none where its defaults do
  public String end(String run, boolean dryRun, List<String> settings) {
    return line(
        named(dryRun ? "dry-run" : "done")
            .put("run", run)
            .put("run_command", "ollama run " + run)
            .put("server_settings", JsonValue.texts(settings)));
  }

  private static JsonValue.Builder named(String event) {
    return JsonValue.object()
        .put("schema_version", LoadJson.SCHEMA_VERSION)
        .put("command", "pull")
        .put("event", event);
  }

  private static String line(JsonValue.Builder event) {
    return JsonWriter.compact(event.build()) + "\n";
  }

  private JsonValue.Builder planned(PullPlan plan) {
    var broken = new ArrayList<String>();
    for (Partial partial : plan.broken()) {
      broken.addAll(partial.files());
    }
    return named("planned")
        .put("tag", plan.tag().fullName())
        .put("server", redaction.apply(plan.server().toString()))
        .put("ollama_version", plan.version())
        .put("state", word(plan.state()))
        .put("total_bytes", plan.tag().download().count())
        .put("left_bytes", plan.left().count())
        .put(
            "models_path",
            plan.place().map(place -> new JsonValue.Text(redaction.apply(place.toString()))))
        .put("models_path_read", plan.storeSeen())
        .put("free_bytes", plan.free().map(free -> new JsonValue.Whole(free.count())))
        .put("damaged_models", JsonValue.texts(plan.damaged()))
        .put("dead_downloads", JsonValue.texts(broken))
        .put("variant", plan.variant().map(PullJson::variant));
  }

  private static JsonValue variant(VariantPlan variant) {
    return JsonValue.object()
        .put("name", variant.name())
        .put("from", variant.from())
        .put("context_tokens", variant.context().tokens())
        .build();
  }

  private static JsonValue.Builder progress(PullProgress progress) {
    Optional<JsonValue> rate =
        progress.bytesPerSecond().isEmpty()
            ? Optional.empty()
            : Optional.of(new JsonValue.Whole(progress.bytesPerSecond().getAsLong()));
    return named("progress")
        .put("phase", word(progress.phase()))
        .put("completed_bytes", progress.done().count())
        .put("total_bytes", progress.total().count())
        .put("bytes_per_second", rate)
        .put(
            "seconds_left", progress.timeLeft().map(left -> new JsonValue.Whole(left.toSeconds())));
  }

  private static JsonValue.Builder arrived(PullCheck check) {
    return named("arrived")
        .put("tag", check.tag().fullName())
        .put("digest", check.digest())
        .put("build", word(check.build()))
        .put("weights_digest", check.weights().map(JsonValue.Text::new))
        .put("weights_as_pulled", check.weightsAsPulled().map(JsonValue.Flag::new))
        .put("size_bytes", check.size().count());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
