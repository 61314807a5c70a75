package dev.r1pick.install;

import dev.r1pick.catalog.Architecture;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.host.LocalHost;
import dev.r1pick.host.UserFiles.Kind;
import dev.r1pick.host.UserFiles.Ownership;
import dev.r1pick.install.PullPlan.State;
import dev.r1pick.ollama.OllamaRules;
import dev.r1pick.ollama.OllamaVersion;
import dev.r1pick.ollama.server.InstalledModel;
import dev.r1pick.ollama.server.ServerUrl;
import dev.r1pick.ollama.store.ModelStore;
import dev.r1pick.ollama.store.Partial;
import dev.r1pick.ollama.store.StoredModel;
import dev.r1pick.ollama.store.StoredModel.Blob;
import dev.r1pick.units.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What there is to do to have a tag, from what the server has, what lies in its store, and what
/// the catalog says.
///
/// The catalog knows the size of a tag and not its blobs. All but the weights are small together
/// (template, license, parameters, configuration: about 2 KB in every R1), so a blob or a download
/// of about the size of the tag is that of its weights.
final class PullPlanner {
  /// More than all small blobs of a tag together.
  private static final long SMALL_BLOBS = 64 << 10;

  private final LocalHost host;
  private final Stores stores;
  private final List<InstalledModel> installed;

  PullPlanner(LocalHost host, Stores stores, List<InstalledModel> installed) {
    this.host = host;
    this.stores = stores;
    this.installed = installed;
  }

  PullPlan plan(ModelTag tag, ServerUrl server, String version) {
    List<String> damaged = stores.store().map(store -> damaged(store, tag)).orElse(List.of());
    State state = damaged.isEmpty() ? state(tag) : State.ABSENT;
    Optional<Bytes> free = stores.place().flatMap(place -> host.usableSpace(place.toString()));
    return new PullPlan(
        tag,
        server,
        version,
        state,
        left(tag, state),
        stores.place(),
        stores.store().isPresent(),
        free,
        damaged,
        broken(),
        Optional.empty());
  }

  private State state(ModelTag tag) {
    Optional<InstalledModel> own = named(tag.fullName());
    if (own.isPresent() && Builds.of(tag, own.get().digest()) == PullCheck.Build.KNOWN) {
      return State.CURRENT;
    }
    for (InstalledModel model : installed) {
      if (Builds.of(tag, model.digest()) == PullCheck.Build.KNOWN) {
        return State.UNDER_ANOTHER_NAME;
      }
    }
    if (weightsAreThere(tag)) {
      return own.isPresent() ? State.OLDER : State.BEGUN;
    }
    if (partial(tag).isPresent()) {
      return State.BEGUN;
    }
    return own.isPresent() ? State.OLDER : State.ABSENT;
  }

  private Optional<InstalledModel> named(String name) {
    for (InstalledModel model : installed) {
      if (model.name().equals(name)) {
        return Optional.of(model);
      }
    }
    return Optional.empty();
  }

  private Bytes left(ModelTag tag, State state) {
    if (state == State.CURRENT || state == State.UNDER_ANOTHER_NAME || weightsAreThere(tag)) {
      return Bytes.ZERO;
    }
    return partial(tag)
        .filter(partial -> partial.broken().isEmpty())
        .map(Partial::left)
        .orElse(tag.download());
  }

  /// Whether the blob of its weights is whole: a pull that was broken off behind it, or a former
  /// build of the tag with other small blobs.
  private boolean weightsAreThere(ModelTag tag) {
    if (stores.store().isPresent()) {
      for (Bytes size : stores.store().get().blobs().values()) {
        if (isOfWeights(size, tag)) {
          return true;
        }
      }
      return false;
    }
    return named(tag.fullName())
        .flatMap(model -> Builds.former(tag, model.digest()))
        .filter(former -> former.variantId().equals(tag.variant().id()))
        .filter(former -> isNear(former.download(), tag.download()))
        .isPresent();
  }

  private Optional<Partial> partial(ModelTag tag) {
    if (stores.store().isEmpty()) {
      return Optional.empty();
    }
    for (Partial partial : stores.store().get().partials()) {
      if (isOfWeights(partial.total(), tag)) {
        return Optional.of(partial);
      }
    }
    return Optional.empty();
  }

  private static boolean isOfWeights(Bytes size, ModelTag tag) {
    Bytes least = tag.download().minusOrZero(tag.downloadTolerance());
    Bytes most = tag.download().plus(tag.downloadTolerance());
    return least.minusOrZero(Bytes.of(SMALL_BLOBS)).atMost(size) && size.atMost(most);
  }

  private static boolean isNear(Bytes one, Bytes other) {
    return Math.abs(one.count() - other.count()) <= SMALL_BLOBS;
  }

  private List<Partial> broken() {
    var broken = new ArrayList<Partial>();
    for (Partial partial : stores.store().map(ModelStore::partials).orElse(List.of())) {
      if (!partial.broken().isEmpty()) {
        broken.add(partial);
      }
    }
    return broken;
  }

  /// The models that use a blob of this tag whose file is not as long as it should be.
  private List<String> damaged(ModelStore store, ModelTag tag) {
    var names = new ArrayList<String>();
    for (StoredModel model : store.models()) {
      for (Blob blob : store.damaged(model)) {
        boolean ofTag = model.name().equals(tag.fullName()) || isOfWeights(blob.size(), tag);
        for (StoredModel user : ofTag ? store.users(blob.digest()) : List.<StoredModel>of()) {
          if (!names.contains(user.name())) {
            names.add(user.name());
          }
        }
      }
    }
    return names;
  }

  /// What stands in the way of the plan; empty: nothing.
  Optional<PullProblem> obstacle(PullPlan plan, boolean mayDelete) {
    OllamaVersion needed = OllamaRules.FIRST_WITH_QWEN3;
    Optional<OllamaVersion> version = OllamaVersion.parse(plan.version());
    boolean young = plan.tag().variant().architecture().family() == Architecture.Family.QWEN3;
    if (young && version.isPresent() && version.get().compareTo(needed) < 0) {
      return Optional.of(new PullProblem.TooOld(plan.tag(), version.get(), needed));
    }
    if (!plan.damaged().isEmpty() && !mayDelete) {
      return Optional.of(new PullProblem.Damaged(plan.tag(), plan.damaged()));
    }
    if (plan.place().isPresent()) {
      Optional<PullProblem> closed = closed(plan.place().get(), plan.state());
      if (closed.isPresent()) {
        return closed;
      }
    }
    return plan.free().isPresent() && !plan.left().atMost(plan.free().get().plus(freedFirst(plan)))
        ? Optional.of(
            new PullProblem.NoRoom(
                plan.tag(),
                plan.left(),
                plan.free().get(),
                plan.place().orElseThrow(),
                removable(plan.tag())))
        : Optional.empty();
  }

  /// What the damaged models leave when they are deleted.
  private Bytes freedFirst(PullPlan plan) {
    return stores
        .store()
        .map(store -> store.freedBy(Set.copyOf(plan.damaged())))
        .orElse(Bytes.ZERO);
  }

  /// Other models, of which the user may miss none.
  private List<String> removable(ModelTag tag) {
    var names = new ArrayList<String>();
    for (InstalledModel model : installed) {
      if (model.name().startsWith(ModelTag.MODEL + ":") && !model.name().equals(tag.fullName())) {
        names.add(model.name());
      }
    }
    return names;
  }

  /// Folders that the server writes: where one belongs to another user than the store it is closed
  /// to the server. Root writes everywhere.
  private Optional<PullProblem> closed(Path place, State state) {
    if (state == State.CURRENT) {
      return Optional.empty();
    }
    Path blobs = place.resolve("blobs");
    Optional<Ownership> store = host.files().ownership(blobs);
    if (store.isEmpty() || store.get().owner().equals("root")) {
      return Optional.empty();
    }
    Path folder = place.resolve("manifests");
    for (String name : List.of("", "registry.ollama.ai", "library", ModelTag.MODEL)) {
      folder = name.isEmpty() ? folder : folder.resolve(name);
      Optional<Ownership> own = host.files().ownership(folder);
      if (host.files().kind(folder) == Kind.FOLDER
          && own.isPresent()
          && !own.get().othersWrite()
          && !own.get().owner().equals(store.get().owner())) {
        return Optional.of(new PullProblem.Closed(folder, Optional.of(store.get().owner())));
      }
    }
    return Optional.empty();
  }
}
