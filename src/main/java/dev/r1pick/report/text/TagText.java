package dev.r1pick.report.text;

import dev.r1pick.catalog.Benchmark;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.Certainty;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Variant;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import java.util.ArrayList;
import java.util.List;

/// What is known of one tag, for a person.
public final class TagText {
  private static final int LABELS = 14;
  private static final double HIGHEST_PERCENT = 100;

  private final Messages messages;
  private final Wording words;
  private final Style style;
  private final Screen screen;

  /// A writer in one language and style.
  public TagText(Messages messages, Style style) {
    this.messages = messages;
    this.words = new Wording(messages);
    this.style = style;
    this.screen = new Screen(messages, style, LABELS);
  }

  /// One tag on one screen.
  public String show(Catalog catalog, ModelTag tag) {
    Variant variant = tag.variant();
    var lines = new ArrayList<String>();
    screen.paragraph(
        lines,
        style.bold(
            messages.text(
                "report.show.title", tag.fullName(), variant.name(), words.variant(variant))));
    lines.add("");
    if (!tag.sameAs().isEmpty()) {
      row(lines, "same-as", messages.list(tag.sameAs()));
    }
    for (ModelTag.Former former : tag.formerly()) {
      if (former.variantId().equals(variant.id())) {
        continue; // the same weights with another template
      }
      row(lines, "formerly", former(catalog, former));
    }
    row(lines, "license", words.license(variant));
    row(lines, "released", variant.releaseDate());
    row(lines, "quantization", tag.quantization().label());
    row(lines, "download", download(tag));
    row(
        lines,
        "digest",
        tag.digest().map(d -> d.substring(0, Math.min(12, d.length()))).orElseGet(this::unknown));
    row(lines, "parameters", parameters(variant));
    row(
        lines,
        "context",
        messages.text("report.show.trained", variant.trainedContext().shortText()));
    row(lines, "benchmarks", benchmarks(variant));
    lines.addAll(new MemoryTable(messages, style).lines(tag));
    lines.add("");
    lines.add(tag.pullCommand());
    return String.join("\n", lines) + "\n";
  }

  private String parameters(Variant variant) {
    String all = Amounts.decimal(variant.architecture().parameters() / 1e9, 2);
    String han = Amounts.hundredMillions((double) variant.architecture().parameters());
    return variant
        .architecture()
        .experts()
        .map(
            experts ->
                messages.text(
                    "report.show.active",
                    all,
                    Amounts.decimal(experts.activeParameters() / 1e9, 1),
                    han,
                    Amounts.hundredMillions((double) experts.activeParameters())))
        .orElseGet(() -> messages.text("report.show.all-active", all, han));
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
        ? messages.text("report.show.download-exact", size, tag.download().count())
        : messages.text("report.show.download", size, certainty);
  }

  private String benchmarks(Variant variant) {
    var parts = new ArrayList<String>();
    for (Benchmark benchmark : variant.benchmarks()) {
      String id = benchmark.id().substring(benchmark.id().indexOf('/') + 1);
      String name = messages.find("report.benchmark." + id).orElse(id);
      boolean rating = benchmark.value() > HIGHEST_PERCENT;
      parts.add(
          messages.text(
              "report.show.score", name, Amounts.decimal(benchmark.value(), rating ? 0 : 1)));
    }
    return String.join(" · ", parts);
  }

  private String unknown() {
    return messages.text("report.unknown");
  }

  private void row(List<String> lines, String label, String text) {
    screen.labeled(lines, messages.text("report.show.label." + label), text);
  }
}
