package dev.r1pick.cli.option;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.gpu.GpuLookup;
import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.text.Spelling;
import dev.r1pick.text.Text;
import java.util.ArrayList;
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
      throw new CliFailure(new CliError.TagMissing());
    }
    return named(words.getFirst(), catalog);
  }

  /// Every tag that was named.
  ///
  /// @throws CliFailure if one does not exist
  public static List<ModelTag> all(Session session, Catalog catalog) {
    var tags = new ArrayList<ModelTag>();
    for (String word : typed(session.arguments())) {
      tags.add(named(word, catalog));
    }
    return List.copyOf(tags);
  }

  /// The words of a command line that takes several tags: also `14b,32b` and `14b、32b` are two.
  public static List<String> typed(Arguments arguments) {
    var typed = new ArrayList<String>();
    for (String word : arguments.words()) {
      for (String part : Text.list(word)) {
        if (!part.isEmpty()) {
          typed.add(part);
        }
      }
    }
    return List.copyOf(typed);
  }

  private static ModelTag named(String text, Catalog catalog) {
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

  /// Whether a tag of another model is named, such as `qwen2.5:7b`: none of ours is like it.
  private static boolean isOfAnotherModel(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return false;
    }
    String model = text.substring(text.lastIndexOf('/', colon) + 1, colon).toLowerCase(Locale.ROOT);
    return !model.contains("r1") && Spelling.distance(model, ModelTag.MODEL) > 1;
  }

  private static CliFailure unknown(String text, Catalog catalog) {
    if (isOfAnotherModel(text)) {
      return new CliFailure(new CliError.NotR1(text));
    }
    Optional<ModelTag> written = catalog.tagAsWritten(text);
    if (written.isEmpty() && isGpu(text)) {
      return new CliFailure(new CliError.TagIsGpu(text));
    }
    List<String> near =
        written.map(tag -> List.of(tag.name())).orElseGet(() -> catalog.nearestTags(text, OFFERED));
    return near.isEmpty()
        ? new CliFailure(new CliError.TagUnknown(text))
        : new CliFailure(new CliError.TagUnknownNear(text, near));
  }

  private static boolean isGpu(String text) {
    GpuCatalog gpus = GpuCatalogReader.readDefault();
    return !text.isBlank()
        && switch (gpus.request(text, Optional.empty()).gpu()) {
          case GpuLookup.Found _, GpuLookup.AmbiguousMemory _, GpuLookup.Several _ -> true;
          case GpuLookup.WrongMemory _,
              GpuLookup.Share _,
              GpuLookup.NoCard _,
              GpuLookup.Unknown _ ->
              false;
        };
  }
}
