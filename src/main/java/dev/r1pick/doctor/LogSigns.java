package dev.r1pick.doctor;

import dev.r1pick.catalog.read.Resources;
import dev.r1pick.json.Fields;
import dev.r1pick.json.JsonReader;
import dev.r1pick.ollama.log.LogSign;
import dev.r1pick.ollama.log.LogSign.Area;
import dev.r1pick.text.Kebab;
import java.io.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads `catalog/ollama-log.json`, strictly.
public final class LogSigns {
  private static final String FILE = "catalog/ollama-log.json";

  private LogSigns() {}

  /// The kinds of lines that ship with the program, those that more words tell before those that
  /// fewer do.
  public static List<LogSign> shipped() {
    return Resources.read(FILE, LogSigns::read);
  }

  private static List<LogSign> read(String file, Reader text) {
    return Fields.read(
        file,
        JsonReader.read(file, text),
        fields -> {
          fields.forPeople("what", "versions");
          return fields.list("signs", LogSigns::sign);
        });
  }

  private static LogSign sign(Fields fields) {
    fields.forPeople("eras", "meaning", "source", "certainty");
    return new LogSign(
        fields.identifier("id"), fields.oneOf("area", areas()), fields.texts("words"));
  }

  private static Map<String, Area> areas() {
    var areas = new HashMap<String, Area>();
    for (Area area : Area.values()) {
      areas.put(Kebab.of(area), area);
    }
    return areas;
  }
}
