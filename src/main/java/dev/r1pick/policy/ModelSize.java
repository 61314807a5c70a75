package dev.r1pick.policy;

import dev.r1pick.catalog.Variant;
import java.util.Locale;
import java.util.Optional;

/// The size of a model as its tags say it, such as `14b`.
///
/// @param billions of parameters, above 0
public record ModelSize(double billions) implements Comparable<ModelSize> {

  /// Reads `14b`, `1.5B`.
  ///
  /// @return empty if it is no such size
  public static Optional<ModelSize> parse(String text) {
    String low = text.strip().toLowerCase(Locale.ROOT);
    if (!low.endsWith("b")) {
      return Optional.empty();
    }
    String number = low.substring(0, low.length() - 1);
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return Optional.empty();
      }
    }
    try {
      double billions = Double.parseDouble(number);
      return billions > 0 && Double.isFinite(billions)
          ? Optional.of(new ModelSize(billions))
          : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// The size in the names of a variant's tags.
  ///
  /// @throws IllegalStateException if the catalog's label is no size
  static ModelSize of(Variant variant) {
    return parse(variant.sizeLabel())
        .orElseThrow(() -> new IllegalStateException("no size: " + variant.sizeLabel()));
  }

  @Override
  public int compareTo(ModelSize other) {
    return Double.compare(billions, other.billions);
  }

  /// `14b`.
  @Override
  public String toString() {
    return billions == Math.rint(billions) ? (long) billions + "b" : billions + "b";
  }
}
