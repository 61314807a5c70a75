package dev.r1pick.report.words;

import dev.r1pick.json.InvalidJson;
import dev.r1pick.text.Text;
import java.util.List;

/// What is wrong at one place of a file, in words: a predicate that follows the place.
public final class JsonWording {
  private JsonWording() {}

  /// The predicate.
  public static String problem(InvalidJson invalid, Messages messages) {
    String key = "cli.json." + invalid.problem();
    return switch (invalid.problem()) {
      case NULL, WRONG_KIND -> messages.text(key, invalid.kind());
      case UNKNOWN, NOT_ALLOWED, NO_SUCH_ID -> messages.text(key, names(invalid));
      case SYNTAX -> syntax(invalid.detail(), messages);
      case MISSING, DUPLICATE, OUT_OF_RANGE, MORE_THAN, DANGLING ->
          messages.text(key, invalid.detail());
    };
  }

  /// The place first, then the words of the parser, which a language other than English may leave
  /// out.
  private static String syntax(String detail, Messages messages) {
    if (detail.equals("empty")) {
      return messages.text("cli.json.EMPTY");
    }
    int colon = detail.indexOf(": ");
    List<String> place = Text.words(detail.substring(0, Math.max(0, colon)).replace(",", ""));
    return place.size() == 4 && place.getFirst().equals("line")
        ? messages.text("cli.json.SYNTAX", detail.substring(colon + 2), place.get(1), place.get(3))
        : messages.text("cli.json.SYNTAX", detail, "1", "1");
  }

  /// The names in the detail of a problem that lists some.
  public static List<String> names(InvalidJson invalid) {
    return List.of(invalid.detail().split(", ", -1));
  }
}
