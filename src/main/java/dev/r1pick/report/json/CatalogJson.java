package dev.r1pick.report.json;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Variant;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.report.words.MemoryByContext;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.Locale;

/// The catalog as JSON: every tag, or all that is known of one.
public final class CatalogJson {
  private CatalogJson() {}

  /// The answer to `list`.
  public static String list(Catalog catalog) {
    return JsonWriter.pretty(
        JsonValue.object()
            .put("schema_version", LoadJson.SCHEMA_VERSION)
            .put("command", "list")
            .put("tags", catalog.tags().stream().map(tag -> tag(catalog, tag).build()).toList())
            .put("catalog_version", catalog.version())
            .build());
  }

  /// The answer to `show`.
  public static String show(Catalog catalog, ModelTag tag) {
    return JsonWriter.pretty(
        JsonValue.object()
            .put("schema_version", LoadJson.SCHEMA_VERSION)
            .put("command", "show")
            .put(
                "tag",
                tag(catalog, tag)
                    .put("memory", memory(tag))
                    .put("benchmarks", benchmarks(tag.variant()))
                    .build())
            .put("catalog_version", catalog.version())
            .build());
  }

  private static JsonValue benchmarks(Variant variant) {
    return new JsonValue.Items(
        variant.benchmarks().stream()
            .map(
                b ->
                    (JsonValue)
                        JsonValue.object()
                            .put("id", b.id())
                            .put("value", b.value())
                            .put("certainty", b.certainty().name().toLowerCase(Locale.ROOT))
                            .put("source", b.source())
                            .build())
            .toList());
  }

  private static JsonValue.Builder tag(Catalog catalog, ModelTag tag) {
    Variant variant = tag.variant();
    return JsonValue.object()
        .put("tag", tag.fullName())
        .put("command", tag.pullCommand())
        .put("explicit_tag", catalog.explicit(tag).fullName())
        .put("same_as", JsonValue.texts(tag.sameAs()))
        .put("variant", variant.id())
        .put("name", variant.name())
        .put("base_model", variant.baseModel())
        .put("distill", variant.distill())
        .put("quantization", tag.quantization().label())
        .put("download_bytes", tag.download().count())
        .put("download_certainty", tag.downloadCertainty().name().toLowerCase(Locale.ROOT))
        .put("download_tolerance_bytes", tag.downloadTolerance().count())
        .put("digest", tag.digest().map(JsonValue.Text::new))
        .put("parameters", variant.architecture().parameters())
        .put("active_parameters", variant.architecture().activeParameters())
        .put("trained_context_tokens", variant.trainedContext().tokens())
        .put("weights_license", variant.weightsLicense())
        .put("base_license", variant.baseLicense())
        .put("release_date", variant.releaseDate());
  }

  private static JsonValue memory(ModelTag tag) {
    var rows = new ArrayList<JsonValue>();
    for (KvCacheType type : MemoryByContext.types(tag)) {
      for (ContextLength context : MemoryByContext.contexts(tag)) {
        var need = MemoryByContext.need(tag, context, type);
        rows.add(
            JsonValue.object()
                .put("context_tokens", context.tokens())
                .put("kv_cache_type", type.label())
                .put("weights_bytes", need.weights().count())
                .put("kv_cache_bytes", need.kvCache().count())
                .put("compute_bytes", need.compute().count())
                .put("total_bytes", need.device().count())
                .put("host_bytes", need.host().count())
                .build());
      }
    }
    return new JsonValue.Items(rows);
  }
}
