package dev.r1pick.catalog.read;

import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.deployment.Deployment;
import dev.r1pick.catalog.deployment.Deployments;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson.Problem;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.units.Bytes;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/// Reads the file of deployments, as strictly as [CatalogReader]. Only `plan` needs it.
public final class DeploymentReader {
  /// The shipped file, as messages name it.
  public static final String FILE = "catalog/deployments.json";

  private static final int MOST_GIB = 65_536;

  private final Map<String, Source> sources;
  private final Set<String> ids = new HashSet<>();

  private DeploymentReader(Map<String, Source> sources) {
    this.sources = sources;
  }

  /// The file that ships with the program.
  ///
  /// @throws dev.r1pick.json.InvalidJson if it is broken
  public static Deployments readDefault() {
    return Resources.read(FILE, DeploymentReader::read);
  }

  /// A file from elsewhere.
  ///
  /// @param fileName as the user knows it, for messages
  /// @throws dev.r1pick.json.InvalidJson if it is not what it should be
  public static Deployments read(String fileName, Reader text) {
    return Fields.read(fileName, JsonReader.read(fileName, text), DeploymentReader::deployments);
  }

  private static Deployments deployments(Fields fields) {
    String version = fields.text("catalog_version");
    Map<String, Source> sources = fields.map("sources", CatalogReader::source);
    var reader = new DeploymentReader(sources);
    return new Deployments(
        version,
        sources,
        fields.list("processors", DeploymentReader::processor),
        fields.list("expert_hosts", DeploymentReader::expertHost),
        fields.list("deployments", reader::deployment));
  }

  private static Deployments.Processor processor(Fields fields) {
    return new Deployments.Processor(fields.text("cpu"), ram(fields));
  }

  private static Deployments.ExpertHost expertHost(Fields fields) {
    return new Deployments.ExpertHost(fields.text("cpu"), fields.text("gpu"), ram(fields));
  }

  /// Sizes in GiB, small to large.
  private static List<Bytes> ram(Fields fields) {
    if (!(fields.any("ram_gib") instanceof JsonValue.Items(var items)) || items.isEmpty()) {
      throw fields.invalid("ram_gib", Problem.WRONG_KIND, "an array");
    }
    var sizes = new ArrayList<Bytes>(items.size());
    for (JsonValue item : items) {
      if (!(item instanceof JsonValue.Whole(var gib))) {
        throw fields.invalid("ram_gib", Problem.WRONG_KIND, "a whole number");
      }
      if (gib < 1 || gib > MOST_GIB) {
        throw fields.invalid("ram_gib", Problem.OUT_OF_RANGE, "1 … " + MOST_GIB);
      }
      Bytes size = Bytes.ofGiB(gib);
      if (!sizes.isEmpty() && size.compareTo(sizes.getLast()) <= 0) {
        throw fields.invalid("ram_gib", Problem.NOT_ALLOWED, "small to large");
      }
      sizes.add(size);
    }
    return sizes;
  }

  private Deployment deployment(Fields fields) {
    String id = fields.identifier("id");
    if (!ids.add(id)) {
      throw fields.invalid("id", Problem.DUPLICATE, id);
    }
    return new Deployment(
        id,
        fields.text("engine"),
        fields.integer("nodes", 1, 64),
        fields.text("hardware"),
        fields.text("weights"),
        fields.integer("weights_gib", 1, MOST_GIB),
        gib(fields, "gpu_gib_per_node"),
        gib(fields, "ram_gib_per_node"),
        CatalogReader.certainty(fields, "certainty"),
        fields.optionalText("split"),
        fields.optionalTexts("notes"),
        fields.optionalList("rates", this::rate),
        fields.optionalTexts("command"),
        CatalogReader.sourceIds(fields, "sources", sources));
  }

  private static OptionalInt gib(Fields fields, String name) {
    return fields.has(name)
        ? OptionalInt.of(fields.integer(name, 1, MOST_GIB))
        : OptionalInt.empty();
  }

  private Deployment.Rate rate(Fields fields) {
    String source = fields.text("source");
    if (!sources.containsKey(source)) {
      throw fields.invalid("source", Problem.DANGLING, source);
    }
    double low = fields.decimal("tokens_per_second", 0.01, 100_000);
    return new Deployment.Rate(
        fields.optionalText("engine"),
        low,
        fields.has("tokens_per_second_high")
            ? OptionalDouble.of(fields.decimal("tokens_per_second_high", low, 100_000))
            : OptionalDouble.empty(),
        fields.has("streams")
            ? OptionalInt.of(fields.integer("streams", 2, 100_000))
            : OptionalInt.empty(),
        fields.text("on"),
        fields.text("date"),
        source);
  }
}
