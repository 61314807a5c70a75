package dev.r1pick.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.Verdict.Keep;
import dev.r1pick.advice.Verdict.Prefer;
import dev.r1pick.advice.Verdict.Reject;
import dev.r1pick.advice.quality.QualityEstimator;
import dev.r1pick.ollama.OllamaVersion;
import dev.r1pick.text.Kebab;
import dev.r1pick.units.Bytes;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// docs/rules.md says what the code does: it is made of a text, the code's figures and the cases
/// that are run here. Written anew with `-Dapprove=true`.
class RulesPageTest {
  private static final Path PAGE = Path.of("docs/rules.md");
  private static final Path TEXT = Path.of("src/test/resources/rules/page.md");
  private static final Pattern FIGURE =
      Pattern.compile("\\| `(\\w+\\.\\w+)` \\| \\{value} (\\|.*)");
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
          MachineCaveats.class,
          QualityEstimator.class);

  static List<Rule> book() {
    return Rule.BOOK;
  }

  @ParameterizedTest
  @MethodSource("book")
  void theCasesOfTheRuleLieOnEitherSideOfIt(Rule rule) {
    RuleCases cases = RuleCases.of(rule);
    switch (rule.kind()) {
      case HARD, SOFT -> {
        assertInstanceOf(Keep.class, cases.kept().verdict(rule), cases.kept().what());
        assertInstanceOf(Reject.class, cases.dropped().verdict(rule), cases.dropped().what());
      }
      case PREFERENCE ->
          assertTrue(
              points(rule, cases.kept()) > points(rule, cases.dropped()), cases.dropped().what());
    }
  }

  private static double points(Rule rule, RuleCases.Case one) {
    return assertInstanceOf(Prefer.class, one.verdict(rule)).points();
  }

  @Test
  void thePageIsWhatTheTextAndTheCodeMake() throws IOException {
    String page = page();
    if (Boolean.getBoolean("approve")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(page, Files.readString(PAGE), "write it anew with -Dapprove=true");
  }

  private static String page() throws IOException {
    Map<String, String> figures = figures();
    Map<String, Rule> rules = new LinkedHashMap<>();
    Rule.BOOK.forEach(rule -> rules.put("### " + rule.id(), rule));
    var order = new ArrayList<Rule>();
    var page = new StringBuilder();
    Optional<Rule> open = Optional.empty();
    boolean sourced = false;
    for (String line : Files.readAllLines(TEXT)) {
      Matcher figure = FIGURE.matcher(line);
      if (line.startsWith("#") && open.isPresent()) {
        assertTrue(sourced, open.get().id() + " has no source");
        page.append(cases(open.get()));
        open = Optional.empty();
      }
      if (rules.containsKey(line)) {
        Rule rule = rules.get(line);
        order.add(rule);
        open = Optional.of(rule);
        sourced = false;
        page.append(line).append(" (").append(Kebab.of(rule.kind())).append(")\n");
      } else if (figure.matches()) {
        String value = figures.remove(figure.group(1));
        assertTrue(value != null, "no figure of the code: " + figure.group(1));
        page.append("| `").append(figure.group(1)).append("` | ").append(value).append(' ');
        page.append(figure.group(2)).append('\n');
      } else {
        sourced |= line.startsWith("Source: ");
        page.append(line).append('\n');
      }
    }
    assertEquals(Rule.BOOK, order, "the rules of the book in its order");
    assertEquals(Map.of(), figures, "figures of the code that the page does not explain");
    return page.toString();
  }

  private static String cases(Rule rule) {
    RuleCases cases = RuleCases.of(rule);
    return switch (rule.kind()) {
      case HARD, SOFT ->
          "- Just kept: %s.\n- Just dropped: %s.\n\n"
              .formatted(cases.kept().what(), cases.dropped().what());
      case PREFERENCE -> line(rule, cases.kept()) + line(rule, cases.dropped()) + "\n";
    };
  }

  private static String line(Rule rule, RuleCases.Case one) {
    BigDecimal points = new BigDecimal(points(rule, one)).setScale(1, RoundingMode.HALF_UP);
    String what = one.what().substring(0, 1).toUpperCase(Locale.ROOT) + one.what().substring(1);
    return "- %s: %s points.\n"
        .formatted(what, points.signum() == 0 ? "0" : points.toPlainString());
  }

  @Test
  void everyLimitOfConfidenceIsOnThePage() throws IOException {
    String page = Files.readString(PAGE);
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
