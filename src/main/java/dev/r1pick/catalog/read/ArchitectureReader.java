package dev.r1pick.catalog.read;

import dev.r1pick.catalog.Architecture;
import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.Certainty;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson.Problem;
import java.util.Map;
import java.util.Optional;

/// Reads the dimensions of a variant.
final class ArchitectureReader {
  private static final Map<String, Architecture.Family> FAMILIES =
      Map.of(
          "qwen2", Architecture.Family.QWEN2,
          "qwen3", Architecture.Family.QWEN3,
          "llama", Architecture.Family.LLAMA,
          "deepseek2", Architecture.Family.DEEPSEEK2);
  private static final long MOST_PARAMETERS = 1L << 44;
  private static final int MOST = 1 << 20;

  private ArchitectureReader() {}

  static Architecture architecture(Fields fields) {
    Layouts layouts = fields.object("attention", ArchitectureReader::layouts);
    return new Architecture(
        fields.oneOf("family", FAMILIES),
        fields.whole("parameters", 1, MOST_PARAMETERS),
        fields.integer("layers", 1, 1000),
        fields.integer("embedding_length", 1, MOST),
        fields.integer("feed_forward_length", 1, MOST),
        fields.integer("vocabulary_size", 1, MOST),
        layouts.planned(),
        layouts.other(),
        fields.flag("query_key_value_bias"),
        fields.flag("query_key_norm"),
        fields.optionalObject("experts", ArchitectureReader::experts));
  }

  /// The layout to plan with and the one that a file may have instead.
  private record Layouts(Attention planned, Optional<Attention> other) {}

  private static Layouts layouts(Fields fields) {
    return switch (fields.text("kind")) {
      case "grouped_heads" ->
          new Layouts(
              new Attention.GroupedHeads(
                  fields.integer("heads", 1, MOST),
                  fields.integer("kv_heads", 1, MOST),
                  fields.integer("head_size", 1, MOST)),
              Optional.empty());
      case "latent" -> latent(fields);
      default -> throw fields.invalid("kind", Problem.NOT_ALLOWED, "grouped_heads, latent");
    };
  }

  /// One and the same model can be written to a file in two layouts; where it is not known which
  /// one was published, the other one stays possible.
  private static Layouts latent(Fields fields) {
    var sizes =
        new Attention.LatentSizes(
            fields.integer("heads", 1, MOST),
            fields.integer("query_rank", 1, MOST),
            fields.integer("kv_rank", 1, MOST),
            fields.integer("no_position_head_size", 1, MOST),
            fields.integer("rope_head_size", 1, MOST),
            fields.integer("value_head_size", 1, MOST));
    Map<String, Boolean> words = Map.of("full_heads", true, "latent", false);
    boolean full = fields.oneOf("planned_layout", words);
    boolean sure = CatalogReader.certainty(fields, "layout_certainty") == Certainty.EXACT;
    Attention planned = full ? new Attention.FullHeads(sizes) : new Attention.Latent(sizes);
    Attention other = full ? new Attention.Latent(sizes) : new Attention.FullHeads(sizes);
    return new Layouts(planned, sure ? Optional.empty() : Optional.of(other));
  }

  private static Architecture.Experts experts(Fields fields) {
    return new Architecture.Experts(
        fields.integer("count", 1, MOST),
        fields.integer("used", 1, MOST),
        fields.integer("shared", 0, MOST),
        fields.integer("leading_dense_layers", 0, 1000),
        fields.integer("feed_forward_length", 1, MOST),
        fields.whole("active_parameters", 1, MOST_PARAMETERS));
  }
}
