package dev.r1pick.ollama;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which versions will do, such as `>=0.30, <0.40`.
///
/// @param bounds all of which hold, at least one
public record VersionRange(List<Bound> bounds) {
  public VersionRange {
    bounds = List.copyOf(bounds);
  }

  /// One comparison.
  ///
  /// @param sign how it compares
  /// @param version as [OllamaVersion#parse] reads it
  public record Bound(Sign sign, OllamaVersion version) {
    boolean holds(OllamaVersion other) {
      int order = other.compareTo(version);
      return switch (sign) {
        case AT_LEAST -> order >= 0;
        case ABOVE -> order > 0;
        case AT_MOST -> order <= 0;
        case BELOW -> order < 0;
        case NOT -> order != 0;
        case EXACTLY -> order == 0;
      };
    }
  }

  /// How versions compare; longer signs first, so that `>=` is not read as `>`.
  public enum Sign {
    AT_LEAST(">="),
    AT_MOST("<="),
    NOT("!="),
    ABOVE(">"),
    BELOW("<"),
    EXACTLY("=");

    private final String text;

    Sign(String text) {
      this.text = text;
    }

    /// As it is written.
    public String text() {
      return text;
    }
  }

  /// Reads comparisons with commas between them. A bare version is refused: it could mean exactly
  /// that one, or at least that one.
  ///
  /// @return empty if it is none
  public static Optional<VersionRange> parse(String text) {
    var bounds = new ArrayList<Bound>();
    int from = 0;
    while (from <= text.length()) {
      int comma = text.indexOf(',', from);
      int end = comma < 0 ? text.length() : comma;
      Optional<Bound> bound = bound(text.substring(from, end).strip());
      if (bound.isEmpty()) {
        return Optional.empty();
      }
      bounds.add(bound.get());
      from = end + 1;
    }
    return Optional.of(new VersionRange(bounds));
  }

  private static Optional<Bound> bound(String text) {
    for (Sign sign : Sign.values()) {
      if (text.startsWith(sign.text())) {
        String version = text.substring(sign.text().length()).strip();
        // a comma is missing, and what stands behind it must not be lost
        return version.indexOf(' ') >= 0
            ? Optional.empty()
            : OllamaVersion.parse(version).map(read -> new Bound(sign, read));
      }
    }
    return Optional.empty();
  }

  /// Whether that version will do.
  public boolean contains(OllamaVersion version) {
    for (Bound bound : bounds) {
      if (!bound.holds(version)) {
        return false;
      }
    }
    return true;
  }

  /// `>=0.30.0, <0.40.0`.
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Bound bound : bounds) {
      text.append(text.isEmpty() ? "" : ", ").append(bound.sign().text()).append(bound.version());
    }
    return text.toString();
  }
}
