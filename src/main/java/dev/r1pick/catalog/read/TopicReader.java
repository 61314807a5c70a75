package dev.r1pick.catalog.read;

import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.topic.Claim;
import dev.r1pick.catalog.topic.Claims;
import dev.r1pick.catalog.topic.Said;
import dev.r1pick.catalog.topic.Term;
import dev.r1pick.catalog.topic.Terms;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson.Problem;
import dev.r1pick.json.JsonReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads the terms and the claims, strictly.
public final class TopicReader {
  /// The shipped terms, as messages name the file.
  public static final String TERMS = "catalog/terms.json";

  /// The shipped claims, as messages name the file.
  public static final String CLAIMS = "catalog/claims.json";

  private static final Map<String, Term.Group> GROUPS = words(Term.Group.values());
  private static final Map<String, Claim.Verdict> VERDICTS = words(Claim.Verdict.values());

  private final Map<String, Source> sources;
  private final Set<String> ids = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  private TopicReader(Map<String, Source> sources) {
    this.sources = sources;
  }

  private static <E extends Enum<E>> Map<String, E> words(E[] values) {
    var words = new HashMap<String, E>();
    for (E value : values) {
      words.put(value.name().toLowerCase(Locale.ROOT), value);
    }
    return Map.copyOf(words);
  }

  /// The terms that ship with the program.
  ///
  /// @throws dev.r1pick.json.InvalidJson if the file is broken
  public static Terms terms() {
    return Resources.read(TERMS, TopicReader::terms);
  }

  /// The claims that ship with the program.
  ///
  /// @throws dev.r1pick.json.InvalidJson if the file is broken
  public static Claims claims() {
    return Resources.read(CLAIMS, TopicReader::claims);
  }

  /// Terms from elsewhere.
  ///
  /// @param fileName as the user knows it, for messages
  public static Terms terms(String fileName, Reader text) {
    return Fields.read(fileName, JsonReader.read(fileName, text), TopicReader::terms);
  }

  /// Claims from elsewhere.
  ///
  /// @param fileName as the user knows it, for messages
  public static Claims claims(String fileName, Reader text) {
    return Fields.read(fileName, JsonReader.read(fileName, text), TopicReader::claims);
  }

  private static Terms terms(Fields fields) {
    String version = fields.text("catalog_version");
    var reader = new TopicReader(fields.map("sources", CatalogReader::source));
    List<Term> terms = fields.list("terms", reader::term);
    var words = new LinkedHashMap<String, List<String>>();
    fields.list(
        "words",
        meaning -> {
          String id = reader.id(meaning);
          words.put(id, meaning.texts("words"));
          return id;
        });
    return new Terms(version, terms, words, fields.texts("asking"), fields.texts("ignored"));
  }

  private Term term(Fields fields) {
    String id = id(fields);
    Term.Group group = fields.oneOf("group", GROUPS);
    Said title = fields.object("title", TopicReader::said);
    List<String> called = fields.texts("names");
    for (String name : called) {
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw fields.invalid("names", Problem.DUPLICATE, name);
      }
    }
    forPeopleIfThere(fields);
    return new Term(
        id,
        group,
        title,
        called,
        fields.optionalFlag("collective"),
        fields.object("text", TopicReader::said),
        sources(fields, sources));
  }

  private static Claims claims(Fields fields) {
    String version = fields.text("catalog_version");
    var reader = new TopicReader(fields.map("sources", CatalogReader::source));
    return new Claims(version, fields.list("claims", reader::claim));
  }

  private Claim claim(Fields fields) {
    forPeopleIfThere(fields);
    List<String> heard = fields.texts("heard");
    if (heard.isEmpty()) {
      throw fields.invalid("heard", Problem.MISSING, "");
    }
    return new Claim(
        id(fields),
        fields.oneOf("verdict", VERDICTS),
        fields.object("claim", TopicReader::said),
        fields.object("truth", TopicReader::said),
        heard,
        fields.optionalText("try"),
        sources(fields, sources));
  }

  /// Figures of the text and where the catalog has them: a test compares the two.
  private static void forPeopleIfThere(Fields fields) {
    if (fields.has("figures")) {
      fields.forPeople("figures");
    }
  }

  private String id(Fields fields) {
    String id = fields.text("id");
    if (!ids.add(id)) {
      throw fields.invalid("id", Problem.DUPLICATE, id);
    }
    return id;
  }

  static Said said(Fields fields) {
    return new Said(fields.text("en"), fields.text("zh"));
  }

  /// The sources of a text; at least one.
  static List<Source> sources(Fields fields, Map<String, Source> known) {
    var sources = new ArrayList<Source>();
    for (String id : CatalogReader.sourceIds(fields, "sources", known)) {
      sources.add(known.get(id));
    }
    if (sources.isEmpty()) {
      throw fields.invalid("sources", Problem.MISSING, "");
    }
    return sources;
  }
}
