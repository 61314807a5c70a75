package dev.r1pick.json;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.r1pick.json.InvalidYaml.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
  @Test
  void jsonIsReadAsYamlEvenIndentedByTabs() {
    String json = "{\n\t\"a\": [1, 2.5, \"x\", true, null],\n\t\"b\": {\"c\": \"0.30\"}\n}\n";
    assertEquals(JsonReader.read("a.json", json), YamlReader.read(json).value());
  }

  @Test
  void onlyWhatIsNotQuotedCanBeAnythingButText() {
    assertEquals(
        "[1, \"1\", \"0.30\", 0.3, \"no\", true, null, \"-\"]",
        compact("[1, '1', \"0.30\", 0.30, no, true, ~, '-']"));
  }

  private static String compact(String yaml) {
    return JsonWriter.pretty(YamlReader.read(yaml).value())
        .replaceAll("\\s*\n\\s*", " ")
        .replace("[ ", "[")
        .replace(" ]", "]")
        .strip();
  }

  @Test
  void everyPartHasItsPlace() {
    LocatedValue document = YamlReader.read("# head\na:\n  - b: 1\n    c: {d: 2}\n  - x\n");
    assertAll(
        () -> assertEquals(new Place(2, 1), document.placeOf("a")),
        () -> assertEquals(new Place(3, 5), document.placeOf("a[0].b")),
        () -> assertEquals(new Place(4, 9), document.placeOf("a[0].c.d")),
        () -> assertEquals(new Place(5, 5), document.placeOf("a[1]")),
        () -> assertEquals(new Place(3, 5), document.placeOf("a[0].missing")),
        () -> assertEquals(Place.START, document.placeOf("elsewhere")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a: &x [1, 2]~b: *x'           | ALIAS        | 2 | 4",
        "'a:~\t- 1'                     | TAB          | 2 | 1",
        "'a: {b: >=0.30}'               | NEEDS_QUOTES | 1 | 8",
        "'a: >=0.30'                    | NEEDS_QUOTES | 1 | 5",
        "'a: @x'                        | NEEDS_QUOTES | 1 | 4",
        "'a: 1~b: 2~a: 3'               | DUPLICATE    | 3 | 1",
        "'a: !!int \"3\"'               | TAG          | 1 | 4",
        "'a: 1~---~b: 1'                | SEVERAL      | 2 | 1",
        "'? [a]~: 1'                    | NAME         | 1 | 3",
        "'# nothing'                    | EMPTY        | 1 | 1",
        "''                             | EMPTY        | 1 | 1",
        "'a: [1,'                       | SYNTAX       | 1 | 7",
        "'a: \"\u0000\"'                | SYNTAX       | 1 | 5",
      })
  void whatDataDoesNotNeedIsRefusedWhereItStands(
      String yaml, Problem problem, int line, int column) {
    var invalid = assertThrows(InvalidYaml.class, () -> YamlReader.read(yaml.replace('~', '\n')));
    assertAll(
        () -> assertEquals(problem, invalid.problem(), invalid.toString()),
        () -> assertEquals(new Place(line, column), invalid.place(), invalid.toString()));
  }

  @Test
  void aBombOfAliasesAndATowerOfBracketsAreRefusedAtOnce() {
    var bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }
    assertEquals(
        Problem.ALIAS,
        assertThrows(InvalidYaml.class, () -> YamlReader.read(bomb.toString())).problem());
    assertEquals(
        Problem.DEEP,
        assertThrows(InvalidYaml.class, () -> YamlReader.read("[".repeat(100_000))).problem());
  }
}
