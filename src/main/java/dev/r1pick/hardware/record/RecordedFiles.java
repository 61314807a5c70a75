package dev.r1pick.hardware.record;

import dev.r1pick.host.PendingFile;
import dev.r1pick.host.UserFiles;
import dev.r1pick.json.JsonValue;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The files of a recorded machine, which can be read and never written.
///
/// A large file such as the weights of a model is recorded as an empty one, and its size in
/// `sizes.json`. A folder that this user could not read has `closed` there.
final class RecordedFiles implements UserFiles {
  private static final String ROOT = "fs";

  private final Map<String, byte[]> files;
  private final Map<String, Long> sizes;
  private final List<String> closed;

  private RecordedFiles(Map<String, byte[]> files, Map<String, Long> sizes, List<String> closed) {
    this.files = files;
    this.sizes = sizes;
    this.closed = List.copyOf(closed);
  }

  /// Those of a recording.
  ///
  /// @param files contents by path inside the recording
  static RecordedFiles of(Map<String, byte[]> files) {
    byte[] listed = files.getOrDefault("sizes.json", new byte[0]);
    Optional<JsonValue> json = Text.json(new String(listed, StandardCharsets.UTF_8));
    var sizes = new HashMap<String, Long>();
    var closed = new ArrayList<String>();
    if (json.isPresent() && json.get() instanceof JsonValue.Members(var members)) {
      members.forEach(
          (path, value) -> {
            if (value instanceof JsonValue.Whole(var size)) {
              sizes.put(path, size);
            } else {
              closed.add(path);
            }
          });
    }
    return new RecordedFiles(files, sizes, closed);
  }

  /// Where a recording has a file or folder of the machine: `fs/etc/hostname`, `fs/C/Users/user`.
  static String place(String path) {
    return path.startsWith("/")
        ? ROOT + path
        : ROOT + "/" + path.replace(":", "").replace('\\', '/');
  }

  private static String name(Path path) {
    return path.toString().replace('\\', '/');
  }

  private byte[] content(Path file) throws IOException {
    byte[] content = files.get(ROOT + name(file));
    if (content == null) {
      throw new FileNotFoundException(name(file));
    }
    return content;
  }

  @Override
  public Path workingDirectory() {
    return Path.of("/");
  }

  @Override
  public Kind kind(Path path) {
    String name = ROOT + name(path);
    if (files.containsKey(name)) {
      return Kind.FILE;
    }
    for (String file : files.keySet()) {
      if (file.startsWith(name + "/")) {
        return Kind.FOLDER;
      }
    }
    return closed.contains(name(path)) ? Kind.FOLDER : Kind.ABSENT;
  }

  @Override
  public Bytes size(Path file) throws IOException {
    Long size = sizes.get(name(file));
    return Bytes.of(size == null ? content(file).length : size);
  }

  @Override
  public InputStream open(Path file) throws IOException {
    return new ByteArrayInputStream(content(file));
  }

  @Override
  public InputStream standardInput() {
    return InputStream.nullInputStream();
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    var names = new TreeSet<String>();
    for (Path file : tree(folder)) {
      names.add(file.getName(0).toString());
    }
    var entries = new ArrayList<Path>();
    for (String name : names) {
      entries.add(folder.resolve(name));
    }
    return entries;
  }

  @Override
  public List<Path> tree(Path folder) throws IOException {
    if (closed.contains(name(folder))) {
      throw new AccessDeniedException(name(folder));
    }
    String start = ROOT + name(folder) + "/";
    var found = new ArrayList<Path>();
    for (String file : files.keySet()) {
      if (file.startsWith(start)) {
        found.add(Path.of(file.substring(start.length())));
      }
    }
    found.sort(null);
    return found;
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    throw new AccessDeniedException(name(folder));
  }

  @Override
  public PendingFile replace(Path file) throws IOException {
    throw new AccessDeniedException(name(file));
  }

  @Override
  public void append(Path file, String text) throws IOException {
    throw new AccessDeniedException(name(file));
  }

  @Override
  public Optional<Ownership> ownership(Path path) {
    return Optional.empty();
  }

  @Override
  public void delete(Path file) throws IOException {
    throw new AccessDeniedException(name(file));
  }

  /// The files of a recording; none where the folder cannot be one, without a look below it: it may
  /// be large.
  static List<Path> below(UserFiles user, Path folder) throws IOException {
    for (Path entry : user.list(folder)) {
      String name = String.valueOf(entry.getFileName());
      if (name.equals("commands.json") || name.equals("fs")) {
        return user.tree(folder);
      }
    }
    return List.of();
  }
}
