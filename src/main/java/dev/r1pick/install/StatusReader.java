package dev.r1pick.install;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.OllamaPs;
import dev.r1pick.host.Host;
import dev.r1pick.host.LocalHost;
import dev.r1pick.install.R1Status.Kind;
import dev.r1pick.install.R1Status.Loaded;
import dev.r1pick.install.R1Status.Model;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.server.InstalledModel;
import dev.r1pick.ollama.server.LoadedModel;
import dev.r1pick.ollama.server.OllamaServer;
import dev.r1pick.ollama.server.Reply;
import dev.r1pick.ollama.server.ServerFailure;
import dev.r1pick.ollama.server.ShownModel;
import dev.r1pick.ollama.store.ModelStore;
import dev.r1pick.ollama.store.Partial;
import dev.r1pick.ollama.store.StoredModel;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds out what of R1 is there: from the server, and from its store where that can be read.
public final class StatusReader {
  private static final String NAMED = ModelTag.MODEL + ":";

  private final OllamaServer server;
  private final LocalHost user;
  private final Host machine;
  private final OllamaSetup setup;
  private final Catalog catalog;

  /// A reader.
  ///
  /// @param user whose files and network it uses
  /// @param machine whose variables say where the store is
  /// @param setup of that machine
  public StatusReader(
      OllamaServer server, LocalHost user, Host machine, OllamaSetup setup, Catalog catalog) {
    this.server = server;
    this.user = user;
    this.machine = machine;
    this.setup = setup;
    this.catalog = catalog;
  }

  /// What a server of that machine should show of a load.
  public interface Planner {
    /// What it should show; empty where nothing can be said.
    ///
    /// @param loaded as it is loaded
    Optional<OllamaPs> planned(ModelTag tag, LoadedModel loaded, String version);
  }

  /// Asks and looks.
  public R1Status read(Planner planner) {
    Reply<String> version = server.version();
    Optional<ServerFailure> silent =
        version instanceof Reply.Missing<String>(var why) ? Optional.of(why) : Optional.empty();
    List<InstalledModel> told =
        silent.isEmpty() ? server.installed().found().orElse(List.of()) : List.of();
    Stores stores = Stores.of(user, machine, setup, server, told);
    Optional<ModelStore> store = stores.store();
    List<InstalledModel> all = silent.isPresent() && store.isPresent() ? stored(store.get()) : told;
    List<InstalledModel> ours = ours(all, store);
    var models = new ArrayList<Model>();
    var names = new HashSet<String>();
    for (InstalledModel model : ours) {
      names.add(model.name());
      models.add(model(model, ours, store, silent.isEmpty()));
    }
    models.sort((a, b) -> a.name().compareTo(b.name()));
    return new R1Status(
        server.url(),
        version.found(),
        silent,
        stores.place(),
        store.isPresent(),
        stores.place().flatMap(place -> user.usableSpace(place.toString())),
        store.map(known -> used(known, names)),
        models,
        silent.isEmpty() ? loaded(ours, planner, version.found().orElse("")) : List.of(),
        store.map(ModelStore::partials).orElse(List.<Partial>of()));
  }

  /// What the store has, where no server tells.
  private static List<InstalledModel> stored(ModelStore store) {
    var models = new ArrayList<InstalledModel>();
    for (StoredModel model : store.models()) {
      models.add(
          new InstalledModel(
              model.name(),
              model.digest(),
              model.size(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
    }
    return models;
  }

  /// R1 by name, by digest, by what it was made of, or by its weights.
  private List<InstalledModel> ours(List<InstalledModel> all, Optional<ModelStore> store) {
    var weights = new HashSet<String>();
    var ours = new ArrayList<InstalledModel>();
    for (InstalledModel model : all) {
      if (isR1(model)) {
        weightsOf(model, store).ifPresent(weights::add);
      }
    }
    for (InstalledModel model : all) {
      if (isR1(model) || weightsOf(model, store).filter(weights::contains).isPresent()) {
        ours.add(model);
      }
    }
    return ours;
  }

  private boolean isR1(InstalledModel model) {
    return model.name().startsWith(NAMED)
        || model.parent().filter(parent -> parent.startsWith(NAMED)).isPresent()
        || Builds.current(catalog, model.name(), model.digest()).isPresent();
  }

  private static Optional<String> weightsOf(InstalledModel model, Optional<ModelStore> store) {
    return store
        .flatMap(known -> known.model(model.name()))
        .flatMap(StoredModel::weights)
        .map(StoredModel.Blob::digest);
  }

  private Model model(
      InstalledModel model, List<InstalledModel> ours, Optional<ModelStore> store, boolean told) {
    var sameAs = new ArrayList<String>();
    for (InstalledModel other : ours) {
      if (other.digest().equals(model.digest()) && !other.name().equals(model.name())) {
        sameAs.add(other.name());
      }
    }
    Optional<StoredModel> stored = store.flatMap(known -> known.model(model.name()));
    boolean broken =
        stored.isPresent()
            && !(store.get().damaged(stored.get()).isEmpty()
                && store.get().missing(stored.get()).isEmpty());
    return new Model(
        model.name(),
        kind(model, store, told),
        model.size(),
        store.map(known -> known.freedBy(Set.of(model.name()))),
        sameAs,
        broken);
  }

  private Kind kind(InstalledModel model, Optional<ModelStore> store, boolean told) {
    Optional<ModelTag> own = named(model.name()) ? catalog.tag(model.name()) : Optional.empty();
    Optional<ModelTag.Former> before = own.flatMap(tag -> Builds.former(tag, model.digest()));
    if (before.isPresent()) {
      return new Kind.Older(own.orElseThrow(), before.get());
    }
    Optional<ModelTag> current = Builds.current(catalog, model.name(), model.digest());
    if (current.isPresent()) {
      return new Kind.Current(current.get());
    }
    if (model.parent().isPresent()) {
      return new Kind.Made(model.parent().get(), told ? context(model.name()) : Optional.empty());
    }
    Optional<String> sibling = sibling(model, store);
    return sibling.isPresent() && !named(model.name())
        ? new Kind.Made(sibling.get(), told ? context(model.name()) : Optional.empty())
        : new Kind.Unknown(told && hasLatentCache(model.name()));
  }

  private boolean named(String name) {
    return name.startsWith(NAMED) && catalog.tag(name).isPresent();
  }

  /// A tag with the same weights.
  private static Optional<String> sibling(InstalledModel model, Optional<ModelStore> store) {
    Optional<String> weights = weightsOf(model, store);
    if (weights.isEmpty()) {
      return Optional.empty();
    }
    for (StoredModel other : store.orElseThrow().users(weights.get())) {
      if (other.name().startsWith(NAMED)) {
        return Optional.of(other.name());
      }
    }
    return Optional.empty();
  }

  private boolean hasLatentCache(String name) {
    return server.show(name).found().filter(ShownModel::hasLatentCache).isPresent();
  }

  private Optional<ContextLength> context(String name) {
    Optional<ShownModel> shown = server.show(name).found();
    return shown
        .flatMap(model -> Optional.ofNullable(model.parameters().get("num_ctx")))
        .flatMap(ContextLength::parse);
  }

  /// Bytes of the files of these models, each once.
  private static Bytes used(ModelStore store, Set<String> names) {
    var seen = new HashSet<String>();
    Bytes used = Bytes.ZERO;
    for (StoredModel model : store.models()) {
      for (StoredModel.Blob blob :
          names.contains(model.name()) ? model.blobs() : List.<StoredModel.Blob>of()) {
        if (seen.add(blob.digest())) {
          used = used.plus(store.blobs().getOrDefault(blob.digest(), Bytes.ZERO));
        }
      }
    }
    return used;
  }

  private List<Loaded> loaded(List<InstalledModel> ours, Planner planner, String version) {
    var loaded = new ArrayList<Loaded>();
    for (LoadedModel model : server.loaded().found().orElse(List.of())) {
      for (InstalledModel one : ours) {
        if (one.name().equals(model.name())) {
          Optional<ModelTag> tag = tagOf(one, ours);
          loaded.add(
              new Loaded(model, tag, tag.flatMap(known -> planner.planned(known, model, version))));
        }
      }
    }
    return loaded;
  }

  /// The tag whose weights a model has: its own, or that of what it was made of.
  private Optional<ModelTag> tagOf(InstalledModel model, List<InstalledModel> ours) {
    Optional<ModelTag> own = Builds.current(catalog, model.name(), model.digest());
    if (own.isPresent() || model.parent().isEmpty()) {
      return own;
    }
    for (InstalledModel other : ours) {
      if (other.name().equals(model.parent().get())) {
        return Builds.current(catalog, other.name(), other.digest());
      }
    }
    return Optional.empty();
  }
}
