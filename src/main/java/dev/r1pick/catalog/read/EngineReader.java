package dev.r1pick.catalog.read;

import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.engine.Engine;
import dev.r1pick.catalog.engine.Engine.Runs;
import dev.r1pick.json.Fields;
import dev.r1pick.json.JsonReader;
import java.io.Reader;
import java.util.List;
import java.util.Map;

/// Reads the engines, strictly.
public final class EngineReader {
  /// The shipped file, as messages name it.
  public static final String FILE = "catalog/engines.json";

  private static final Map<String, Runs> RUNS =
      Map.of("r1", Runs.R1, "distills", Runs.DISTILLS, "unknown", Runs.UNKNOWN);

  private EngineReader() {}

  /// The engines that ship with the program, in the order in which they are named.
  ///
  /// @throws dev.r1pick.json.InvalidJson if the file is broken
  public static List<Engine> readDefault() {
    return Resources.read(FILE, EngineReader::read);
  }

  /// Engines from elsewhere.
  ///
  /// @param fileName as the user knows it, for messages
  public static List<Engine> read(String fileName, Reader text) {
    return Fields.read(fileName, JsonReader.read(fileName, text), EngineReader::engines);
  }

  private static List<Engine> engines(Fields fields) {
    fields.text("catalog_version");
    Map<String, Source> sources = fields.map("sources", CatalogReader::source);
    return fields.list("engines", engine -> engine(engine, sources));
  }

  private static Engine engine(Fields fields, Map<String, Source> sources) {
    return new Engine(
        fields.identifier("maker"),
        fields.text("name"),
        fields.oneOf("runs", RUNS),
        fields.optionalTexts("on"),
        fields.optionalTexts("files"),
        CatalogReader.certainty(fields, "certainty"),
        CatalogReader.sourceIds(fields, "sources", sources));
  }
}
