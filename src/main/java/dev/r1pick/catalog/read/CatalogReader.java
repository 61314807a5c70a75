package dev.r1pick.catalog.read;

import dev.r1pick.catalog.Alias;
import dev.r1pick.catalog.Benchmark;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.Certainty;
import dev.r1pick.catalog.Evidence;
import dev.r1pick.catalog.License;
import dev.r1pick.catalog.Licenses;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Quantization;
import dev.r1pick.catalog.QuantizationFacts;
import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.Variant;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson.Problem;
import dev.r1pick.json.JsonReader;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the catalog of variants and tags, strictly: what is missing, unknown, twice, out of range
/// or refers to nothing is an error that names file and place.
public final class CatalogReader {
  /// The shipped file, as messages name it.
  public static final String FILE = "catalog/deepseek-r1.json";

  static final Map<String, Quantization> QUANTIZATIONS =
      Map.of(
          "q4_k_m", Quantization.Q4_K_M,
          "q8_0", Quantization.Q8_0,
          "f16", Quantization.F16);
  private static final Map<String, QuantizationFacts.Measure> MEASURES =
      Map.of(
          "accuracy_drop_percent", QuantizationFacts.Measure.ACCURACY_DROP,
          "perplexity_increase_percent", QuantizationFacts.Measure.PERPLEXITY_INCREASE);
  private static final Map<String, Variant.ToolUse> TOOL_USE =
      Map.of(
          "accepted", Variant.ToolUse.ACCEPTED,
          "refused", Variant.ToolUse.REFUSED,
          "unknown", Variant.ToolUse.UNKNOWN);

  /// Larger than any download; keeps sums of two inside 64 bits.
  private static final long MOST_BYTES = 1L << 50;

  private final Map<String, Source> sources;
  private final Set<String> licenseNames = new HashSet<>();
  private final Map<String, Variant> variants = new LinkedHashMap<>();

  private CatalogReader(Map<String, Source> sources) {
    this.sources = sources;
  }

  /// The catalog that ships with the program.
  ///
  /// @throws dev.r1pick.json.InvalidJson if it is broken
  public static Catalog readDefault() {
    return PreparedData.catalog().orElseGet(() -> Resources.read(FILE, CatalogReader::read));
  }

  /// A catalog from elsewhere.
  ///
  /// @param fileName as the user knows it, for messages
  /// @throws dev.r1pick.json.InvalidJson if it is not what it should be
  public static Catalog read(String fileName, Reader text) {
    return Fields.read(fileName, JsonReader.read(fileName, text), CatalogReader::catalog);
  }

  private static Catalog catalog(Fields fields) {
    String version = fields.text("catalog_version");
    Map<String, Source> sources = fields.map("sources", CatalogReader::source);
    return new CatalogReader(sources).rest(version, fields);
  }

  static Source source(Fields fields) {
    return new Source(
        fields.text("reference"), fields.text("title"), fields.text("date"), fields.text("kind"));
  }

  private Catalog rest(String version, Fields fields) {
    var licenses = new Licenses(fields.list("licenses", this::license));
    List<QuantizationFacts> quantizations = fields.list("quantizations", this::quantization);
    List<Variant> all = fields.list("variants", this::variant);
    Set<String> aliasNames = new HashSet<>();
    List<Alias> aliases = fields.list("aliases", alias -> alias(alias, aliasNames));
    Set<String> names = new HashSet<>();
    List<ModelTag> tags = fields.list("tags", tag -> tag(tag, names, aliases));
    for (int i = 0; i < aliases.size(); i++) {
      Alias alias = aliases.get(i);
      String at = "aliases[" + i + "].";
      refer(fields, at + "name", names, alias.name());
      refer(fields, at + "target", names, alias.target());
      if (alias.formerTarget().isPresent()) {
        refer(fields, at + "former_target", names, alias.formerTarget().get());
      }
      if (explicitName(alias.target(), aliases).isEmpty()) {
        throw fields.invalid(at + "target", Problem.DANGLING, alias.target());
      }
    }
    return new Catalog(version, sources, licenses, quantizations, all, aliases, tags);
  }

  private static void refer(Fields fields, String at, Set<String> names, String name) {
    if (!names.contains(name)) {
      throw fields.invalid(at, Problem.DANGLING, name);
    }
  }

  private License license(Fields fields) {
    String name = fields.text("name");
    if (!licenseNames.add(name)) {
      throw fields.invalid("name", Problem.DUPLICATE, name);
    }
    return new License(fields.identifier("id"), name, fields.flag("permissive"), evidence(fields));
  }

  private String licenseName(Fields fields, String at) {
    String name = fields.text(at);
    refer(fields, at, licenseNames, name);
    return name;
  }

  private QuantizationFacts quantization(Fields fields) {
    Quantization quantization = fields.oneOf("id", QUANTIZATIONS);
    if (!fields.text("label").equals(quantization.label())) {
      throw fields.invalid("label", Problem.NOT_ALLOWED, quantization.label());
    }
    fields.forPeople("bits_per_weight", "bits_certainty", "bits_source");
    return new QuantizationFacts(quantization, fields.list("losses", this::loss));
  }

  private QuantizationFacts.Loss loss(Fields fields) {
    return new QuantizationFacts.Loss(
        fields.oneOf("measure", MEASURES),
        fields.text("on"),
        fields.decimal("value", 0, 100),
        evidence(fields));
  }

  private Variant variant(Fields fields) {
    String id = fields.identifier("id");
    fields.forPeople("parameters_label", "sampling");
    Set<String> benchmarkIds = new HashSet<>();
    var variant =
        new Variant(
            id,
            fields.text("name"),
            fields.text("size_label"),
            fields.text("base_model"),
            fields.flag("distill"),
            fields.text("release_date"),
            licenseName(fields, "weights_license"),
            licenseName(fields, "base_license"),
            ContextLength.of(fields.integer("trained_context_tokens", 1, 1 << 24)),
            fields.object("architecture", ArchitectureReader::architecture),
            fields.list("benchmarks", benchmark -> benchmark(benchmark, benchmarkIds)),
            fields.flag("thinking"),
            fields.oneOf("tools", TOOL_USE),
            fields.has("gguf_header_bytes")
                ? Optional.of(Bytes.of(fields.whole("gguf_header_bytes", 0, MOST_BYTES)))
                : Optional.empty(),
            fields.map("evidence", this::evidence));
    if (variants.put(id, variant) != null) {
      throw fields.invalid("id", Problem.DUPLICATE, id);
    }
    return variant;
  }

  private Benchmark benchmark(Fields fields, Set<String> ids) {
    String id = fields.text("id");
    if (!ids.add(id)) {
      throw fields.invalid("id", Problem.DUPLICATE, id);
    }
    Evidence evidence = evidence(fields);
    return new Benchmark(
        id, fields.decimal("value", 0, 10_000), evidence.certainty(), evidence.source());
  }

  private Alias alias(Fields fields, Set<String> names) {
    String name = fields.identifier("name");
    if (!names.add(name)) {
      throw fields.invalid("name", Problem.DUPLICATE, name);
    }
    fields.optionalText("since");
    return new Alias(
        name, fields.identifier("target"), fields.optionalText("former_target"), evidence(fields));
  }

  private ModelTag tag(Fields fields, Set<String> names, List<Alias> aliases) {
    String name = fields.identifier("name");
    if (!names.add(name)) {
      throw fields.invalid("name", Problem.DUPLICATE, name);
    }
    if (fields.has("digest")) {
      fields.forPeople("digest_certainty");
    }
    String variantId = fields.text("variant");
    Optional<Variant> variant = Optional.ofNullable(variants.get(variantId));
    return new ModelTag(
        name,
        variant.orElseThrow(() -> fields.invalid("variant", Problem.DANGLING, variantId)),
        fields.oneOf("quantization", QUANTIZATIONS),
        fields.has("value_tensors")
            ? Optional.of(fields.oneOf("value_tensors", QUANTIZATIONS))
            : Optional.empty(),
        Bytes.of(fields.whole("size_bytes", 1, MOST_BYTES)),
        certainty(fields, "size_certainty"),
        Bytes.of(fields.whole("size_tolerance_bytes", 0, MOST_BYTES)),
        digest(fields),
        sameManifest(name, aliases),
        fields.optionalList("formerly", this::former),
        sourceIds(fields, "sources"));
  }

  private ModelTag.Former former(Fields fields) {
    String variantId = fields.text("variant");
    if (!variants.containsKey(variantId)) {
      throw fields.invalid("variant", Problem.DANGLING, variantId);
    }
    return new ModelTag.Former(
        Bytes.of(fields.whole("size_bytes", 1, MOST_BYTES)),
        digest(fields),
        fields.optionalText("until"),
        variantId,
        certainty(fields, "size_certainty"),
        sourceId(fields, "source"));
  }

  /// All of a sha256 in lower-case hex, or its first 12 digits.
  private static Optional<String> digest(Fields fields) {
    Optional<String> digest = fields.optionalText("digest");
    if (digest.isPresent()) {
      String hex = digest.get();
      for (int i = 0; i < hex.length(); i++) {
        if ("0123456789abcdef".indexOf(hex.charAt(i)) < 0) {
          throw fields.invalid("digest", Problem.NOT_ALLOWED, "0-9 a-f");
        }
      }
      if (hex.length() != 64 && hex.length() != 12) {
        throw fields.invalid("digest", Problem.OUT_OF_RANGE, "12, 64");
      }
    }
    return digest;
  }

  /// The other names of the same manifest, in the order of the aliases.
  private static List<String> sameManifest(String name, List<Alias> aliases) {
    String explicit = explicitName(name, aliases).orElse(name);
    var same = new ArrayList<String>();
    for (Alias alias : aliases) {
      if (!alias.name().equals(name)
          && explicitName(alias.name(), aliases).equals(Optional.of(explicit))) {
        same.add(alias.name());
      }
    }
    if (!explicit.equals(name)) {
      same.add(explicit);
    }
    return same;
  }

  /// The name at the end of a chain of aliases; empty if the chain is a circle.
  private static Optional<String> explicitName(String name, List<Alias> aliases) {
    String current = name;
    for (int step = 0; step <= aliases.size(); step++) {
      Optional<String> next = Optional.empty();
      for (Alias alias : aliases) {
        if (alias.name().equals(current)) {
          next = Optional.of(alias.target());
        }
      }
      if (next.isEmpty()) {
        return Optional.of(current);
      }
      current = next.get();
    }
    return Optional.empty();
  }

  private Evidence evidence(Fields fields) {
    return new Evidence(certainty(fields, "certainty"), sourceId(fields, "source"));
  }

  static Certainty certainty(Fields fields, String name) {
    return fields.oneOf(name, CertaintyWords.WORDS);
  }

  private String sourceId(Fields fields, String name) {
    String id = fields.text(name);
    if (!sources.containsKey(id)) {
      throw fields.invalid(name, Problem.DANGLING, id);
    }
    return id;
  }

  private List<String> sourceIds(Fields fields, String name) {
    return sourceIds(fields, name, sources);
  }

  static List<String> sourceIds(Fields fields, String name, Map<String, Source> sources) {
    List<String> ids = fields.texts(name);
    for (String id : ids) {
      if (!sources.containsKey(id)) {
        throw fields.invalid(name, Problem.DANGLING, id);
      }
    }
    return ids;
  }
}
