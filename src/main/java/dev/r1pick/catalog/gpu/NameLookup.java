package dev.r1pick.catalog.gpu;

import dev.r1pick.catalog.gpu.GpuWords.Meaning;
import dev.r1pick.catalog.gpu.GpuWords.Sense;
import dev.r1pick.catalog.gpu.ModelName.Nearness;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Answers what a typed name means.
final class NameLookup {
  /// The longest phrase with a meaning, in words.
  private static final int LONGEST_MEANING = 4;

  /// A driver's count of MiB is at most this much below the size on the box.
  private static final double LEAST_REPORTED = 0.9;

  private final GpuCatalog catalog;
  private final int offered;
  private final GpuMatcher matcher;
  private final GpuSuggestions suggestions;

  NameLookup(GpuCatalog catalog, int offered) {
    this.catalog = catalog;
    this.offered = offered;
    this.matcher = new GpuMatcher(catalog.models(), catalog.words());
    this.suggestions = new GpuSuggestions(catalog.models(), catalog.words());
  }

  GpuRequest request(String text, Optional<Bytes> memory) {
    if (TypedText.hasBrokenNumber(text)) {
      return new GpuRequest(1, new GpuLookup.NoCard(Sense.NO_NUMBER, List.of()));
    }
    Optional<TypedText.Share> share = TypedText.share(text);
    if (share.isPresent()) {
      Optional<GpuLookup> lookup = share(share.get());
      if (lookup.isPresent()) {
        return new GpuRequest(1, lookup.get());
      }
    }
    List<String> names = TypedText.names(text, catalog.words());
    if (names.size() == 1 && isNoModel(NameWords.of(names.getFirst(), catalog.words()))) {
      return new GpuRequest(1, new GpuLookup.NoCard(Sense.NO_MODEL, List.of()));
    }
    var groups = new ArrayList<GpuMatcher.Group>();
    int number = 1;
    for (String name : names) {
      Read read = read(name);
      if (!read.group().isEmpty()) {
        groups.add(read.group());
        number = Math.max(number, read.number());
      }
      if (read.number() == 0) {
        return new GpuRequest(1, new GpuLookup.NoCard(Sense.NO_GPU, List.of()));
      }
    }
    return groups.isEmpty()
        ? new GpuRequest(1, unknown(NameWords.of(names.getFirst(), catalog.words())))
        : ofBoards(number, groups, memory);
  }

  /// The memory of a board with several devices is that of all: a K80 of 24 GB is two of 12.
  private GpuRequest ofBoards(int number, List<GpuMatcher.Group> groups, Optional<Bytes> memory) {
    GpuLookup lookup = known(groups, memory);
    if (lookup instanceof GpuLookup.WrongMemory(var model, var typed, _, _)) {
      int devices = model.devicesPerBoard();
      Bytes each = Bytes.of(typed.count() / devices);
      if (devices > 1 && model.existsWith(each)) {
        return new GpuRequest(number * devices, found(List.of(model), Optional.of(each), false));
      }
    }
    return new GpuRequest(number, lookup);
  }

  /// Only words of vendors and families: `Intel Arc`.
  private boolean isNoModel(List<String> words) {
    for (String word : words) {
      if (!catalog.words().vendors().containsKey(word)
          && !catalog.words().families().containsKey(word)) {
        return false;
      }
    }
    return !words.isEmpty();
  }

  /// What a name means, and how many of it.
  private record Read(int number, GpuMatcher.Group group) {}

  /// As it stands, else with a bare number behind it as its memory, else without the numbers under
  /// which makers sell their boards.
  private Read read(String name) {
    Read read = read(NameWords.of(name, catalog.words()));
    OptionalInt size = TypedText.bareSize(name);
    if (read.group().isEmpty() && size.isPresent()) {
      Read sized = read(NameWords.of(name.strip() + "gb", catalog.words()));
      List<GpuModel> meant = sized.group().meant();
      return withMemory(meant, Bytes.ofGiB(size.getAsInt())).isEmpty() ? read : sized;
    }
    String without = read.group().isEmpty() ? TypedText.withoutPartNumbers(name) : name;
    return without.equals(name) ? read : read(NameWords.of(without, catalog.words()));
  }

  /// As it stands first, for `x2` is also a part of names.
  private Read read(List<String> words) {
    GpuMatcher.Group whole = matcher.plain(words);
    if (!whole.isEmpty() && whole.nearness() != Nearness.BEGUN) {
      return new Read(1, whole);
    }
    Optional<CountedWords> counted = CountedWords.of(words, catalog.words());
    if (counted.isPresent()) {
      GpuMatcher.Group group = matcher.free(counted.get().words());
      if (!group.isEmpty()) {
        return new Read(counted.get().number(), group);
      }
    }
    GpuMatcher.Group free = matcher.free(words);
    return new Read(1, free.isEmpty() ? insideOf(words) : free);
  }

  /// `780M 核显`: a GPU inside a processor is named, and that it is one is said beside it. The Latin
  /// words for that are parts of names.
  private GpuMatcher.Group insideOf(List<String> words) {
    var left = new ArrayList<String>();
    for (String word : words) {
      boolean said =
          Character.isIdeographic(word.codePointAt(0))
              && meaning(List.of(word))
                  .filter(m -> m.sense() == Sense.INSIDE_PROCESSOR)
                  .isPresent();
      if (!said) {
        left.add(word);
      }
    }
    GpuMatcher.Group named = matcher.free(left.size() < words.size() ? left : words);
    boolean inside = !named.isEmpty() && named.nearness() != Nearness.BEGUN;
    for (GpuModel model : named.meant()) {
      inside &= model.unified();
    }
    return inside ? named : matcher.free(words);
  }

  private GpuLookup known(List<GpuMatcher.Group> groups, Optional<Bytes> memory) {
    if (groups.size() == 1 && groups.getFirst().nearness() == Nearness.BEGUN) {
      return begun(groups.getFirst());
    }
    if (groups.size() == 1) {
      GpuMatcher.Group group = groups.getFirst();
      Optional<Bytes> typed = group.typed().memory();
      return one(group, typed.isPresent() ? typed : memory);
    }
    var meant = new LinkedHashSet<GpuModel>();
    for (GpuMatcher.Group group : groups) {
      meant.addAll(group.meant());
    }
    return ofSeveral(List.copyOf(meant));
  }

  /// The start of several names; of GPUs inside processors that is what drivers print of all.
  private GpuLookup begun(GpuMatcher.Group group) {
    List<GpuModel> fitting = withTyped(group.meant(), group.typed());
    List<String> choices = suggestions.choices(fitting.isEmpty() ? group.meant() : fitting);
    Optional<Meaning> meaning = meaning(group.typed().words());
    if (meaning.isPresent() && meaning.get().sense() == Sense.INSIDE_PROCESSOR) {
      return new GpuLookup.NoCard(Sense.INSIDE_PROCESSOR, choices);
    }
    return choices.size() > 1 ? new GpuLookup.Several(choices) : new GpuLookup.Unknown(choices);
  }

  /// Several names at once: the slowest where memory does not tell them apart.
  private GpuLookup ofSeveral(List<GpuModel> models) {
    var sizes = GpuSuggestions.sizes(models);
    return sizes.size() > 1
        ? new GpuLookup.Several(suggestions.choices(models))
        : found(models, sizes.isEmpty() ? Optional.empty() : Optional.of(sizes.first()), true);
  }

  private GpuLookup one(GpuMatcher.Group group, Optional<Bytes> wanted) {
    List<GpuModel> meant = group.meant();
    var sizes = GpuSuggestions.sizes(meant);
    boolean asked = group.nearness() != Nearness.EXACT;
    if (wanted.isEmpty()) {
      if (sizes.size() > 1) {
        // The owner of a laptop part types the same words.
        var all = new ArrayList<GpuModel>(meant.getFirst().unified() ? meant : group.models());
        List<GpuModel> kin = suggestions.kin(group);
        all.addAll(kin);
        sizes.addAll(GpuSuggestions.sizes(kin));
        return new GpuLookup.AmbiguousMemory(
            GpuCatalog.slowest(meant), List.copyOf(sizes), suggestions.choices(all));
      }
      return found(meant, sizes.isEmpty() ? Optional.empty() : Optional.of(sizes.first()), asked);
    }
    if (sizes.isEmpty()) {
      return found(meant, wanted, asked);
    }
    Optional<Bytes> size = size(meant, wanted.get(), group.typed().roughMemory());
    if (size.isEmpty()) {
      return new GpuLookup.WrongMemory(
          GpuCatalog.slowest(meant),
          wanted.get(),
          List.copyOf(sizes),
          suggestions.instead(group, wanted.get(), offered));
    }
    return found(withMemory(meant, size.get()), size, asked);
  }

  private static GpuLookup found(List<GpuModel> group, Optional<Bytes> memory, boolean shared) {
    GpuModel model = GpuCatalog.slowest(group);
    var others = new ArrayList<String>();
    if (shared) {
      for (GpuModel other : group) {
        if (other.bandwidth().compareTo(model.bandwidth()) > 0) {
          others.add(other.name());
        }
      }
    }
    return new GpuLookup.Found(model, memory, others);
  }

  private static List<GpuModel> withTyped(List<GpuModel> group, GpuName typed) {
    return typed.memory().isEmpty() ? List.of() : withMemory(group, typed.memory().get());
  }

  private static List<GpuModel> withMemory(List<GpuModel> group, Bytes memory) {
    var found = new ArrayList<GpuModel>();
    for (GpuModel model : group) {
      if (model.existsWith(memory)) {
        found.add(model);
      }
    }
    return found;
  }

  /// The size that is meant: the same, or where it was counted in MiB the next above.
  private static Optional<Bytes> size(List<GpuModel> group, Bytes wanted, boolean rough) {
    if (!withMemory(group, wanted).isEmpty()) {
      return Optional.of(wanted);
    }
    if (rough) {
      for (GpuModel model : group) {
        var sizes = new ArrayList<Bytes>(model.memorySizes());
        sizes.addAll(model.modifiedMemorySizes());
        for (Bytes size : sizes) {
          if (wanted.atMost(size) && size.scaledBy(LEAST_REPORTED).atMost(wanted)) {
            return Optional.of(size);
          }
        }
      }
    }
    return Optional.empty();
  }

  /// What the words mean that name no card, the longest phrase first.
  private Optional<Meaning> meaning(List<String> words) {
    for (int length = Math.min(LONGEST_MEANING, words.size()); length > 0; length--) {
      for (int i = 0; i + length <= words.size(); i++) {
        Meaning meaning = catalog.words().meanings().get(NameWords.joined(words, i, length));
        if (meaning != null) {
          return Optional.of(meaning);
        }
      }
    }
    return Optional.empty();
  }

  private GpuLookup unknown(List<String> words) {
    Optional<Meaning> meaning = meaning(words);
    if (meaning.isPresent()) {
      Sense sense = meaning.get().sense();
      List<String> named = meaning.get().suggestions();
      return new GpuLookup.NoCard(
          sense, sense == Sense.INSIDE_PROCESSOR && named.isEmpty() ? insideOnly(words) : named);
    }
    GpuName typed = GpuName.of(words, catalog.words(), GpuName.Reading.PLAIN);
    if (words.size() == 1 && words.getFirst().startsWith("gfx")) {
      return architecture(words.getFirst());
    }
    boolean noModel = !words.isEmpty();
    for (String atom : typed.atoms()) {
      noModel &= catalog.words().families().containsKey(atom);
    }
    return noModel
        ? new GpuLookup.NoCard(Sense.NO_MODEL, List.of())
        : new GpuLookup.Unknown(nearest(typed, words));
  }

  /// Where nothing of the vendor is alike, the vendor may be the slip: `NVIDIA RX 7900 XTX`.
  private List<String> nearest(GpuName typed, List<String> words) {
    List<String> near = suggestions.nearest(typed, offered);
    if (!near.isEmpty() || typed.vendors().isEmpty()) {
      return near;
    }
    var others = new ArrayList<String>();
    for (String word : words) {
      if (!catalog.words().vendors().containsKey(word)) {
        others.add(word);
      }
    }
    GpuMatcher.Group group = matcher.free(others);
    return group.nearness() == Nearness.BEGUN
        ? List.of()
        : suggestions.names(group.meant(), Optional.empty());
  }

  /// Of the names that are alike, those of GPUs inside processors.
  private List<String> insideOnly(List<String> words) {
    var inside = new ArrayList<GpuModel>();
    for (GpuModel model : catalog.models()) {
      if (model.form() == GpuModel.Form.IGPU || model.form() == GpuModel.Form.APU) {
        inside.add(model);
      }
    }
    GpuName typed = GpuName.of(words, catalog.words(), GpuName.Reading.PLAIN);
    return new GpuSuggestions(inside, catalog.words()).nearest(typed, offered);
  }

  /// The cards of an architecture, fastest first.
  private GpuLookup architecture(String target) {
    var found = new ArrayList<GpuModel>();
    for (GpuModel model : catalog.models()) {
      if (model.gfxTarget().equals(Optional.of(target))) {
        found.add(model);
      }
    }
    if (found.isEmpty()) {
      return new GpuLookup.Unknown(List.of());
    }
    found.sort((one, other) -> other.bandwidth().compareTo(one.bandwidth()));
    List<String> names = suggestions.names(found, Optional.empty());
    return new GpuLookup.NoCard(
        Sense.ARCHITECTURE, names.size() > offered ? names.subList(0, offered) : names);
  }

  /// A share of a card that has a name here; the whole card where the share is all of it.
  private Optional<GpuLookup> share(TypedText.Share share) {
    Bytes memory = Bytes.ofGiB(share.gib());
    List<String> words = NameWords.of(share.card(), catalog.words());
    GpuMatcher.Group group = matcher.free(words);
    boolean own = !group.isEmpty();
    // NVIDIA adds letters for the memory of the card: A100D, V100DX.
    String last = words.isEmpty() ? "" : words.getLast();
    while (group.isEmpty()
        && last.length() > 1
        && Character.isLetter(last.charAt(last.length() - 1))) {
      last = last.substring(0, last.length() - 1);
      var shorter = new ArrayList<String>(words);
      shorter.set(words.size() - 1, last);
      group = matcher.free(shorter);
    }
    if (group.isEmpty()) {
      return words.isEmpty() || words.contains("grid")
          ? Optional.of(new GpuLookup.Share(memory, List.of()))
          : Optional.empty();
    }
    List<GpuModel> whole = withMemory(group.meant(), memory);
    if (own && !whole.isEmpty()) {
      return Optional.of(found(whole, Optional.of(memory), true));
    }
    List<GpuModel> ofSize = withTyped(group.meant(), group.typed());
    List<String> cards =
        whole.isEmpty()
            ? suggestions.names(ofSize.isEmpty() ? group.meant() : ofSize, Optional.empty())
            : suggestions.names(whole, Optional.of(memory));
    return Optional.of(new GpuLookup.Share(memory, cards));
  }
}
