package dev.r1pick.report.json;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The schemas of docs/schema, which refer to one another by file name.
public final class Schemas {
  static final List<String> NAMES =
      List.of(
          "recommend",
          "check",
          "compare",
          "plan",
          "hardware",
          "doctor",
          "bench",
          "list",
          "show",
          "explain",
          "next",
          "config",
          "error");

  /// Schemas of what is not the answer to one command and one machine.
  static final List<String> OTHERS = List.of("policy", "policy-check", "fleet", "pull", "status");

  private static final Path FOLDER = Path.of("docs/schema");
  private static final String PLACE = "https://schema.invalid/";
  private static final String OPEN = "\"additionalProperties\": true";

  private final SchemaRegistry registry;

  private Schemas(Map<String, String> texts) {
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(texts));
  }

  /// As they are published: answers may gain members.
  public static Schemas published() {
    return new Schemas(texts(OPEN));
  }

  /// The same without room for members that no schema describes.
  public static Schemas closed() {
    return new Schemas(texts("\"additionalProperties\": false"));
  }

  private static Map<String, String> texts(String whetherMore) {
    var texts = new LinkedHashMap<String, String>();
    for (String name : Stream.concat(NAMES.stream(), OTHERS.stream()).toList()) {
      texts.put(PLACE + file(name), text(name).replace(OPEN, whetherMore));
    }
    texts.put(PLACE + file("profile"), text("profile"));
    return texts;
  }

  private static String file(String name) {
    return name + ".schema.json";
  }

  static String text(String name) {
    try {
      return Files.readString(FOLDER.resolve(file(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonValue document(String name) {
    return JsonReader.read(file(name), text(name));
  }

  public Schema schema(String name) {
    return registry.getSchema(SchemaLocation.of(PLACE + file(name)));
  }

  /// What that schema has against an answer; nothing where the answer follows it.
  public List<String> faults(String name, String answer) {
    return schema(name).validate(answer, InputFormat.JSON).stream()
        .map(fault -> fault.getInstanceLocation() + ": " + fault.getMessage())
        .toList();
  }
}
