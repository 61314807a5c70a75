package dev.r1pick.catalog.gpu;

import dev.r1pick.catalog.Source;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The known kinds of GPU.
///
/// @param version of the data, an ISO date
/// @param sources where the figures come from, by id
/// @param models all of them, old to new within a vendor
/// @param words the vocabulary of their names
public record GpuCatalog(
    String version, Map<String, Source> sources, List<GpuModel> models, GpuWords words) {

  /// How many names are offered for one that does not exist.
  private static final int OFFERED = 5;

  /// A name longer than this is shortened where it can be; a judgement.
  private static final int LONG_NAME = 26;

  /// Names longer than this are cut before they are compared: no line that names a GPU is as long.
  private static final int LONGEST = 160;

  private static final int PCI_ID = "10de:2684".length();

  /// A driver reports a little less than the size on the box (firmware, page tables, ECC).
  private static final double LEAST_SHARE_REPORTED = 0.85;

  private static final double MOST_SHARE_REPORTED = 1.02;

  /// What drivers and tables put behind a name: a slice, a partition, a code name, other names.
  private static final List<String> ADDITIONS = List.of(" MIG ", " partition", "(", "/");

  public GpuCatalog {
    sources = Map.copyOf(sources);
    models = List.copyOf(models);
  }

  /// The GPU that a person means by a name such as `RTX 4090`, `rtx4090`, `RTX 3060 12GB`, `A100
  /// 80GB`, `M3 Max` or `RTX 4090 Laptop`.
  public GpuLookup named(String userText) {
    return named(userText, Optional.empty());
  }

  /// Like [#named(String)], with the memory said elsewhere: for Apple it is the machine's RAM.
  ///
  /// @param memory counts where the name itself carries none
  public GpuLookup named(String userText, Optional<Bytes> memory) {
    return request(userText, memory).gpu();
  }

  /// How many of which GPU a person means: `2x RTX 3090`, `RTX 3090 x2`, `dual 3090`, `双卡 3090`.
  ///
  /// @param memory of each, where the name itself carries none
  public GpuRequest request(String userText, Optional<Bytes> memory) {
    return new NameLookup(this, OFFERED).request(cut(userText), memory);
  }

  /// The texts of a text that names several GPUs, such as `3090 + 3060`; the text itself where it
  /// names one.
  public List<String> parts(String userText) {
    String text = cut(userText);
    List<String> pieces = TypedText.pieces(text);
    if (pieces.size() < 2) {
      return List.of(userText);
    }
    var cards = new ArrayList<String>();
    for (String piece : pieces) {
      switch (named(piece)) {
        case GpuLookup.Found _, GpuLookup.AmbiguousMemory _, GpuLookup.WrongMemory _ ->
            cards.add(piece);
        case GpuLookup.Several _, GpuLookup.Share _, GpuLookup.NoCard _, GpuLookup.Unknown _ -> {
          if (!TypedText.describes(piece, words)) {
            return List.of(userText);
          }
        }
      }
    }
    return cards.isEmpty() ? List.of(userText) : cards;
  }

  /// A name that means that kind with that memory, as people type it; empty where none does,
  /// because a slower one has the same name and memory. Words behind a long one are left out where
  /// it still means the same.
  ///
  /// @param memory of one device; of the machine where memory is unified
  public Optional<String> nameOf(GpuModel model, Optional<Bytes> memory) {
    var suggestions = new GpuSuggestions(models, words);
    String name = suggestions.shortName(model, Optional.empty());
    var spellings = new LinkedHashSet<String>();
    if (model.unified()) {
      int cores = name.indexOf(" (");
      spellings.add(cores < 0 ? name : name.substring(0, cores));
      spellings.add(name);
    } else {
      spellings.add(name);
      spellings.add(suggestions.shortName(model, memory));
      spellings.addAll(names(model));
    }
    for (String spelling : spellings) {
      if (means(spelling, model, memory)) {
        return Optional.of(shortened(spelling, model, memory));
      }
    }
    return Optional.empty();
  }

  /// How people type a kind of which a driver reports that much memory: a name that means it, else
  /// its own.
  public String typed(GpuModel model, Optional<Bytes> reported) {
    Optional<Bytes> size = model.unified() ? reported : Optional.empty();
    for (Bytes sold : model.memorySizes()) {
      if (size.isEmpty() && reported.filter(had -> reports(sold, had)).isPresent()) {
        size = Optional.of(sold);
      }
    }
    return nameOf(model, size).orElseGet(model::name);
  }

  private boolean means(String name, GpuModel model, Optional<Bytes> memory) {
    return named(name, model.unified() ? memory : Optional.empty())
            instanceof GpuLookup.Found(var found, var size, _)
        && found.equals(model)
        && (model.unified() || size.equals(memory));
  }

  private String shortened(String name, GpuModel model, Optional<Bytes> memory) {
    String shorter = name;
    while (shorter.length() > LONG_NAME && shorter.lastIndexOf(' ') > 0) {
      String tried = shorter.substring(0, shorter.lastIndexOf(' '));
      if (!means(tried, model, memory)) {
        return shorter;
      }
      shorter = tried;
    }
    return shorter;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  private static void add(boolean belongs, GpuModel model, List<GpuModel> list) {
    if (belongs) {
      list.add(model);
    }
  }

  static List<String> names(GpuModel model) {
    var names = new ArrayList<String>(model.aliases().size() + 1);
    names.add(model.name());
    names.addAll(model.aliases());
    return names;
  }

  static GpuModel slowest(List<GpuModel> group) {
    GpuModel slowest = group.getFirst();
    for (GpuModel model : group) {
      if (model.bandwidth().compareTo(slowest.bandwidth()) < 0) {
        slowest = model;
      }
    }
    return slowest;
  }

  /// The kinds that a detected device can be: by its PCI id, else by its name; memory and GPU cores
  /// tell apart what shares an id or a name. A slice (MIG, partition) is matched to its whole
  /// device, whose figures it has only a share of.
  ///
  /// @param pciId `vendor:device` or `vendor:device:revision` in hex, either case
  /// @param driverName as the driver or the operating system prints it
  /// @param memory total as the driver reports it; the machine's RAM for unified memory
  /// @param gpuCores Apple only
  /// @return the slowest first, which is meant where several are left; none where nothing is known
  public List<GpuModel> kinds(
      Optional<String> pciId,
      String driverName,
      Optional<Bytes> memory,
      Optional<Integer> gpuCores) {
    List<GpuModel> group = ofPciId(pciId.orElse(""));
    if (group.size() != 1) {
      List<GpuModel> named = byDriverName(cut(driverName));
      if (group.isEmpty()) {
        group = narrowed(named, ofReportedSize(named, memory));
      } else {
        group = narrowed(group, ofReportedSize(group, memory));
        group = isListOfNames(driverName) ? group : narrowed(group, named);
      }
      group = narrowed(group, ofCores(group, gpuCores));
    }
    var kinds = new ArrayList<GpuModel>(group);
    kinds.sort(Comparator.comparing(GpuModel::bandwidth));
    return kinds;
  }

  /// The first of [#kinds].
  public Optional<GpuModel> match(
      Optional<String> pciId,
      String driverName,
      Optional<Bytes> memory,
      Optional<Integer> gpuCores) {
    return kinds(pciId, driverName, memory, gpuCores).stream().findFirst();
  }

  /// The kinds that have that PCI id: those of its revision, where the catalog tells them apart.
  ///
  /// @param pciId `vendor:device` or `vendor:device:revision` in hex, either case
  public List<GpuModel> ofPciId(String pciId) {
    String id = pciId.toLowerCase(Locale.ROOT);
    List<GpuModel> kinds = bearing(id);
    return kinds.isEmpty() && id.length() > PCI_ID ? bearing(id.substring(0, PCI_ID)) : kinds;
  }

  private List<GpuModel> bearing(String id) {
    var kinds = new ArrayList<GpuModel>();
    for (GpuModel model : models) {
      add(model.pciIds().contains(id), model, kinds);
    }
    return kinds;
  }

  /// The PCI database names all kinds of one id, with strokes between: that is no name of any.
  private static boolean isListOfNames(String driverName) {
    return driverName.indexOf('/') >= 0;
  }

  /// By the name as it stands, else by what remains without additions.
  private List<GpuModel> byDriverName(String driverName) {
    var matcher = new GpuMatcher(models, words);
    for (String name : spellings(driverName)) {
      GpuMatcher.Group named = matcher.plain(NameWords.of(name, words));
      if (!named.isEmpty() && named.nearness() != ModelName.Nearness.BEGUN) {
        Optional<Bytes> size = named.typed().memory();
        return narrowed(named.meant(), ofReportedSize(named.meant(), size));
      }
    }
    return List.of();
  }

  /// The name itself; the marketing name inside `GA102 [GeForce RTX 3090]`; the device of a slice;
  /// what stands before a bracket or before the second of several names.
  private static List<String> spellings(String driverName) {
    int open = driverName.indexOf('[');
    int close = driverName.indexOf(']', open + 1);
    String name = open >= 0 && close > open ? driverName.substring(open + 1, close) : driverName;
    var spellings = new ArrayList<String>();
    spellings.add(name);
    for (String end : ADDITIONS) {
      int at = name.indexOf(end);
      if (at > 0) {
        spellings.add(name.substring(0, at));
      }
    }
    return spellings;
  }

  /// Those of `group` that are also in `others`; all of `group` if none is.
  private static List<GpuModel> narrowed(List<GpuModel> group, List<GpuModel> others) {
    var both = new ArrayList<GpuModel>();
    for (GpuModel model : group) {
      add(others.contains(model), model, both);
    }
    return both.isEmpty() ? group : both;
  }

  private static List<GpuModel> ofReportedSize(List<GpuModel> group, Optional<Bytes> memory) {
    var found = new ArrayList<GpuModel>();
    for (GpuModel model : group) {
      boolean fits = false;
      for (Bytes size : model.memorySizes()) {
        fits |= memory.isPresent() && reports(size, memory.get());
      }
      for (Bytes size : model.modifiedMemorySizes()) {
        fits |= memory.isPresent() && reports(size, memory.get());
      }
      add(fits, model, found);
    }
    return found;
  }

  private static boolean reports(Bytes size, Bytes reported) {
    return size.scaledBy(LEAST_SHARE_REPORTED).atMost(reported)
        && reported.atMost(size.scaledBy(MOST_SHARE_REPORTED));
  }

  private static List<GpuModel> ofCores(List<GpuModel> group, Optional<Integer> cores) {
    var found = new ArrayList<GpuModel>();
    for (GpuModel model : group) {
      add(cores.isPresent() && model.gpuCores().equals(cores), model, found);
    }
    return found;
  }
}
