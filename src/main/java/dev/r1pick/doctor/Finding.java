package dev.r1pick.doctor;

import dev.r1pick.units.Bytes;
import java.util.List;

/// Something that was found.
///
/// @param cause what
/// @param figures what its sentences name: texts, whole numbers, rates and sizes
/// @param part which of several sentences of its kind, below the name of the cause; empty: its only
///   one
public record Finding(Cause cause, String part, List<Object> figures) {
  public Finding {
    figures = List.copyOf(figures);
  }

  /// With the only sentence of its kind.
  public static Finding of(Cause cause, Object... figures) {
    return new Finding(cause, "", List.of(figures));
  }

  /// With one of several sentences of its kind.
  public static Finding of(Cause cause, String part, List<Object> figures) {
    return new Finding(cause, part, figures);
  }

  public Mark mark() {
    return cause.mark();
  }

  /// A size on a disk or of a download, which people count in decimal units.
  public record OnDisk(Bytes bytes) {}
}
