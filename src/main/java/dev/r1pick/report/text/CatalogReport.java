package dev.r1pick.report.text;

import dev.r1pick.catalog.Benchmark;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.Certainty;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Variant;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.report.json.JsonReport;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import dev.r1pick.text.Escaping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The catalog for people and scripts: what can be pulled, and what is known of one tag.
public final class CatalogReport {
  private static final int LABEL = 12;
  private static final double HIGHEST_PERCENT = 100;

  private final Messages messages;
  private final Wording words;
  private final Style style;

  /// A report in one language and style.
  public CatalogReport(Messages messages, Style style) {
    this.messages = messages;
    this.words = new Wording(messages);
    this.style = style;
  }

  /// Every tag, a line each.
  public String list(Catalog catalog) {
    var table = new Table(2);
    table.row(
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
    return String.join("\n", table.lines()) + "\n";
  }

  /// The same as a table of Markdown.
  public String listAsMarkdown(Catalog catalog) {
    var text = new StringBuilder("|");
    for (String column : new String[] {"tag", "download", "quantization", "model", "licence"}) {
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
          .append(Escaping.markdown(words.licence(tag.variant())))
          .append(" |\n");
    }
    return text.toString();
  }

  /// The same as CSV, with the names of the JSON.
  public static String listAsCsv(Catalog catalog) {
    var text =
        new StringBuilder(
            "tag,explicit_tag,variant,quantization,download_bytes,trained_context_tokens,weights_licence,base_licence\r\n");
    for (ModelTag tag : catalog.tags()) {
      Variant variant = tag.variant();
      text.append(Escaping.csv(tag.fullName()))
          .append(',')
          .append(Escaping.csv(catalog.explicit(tag).fullName()))
          .append(',')
          .append(Escaping.csv(variant.id()))
          .append(',')
          .append(Escaping.csv(tag.quantization().label()))
          .append(',')
          .append(tag.download().count())
          .append(',')
          .append(variant.trainedContext().tokens())
          .append(',')
          .append(Escaping.csv(variant.weightsLicense()))
          .append(',')
          .append(Escaping.csv(variant.baseLicense()))
          .append("\r\n");
    }
    return text.toString();
  }

  /// The same as JSON.
  public String listAsJson(Catalog catalog) {
    return JsonWriter.pretty(
        JsonValue.object()
            .put("schema_version", JsonReport.SCHEMA_VERSION)
            .put("command", "list")
            .put("tags", catalog.tags().stream().map(tag -> tag(catalog, tag).build()).toList())
            .put("catalog_version", catalog.version())
            .build());
  }

  /// One tag on one screen.
  public String show(Catalog catalog, ModelTag tag) {
    Variant variant = tag.variant();
    var table = new Table(2);
    row(table, "tag", tag.fullName());
    if (!tag.sameAs().isEmpty()) {
      row(table, "same-as", String.join(", ", tag.sameAs()));
    }
    for (ModelTag.Former former : tag.formerly()) {
      if (former.variantId().equals(variant.id())) {
        continue; // the same weights with another template
      }
      row(table, "formerly", former(catalog, former));
    }
    row(table, "model", variant.name() + ", " + words.variant(variant));
    row(table, "licence", words.licence(variant));
    row(table, "released", variant.releaseDate());
    row(table, "quantization", tag.quantization().label());
    row(table, "download", download(tag));
    row(
        table,
        "digest",
        tag.digest().map(d -> d.substring(0, Math.min(12, d.length()))).orElseGet(this::unknown));
    row(
        table,
        "parameters",
        Amounts.decimal(variant.architecture().parameters() / 1e9, 2)
            + " B"
            + variant
                .architecture()
                .experts()
                .map(
                    e ->
                        messages.text(
                            "report.show.active", Amounts.decimal(e.activeParameters() / 1e9, 1)))
                .orElse(""));
    row(
        table,
        "context",
        messages.text("report.show.trained", variant.trainedContext().shortText()));
    row(table, "benchmarks", benchmarks(variant));
    var lines = new ArrayList<String>(table.lines());
    lines.addAll(new MemoryTable(messages, style).lines(tag));
    lines.add("");
    lines.add(tag.pullCommand());
    return String.join("\n", lines) + "\n";
  }

  private String former(Catalog catalog, ModelTag.Former former) {
    String name = catalog.variant(former.variantId()).map(Variant::name).orElse(former.variantId());
    String download = Amounts.download(former.download());
    return former
        .until()
        .map(until -> messages.text("report.show.former-until", name, download, until))
        .orElseGet(() -> messages.text("report.show.former", name, download));
  }

  private String download(ModelTag tag) {
    String size = Amounts.download(tag.download());
    String certainty = messages.text("report.certainty." + tag.downloadCertainty());
    return tag.downloadCertainty() == Certainty.EXACT
        ? size + " (" + tag.download().count() + " B)"
        : size + " (" + certainty + ")";
  }

  private String benchmarks(Variant variant) {
    var parts = new ArrayList<String>();
    for (Benchmark benchmark : variant.benchmarks()) {
      String id = benchmark.id().substring(benchmark.id().indexOf('/') + 1);
      String name = messages.find("report.benchmark." + id).orElse(id);
      boolean rating = benchmark.value() > HIGHEST_PERCENT;
      parts.add(name + " " + Amounts.decimal(benchmark.value(), rating ? 0 : 1));
    }
    return String.join(" · ", parts);
  }

  private String unknown() {
    return messages.text("report.unknown");
  }

  private void row(Table table, String label, String text) {
    String name = messages.text("report.show.label." + label);
    List<String> lines = Table.wrap(text, style.columns() - LABEL - 2);
    table.row(
        style.faint(name) + " ".repeat(Math.max(0, LABEL - Table.width(name))),
        String.join("\n" + " ".repeat(LABEL + 2), lines));
  }

  /// The same as JSON.
  public String showAsJson(Catalog catalog, ModelTag tag) {
    return JsonWriter.pretty(
        JsonValue.object()
            .put("schema_version", JsonReport.SCHEMA_VERSION)
            .put("command", "show")
            .put(
                "tag",
                tag(catalog, tag)
                    .put("memory", new MemoryTable(messages, style).json(tag))
                    .put("benchmarks", benchmarksAsJson(tag.variant()))
                    .build())
            .put("catalog_version", catalog.version())
            .build());
  }

  private static JsonValue benchmarksAsJson(Variant variant) {
    return new JsonValue.Items(
        variant.benchmarks().stream()
            .map(
                b ->
                    (JsonValue)
                        JsonValue.object()
                            .put("id", b.id())
                            .put("value", b.value())
                            .put("certainty", b.certainty().name().toLowerCase(Locale.ROOT))
                            .put("source", b.source())
                            .build())
            .toList());
  }

  private static JsonValue.Builder tag(Catalog catalog, ModelTag tag) {
    Variant variant = tag.variant();
    return JsonValue.object()
        .put("tag", tag.fullName())
        .put("command", tag.pullCommand())
        .put("explicit_tag", catalog.explicit(tag).fullName())
        .put("same_as", JsonValue.texts(tag.sameAs()))
        .put("variant", variant.id())
        .put("name", variant.name())
        .put("base_model", variant.baseModel())
        .put("distill", variant.distill())
        .put("quantization", tag.quantization().label())
        .put("download_bytes", tag.download().count())
        .put("download_certainty", tag.downloadCertainty().name().toLowerCase(Locale.ROOT))
        .put("download_tolerance_bytes", tag.downloadTolerance().count())
        .put("digest", tag.digest().map(JsonValue.Text::new))
        .put("parameters", variant.architecture().parameters())
        .put("active_parameters", variant.architecture().activeParameters())
        .put("trained_context_tokens", variant.trainedContext().tokens())
        .put("weights_licence", variant.weightsLicense())
        .put("base_licence", variant.baseLicense())
        .put("release_date", variant.releaseDate());
  }
}
