package dev.r1pick.report.html;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.report.html.Blocks.Column;
import dev.r1pick.report.html.Picture.Bar;
import dev.r1pick.report.html.Picture.Legend;
import dev.r1pick.report.html.Picture.Role;
import dev.r1pick.report.layout.MemoryBar;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.CompareWording;
import dev.r1pick.report.words.MemoryByContext;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a tag takes on each pool of memory of a machine, by context and by type of KV cache: what
/// Ollama would load there, against what the pool has.
final class MemoryPictures {
  /// More cards than these are shown by one of each kind, the one that is fullest.
  private static final int MOST_CARDS = 4;

  private static final List<KvCacheType> TYPES = List.of(KvCacheType.F16, KvCacheType.Q8_0);

  private final Messages messages;

  MemoryPictures(Messages messages) {
    this.messages = messages;
  }

  /// One context with what Ollama would do.
  private record Load(ContextLength context, Fit fit) {
    LoadPlan plan() {
      return fit.plan();
    }
  }

  /// What one load takes in a pool.
  ///
  /// @param elsewhere what has no room there
  private record Taken(MemoryBar bar, Bytes elsewhere) {
    Bytes sum() {
      return bar.weights().plus(bar.kvCache()).plus(bar.buffers());
    }
  }

  /// Devices that are alike, or one of them.
  ///
  /// @param places in the list of usable devices
  private record Pool(String name, List<Integer> places) {}

  /// For each pool and type of KV cache a picture.
  ///
  /// @param request what else the tag is loaded with
  List<JsonValue> of(ModelTag tag, FitRequest request, Machine machine, FitEstimator fits) {
    var pictures = new ArrayList<JsonValue>();
    List<Accelerator> cards = machine.usableAccelerators();
    var byType = new ArrayList<List<Load>>();
    for (KvCacheType type : TYPES) {
      byType.add(loads(tag, request.withKvCacheType(type), type, machine, fits));
    }
    for (Pool pool : pools(cards)) {
      pictures.addAll(pool(pool, cards, byType));
    }
    if (usesRam(byType)) {
      pictures.addAll(ram(byType));
    }
    return pictures;
  }

  /// None of a type that this Ollama refuses, or takes for another one.
  private static List<Load> loads(
      ModelTag tag, FitRequest request, KvCacheType type, Machine machine, FitEstimator fits) {
    var loads = new ArrayList<Load>();
    for (ContextLength context : MemoryByContext.contexts(tag)) {
      FitRequest asked = request.withContextLength(context);
      Fit fit = fits.estimate(tag, asked, machine);
      boolean refused = fits.assumptions(tag, asked, machine).failure().isPresent();
      if (!refused && fit.plan().settings().kvCacheType() == type) {
        loads.add(new Load(context, fit));
      }
    }
    return loads;
  }

  private List<Pool> pools(List<Accelerator> cards) {
    var pools = new ArrayList<Pool>();
    for (int i = 0; i < cards.size(); i++) {
      String name = Wording.shortName(cards.get(i));
      var alike = new ArrayList<Integer>();
      for (int j = 0; j < cards.size(); j++) {
        if (Wording.shortName(cards.get(j)).equals(name)) {
          alike.add(j);
        }
      }
      if (alike.size() == 1) {
        pools.add(new Pool(name, alike));
      } else if (cards.size() <= MOST_CARDS) {
        String numbered = messages.text("html.memory.card", name, alike.indexOf(i) + 1);
        pools.add(new Pool(numbered, List.of(i)));
      } else if (alike.getFirst() == i) {
        pools.add(new Pool(messages.text("html.memory.fullest", name, alike.size()), alike));
      }
    }
    return pools;
  }

  private static boolean usesRam(List<List<Load>> byType) {
    for (List<Load> loads : byType) {
      for (Load load : loads) {
        if (load.plan().placement().cpuLayers() > 0) {
          return true;
        }
      }
    }
    return false;
  }

  private List<JsonValue> pool(Pool pool, List<Accelerator> cards, List<List<Load>> byType) {
    var all = new ArrayList<List<Optional<Taken>>>();
    Optional<Bytes> have = Optional.empty();
    for (List<Load> loads : byType) {
      var taken = new ArrayList<Optional<Taken>>();
      for (Load load : loads) {
        Optional<DeviceLoad> device = fullest(load.plan(), pool, cards);
        have = device.isPresent() ? Screen.have(device.get()) : have;
        taken.add(device.map(found -> new Taken(MemoryBar.of(found), elsewhere(load, found))));
      }
      all.add(taken);
    }
    return pictures(pool.name(), byType, all, have);
  }

  private static Optional<DeviceLoad> fullest(LoadPlan plan, Pool pool, List<Accelerator> cards) {
    Optional<DeviceLoad> fullest = Optional.empty();
    for (int place : pool.places()) {
      Optional<DeviceLoad> found = on(plan, cards, place);
      boolean fuller =
          found.isPresent()
              && (fullest.isEmpty() || found.get().total().compareTo(fullest.get().total()) > 0);
      fullest = fuller ? found : fullest;
    }
    return fullest;
  }

  /// What a plan puts on that card; of cards that nothing tells apart the first is meant first.
  private static Optional<DeviceLoad> on(LoadPlan plan, List<Accelerator> cards, int place) {
    int before = 0;
    for (Accelerator card : cards.subList(0, place)) {
      before += card.equals(cards.get(place)) ? 1 : 0;
    }
    for (DeviceLoad device : plan.devices()) {
      if (device.device().equals(cards.get(place)) && before-- == 0) {
        return Optional.of(device);
      }
    }
    return Optional.empty();
  }

  /// What of weights and KV cache would be on the one card that takes part if there were room.
  private static Bytes elsewhere(Load load, DeviceLoad device) {
    LoadPlan plan = load.plan();
    if (load.fit() instanceof Fit.Whole || plan.devices().size() != 1) {
      return Bytes.ZERO;
    }
    FitEstimator.Need whole =
        MemoryByContext.need(plan.tag(), load.context(), plan.settings().kvCacheType());
    return whole
        .weights()
        .plus(whole.kvCache().times(plan.settings().parallel()))
        .minusOrZero(device.weights().plus(device.kvCache()));
  }

  private List<JsonValue> ram(List<List<Load>> byType) {
    var all = new ArrayList<List<Optional<Taken>>>();
    Optional<Bytes> have = Optional.empty();
    for (List<Load> loads : byType) {
      var taken = new ArrayList<Optional<Taken>>();
      for (Load load : loads) {
        have = load.plan().host().free();
        taken.add(Optional.of(new Taken(MemoryBar.of(load.plan().host()), Bytes.ZERO)));
      }
      all.add(taken);
    }
    return pictures(messages.text("report.label.ram"), byType, all, have);
  }

  private List<JsonValue> pictures(
      String name, List<List<Load>> byType, List<List<Optional<Taken>>> all, Optional<Bytes> have) {
    double most = have.map(Bytes::inGiB).orElse(0.0);
    boolean any = false;
    for (List<Optional<Taken>> ofType : all) {
      for (Optional<Taken> taken : ofType) {
        any |= taken.isPresent();
        most = Math.max(most, taken.map(MemoryPictures::height).orElse(0.0));
      }
    }
    var pictures = new ArrayList<JsonValue>();
    for (int i = 0; any && i < TYPES.size(); i++) {
      if (!byType.get(i).isEmpty()) {
        pictures.add(
            picture(name, TYPES.get(i), byType.get(i), all.get(i), have, Math.ceil(most * 1.04)));
      }
    }
    return pictures;
  }

  private static double height(Taken taken) {
    return taken.sum().plus(taken.bar().kept()).plus(taken.elsewhere()).inGiB();
  }

  private JsonValue picture(
      String name,
      KvCacheType type,
      List<Load> loads,
      List<Optional<Taken>> taken,
      Optional<Bytes> have,
      double most) {
    var bars = new ArrayList<Bar>();
    var rows = new ArrayList<List<JsonValue>>();
    boolean spills = false;
    for (int i = 0; i < loads.size(); i++) {
      Load load = loads.get(i);
      Taken part = taken.get(i).orElse(NOTHING);
      spills |= !part.elsewhere().isZero();
      var row = new ArrayList<JsonValue>();
      row.add(Blocks.cell(load.context().shortText(), load.context().tokens()));
      row.add(size(part.bar().weights()));
      row.add(size(part.bar().kvCache()));
      row.add(size(part.bar().buffers()));
      row.add(size(part.bar().kept()));
      row.add(size(part.sum()));
      row.add(Blocks.cell(new CompareWording(messages).fits(load.fit())));
      rows.add(row);
      bars.add(new Bar(load.context().shortText(), parts(part), says(part, load, have)));
    }
    var legend = new Legend();
    for (MemoryBar.Part part : MemoryBar.Part.values()) {
      role(part).ifPresent(role -> legend.put(role, legend(part)));
    }
    if (spills) {
      legend.put(Role.SHORT, messages.text("html.memory.elsewhere"));
    }
    have.ifPresent(
        free -> legend.put(Role.LINE, messages.text("html.memory.free", Amounts.memory(free))));
    return Picture.stack(
        messages.text("html.memory.caption", name, type.label()),
        messages.text("report.column.context"),
        "GiB",
        false,
        legend,
        bars,
        have.isPresent() ? OptionalDouble.of(have.get().inGiB()) : OptionalDouble.empty(),
        OptionalDouble.of(most),
        Blocks.table(columns(), rows));
  }

  private static final Taken NOTHING =
      new Taken(
          new MemoryBar(Bytes.ZERO, Bytes.ZERO, Bytes.ZERO, Bytes.ZERO, Bytes.ZERO), Bytes.ZERO);

  private List<Column> columns() {
    return List.of(
        Column.text(messages.text("report.column.context")),
        Column.number(legend(MemoryBar.Part.WEIGHTS)),
        Column.number(legend(MemoryBar.Part.KV_CACHE)),
        Column.number(legend(MemoryBar.Part.BUFFERS)),
        Column.number(legend(MemoryBar.Part.KEPT)),
        Column.number(messages.text("html.memory.sum")),
        Column.text(messages.text("compare.row.fits")));
  }

  private String legend(MemoryBar.Part part) {
    return messages.text("report.legend." + part.key());
  }

  private static JsonValue size(Bytes bytes) {
    return Blocks.cell(Amounts.gib(bytes), bytes.inGiB());
  }

  private static Optional<Role> role(MemoryBar.Part part) {
    return switch (part) {
      case WEIGHTS -> Optional.of(Role.WEIGHTS);
      case KV_CACHE -> Optional.of(Role.KV_CACHE);
      case BUFFERS -> Optional.of(Role.BUFFERS);
      case KEPT -> Optional.of(Role.KEPT);
      case SPARE -> Optional.empty();
    };
  }

  private static EnumMap<Role, Double> parts(Taken taken) {
    var parts = new EnumMap<Role, Double>(Role.class);
    for (MemoryBar.Part part : MemoryBar.Part.values()) {
      role(part).ifPresent(role -> parts.put(role, taken.bar().of(part).inGiB()));
    }
    parts.put(Role.SHORT, taken.elsewhere().inGiB());
    return parts;
  }

  private List<String> says(Taken taken, Load load, Optional<Bytes> have) {
    var says = new ArrayList<String>();
    says.add(
        messages.text(
            "report.memory-total",
            Amounts.gib(taken.sum()),
            have.map(Amounts::gib).orElseGet(() -> messages.text("report.unknown"))));
    for (MemoryBar.Part part : MemoryBar.Part.values()) {
      if (part != MemoryBar.Part.SPARE && !taken.bar().of(part).isZero()) {
        says.add(legend(part) + " " + Amounts.memory(taken.bar().of(part)));
      }
    }
    if (!taken.elsewhere().isZero()) {
      says.add(messages.text("html.memory.elsewhere") + " " + Amounts.memory(taken.elsewhere()));
    }
    says.add(
        messages.text(
            "policy.line",
            messages.text("compare.row.fits"),
            new CompareWording(messages).fits(load.fit())));
    return says;
  }
}
