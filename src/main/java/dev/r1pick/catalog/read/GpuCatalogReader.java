package dev.r1pick.catalog.read;

import dev.r1pick.catalog.Certainty;
import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.gpu.GpuMarket;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson.Kind;
import dev.r1pick.json.InvalidJson.Problem;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.units.Bandwidth;
import dev.r1pick.units.Bytes;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/// Reads the file of known GPUs, as strictly as [CatalogReader]. Read it only where there is a GPU
/// to look up.
public final class GpuCatalogReader {
  /// The shipped file, as messages name it.
  public static final String FILE = "catalog/gpus.json";

  private static final long MOST_GIB = 4096;

  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2100;

  private static final Map<String, GpuMarket.Availability> AVAILABILITIES =
      Map.of(
          "sold", GpuMarket.Availability.SOLD,
          "second-hand", GpuMarket.Availability.SECOND_HAND,
          "data-center", GpuMarket.Availability.DATA_CENTER,
          "china", GpuMarket.Availability.CHINA,
          "announced", GpuMarket.Availability.ANNOUNCED);

  private static final Map<String, GpuModel.Form> FORMS =
      Map.of(
          "discrete", GpuModel.Form.DISCRETE,
          "laptop", GpuModel.Form.LAPTOP,
          "soc", GpuModel.Form.SOC,
          "apu", GpuModel.Form.APU,
          "igpu", GpuModel.Form.IGPU,
          "accelerator", GpuModel.Form.ACCELERATOR);

  private final Map<String, Source> sources;
  private final Set<String> names = new HashSet<>();

  private GpuCatalogReader(Map<String, Source> sources) {
    this.sources = sources;
  }

  /// The file that ships with the program.
  ///
  /// @throws dev.r1pick.json.InvalidJson if it is broken
  public static GpuCatalog readDefault() {
    return PreparedData.gpus().orElseGet(() -> Resources.read(FILE, GpuCatalogReader::read));
  }

  /// A file from elsewhere.
  ///
  /// @param fileName as the user knows it, for messages
  /// @throws dev.r1pick.json.InvalidJson if it is not what it should be
  public static GpuCatalog read(String fileName, Reader text) {
    return Fields.read(fileName, JsonReader.read(fileName, text), GpuCatalogReader::catalog);
  }

  private static GpuCatalog catalog(Fields fields) {
    String version = fields.text("catalog_version");
    Map<String, Source> sources = fields.map("sources", CatalogReader::source);
    var reader = new GpuCatalogReader(sources);
    return new GpuCatalog(
        version,
        sources,
        fields.list("gpus", reader::model),
        fields.object("words", GpuWordsReader::read));
  }

  private GpuModel model(Fields fields) {
    String name = fields.text("name");
    if (!names.add(name.toLowerCase(Locale.ROOT))) {
      throw fields.invalid("name", Problem.DUPLICATE, name);
    }
    boolean unified = fields.optionalFlag("unified");
    List<Bytes> sizes = sizes(fields, "memory_gib");
    if (sizes.isEmpty() && !unified) {
      throw fields.invalid("memory_gib", Problem.MISSING, "");
    }
    OptionalDouble halfPrecision =
        fields.has("half_precision_tflops")
            ? OptionalDouble.of(fields.decimal("half_precision_tflops", 0.01, 100_000))
            : OptionalDouble.empty();
    return new GpuModel(
        name,
        fields.optionalTexts("aliases"),
        fields.text("vendor"),
        fields.oneOf("form", FORMS),
        sizes,
        reported(fields, sizes),
        Bandwidth.ofGBPerSecond(fields.decimal("bandwidth_gb_per_second", 1, 100_000)),
        CatalogReader.certainty(fields, "bandwidth_certainty"),
        halfPrecision,
        fields.text("generation"),
        fields.optionalText("compute_capability"),
        fields.optionalText("gfx_target"),
        unified,
        fields.has("gpu_cores")
            ? Optional.of(fields.integer("gpu_cores", 1, 10_000))
            : Optional.empty(),
        pciIds(fields),
        sizes(fields, "modified_memory_gib"),
        fields.has("devices_per_board") ? fields.integer("devices_per_board", 2, 64) : 1,
        halfPrecision.isPresent()
            ? CatalogReader.certainty(fields, "half_precision_certainty")
            : Certainty.UNVERIFIED,
        market(fields),
        CatalogReader.sourceIds(fields, "sources", sources));
  }

  private static GpuMarket market(Fields fields) {
    return new GpuMarket(
        optional(fields, "year", FIRST_YEAR, LAST_YEAR),
        optional(fields, "power_watts", 1, 10_000),
        optional(fields, "list_price_usd", 1, 1_000_000),
        optional(fields, "list_price_year", FIRST_YEAR, LAST_YEAR),
        fields.has("availability")
            ? Optional.of(fields.oneOf("availability", AVAILABILITIES))
            : Optional.empty());
  }

  private static OptionalInt optional(Fields fields, String name, int least, int most) {
    return fields.has(name)
        ? OptionalInt.of(fields.integer(name, least, most))
        : OptionalInt.empty();
  }

  /// One for each size, and none above it.
  private static List<Bytes> reported(Fields fields, List<Bytes> sizes) {
    List<Bytes> reported = amounts(fields, "reported_memory_mib", MOST_GIB << 10, Bytes.ofMiB(1));
    boolean fits = reported.isEmpty() || reported.size() == sizes.size();
    for (int i = 0; fits && i < reported.size(); i++) {
      fits = reported.get(i).atMost(sizes.get(i));
    }
    if (!fits) {
      throw fields.wrongKind("reported_memory_mib", Kind.ONE_FOR_EACH_MEMORY);
    }
    return reported;
  }

  private static List<Bytes> sizes(Fields fields, String name) {
    return amounts(fields, name, MOST_GIB, Bytes.ofGiB(1));
  }

  private static List<Bytes> amounts(Fields fields, String name, long most, Bytes unit) {
    if (!fields.has(name)) {
      return List.of();
    }
    if (!(fields.any(name) instanceof JsonValue.Items(var items)) || items.isEmpty()) {
      throw fields.wrongKind(name, Kind.ARRAY);
    }
    var sizes = new ArrayList<Bytes>(items.size());
    for (JsonValue item : items) {
      if (!(item instanceof JsonValue.Whole(var count))) {
        throw fields.wrongKind(name, Kind.WHOLE_NUMBER);
      }
      if (count < 1 || count > most) {
        throw fields.invalid(name, Problem.OUT_OF_RANGE, "1 … " + most);
      }
      sizes.add(unit.times(count));
    }
    return sizes;
  }

  /// Four hex digits each for vendor and device, perhaps two for the revision, lower case.
  private static List<String> pciIds(Fields fields) {
    List<String> ids = fields.optionalTexts("pci_ids");
    for (String id : ids) {
      boolean good = id.length() == 9 || id.length() == 12;
      for (int i = 0; good && i < id.length(); i++) {
        good =
            (i == 4 || i == 9)
                ? id.charAt(i) == ':'
                : "0123456789abcdef".indexOf(id.charAt(i)) >= 0;
      }
      if (!good) {
        throw fields.invalid("pci_ids", Problem.NOT_ALLOWED, "10de:2684");
      }
    }
    return ids;
  }
}
