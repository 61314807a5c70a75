package dev.r1pick.ollama.store;

import dev.r1pick.host.UserFiles;
import dev.r1pick.host.UserFiles.Kind;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.store.StoredModel.Blob;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Reads a model store (`manifest/manifest.go`, `server/download.go`).
public final class StoreReader {
  private static final int LARGEST_MANIFEST = 1 << 20;
  private static final int LARGEST_PART = 1 << 12;
  private static final String BLOB = "sha256-";
  private static final String PARTIAL = "-partial";
  private static final int DIGEST = 64;

  private final UserFiles files;

  /// A reader.
  ///
  /// @param files of the user who asks
  public StoreReader(UserFiles files) {
    this.files = files;
  }

  /// What came of it.
  public sealed interface Reading {
    /// The store.
    record Read(ModelStore store) implements Reading {}

    /// There is no store, or none that this user can see.
    record Absent(Path folder) implements Reading {}

    /// This user may not read one of its folders.
    record Closed(Path folder) implements Reading {}
  }

  /// Reads the store in that folder. A store in which nothing was kept yet may lack its folders.
  public Reading read(Path folder) {
    Path manifests = folder.resolve("manifests");
    Path blobs = folder.resolve("blobs");
    boolean hasManifests = files.kind(manifests) == Kind.FOLDER;
    boolean hasBlobs = files.kind(blobs) == Kind.FOLDER;
    if (!hasManifests && !hasBlobs) {
      return new Reading.Absent(folder);
    }
    var models = new ArrayList<StoredModel>();
    var broken = new ArrayList<String>();
    var whole = new HashMap<String, Bytes>();
    var parts = new TreeMap<String, List<Path>>();
    try {
      if (hasManifests) {
        for (Path file : files.tree(manifests)) {
          Optional<StoredModel> model = model(manifests, file);
          model.ifPresentOrElse(models::add, () -> broken.add(file.toString()));
        }
      }
      if (hasBlobs) {
        for (Path file : files.list(blobs)) {
          sort(file, whole, parts);
        }
      }
    } catch (IOException _) {
      return new Reading.Closed(folder);
    }
    var partials = new ArrayList<Partial>();
    parts.forEach((digest, of) -> partials.add(partial(digest, of)));
    models.sort((a, b) -> a.name().compareTo(b.name()));
    broken.sort(null);
    return new Reading.Read(new ModelStore(folder, models, broken, whole, partials));
  }

  private void sort(Path file, Map<String, Bytes> whole, Map<String, List<Path>> parts)
      throws IOException {
    String name = String.valueOf(file.getFileName());
    if (!name.startsWith(BLOB) || name.length() < BLOB.length() + DIGEST) {
      return;
    }
    String digest = name.substring(BLOB.length(), BLOB.length() + DIGEST);
    String rest = name.substring(BLOB.length() + DIGEST);
    if (rest.isEmpty()) {
      whole.put(digest, files.size(file));
    } else if (rest.startsWith(PARTIAL)) {
      parts.computeIfAbsent(digest, _ -> new ArrayList<>()).add(file);
    }
  }

  /// A file below `manifests`: host, namespace, model, tag. What this user may not read is no
  /// broken one.
  private Optional<StoredModel> model(Path manifests, Path file) throws IOException {
    if (file.getNameCount() != 4) {
      return Optional.empty();
    }
    byte[] bytes;
    try (var stream = files.open(manifests.resolve(file))) {
      bytes = stream.readNBytes(LARGEST_MANIFEST);
    }
    Optional<JsonValue> manifest = json(new String(bytes, StandardCharsets.UTF_8));
    if (manifest.isEmpty()) {
      return Optional.empty();
    }
    var blobs = new ArrayList<Blob>();
    for (JsonValue layer :
        manifest.get().member("layers").map(JsonValue::items).orElse(List.of())) {
      blob(layer).ifPresent(blobs::add);
    }
    manifest.get().member("config").flatMap(StoreReader::blob).ifPresent(blobs::add);
    return blobs.isEmpty()
        ? Optional.empty()
        : Optional.of(new StoredModel(name(file), sha256(bytes), blobs));
  }

  private static Optional<Blob> blob(JsonValue layer) {
    Optional<String> digest = layer.textAt("digest").filter(text -> text.startsWith("sha256:"));
    Optional<Bytes> size = Text.bytes(layer.wholeAt("size"), 1);
    return digest.isEmpty() || size.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Blob(
                Text.clean(layer.textAt("mediaType").orElse("")),
                Text.clean(digest.get().substring("sha256:".length())),
                size.get()));
  }

  /// Ollama leaves its own host and namespace out (`types/model/name.go`, DisplayShortest).
  private static String name(Path file) {
    String host = Text.clean(file.getName(0).toString());
    String namespace = Text.clean(file.getName(1).toString());
    var name = new StringBuilder();
    boolean usual = host.equals("registry.ollama.ai");
    if (!usual) {
      name.append(host).append('/');
    }
    if (!usual || !namespace.equals("library")) {
      name.append(namespace).append('/');
    }
    return name.append(Text.clean(file.getName(2).toString()))
        .append(':')
        .append(Text.clean(file.getName(3).toString()))
        .toString();
  }

  private Partial partial(String digest, List<Path> found) {
    var names = new ArrayList<String>();
    var broken = new ArrayList<String>();
    Bytes total = Bytes.ZERO;
    Bytes completed = Bytes.ZERO;
    for (Path file : found) {
      String name = String.valueOf(file.getFileName());
      names.add(name);
      if (name.endsWith(PARTIAL)) {
        continue;
      }
      Optional<JsonValue> part = part(file);
      OptionalLong size = part.isEmpty() ? OptionalLong.empty() : Text.wholeAt(part.get(), "Size");
      if (size.isEmpty()) {
        broken.add(name);
        continue;
      }
      long there = Text.wholeAt(part.get(), "Completed").orElse(0);
      total = total.plus(Text.bytes(size, 1).orElse(Bytes.ZERO));
      completed = completed.plus(Bytes.of(Math.min(there, size.getAsLong())));
    }
    return new Partial(digest, total, completed, broken, names);
  }

  private Optional<JsonValue> part(Path file) {
    try {
      return json(files.text(file, LARGEST_PART));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Optional<JsonValue> json(String text) {
    try {
      JsonValue value = JsonReader.read("manifest", text);
      return value instanceof JsonValue.Members ? Optional.of(value) : Optional.empty();
    } catch (InvalidJson _) {
      return Optional.empty();
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
