package dev.r1pick.doctor;

import dev.r1pick.catalog.read.Resources;
import dev.r1pick.host.OsFamily;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.JsonReader;
import dev.r1pick.ollama.OllamaVersion;
import dev.r1pick.text.Kebab;
import java.io.Reader;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `catalog/ollama-faults.json`, strictly.
public final class Faults {
  private static final String FILE = "catalog/ollama-faults.json";

  private Faults() {}

  /// The faults that ship with the program.
  public static List<Fault> shipped() {
    return Resources.read(FILE, Faults::read);
  }

  private static List<Fault> read(String file, Reader text) {
    return Fields.read(
        file,
        JsonReader.read(file, text),
        fields -> {
          fields.forPeople("what");
          return fields.list("faults", Faults::fault);
        });
  }

  private static Fault fault(Fields fields) {
    fields.forPeople("what", "source", "certainty");
    return new Fault(
        fields.identifier("id"),
        version(fields, "from"),
        version(fields, "before"),
        fields.isNull("system")
            ? Optional.empty()
            : Optional.of(fields.oneOf("system", words(EnumSet.allOf(OsFamily.class)))),
        fields.oneOf("where", words(EnumSet.allOf(Fault.Condition.class))));
  }

  private static Optional<OllamaVersion> version(Fields fields, String name) {
    if (fields.isNull(name)) {
      return Optional.empty();
    }
    String text = fields.text(name);
    return Optional.of(
        OllamaVersion.parse(text)
            .orElseThrow(() -> fields.invalid(name, InvalidJson.Problem.NOT_ALLOWED, "a version")));
  }

  private static <E extends Enum<E>> Map<String, E> words(Set<E> constants) {
    var words = new HashMap<String, E>();
    for (E constant : constants) {
      words.put(Kebab.of(constant), constant);
    }
    return words;
  }
}
