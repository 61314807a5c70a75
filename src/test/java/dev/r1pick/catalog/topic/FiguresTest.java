package dev.r1pick.catalog.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The figures that terms and claims tell are those of the catalog, in both languages.
class FiguresTest {
  private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);

  private static JsonValue read(String file) throws IOException {
    return JsonReader.read(file, Files.readString(Path.of("catalog", file)));
  }

  private static List<JsonValue> items(JsonValue value) {
    return value instanceof JsonValue.Items(var items) ? items : List.of();
  }

  @ParameterizedTest
  @CsvSource({"claims.json, claims, truth, 70", "terms.json, terms, text, 25"})
  void eachFigureIsThatOfTheCatalog(String file, String list, String text, int least)
      throws IOException {
    JsonValue catalog = read("deepseek-r1.json");
    var wrong = new ArrayList<String>();
    int compared = 0;
    for (JsonValue item : items(read(file).member(list).orElseThrow())) {
      String id = item.textAt("id").orElseThrow();
      Map<String, JsonValue> figures =
          item.member("figures").orElse(null) instanceof JsonValue.Members(var members)
              ? members
              : Map.of();
      for (var figure : figures.entrySet()) {
        String field = figure.getValue() instanceof JsonValue.Text(var place) ? place : "no text";
        if (!isRounded(figure.getKey(), value(catalog, field), field)) {
          wrong.add(id + ": " + figure.getKey() + " is not " + field);
        }
        for (String language : List.of("en", "zh")) {
          String said = item.member(text).orElseThrow().textAt(language).orElseThrow();
          if (!said.contains(figure.getKey())) {
            wrong.add(id + ": " + figure.getKey() + " is not said in " + language);
          }
        }
        compared++;
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(compared >= least, compared + " figures");
  }

  /// Whether a figure is the value, rounded to as many decimals as it has; bytes and parameters are
  /// told in billions.
  private static boolean isRounded(String figure, Optional<BigDecimal> value, String field) {
    BigDecimal told = new BigDecimal(figure);
    boolean large = field.endsWith("size_bytes") || field.endsWith("parameters");
    return value
        .map(v -> large ? v.divide(BILLION) : v)
        .map(v -> v.setScale(told.scale(), RoundingMode.HALF_UP).compareTo(told) == 0)
        .orElse(false);
  }

  /// The number at a path such as `tags[7b].size_bytes`; an element is named by its name or id, a
  /// loss by its measure and model.
  private static Optional<BigDecimal> value(JsonValue root, String path) {
    JsonValue at = root;
    for (String step : path.split("\\.(?=[a-z_]+(\\[|\\.|$))", -1)) {
      int bracket = step.indexOf('[');
      String member = bracket < 0 ? step : step.substring(0, bracket);
      Optional<JsonValue> next = at.member(member);
      if (next.isPresent() && bracket >= 0) {
        String name = step.substring(bracket + 1, step.length() - 1);
        next = items(next.get()).stream().filter(item -> isNamed(item, name)).findFirst();
      }
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = next.get();
    }
    return switch (at) {
      case JsonValue.Whole(var number) -> Optional.of(BigDecimal.valueOf(number));
      case JsonValue.Decimal(var number) -> Optional.of(BigDecimal.valueOf(number));
      default -> Optional.empty();
    };
  }

  private static boolean isNamed(JsonValue item, String name) {
    String loss = item.textAt("measure").orElse("") + " " + item.textAt("on").orElse("");
    return item.textAt("name").equals(Optional.of(name))
        || item.textAt("id").equals(Optional.of(name))
        || loss.equals(name);
  }
}
