package dev.r1pick.catalog.read;

import dev.r1pick.catalog.Evidence;
import dev.r1pick.catalog.Source;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson.Problem;
import dev.r1pick.json.JsonReader;
import dev.r1pick.units.Bandwidth;
import java.io.Reader;
import java.util.List;
import java.util.Map;

/// Reads the table of main memories, as strictly as [CatalogReader].
public final class CpuMemoryReader {
  /// The shipped file, as messages name it.
  public static final String FILE = "catalog/cpu-memory.json";

  private CpuMemoryReader() {}

  /// The table that ships with the program, slow to fast within a type.
  ///
  /// @throws dev.r1pick.json.InvalidJson if it is broken
  public static List<CpuMemory> readDefault() {
    return Resources.read(FILE, CpuMemoryReader::read);
  }

  /// A table from elsewhere.
  ///
  /// @param fileName as the user knows it, for messages
  /// @throws dev.r1pick.json.InvalidJson if it is not what it should be
  public static List<CpuMemory> read(String fileName, Reader text) {
    return Fields.read(fileName, JsonReader.read(fileName, text), CpuMemoryReader::table);
  }

  private static List<CpuMemory> table(Fields fields) {
    fields.text("catalog_version");
    Map<String, Source> sources = fields.map("sources", CatalogReader::source);
    return fields.list("memories", row -> memory(row, sources));
  }

  private static CpuMemory memory(Fields fields, Map<String, Source> sources) {
    String source = fields.text("source");
    if (!sources.containsKey(source)) {
      throw fields.invalid("source", Problem.DANGLING, source);
    }
    return new CpuMemory(
        fields.text("type"),
        fields.integer("mega_transfers_per_second", 1, 1_000_000),
        fields.integer("bus_bits", 16, 65_536),
        Bandwidth.ofGBPerSecond(fields.decimal("bandwidth_gb_per_second", 0.1, 100_000)),
        fields.text("typical_of"),
        new Evidence(CatalogReader.certainty(fields, "certainty"), source));
  }
}
