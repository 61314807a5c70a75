package dev.r1pick.cli.option;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.cli.console.CliFailure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The tag that a command line names.
public final class Tags {
  private static final int OFFERED = 3;

  private Tags() {}

  /// The one tag that was named.
  ///
  /// @throws CliFailure if none or several were named, or one that does not exist
  public static ModelTag one(Session session, Catalog catalog) {
    List<String> words = session.arguments().words();
    if (words.isEmpty()) {
      throw CliFailure.usage("cli.error.tag-missing");
    }
    String text = words.getFirst();
    return catalog
        .tag(text)
        .or(() -> elsewhere(text) ? Optional.empty() : catalog.tagAsWritten(text))
        .orElseThrow(() -> unknown(text, catalog));
  }

  /// Whether a file of another place is named, which is not the one that Ollama's tag pulls.
  private static boolean elsewhere(String text) {
    String low = text.toLowerCase(Locale.ROOT);
    return low.contains("gguf") || low.startsWith("hf.co/") || low.startsWith("modelscope.cn/");
  }

  private static CliFailure unknown(String text, Catalog catalog) {
    List<String> near =
        catalog
            .tagAsWritten(text)
            .map(tag -> List.of(tag.name()))
            .orElseGet(() -> catalog.nearestTags(text, OFFERED));
    return near.isEmpty()
        ? CliFailure.usage("cli.error.tag-unknown", text)
        : CliFailure.usage("cli.error.tag-unknown-near", text, String.join(", ", near));
  }
}
