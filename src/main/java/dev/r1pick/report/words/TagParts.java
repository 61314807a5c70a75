package dev.r1pick.report.words;

import dev.r1pick.catalog.Architecture;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Quantization;
import dev.r1pick.catalog.QuantizationFacts;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A tag taken apart: what each piece of its name means.
public final class TagParts {
  private static final double BILLION = 1e9;
  private static final int BITS = 8;

  private final Messages messages;
  private final Catalog catalog;
  private final UseCases useCases;
  private final ModelTag tag;
  private final ModelTag explicit;

  /// A piece of a name and what it means.
  ///
  /// @param piece as it stands in the name of the tag, or what is said of it, such as `before`
  /// @param meaning in a sentence
  public record Part(String piece, String meaning) {}

  /// A tag of that catalog.
  ///
  /// @param useCases which know what a quantization costs a model of that size and family
  public TagParts(Messages messages, Catalog catalog, UseCases useCases, ModelTag tag) {
    this.messages = messages;
    this.catalog = catalog;
    this.useCases = useCases;
    this.tag = tag;
    this.explicit = catalog.explicit(tag);
  }

  /// What the tag is, in one sentence.
  public String sentence() {
    return messages.text(
        "explain.tag",
        tag.fullName(),
        tag.variant().name(),
        tag.quantization().label(),
        Amounts.download(tag.download()));
  }

  /// Its pieces, in the order of the name, then what is to be known of the name itself.
  public List<Part> parts() {
    var parts = new ArrayList<Part>();
    parts.add(new Part(ModelTag.MODEL, messages.text("explain.tag.family", catalog.tags().size())));
    Variant variant = tag.variant();
    parts.add(new Part(variant.sizeLabel(), size(variant.architecture())));
    parts.add(new Part(middle(), origin(variant)));
    parts.add(new Part(quantizationOf(explicit.name()), quantization()));
    if (!tag.sameAs().isEmpty()) {
      parts.add(
          new Part(
              messages.text("explain.label.same-as"),
              messages.text("explain.tag.same", tag.sameAs())));
    }
    former()
        .ifPresent(former -> parts.add(new Part(messages.text("explain.label.before"), former)));
    parts.add(
        new Part(
            messages.text("explain.label.context"),
            messages.text("explain.tag.context", variant.trainedContext().shortText())));
    return parts;
  }

  private String size(Architecture architecture) {
    String parameters = Amounts.decimal(architecture.parameters() / BILLION, 2);
    String han = Amounts.hundredMillions((double) architecture.parameters());
    return architecture
        .experts()
        .map(
            experts ->
                messages.text(
                    "explain.tag.moe",
                    parameters,
                    architecture.layers(),
                    experts.count(),
                    experts.used(),
                    experts.shared(),
                    Amounts.decimal(experts.activeParameters() / BILLION, 1),
                    han,
                    Amounts.hundredMillions((double) experts.activeParameters())))
        .orElseGet(
            () -> messages.text("explain.tag.dense", parameters, architecture.layers(), han));
  }

  /// What stands between size and quantization: `qwen-distill`; for R1 itself nothing.
  private String middle() {
    String name = explicit.name();
    String size = tag.variant().sizeLabel() + "-";
    int end = name.length() - quantizationOf(name).length() - 1;
    return end > size.length() ? name.substring(size.length(), end) : "R1";
  }

  private static String quantizationOf(String explicit) {
    return explicit.substring(explicit.lastIndexOf('-') + 1);
  }

  private String origin(Variant variant) {
    String base = variant.baseModel().substring(variant.baseModel().indexOf('/') + 1);
    boolean second = variant.id().contains("0528");
    String key =
        variant.distill()
            ? second ? "explain.tag.distill-0528" : "explain.tag.distill"
            : second ? "explain.tag.full-0528" : "explain.tag.full";
    return messages.text(key, base);
  }

  private String quantization() {
    Quantization quantization = tag.quantization();
    double bits =
        (double) tag.download().count() * BITS / tag.variant().architecture().parameters();
    String layout =
        messages.text(
            "explain.layout."
                + quantization.label().toLowerCase(Locale.ROOT)
                + (tag.valueTensors().isPresent() ? "-values" : ""),
            Amounts.decimal(bits, 2));
    return messages.text("explain.sentences", layout, loss(quantization));
  }

  private String loss(Quantization quantization) {
    var measured = new ArrayList<String>();
    List<QuantizationFacts.Loss> losses =
        catalog.facts(quantization).map(QuantizationFacts::losses).orElse(List.of());
    for (QuantizationFacts.Loss loss : losses) {
      Optional<Variant> on = catalog.variant(loss.on());
      if (on.isPresent() && loss.measure() == QuantizationFacts.Measure.ACCURACY_DROP) {
        String model = on.get().sizeLabel().toUpperCase(Locale.ROOT);
        measured.add(
            loss.percent() == 0
                ? messages.text("explain.loss-zero", model)
                : messages.text("explain.loss-on", Amounts.decimal(loss.percent(), 2), model));
      }
    }
    double counted = useCases.lossPercent(quantization, tag.variant().architecture());
    return counted == 0 && measured.isEmpty()
        ? messages.text("explain.loss-none")
        : messages.text("explain.loss", Amounts.decimal(counted, 1), messages.list(measured));
  }

  /// What the same name meant before; empty where it always meant these weights.
  private Optional<String> former() {
    for (ModelTag.Former former : tag.formerly()) {
      Optional<Variant> variant = catalog.variant(former.variantId());
      if (variant.isPresent() && !former.variantId().equals(tag.variant().id())) {
        String name = variant.get().name();
        String download = Amounts.download(former.download());
        return Optional.of(
            former
                .until()
                .map(until -> messages.text("explain.tag.former-until", name, download, until))
                .orElseGet(() -> messages.text("explain.tag.former", name, download)));
      }
    }
    return Optional.empty();
  }
}
