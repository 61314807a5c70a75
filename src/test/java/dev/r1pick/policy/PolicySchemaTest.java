package dev.r1pick.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The published schema and the reader know the same keys.
class PolicySchemaTest {
  private static JsonValue schema() throws IOException {
    return JsonReader.read(
        "policy.schema.json", Files.readString(Path.of("docs/schema/policy.schema.json")));
  }

  private static Set<String> keys(JsonValue object) {
    return object instanceof JsonValue.Members(var members)
        ? new TreeSet<>(members.keySet())
        : Set.of();
  }

  @Test
  void theSectionsAreTheSame() throws IOException {
    var expected = new TreeSet<>(PolicyReader.SECTIONS);
    expected.add("$schema");
    assertEquals(expected, keys(schema().member("properties").orElseThrow()));
  }

  @Test
  void everyKindOfRuleHasTheSameKeys() throws IOException {
    JsonValue kinds = schema().member("$defs").orElseThrow();
    for (String kind : Requirement.KEYS) {
      var expected = new TreeSet<>(PolicyReader.OPTIONS.getOrDefault(kind, List.of()));
      expected.add(kind);
      JsonValue properties = kinds.member(kind).flatMap(k -> k.member("properties")).orElseThrow();
      assertEquals(expected, keys(properties), kind);
    }
  }
}
