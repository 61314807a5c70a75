package dev.r1pick.doctor;

import dev.r1pick.ollama.Installation;
import dev.r1pick.ollama.ServerVariable;
import dev.r1pick.units.Bytes;
import java.util.List;

/// Something that was found.
///
/// @param cause what
/// @param figures what its sentences name: texts, whole numbers, rates, sizes, a
///   [dev.r1pick.hardware.Usability.NotUsable] for its reason and its fix
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

  /// What sets a variable of the server, in the form that its installation takes.
  public record Line(ServerVariable variable, Installation installation) {}
}
