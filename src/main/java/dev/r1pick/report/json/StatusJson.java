package dev.r1pick.report.json;

import dev.r1pick.install.R1Status;
import dev.r1pick.install.R1Status.Kind;
import dev.r1pick.install.R1Status.Loaded;
import dev.r1pick.install.R1Status.Model;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.ollama.store.Partial;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What of R1 is there, as JSON (docs/schema/status.schema.json).
public final class StatusJson {
  private final UnaryOperator<String> redaction;

  /// A writer.
  ///
  /// @param redaction takes the owner's name out of a path
  public StatusJson(UnaryOperator<String> redaction) {
    this.redaction = redaction;
  }

  /// One document.
  public String status(R1Status status, String catalogVersion) {
    var models = new ArrayList<JsonValue>();
    status.models().forEach(model -> models.add(model(model)));
    var loaded = new ArrayList<JsonValue>();
    status.loaded().forEach(one -> loaded.add(loaded(one)));
    var begun = new ArrayList<JsonValue>();
    status.partials().forEach(partial -> begun.add(partial(partial)));
    return JsonWriter.pretty(
        JsonValue.object()
            .put("schema_version", LoadJson.SCHEMA_VERSION)
            .put("catalog_version", catalogVersion)
            .put(
                "server",
                JsonValue.object()
                    .put("url", redaction.apply(status.server().toString()))
                    .put("answers", status.version().isPresent())
                    .put("version", status.version().map(JsonValue.Text::new))
                    .build())
            .put(
                "store",
                JsonValue.object()
                    .put(
                        "models_path",
                        status
                            .place()
                            .map(place -> new JsonValue.Text(redaction.apply(place.toString()))))
                    .put("read", status.storeSeen())
                    .put("r1_bytes", bytes(status.used()))
                    .put("free_bytes", bytes(status.free()))
                    .build())
            .put("models", models)
            .put("loaded", loaded)
            .put("unfinished", begun)
            .build());
  }

  private static Optional<JsonValue> bytes(Optional<Bytes> bytes) {
    return bytes.map(known -> new JsonValue.Whole(known.count()));
  }

  private static JsonValue model(Model model) {
    JsonValue.Builder object =
        JsonValue.object()
            .put("name", model.name())
            .put("size_bytes", model.size().count())
            .put("freed_bytes", bytes(model.alone()))
            .put("same_as", JsonValue.texts(model.sameAs()))
            .put("broken", model.broken());
    switch (model.kind()) {
      case Kind.Current(var tag) ->
          object
              .put("kind", "current")
              .put("tag", tag.fullName())
              .put("variant", tag.variant().id());
      case Kind.Older(var tag, var former) ->
          object.put("kind", "older").put("tag", tag.fullName()).put("variant", former.variantId());
      case Kind.Made(var from, var context) ->
          object
              .put("kind", "made")
              .put("from", from)
              .put("context_tokens", context.map(length -> new JsonValue.Whole(length.tokens())));
      case Kind.Unknown(boolean latentCache) ->
          object.put("kind", "unknown").put("latent_cache", latentCache);
    }
    return object.build();
  }

  private static JsonValue loaded(Loaded loaded) {
    return JsonValue.object()
        .put("name", loaded.model().name())
        .put("tag", loaded.tag().map(tag -> new JsonValue.Text(tag.fullName())))
        .put("size_bytes", loaded.model().size().count())
        .put("vram_bytes", loaded.model().vram().count())
        .put("gpu_percent", loaded.gpuPercent())
        .put(
            "context_tokens",
            loaded.model().context().map(length -> new JsonValue.Whole(length.tokens())))
        .put("expires", loaded.model().expires().map(JsonValue.Text::new))
        .put(
            "planned",
            loaded
                .planned()
                .map(
                    plan ->
                        JsonValue.object()
                            .put("size_bytes", plan.size().count())
                            .put("gpu_percent", plan.gpuPercent())
                            .build()))
        .build();
  }

  private static JsonValue partial(Partial partial) {
    return JsonValue.object()
        .put("digest", partial.digest())
        .put("completed_bytes", partial.completed().count())
        .put("total_bytes", partial.total().count())
        .put("dead", !partial.broken().isEmpty())
        .put("files", JsonValue.texts(partial.files()))
        .build();
  }
}
