package dev.r1pick.catalog.gpu;

import dev.r1pick.text.Spelling;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Finds the names that were probably meant by one that does not exist.
final class GpuSuggestions {
  /// Words of a name that nobody needs to type.
  private static final List<String> VENDORS =
      List.of(
          "NVIDIA GeForce ",
          "NVIDIA ",
          "AMD Radeon RX ",
          "AMD Radeon ",
          "AMD ",
          "Intel ",
          "Apple ");

  private static final int DIGIT_WEIGHT = 3;

  private final List<GpuModel> models;

  GpuSuggestions(List<GpuModel> models) {
    this.models = models;
  }

  /// A candidate with its distance from what was typed.
  private record Near(GpuModel model, int letters, boolean laptop, int age) {}

  /// Names nearest to `typed`; of equally near ones desktop before laptop, new before old.
  List<String> nearest(GpuName typed, int most) {
    var names = new LinkedHashSet<String>();
    for (Near near : ranked(typed, models)) {
      if (names.size() < most) {
        names.add(shortName(near.model(), Optional.empty()));
      }
    }
    return List.copyOf(names);
  }

  /// What to type instead of a name with a memory size that it never had: the nearest that has this
  /// size, then the named one with the sizes that it has.
  List<String> instead(GpuName typed, List<GpuModel> group, Bytes memory, int most) {
    var others = new ArrayList<GpuModel>();
    for (GpuModel model : models) {
      if (model.existsWith(memory) && isKin(model, group.getFirst())) {
        others.add(model);
      }
    }
    var names = new LinkedHashSet<String>();
    List<Near> ranked = ranked(typed, others);
    if (!ranked.isEmpty()) {
      names.add(shortName(ranked.getFirst().model(), Optional.of(memory)));
    }
    boolean several = group.size() > 1 || group.getFirst().memorySizes().size() > 1;
    for (GpuModel model : group) {
      for (Bytes size : model.memorySizes()) {
        if (names.size() < most) {
          names.add(shortName(model, several ? Optional.of(size) : Optional.empty()));
        }
      }
    }
    return List.copyOf(names);
  }

  /// Of one maker and of one form, so that a card is never offered for a laptop part.
  private static boolean isKin(GpuModel one, GpuModel other) {
    return one.vendor().equals(other.vendor()) && one.form() == other.form();
  }

  /// A wrong digit is another card, a wrong word may be a slip.
  private static int distance(GpuName typed, GpuName name) {
    return Spelling.distance(typed.key(), name.key())
        + DIGIT_WEIGHT * Spelling.distance(typed.digits(), name.digits());
  }

  private static List<Near> ranked(GpuName typed, List<GpuModel> candidates) {
    var ranked = new ArrayList<Near>();
    for (int i = 0; i < candidates.size(); i++) {
      GpuModel model = candidates.get(i);
      int letters = Integer.MAX_VALUE;
      for (String name : GpuCatalog.names(model)) {
        letters = Math.min(letters, distance(typed, GpuName.of(name)));
      }
      ranked.add(new Near(model, letters, model.form() == GpuModel.Form.LAPTOP, -i));
    }
    ranked.sort(
        Comparator.comparingInt(Near::letters)
            .thenComparing(Near::laptop)
            .thenComparingInt(Near::age));
    return ranked;
  }

  /// The name as people type it; with the size where the name alone is not enough.
  private static String shortName(GpuModel model, Optional<Bytes> memory) {
    String name = model.name();
    for (String vendor : VENDORS) {
      if (name.startsWith(vendor)) {
        name = name.substring(vendor.endsWith("RX ") ? vendor.length() - 3 : vendor.length());
        break;
      }
    }
    if (memory.isEmpty() || GpuName.of(name).memory().isPresent()) {
      return name;
    }
    return name + " " + (memory.get().count() >> 30) + "GB";
  }
}
