package dev.r1pick.catalog.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.units.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What names mean that stand for kinds: each was looked at once and found right.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GpuNameAnswersTest {
  private static final Path ANSWERS = Path.of("src/test/resources/names/answers.csv");

  private final GpuCatalog gpus = GpuCatalogReader.readDefault();

  @Test
  void everyNameMeansWhatItMeant() throws IOException {
    var expected = new ArrayList<String>();
    var actual = new ArrayList<String>();
    for (String line : Files.readAllLines(ANSWERS)) {
      boolean comment = line.isBlank() || line.startsWith("#");
      String typed = comment ? "" : line.substring(0, line.indexOf(" | "));
      expected.add(line);
      actual.add(comment ? line : typed + " | " + answer(typed));
    }
    assertTrue(expected.size() > 300, "the file is read");
    if (Boolean.getBoolean("approve")) {
      Files.write(ANSWERS, actual);
    } else {
      assertEquals(String.join("\n", expected), String.join("\n", actual));
    }
  }

  /// Every card is found, or is among the choices, however its name is written.
  @Test
  void everyCardIsFoundInEightSpellings() {
    var wrong = new ArrayList<String>();
    for (GpuModel model : gpus.models()) {
      // Apart from the name with its size: that alone may stand for several.
      String name = model.name();
      for (Optional<Bytes> size : sizes(model)) {
        String full = size.map(s -> name + " " + (s.count() >> 30) + "GB").orElse(name);
        for (Spelled spelled : spellings(full, model)) {
          GpuRequest request = gpus.request(spelled.text(), Optional.empty());
          if (!means(request.gpu(), model) || request.number() != spelled.number()) {
            wrong.add(spelled.text() + " -> " + request);
          }
        }
      }
    }
    assertEquals(List.of(), wrong.subList(0, Math.min(60, wrong.size())), wrong.size() + " wrong");
  }

  private record Spelled(String text, int number) {}

  private static List<Optional<Bytes>> sizes(GpuModel model) {
    var sizes = new ArrayList<Optional<Bytes>>();
    sizes.add(Optional.empty());
    if (!model.unified() && !model.memorySizes().isEmpty()) {
      sizes.add(Optional.of(model.memorySizes().getFirst()));
    }
    return sizes;
  }

  private static List<Spelled> spellings(String name, GpuModel model) {
    String maker =
        switch (model.vendor()) {
          case "NVIDIA" -> "华硕 ";
          case "AMD" -> "蓝宝石 ";
          case "Intel" -> "撼与 ";
          case "Apple" -> "苹果 ";
          case "Huawei" -> "华为 ";
          default -> "";
        };
    String bare = name.startsWith(model.vendor()) ? name : model.vendor() + " " + name;
    var spellings = new ArrayList<Spelled>();
    spellings.add(new Spelled(name.toLowerCase(Locale.ROOT), 1));
    spellings.add(new Spelled(bare, 1));
    spellings.add(new Spelled("2x " + name, 2));
    spellings.add(new Spelled(name + " x2", 2));
    spellings.add(new Spelled(fullWidth(name), 1));
    spellings.add(new Spelled(maker + name, 1));
    if (name.indexOf('(') < 0) {
      spellings.add(
          new Spelled("01:00.0 VGA compatible controller: XX000 [" + name + "] (rev a1)", 1));
      // A size in the middle and Max-Q cannot be told without blanks.
      boolean told =
          name.indexOf("GB") != name.lastIndexOf("GB")
              || name.contains("Max-Q")
              || name.contains("GDDR");
      boolean inside = name.contains("GB ") && !name.endsWith("GB");
      // Two words of letters that are no words of cards, glued.
      boolean glued = name.endsWith("Elite Extreme");
      if (!told && !inside && !glued) {
        spellings.add(new Spelled(withoutBlanks(name), 1));
      }
      spellings.add(new Spelled("ASUS ROG Strix " + name + " OC Edition", 1));
    }
    return spellings;
  }

  /// Without blanks, but between two digits.
  private static String withoutBlanks(String text) {
    var without = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      boolean needed =
          text.charAt(i) == ' '
              && Character.isDigit(text.charAt(i - 1))
              && Character.isDigit(text.charAt(i + 1));
      if (text.charAt(i) != ' ' || needed) {
        without.append(text.charAt(i));
      }
    }
    return without.toString();
  }

  private static String fullWidth(String text) {
    var wide = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      wide.append(c > ' ' && c <= '~' ? (char) (c - '!' + '！') : c);
    }
    return wide.toString();
  }

  private boolean means(GpuLookup lookup, GpuModel model) {
    return switch (lookup) {
      case GpuLookup.Found(var found, _, var others) ->
          found.equals(model)
              || others.contains(model.name())
              || (found.bandwidth().equals(model.bandwidth())
                  && found.memorySizes().equals(model.memorySizes()));
      case GpuLookup.AmbiguousMemory(_, _, var choices) -> offers(choices, model);
      case GpuLookup.Several(var choices) -> offers(choices, model);
      case GpuLookup.WrongMemory _, GpuLookup.Share _, GpuLookup.NoCard _, GpuLookup.Unknown _ ->
          false;
    };
  }

  private boolean offers(List<String> choices, GpuModel model) {
    for (String choice : choices) {
      if (gpus.named(choice) instanceof GpuLookup.Found(var found, _, _) && found.equals(model)) {
        return true;
      }
    }
    return false;
  }

  /// Every choice can be pasted: it means one card.
  @Test
  void everyChoiceMeansOneCard() throws IOException {
    var wrong = new ArrayList<String>();
    for (String line : Files.readAllLines(ANSWERS)) {
      if (line.contains(" | ask ")) {
        GpuRequest request = gpus.request(line.substring(0, line.indexOf(" | ")), Optional.empty());
        List<String> choices =
            switch (request.gpu()) {
              case GpuLookup.AmbiguousMemory(_, _, var names) -> names;
              case GpuLookup.Several(var names) -> names;
              default -> List.of();
            };
        for (String choice : choices) {
          if (!(gpus.named(choice) instanceof GpuLookup.Found)) {
            wrong.add(choice + " -> " + gpus.named(choice));
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private String answer(String typed) {
    var answer = new StringBuilder();
    for (String part : gpus.parts(typed)) {
      GpuRequest request = gpus.request(part, Optional.empty());
      answer.append(answer.isEmpty() ? "" : " and ");
      answer
          .append(request.number() > 1 ? request.number() + "x " : "")
          .append(text(request.gpu()));
    }
    return answer.toString();
  }

  private static String text(GpuLookup lookup) {
    return switch (lookup) {
      case GpuLookup.Found(var model, var memory, _) ->
          model.name() + ", " + memory.map(GpuNameAnswersTest::gb).orElse("any RAM");
      case GpuLookup.AmbiguousMemory(_, _, var choices) -> "ask " + String.join("; ", choices);
      case GpuLookup.Several(var choices) -> "ask " + String.join("; ", choices);
      case GpuLookup.WrongMemory(var model, _, _, var near) ->
          "no such size of " + model.name() + "; near: " + String.join("; ", near);
      case GpuLookup.Share(var memory, var cards) ->
          "a share of " + gb(memory) + " of " + String.join("; ", cards);
      case GpuLookup.NoCard(var sense, var near) ->
          sense.name().toLowerCase(Locale.ROOT).replace('_', '-')
              + (near.isEmpty() ? "" : "; near: " + String.join("; ", near));
      case GpuLookup.Unknown(var near) ->
          "unknown" + (near.isEmpty() ? "" : "; near: " + String.join("; ", near));
    };
  }

  private static String gb(Bytes memory) {
    return (memory.count() >> 30) + " GB";
  }
}
