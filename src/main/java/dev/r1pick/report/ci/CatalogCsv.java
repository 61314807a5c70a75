package dev.r1pick.report.ci;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Variant;
import dev.r1pick.text.Escaping;

/// Every tag of the catalog as CSV, with the names of the JSON.
public final class CatalogCsv {
  private CatalogCsv() {}

  /// A line of names and a line a tag.
  public static String list(Catalog catalog) {
    var text =
        new StringBuilder(
            "tag,explicit_tag,variant,quantization,download_bytes,trained_context_tokens,weights_license,base_license\n");
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
          .append("\n");
    }
    return text.toString();
  }
}
