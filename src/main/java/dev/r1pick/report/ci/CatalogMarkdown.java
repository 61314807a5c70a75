package dev.r1pick.report.ci;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import dev.r1pick.text.Escaping;

/// Every tag of the catalog as a table of Markdown.
public final class CatalogMarkdown {
  private final Messages messages;
  private final Wording words;

  /// A writer whose sentences are in one language.
  public CatalogMarkdown(Messages messages) {
    this.messages = messages;
    this.words = new Wording(messages);
  }

  /// A row a tag.
  public String list(Catalog catalog) {
    var text = new StringBuilder("|");
    for (String column : new String[] {"tag", "download", "quantization", "model", "license"}) {
      text.append(' ').append(messages.text("report.column." + column)).append(" |");
    }
    text.append("\n|---|---|---|---|---|\n");
    for (ModelTag tag : catalog.tags()) {
      text.append("| ")
          .append(Escaping.markdown(tag.fullName()))
          .append(" | ")
          .append(Amounts.download(tag.download()))
          .append(" | ")
          .append(Escaping.markdown(tag.quantization().label()))
          .append(" | ")
          .append(Escaping.markdown(tag.variant().name()))
          .append(" | ")
          .append(Escaping.markdown(words.license(tag.variant())))
          .append(" |\n");
    }
    return text.toString();
  }
}
