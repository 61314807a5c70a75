package dev.r1pick.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.ollama.OllamaVersion;
import dev.r1pick.units.Bytes;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/rules.md says what the code does.
class RulesPageTest {
  private static final Pattern RULE = Pattern.compile("### ([a-z0-9-]+) \\(([a-z]+)\\)");
  private static final Pattern FIGURE = Pattern.compile("\\| `(\\w+\\.\\w+)` \\| ([^|]+) \\|.*");
  private static final List<Class<?>> WITH_FIGURES =
      List.of(
          Rule.class,
          Rules.class,
          WaitRules.class,
          Choice.class,
          Rivals.class,
          NextVariant.class,
          Candidate.class,
          CandidateFinder.class,
          Adviser.class,
          Alternatives.class,
          MemorySensitivity.class,
          ConfidenceRating.class,
          Caveats.class,
          QualityEstimator.class);

  private static List<Matcher> lines(Pattern pattern) throws IOException {
    var found = new ArrayList<Matcher>();
    for (String line : Files.readAllLines(Path.of("docs/rules.md"))) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.matches()) {
        found.add(matcher);
      }
    }
    return found;
  }

  @Test
  void thePageHasTheRulesOfTheBookInItsOrderAndWithTheirKinds() throws IOException {
    List<String> page =
        lines(RULE).stream().map(rule -> rule.group(1) + " " + rule.group(2)).toList();
    List<String> book =
        Rule.BOOK.stream()
            .map(rule -> rule.id() + " " + rule.kind().name().toLowerCase(Locale.ROOT))
            .toList();
    assertEquals(book, page);
  }

  @Test
  void thePageHasEveryFigureOfTheCodeAndNoOther() throws IOException {
    Map<String, String> page = new TreeMap<>();
    for (Matcher figure : lines(FIGURE)) {
      page.put(figure.group(1), figure.group(2).strip());
    }
    assertEquals(figures(), page);
  }

  @Test
  void everyLimitOfConfidenceIsOnThePage() throws IOException {
    String page = Files.readString(Path.of("docs/rules.md"));
    for (ConfidenceLimit limit : ConfidenceLimit.values()) {
      assertTrue(page.contains("- `" + limit.id() + "`"), limit.id());
    }
  }

  private static Map<String, String> figures() {
    Map<String, String> figures = new TreeMap<>();
    for (Class<?> type : WITH_FIGURES) {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())
            && !field.isSynthetic()
            && isFigure(field.getType())) {
          figures.put(type.getSimpleName() + "." + field.getName(), written(field));
        }
      }
    }
    return figures;
  }

  private static boolean isFigure(Class<?> type) {
    return type == double.class
        || type == int.class
        || type == Bytes.class
        || type == OllamaVersion.class;
  }

  private static String written(Field field) {
    field.setAccessible(true);
    try {
      Object value = field.get(null);
      return switch (value) {
        case Double number when number == 1.0 / 3 -> "1/3";
        case Double number ->
            new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        case Bytes bytes -> Math.round(bytes.inMiB()) + " MiB";
        case null -> throw new AssertionError(field + " has no value");
        default -> value.toString();
      };
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
