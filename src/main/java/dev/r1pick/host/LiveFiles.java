package dev.r1pick.host;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.r1pick.units.Bytes;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The real files.
final class LiveFiles implements UserFiles {
  /// As many links as Linux follows.
  private static final int MOST_LINKS = 40;

  private static final int MOST_TRIES = 10;

  /// Files that have not taken their names.
  private final Set<Path> parts = new HashSet<>();

  /// Whether the working directory is gone, as the launcher saw: nothing lies there, and Java runs
  /// in another.
  private final boolean homeless = "gone".equals(System.getProperty("r1pick.folder"));

  private boolean abandoned;

  /// Removes what is not finished; nothing is begun from now on.
  synchronized void abandon() {
    abandoned = true;
    for (Path part : parts) {
      try {
        Files.deleteIfExists(part);
      } catch (IOException _) {
        // the process ends, and nobody is left to be told
      }
    }
  }

  @Override
  public Path workingDirectory() {
    if (homeless) {
      throw new FolderGone();
    }
    return Path.of("").toAbsolutePath().normalize();
  }

  /// Where a path leads.
  ///
  /// @throws NoSuchFileException if it begins in a folder that is gone
  private Path at(Path path) throws NoSuchFileException {
    if (homeless && !path.isAbsolute()) {
      throw new NoSuchFileException(path.toString());
    }
    return path;
  }

  @Override
  public Kind kind(Path path) {
    try {
      var attributes = Files.readAttributes(at(path), BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? Kind.FILE
          : attributes.isDirectory() ? Kind.FOLDER : Kind.OTHER;
    } catch (IOException | SecurityException _) {
      return Kind.ABSENT;
    }
  }

  @Override
  public Bytes size(Path file) throws IOException {
    return Bytes.of(Files.size(at(file)));
  }

  @Override
  public Optional<Ownership> ownership(Path path) {
    try {
      PosixFileAttributes attributes = Files.readAttributes(at(path), PosixFileAttributes.class);
      Set<PosixFilePermission> permissions = attributes.permissions();
      return Optional.of(
          new Ownership(
              attributes.owner().getName(),
              permissions.contains(PosixFilePermission.GROUP_WRITE)
                  || permissions.contains(PosixFilePermission.OTHERS_WRITE)));
    } catch (IOException | SecurityException | UnsupportedOperationException _) {
      return Optional.empty();
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.delete(at(file));
  }

  @Override
  public InputStream open(Path file) throws IOException {
    return Files.newInputStream(at(file));
  }

  @Override
  public InputStream standardInput() {
    return System.in;
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    var entries = new ArrayList<Path>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(at(folder))) {
      for (Path entry : stream) {
        entries.add(entry);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(null);
    return entries;
  }

  @Override
  public List<Path> tree(Path folder) throws IOException {
    Path start = at(folder).toRealPath();
    var files = new ArrayList<Path>();
    try (Stream<Path> walk = Files.walk(start)) {
      for (Iterator<Path> paths = walk.iterator(); paths.hasNext(); ) {
        Path path = paths.next();
        if (Files.isRegularFile(path)) {
          files.add(start.relativize(path));
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return files;
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    Files.createDirectories(at(folder));
  }

  @Override
  public void append(Path file, String text) throws IOException {
    Files.writeString(at(file), text, StandardCharsets.UTF_8, CREATE, APPEND);
  }

  @Override
  public PendingFile replace(Path file) throws IOException {
    Path target = at(file).toAbsolutePath();
    boolean direct = kind(target) == Kind.OTHER || isOfTheSystem(target);
    for (int links = 0; !direct && links < MOST_LINKS && Files.isSymbolicLink(target); links++) {
      target = target.resolveSibling(Files.readSymbolicLink(target));
      direct = isOfTheSystem(target);
    }
    if (direct) {
      OutputStream stream = Files.newOutputStream(target, WRITE, APPEND);
      return new Replacement(target, target, stream);
    }
    if (Files.isDirectory(target)) {
      throw new FileSystemException(file.toString(), null, "it is a folder");
    }
    return begin(target);
  }

  /// `/dev/stdout` and the like, which lead to what this process has open and nobody may replace.
  private static boolean isOfTheSystem(Path path) {
    return path.startsWith("/dev") || path.startsWith("/proc");
  }

  private synchronized PendingFile begin(Path target) throws IOException {
    if (abandoned) {
      throw new InterruptedIOException();
    }
    for (int i = 0; ; i++) {
      long number = System.nanoTime() + i;
      Path part = target.resolveSibling(".r1pick-" + Long.toHexString(number) + ".part");
      try {
        // with the permissions that the user's umask leaves, which a temporary file would not have
        OutputStream stream = Files.newOutputStream(part, WRITE, CREATE_NEW);
        parts.add(part);
        return new Replacement(target, part, stream);
      } catch (FileAlreadyExistsException e) {
        if (i == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  private synchronized void drop(Path part) throws IOException {
    parts.remove(part);
    Files.deleteIfExists(part);
  }

  /// Gives a new file the permissions of the one that it replaces, and its owner where this user
  /// may.
  private static void likeOld(Path target, Path part) throws IOException {
    var old = Files.getFileAttributeView(target, PosixFileAttributeView.class);
    var fresh = Files.getFileAttributeView(part, PosixFileAttributeView.class);
    if (old == null || fresh == null || !Files.exists(target)) {
      return;
    }
    PosixFileAttributes attributes = old.readAttributes();
    try {
      fresh.setGroup(attributes.group());
      fresh.setOwner(attributes.owner());
    } catch (IOException _) {
      // only root may give files away
    }
    fresh.setPermissions(attributes.permissions());
  }

  /// A new file beside the one that is meant; a pipe or a device itself.
  private final class Replacement implements PendingFile {
    private final Path target;
    private final Path part;
    private final Writer writer;

    Replacement(Path target, Path part, OutputStream stream) {
      this.target = target;
      this.part = part;
      this.writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    }

    @Override
    public void write(String text) throws IOException {
      writer.write(text);
    }

    /// In one step where the file system can.
    @Override
    public void keep() throws IOException {
      writer.close();
      if (part.equals(target)) {
        return;
      }
      likeOld(target, part);
      try {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException _) {
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        writer.close();
      } finally {
        if (!part.equals(target)) {
          drop(part);
        }
      }
    }
  }
}
