package dev.r1pick.catalog.gpu;

import dev.r1pick.text.Spelling;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Finds the names that were probably meant by one that does not exist, and the names that tell
/// apart what one name means.
final class GpuSuggestions {
  /// Words of a name that nobody needs to type.
  private static final List<String> VENDORS =
      List.of("NVIDIA GeForce ", "NVIDIA ", "AMD Radeon RX ", "AMD ", "Intel ", "Apple ");

  /// A number this short says too little to be a slip of another.
  private static final int SHORTEST_NUMBER = 3;

  /// A name without a number may differ by one letter in so many.
  private static final int LETTERS_FOR_A_SLIP = 4;

  private static final int NONE = Integer.MAX_VALUE;

  private final List<GpuModel> models;
  private final GpuWords vocabulary;

  GpuSuggestions(List<GpuModel> models, GpuWords vocabulary) {
    this.models = models;
    this.vocabulary = vocabulary;
  }

  /// A candidate with its distance from what was typed.
  private record Near(GpuModel model, int distance, int letters, boolean laptop, int age) {}

  /// Names nearest to `typed`: of the same vendor and kind, with the same number or another digit
  /// in it. Of equally near ones desktop before laptop, new before old; none where nothing is
  /// alike.
  List<String> nearest(GpuName typed, int most) {
    var ranked = new ArrayList<Near>();
    List<String> vendors = vendors(typed);
    boolean laptop =
        typed.laptop()
            || (typed.atoms().contains("m")
                && typed.atoms().size() > 1
                && typed.atoms().getLast().equals("m"));
    for (int i = 0; i < models.size(); i++) {
      GpuModel model = models.get(i);
      boolean forLaptop = model.form() == GpuModel.Form.LAPTOP;
      boolean own = GpuMatcher.isOf(vendors, model.vendor());
      boolean possible = own || typed.vendors().isEmpty();
      if (possible && (!laptop || forLaptop)) {
        int distance = distance(typed, model, laptop);
        // A wrong family with the right number: RX 4090.
        if (own ? distance < NONE : distance <= 1) {
          int letters = Spelling.distance(typed.key(), GpuName.of(model.name(), vocabulary).key());
          ranked.add(new Near(model, distance, letters, forLaptop && !laptop, -i));
        }
      }
    }
    ranked.sort(
        Comparator.comparing(Near::laptop)
            .thenComparingInt(Near::distance)
            .thenComparingInt(Near::letters)
            .thenComparingInt(Near::age));
    var names = new LinkedHashSet<String>();
    for (Near near : ranked) {
      // A laptop part is offered for a desktop name only beside cards.
      boolean first = names.isEmpty() && near.laptop() && saysLaptop(near.model());
      if (names.size() < most && !first) {
        names.add(shortName(near.model(), Optional.empty()));
      }
    }
    return List.copyOf(names);
  }

  /// Who makes it, said by the vendor's name or by the family.
  private List<String> vendors(GpuName typed) {
    if (!typed.vendors().isEmpty()) {
      return typed.vendors();
    }
    for (String atom : typed.atoms()) {
      String vendor = vocabulary.families().getOrDefault(atom, "");
      if (!vendor.isEmpty()) {
        return List.of(vendor);
      }
    }
    return List.of();
  }

  /// A laptop part whose name is that of a card.
  private boolean saysLaptop(GpuModel model) {
    return GpuName.of(model.name(), vocabulary).laptop();
  }

  private int distance(GpuName typed, GpuModel model, boolean laptop) {
    int best = NONE;
    for (String text : GpuCatalog.names(model)) {
      best = Math.min(best, distance(typed, ModelName.of(text, vocabulary), model, laptop));
    }
    return best;
  }

  /// How many words differ, a digit counting double; none where they are not alike.
  private int distance(GpuName typed, ModelName name, GpuModel model, boolean laptop) {
    String number = number(typed.atoms());
    String other = number(name.core());
    if (number.isEmpty() || other.isEmpty()) {
      int letters = Spelling.distance(typed.key(), name.whole().key());
      boolean slip =
          number.isEmpty() && letters <= name.whole().key().length() / LETTERS_FOR_A_SLIP;
      return slip ? letters : NONE;
    }
    int words = words(typed.atoms(), name, number, other, laptop);
    if (number.equals(other)) {
      boolean longEnough = number.length() >= SHORTEST_NUMBER;
      boolean letters = sameLetters(typed.atoms(), name, number);
      return longEnough || words <= 1 ? words + (letters ? 0 : 2) : NONE;
    }
    boolean alike =
        number.length() == other.length()
            && Spelling.distance(number, other) == 1
            && sameLetters(typed.atoms(), name, number)
            && (number.length() >= SHORTEST_NUMBER || hasWord(typed.atoms(), name));
    // Another generation before another rank of the same.
    boolean generation = number.charAt(0) != other.charAt(0);
    return alike && familyOf(typed.atoms(), model) ? 2 + words + (generation ? 0 : 1) : NONE;
  }

  /// The longest run of digits.
  private static String number(List<String> atoms) {
    String number = "";
    for (String atom : atoms) {
      if (GpuName.isDigits(atom) && atom.length() > number.length()) {
        number = atom;
      }
    }
    return number;
  }

  /// How many words of the one are not in the other, numbers and the mark of a laptop aside.
  private static int words(
      List<String> typed, ModelName name, String number, String other, boolean laptop) {
    var left = new ArrayList<String>(name.core());
    left.remove(other);
    int extra = 0;
    for (String atom : typed) {
      boolean known =
          left.remove(atom) || name.front().contains(atom) || name.tail().contains(atom);
      extra += known || atom.equals(number) || (laptop && atom.equals("m")) ? 0 : 1;
    }
    return extra + left.size();
  }

  /// Whether the letters before the number are the same: an A5500 is no 5500.
  private boolean sameLetters(List<String> typed, ModelName name, String number) {
    int at = typed.indexOf(number);
    String before =
        at > 0 && !vocabulary.families().containsKey(typed.get(at - 1)) ? typed.get(at - 1) : "";
    String first = name.core().getFirst();
    return GpuName.isDigits(first) ? before.isEmpty() : first.equals(before);
  }

  /// Whether a word of the core, such as Apple's Max, is the same.
  private static boolean hasWord(List<String> typed, ModelName name) {
    for (String atom : name.core()) {
      if (atom.length() > 2 && !GpuName.isDigits(atom) && typed.contains(atom)) {
        return true;
      }
    }
    return false;
  }

  /// Whether the family that was typed is one that this model has; a wrong one is no slip.
  private boolean familyOf(List<String> typed, GpuModel model) {
    for (String atom : typed) {
      if (vocabulary.families().containsKey(atom)) {
        for (String text : GpuCatalog.names(model)) {
          if (GpuName.of(text, vocabulary).atoms().contains(atom)) {
            return true;
          }
        }
        return false;
      }
    }
    return true;
  }

  /// What to type instead of a name with a memory size that it never had: the one of that number
  /// that has this size, then the named one with the sizes that it has, then its laptop part.
  List<String> instead(GpuMatcher.Group group, Bytes memory, int most) {
    List<GpuModel> meant = group.meant();
    String number = number(ModelName.of(meant.getFirst().name(), vocabulary).core());
    var names = new LinkedHashSet<String>();
    for (GpuModel model : models) {
      boolean kin =
          model.vendor().equals(meant.getFirst().vendor())
              && model.form() == meant.getFirst().form();
      if (kin
          && model.existsWith(memory)
          && number.length() >= SHORTEST_NUMBER
          && number(ModelName.of(model.name(), vocabulary).core()).equals(number)) {
        names.add(shortName(model, Optional.of(memory)));
      }
    }
    var own = new ArrayList<GpuModel>(meant);
    for (GpuModel model : group.models()) {
      if (!own.contains(model) && model.existsWith(memory)) {
        own.add(model);
      }
    }
    names.addAll(choices(own));
    return names.stream().limit(most).toList();
  }

  /// Where a name can mean several models, the others of that number whose names have a word more,
  /// once each: who types `RTX 6000` may have an RTX A6000 or an RTX PRO 6000.
  List<GpuModel> kin(GpuMatcher.Group group) {
    List<GpuModel> meant = group.meant();
    String number = number(group.typed().atoms());
    if (meant.size() < 2 || number.length() < SHORTEST_NUMBER) {
      return List.of();
    }
    var found = new LinkedHashMap<String, GpuModel>();
    for (GpuModel model : models) {
      ModelName name = ModelName.of(model.name(), vocabulary);
      boolean alike =
          model.vendor().equals(meant.getFirst().vendor())
              && model.form() == meant.getFirst().form()
              && name.core().getLast().equals(number)
              && name.whole().atoms().containsAll(group.typed().atoms());
      if (alike && !group.models().contains(model)) {
        // of several editions the one with the shortest name
        found.merge(
            name.front() + " " + name.core(),
            model,
            (one, other) -> other.name().length() < one.name().length() ? other : one);
      }
    }
    return List.copyOf(found.values());
  }

  /// A name for each of the models with each of its sizes, small to large, laptop parts last.
  List<String> choices(List<GpuModel> group) {
    var choices = new LinkedHashSet<String>();
    for (boolean laptop : new boolean[] {false, true}) {
      for (Bytes size : sizes(group)) {
        for (GpuModel model : group) {
          if (!isRepeated(model, size, group)
              && model.memorySizes().contains(size)
              && (model.form() == GpuModel.Form.LAPTOP) == laptop) {
            choices.add(
                shortName(model, isTold(model, group) ? Optional.empty() : Optional.of(size)));
          }
        }
      }
    }
    for (GpuModel model : group) {
      if (model.memorySizes().isEmpty()) {
        choices.add(shortName(model, Optional.empty()));
      }
    }
    return List.copyOf(choices);
  }

  /// Whether another with fewer cores has that size too and answers alike.
  private static boolean isRepeated(GpuModel model, Bytes size, List<GpuModel> group) {
    for (GpuModel other : group) {
      if (other.name().equals(model.name())) {
        return false;
      }
      if (other.gpuCores().isPresent()
          && model.gpuCores().isPresent()
          && other.memorySizes().contains(size)
          && other.bandwidth().equals(model.bandwidth())) {
        return true;
      }
    }
    return false;
  }

  /// Whether the name alone tells a model of one size from the others.
  private boolean isTold(GpuModel model, List<GpuModel> group) {
    if (model.memorySizes().size() > 1) {
      return false;
    }
    for (String name : GpuCatalog.names(model)) {
      String key = GpuName.of(name, vocabulary).key();
      for (GpuModel other : group) {
        if (!other.name().equals(model.name()) && hasKey(other, key)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean hasKey(GpuModel model, String key) {
    for (String name : GpuCatalog.names(model)) {
      if (GpuName.of(name, vocabulary).key().equals(key)) {
        return true;
      }
    }
    return false;
  }

  /// All sizes of the models, small to large.
  static SortedSet<Bytes> sizes(List<GpuModel> group) {
    var sizes = new TreeSet<Bytes>();
    for (GpuModel model : group) {
      sizes.addAll(model.memorySizes());
    }
    return sizes;
  }

  /// The models' names as people type them.
  List<String> names(List<GpuModel> group, Optional<Bytes> memory) {
    var names = new LinkedHashSet<String>();
    for (GpuModel model : group) {
      names.add(shortName(model, memory));
    }
    return List.copyOf(names);
  }

  /// The name as people type it; with the size where the name alone is not enough.
  String shortName(GpuModel model, Optional<Bytes> memory) {
    String name = model.name();
    for (String vendor : VENDORS) {
      if (name.startsWith(vendor)) {
        name = name.substring(vendor.endsWith("RX ") ? vendor.length() - 3 : vendor.length());
        break;
      }
    }
    if (memory.isEmpty() || GpuName.of(name, vocabulary).memory().isPresent()) {
      return name;
    }
    return name + " " + (memory.get().count() >> 30) + "GB";
  }
}
