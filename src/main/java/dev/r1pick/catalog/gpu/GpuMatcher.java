package dev.r1pick.catalog.gpu;

import dev.r1pick.catalog.gpu.GpuName.Reading;
import dev.r1pick.catalog.gpu.GpuWords.Kind;
import dev.r1pick.catalog.gpu.ModelName.Nearness;
import java.util.ArrayList;
import java.util.List;

/// Finds the GPUs that bear a name.
final class GpuMatcher {
  private final List<GpuModel> models;
  private final GpuWords vocabulary;

  GpuMatcher(List<GpuModel> models, GpuWords vocabulary) {
    this.models = models;
    this.vocabulary = vocabulary;
  }

  /// The models that a name can mean.
  ///
  /// @param models all of them, laptop parts last where the name does not say
  /// @param nearness of the name to theirs
  /// @param typed the name as it was read
  record Group(List<GpuModel> models, Nearness nearness, GpuName typed) {
    Group {
      models = List.copyOf(models);
    }

    boolean isEmpty() {
      return models.isEmpty();
    }

    /// Those that are meant where the name does not say laptop: the cards, if there are any.
    List<GpuModel> meant() {
      if (typed.laptop()) {
        return models;
      }
      var cards = new ArrayList<GpuModel>();
      for (GpuModel model : models) {
        if (model.form() != GpuModel.Form.LAPTOP) {
          cards.add(model);
        }
      }
      return cards.isEmpty() ? models : cards;
    }
  }

  /// By the name as it stands, as drivers write it.
  Group plain(List<String> words) {
    GpuName typed = GpuName.of(words, vocabulary, Reading.PLAIN);
    Group group = find(typed, false);
    return group.isEmpty() ? find(laptopFor(typed, "maxq"), false) : group;
  }

  /// By the name as people write it: what is not found as it stands is read more freely, step by
  /// step.
  Group free(List<String> words) {
    GpuName typed = GpuName.of(words, vocabulary, Reading.PLAIN);
    Group group = readings(typed, false);
    if (group.isEmpty()) {
      group = readings(GpuName.of(words, vocabulary, Reading.SIZE_INSIDE), false);
    }
    if (group.isEmpty()) {
      group = readings(typed, true);
    }
    if (group.isEmpty()) {
      group = readings(GpuName.of(words, vocabulary, Reading.SERIES_TAKES_MORE), true);
    }
    return group.isEmpty() ? new Group(List.of(), Nearness.NONE, typed) : group;
  }

  private Group readings(GpuName typed, boolean ignoring) {
    Group group = find(typed, ignoring);
    if (!group.isEmpty() && group.nearness() != Nearness.BEGUN) {
      return group;
    }
    for (GpuName other : otherReadings(typed)) {
      Group found = find(other, ignoring);
      if (!found.isEmpty() && found.nearness() != Nearness.BEGUN) {
        return found;
      }
    }
    return group;
  }

  /// Max-Q is a laptop's; `1660s` is a SUPER, `4090m` a laptop's, `3090s` more than one, and a V2
  /// behind the name a revision of the board.
  private static List<GpuName> otherReadings(GpuName typed) {
    var others = new ArrayList<GpuName>();
    if (typed.atoms().contains("maxq")) {
      others.add(laptopFor(typed, "maxq"));
    }
    int last = typed.atoms().size() - 1;
    if (last > 0 && typed.atoms().get(last).equals("s")) {
      var changed = new ArrayList<String>(typed.atoms());
      changed.set(last, "super");
      others.add(typed.withAtoms(changed, false));
      others.add(typed.withAtoms(typed.atoms().subList(0, last), false));
    }
    if (last > 1 && typed.atoms().get(last - 1).equals("v")) {
      others.add(typed.withAtoms(typed.atoms().subList(0, last - 1), false));
    }
    if (last > 0 && typed.atoms().get(last).equals("m")) {
      others.add(laptopFor(typed, "m"));
    }
    return others;
  }

  private static GpuName laptopFor(GpuName typed, String mark) {
    if (!typed.atoms().contains(mark)) {
      return typed;
    }
    var left = new ArrayList<String>(typed.atoms());
    left.remove(mark);
    return typed.withAtoms(left, true);
  }

  private Group find(GpuName typed, boolean ignoring) {
    var found = new ArrayList<GpuModel>();
    Nearness best = Nearness.NONE;
    String telling = typed.mostTelling();
    if (telling.isEmpty()) {
      return new Group(found, best, typed);
    }
    for (GpuModel model : models) {
      if (!isOf(typed.vendors(), model.vendor())
          || (typed.laptop() && model.form() != GpuModel.Form.LAPTOP)) {
        continue;
      }
      Nearness nearness = nearness(model, typed, telling, ignoring);
      if (nearness.compareTo(best) < 0) {
        best = nearness;
        found.clear();
      }
      if (nearness == best && nearness != Nearness.NONE) {
        found.add(model);
      }
    }
    return new Group(found, best, typed);
  }

  private Nearness nearness(GpuModel model, GpuName typed, String telling, boolean ignoring) {
    boolean any = ignoring && !model.vendor().equals("Apple");
    var ignorable = new Ignorable(vocabulary, any);
    Nearness best = Nearness.NONE;
    for (String text : GpuCatalog.names(model)) {
      if (contains(text, telling) && (any || containsAll(text, typed))) {
        Nearness nearness = ModelName.of(text, vocabulary).nearness(typed, ignorable);
        best = nearness.compareTo(best) < 0 ? nearness : best;
      }
    }
    return best;
  }

  /// Whether a name with those vendors in it can be that vendor's.
  static boolean isOf(List<String> vendors, String vendor) {
    for (String one : vendors) {
      if (vendor.startsWith(one)) {
        return true;
      }
    }
    return vendors.isEmpty();
  }

  /// Whether each atom stands in a name, those aside that a name may write otherwise or lack.
  private boolean containsAll(String text, GpuName typed) {
    for (String atom : typed.atoms()) {
      if (!contains(text, atom) && !vocabulary.is(atom, Kind.BUS) && !mayLack(atom)) {
        return false;
      }
    }
    return true;
  }

  private static boolean mayLack(String atom) {
    return atom.equals("maxq") || ModelName.isSoft(atom);
  }

  /// A quick look that spares cutting up most names.
  private static boolean contains(String text, String lowerCase) {
    int last = text.length() - lowerCase.length();
    for (int i = 0; i <= last; i++) {
      if (text.regionMatches(true, i, lowerCase, 0, lowerCase.length())) {
        return true;
      }
    }
    return false;
  }
}
