package dev.r1pick.hardware;

import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// Which devices a list such as CUDA_VISIBLE_DEVICES leaves.
///
/// Facts: CUDA programming guide, appendix on environment variables: indices, UUIDs and unique
/// beginnings of UUIDs; the list ends at its first invalid entry; an empty list hides all.
public final class VisibleDevices {
  private VisibleDevices() {}

  /// The positions that stay visible.
  ///
  /// @param list the value of the variable
  /// @param uuids the UUID of each device in the driver's order, an empty text where unknown
  public static Set<Integer> of(String list, List<String> uuids) {
    var visible = new HashSet<Integer>();
    for (String entry : Text.split(list, ',')) {
      OptionalInt position = position(entry, uuids);
      if (position.isEmpty() || !visible.add(position.getAsInt())) {
        break;
      }
    }
    return visible;
  }

  /// True where the list names devices by their number, whose meaning depends on the order.
  public static boolean usesIndices(String list) {
    return Text.whole(Text.split(list, ',').getFirst()).isPresent();
  }

  private static OptionalInt position(String entry, List<String> uuids) {
    OptionalLong index = Text.whole(entry);
    if (index.isPresent()) {
      return index.getAsLong() < uuids.size()
          ? OptionalInt.of((int) index.getAsLong())
          : OptionalInt.empty();
    }
    if (!entry.startsWith("GPU-") && !entry.startsWith("MIG-")) {
      return OptionalInt.empty();
    }
    var matches = new ArrayList<Integer>();
    for (int i = 0; i < uuids.size(); i++) {
      if (uuids.get(i).startsWith(entry)) {
        matches.add(i);
      }
    }
    return matches.size() == 1 ? OptionalInt.of(matches.getFirst()) : OptionalInt.empty();
  }
}
