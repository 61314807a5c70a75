package dev.r1pick.report.words;

import dev.r1pick.json.InvalidJson;
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
      case SYNTAX, MISSING, DUPLICATE, OUT_OF_RANGE, MORE_THAN, DANGLING ->
          messages.text(key, invalid.detail());
    };
  }

  /// The names in the detail of a problem that lists some.
  public static List<String> names(InvalidJson invalid) {
    return List.of(invalid.detail().split(", ", -1));
  }
}
