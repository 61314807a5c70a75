package dev.r1pick.install;

import dev.r1pick.host.Host;
import dev.r1pick.host.LocalHost;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.server.InstalledModel;
import dev.r1pick.ollama.server.OllamaServer;
import dev.r1pick.ollama.store.ModelStore;
import dev.r1pick.ollama.store.StorePlaces;
import dev.r1pick.ollama.store.StoreReader;
import dev.r1pick.ollama.store.StoreReader.Reading;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The store of a server, found by what the server says it has: the variables of this shell need
/// not be those of the service.
///
/// @param place its folder; empty where the server is another machine, or nothing tells
/// @param store what lies in it; empty where this user may not look
public record Stores(Optional<Path> place, Optional<ModelStore> store) {
  /// Finds it.
  ///
  /// @param user whose files they are
  /// @param machine whose variables name the places
  /// @param installed what the server says it has
  public static Stores of(
      LocalHost user,
      Host machine,
      OllamaSetup setup,
      OllamaServer server,
      List<InstalledModel> installed) {
    if (server.url().otherMachine().isPresent()) {
      return new Stores(Optional.empty(), Optional.empty());
    }
    var reader = new StoreReader(user.files());
    Optional<Stores> first = Optional.empty();
    for (String name : StorePlaces.of(machine, setup)) {
      Optional<Path> folder = path(name);
      if (folder.isEmpty()) {
        continue;
      }
      var found =
          new Stores(
              folder,
              reader.read(folder.get()) instanceof Reading.Read(var store)
                  ? Optional.of(store)
                  : Optional.empty());
      if (found.store().isPresent() && hasAll(found.store().get(), installed)) {
        return found;
      }
      first = first.isPresent() ? first : Optional.of(found.unproven(installed));
    }
    return first.orElse(new Stores(Optional.empty(), Optional.empty()));
  }

  /// A store that lacks what the server has is that of another server.
  private Stores unproven(List<InstalledModel> installed) {
    return store.isPresent() && !installed.isEmpty() ? new Stores(place, Optional.empty()) : this;
  }

  private static Optional<Path> path(String name) {
    try {
      return Optional.of(Path.of(name));
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  private static boolean hasAll(ModelStore store, List<InstalledModel> installed) {
    for (InstalledModel model : installed) {
      boolean there =
          store
              .model(model.name())
              .filter(stored -> stored.digest().equals(model.digest()))
              .isPresent();
      if (!there && model.elsewhere().isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
