package dev.r1pick.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.r1pick.json.InvalidJson.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsTest {
  private record Part(String name, long size) {}

  private static List<Part> read(String text) {
    return Fields.read(
        "parts.json",
        JsonReader.read("parts.json", text),
        f -> f.list("parts", p -> new Part(p.text("name"), p.whole("size", 1, 10))));
  }

  @Test
  void whatIsRightIsRead() {
    assertEquals(List.of(new Part("a", 3)), read("{\"parts\": [{\"name\": \"a\", \"size\": 3}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | parts | MISSING",
        "{'parts': null} | parts | NULL",
        "{'parts': {}} | parts | WRONG_KIND",
        "{'parts': [3]} | parts[0] | WRONG_KIND",
        "{'parts': [{'name': 'a'}]} | parts[0].size | MISSING",
        "{'parts': [{'name': 'a', 'size': 11}]} | parts[0].size | OUT_OF_RANGE",
        "{'parts': [{'name': 'a', 'size': 1.5}]} | parts[0].size | WRONG_KIND",
        "{'parts': [{'name': 'a', 'size': 99999999999999999999}]} | parts[0].size | WRONG_KIND",
        "{'parts': [{'name': ' ', 'size': 1}]} | parts[0].name | WRONG_KIND",
        "{'parts': [{'name': 'a', 'size': 1, 'color': 'b'}]} | parts[0].color | UNKNOWN",
        "{'parts': [{'name': 'a', 'name': 'b', 'size': 1}]} | parts[0].name | DUPLICATE",
        "{'parts': [ | $ | SYNTAX",
        "{'parts': []} {} | $ | SYNTAX",
        "{'parts': NaN} | $ | SYNTAX",
      })
  void whatIsWrongIsNamedByItsPath(String text, String path, Problem problem) {
    var invalid = assertThrows(InvalidJson.class, () -> read(text.replace('\'', '"')));
    assertEquals("parts.json", invalid.file());
    assertEquals(path, invalid.path());
    assertEquals(problem, invalid.problem());
  }

  @Test
  void aDocumentDeeperThanAnyOfOursIsRefusedInsteadOfOverflowing() {
    String deep = "[".repeat(100_000);
    assertEquals(
        Problem.SYNTAX,
        assertThrows(InvalidJson.class, () -> JsonReader.read("deep.json", deep)).problem());
  }

  @Test
  void whatIsWrittenIsReadBackTheSame() {
    JsonValue value =
        JsonValue.object()
            .put("text", "a\n\"b\" 显存")
            .put("whole", Long.MAX_VALUE)
            .put("decimal", 0.1)
            .put("none", Double.NaN)
            .put("items", List.of(new JsonValue.Flag(true)))
            .build();
    assertEquals(value, JsonReader.read("x.json", JsonWriter.pretty(value)));
  }
}
