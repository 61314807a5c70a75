package dev.r1pick.catalog.read;

import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.client.Client;
import dev.r1pick.catalog.client.Client.ContextBy;
import dev.r1pick.catalog.client.Clients;
import dev.r1pick.catalog.topic.Said;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson.Problem;
import dev.r1pick.json.JsonReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the clients, strictly.
public final class ClientReader {
  /// The shipped file, as messages name it.
  public static final String FILE = "catalog/clients.json";

  private static final Map<String, ContextBy> CONTEXTS =
      Map.of("client", ContextBy.CLIENT, "variant", ContextBy.VARIANT, "own", ContextBy.OWN);

  private final Map<String, Source> sources;
  private final Set<String> ids = new HashSet<>();

  private ClientReader(Map<String, Source> sources) {
    this.sources = sources;
  }

  /// The clients that ship with the program.
  ///
  /// @throws dev.r1pick.json.InvalidJson if the file is broken
  public static Clients readDefault() {
    return Resources.read(FILE, ClientReader::read);
  }

  /// Clients from elsewhere.
  ///
  /// @param fileName as the user knows it, for messages
  public static Clients read(String fileName, Reader text) {
    return Fields.read(fileName, JsonReader.read(fileName, text), ClientReader::clients);
  }

  private static Clients clients(Fields fields) {
    String version = fields.text("catalog_version");
    var reader = new ClientReader(fields.map("sources", CatalogReader::source));
    return new Clients(
        version,
        fields.list("clients", reader::client),
        fields.map("repositories", reader::repository));
  }

  private Client client(Fields fields) {
    String id = fields.identifier("id");
    if (!ids.add(id)) {
      throw fields.invalid("id", Problem.DUPLICATE, id);
    }
    return new Client(
        id,
        fields.text("name"),
        fields.texts("names"),
        fields.oneOf("context", CONTEXTS),
        fields.object("steps", ClientReader::steps),
        fields.object("context_note", TopicReader::said),
        fields.optionalTexts("snippet"),
        fields.optionalTexts("snippet_elsewhere"),
        CatalogReader.certainty(fields, "certainty"),
        TopicReader.sources(fields, sources));
  }

  private static List<Said> steps(Fields fields) {
    List<String> english = fields.texts("en");
    List<String> chinese = fields.texts("zh");
    if (english.size() != chinese.size() || english.isEmpty()) {
      throw fields.invalid("zh", Problem.OUT_OF_RANGE, Integer.toString(english.size()));
    }
    var steps = new ArrayList<Said>();
    for (int i = 0; i < english.size(); i++) {
      steps.add(new Said(english.get(i), chinese.get(i)));
    }
    return steps;
  }

  private String repository(Fields fields) {
    String id = fields.text("source");
    if (!sources.containsKey(id)) {
      throw fields.invalid("source", Problem.DANGLING, id);
    }
    return fields.text("repository");
  }
}
