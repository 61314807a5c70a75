package dev.r1pick.ollama.store;

import dev.r1pick.ollama.store.StoredModel.Blob;
import dev.r1pick.units.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What lies in a model store.
///
/// @param folder with `blobs` and `manifests`
/// @param models that have a manifest, by name
/// @param brokenManifests files that are no manifest, relative to `manifests`: Ollama neither lists
///   nor deletes such a model, and a new pull of its tag repairs it
/// @param blobs sizes of the whole blobs, by digest
/// @param partials downloads that have begun
public record ModelStore(
    Path folder,
    List<StoredModel> models,
    List<String> brokenManifests,
    Map<String, Bytes> blobs,
    List<Partial> partials) {
  public ModelStore {
    models = List.copyOf(models);
    brokenManifests = List.copyOf(brokenManifests);
    blobs = Map.copyOf(blobs);
    partials = List.copyOf(partials);
  }

  /// The model of that name, as `/api/tags` writes it.
  public Optional<StoredModel> model(String name) {
    for (StoredModel model : models) {
      if (model.name().equals(name)) {
        return Optional.of(model);
      }
    }
    return Optional.empty();
  }

  /// The download of that blob.
  public Optional<Partial> partial(String digest) {
    for (Partial partial : partials) {
      if (partial.digest().equals(digest)) {
        return Optional.of(partial);
      }
    }
    return Optional.empty();
  }

  /// Blobs of a model that are not there. Ollama lists it, and answers that it is not found.
  public List<Blob> missing(StoredModel model) {
    var missing = new ArrayList<Blob>();
    for (Blob blob : model.blobs()) {
      if (!blobs.containsKey(blob.digest())) {
        missing.add(blob);
      }
    }
    return missing;
  }

  /// Blobs of a model whose files are shorter or longer than they should be. Ollama does not repair
  /// them: a pull takes a file that is there for whole.
  public List<Blob> damaged(StoredModel model) {
    var damaged = new ArrayList<Blob>();
    for (Blob blob : model.blobs()) {
      Bytes file = blobs.get(blob.digest());
      if (file != null && !file.equals(blob.size())) {
        damaged.add(blob);
      }
    }
    return damaged;
  }

  /// Models that have a blob in common with others.
  public List<StoredModel> users(String digest) {
    var users = new ArrayList<StoredModel>();
    for (StoredModel model : models) {
      if (has(model, digest)) {
        users.add(model);
      }
    }
    return users;
  }

  private static boolean has(StoredModel model, String digest) {
    for (Blob blob : model.blobs()) {
      if (blob.digest().equals(digest)) {
        return true;
      }
    }
    return false;
  }

  /// Bytes on the disk of everything but running downloads: each blob once, whoever shares it.
  public Bytes used() {
    return Bytes.sum(blobs.values());
  }

  /// Bytes that come free when these models are deleted: those of blobs that no other one uses.
  public Bytes freedBy(Set<String> names) {
    var kept = new HashSet<String>();
    for (StoredModel model : models) {
      if (!names.contains(model.name())) {
        model.blobs().forEach(blob -> kept.add(blob.digest()));
      }
    }
    Bytes freed = Bytes.ZERO;
    for (StoredModel model : models) {
      if (names.contains(model.name())) {
        for (Blob blob : model.blobs()) {
          if (kept.add(blob.digest())) {
            freed = freed.plus(blobs.getOrDefault(blob.digest(), Bytes.ZERO));
          }
        }
      }
    }
    return freed;
  }
}
