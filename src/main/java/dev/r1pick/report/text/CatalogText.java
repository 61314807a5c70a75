package dev.r1pick.report.text;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;

/// Every tag that can be pulled, for a person.
public final class CatalogText {
  private final Messages messages;
  private final Style style;

  /// A writer in one language and style.
  public CatalogText(Messages messages, Style style) {
    this.messages = messages;
    this.style = style;
  }

  /// Every tag, a line each.
  public String list(Catalog catalog) {
    var table = new Table(2);
    table.head(
        style.bold(messages.text("report.list.tag")),
        style.bold(messages.text("report.list.download")),
        style.bold(messages.text("report.list.quantization")),
        style.bold(messages.text("report.list.model")));
    for (ModelTag tag : catalog.tags()) {
      ModelTag explicit = catalog.explicit(tag);
      table.row(
          tag.name(),
          Amounts.download(tag.download()),
          tag.quantization().label(),
          explicit.equals(tag) ? tag.variant().name() : style.faint("= " + explicit.name()));
    }
    return String.join("\n", table.lines(style.columns())) + "\n";
  }
}
