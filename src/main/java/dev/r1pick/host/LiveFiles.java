package dev.r1pick.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/// The real files.
final class LiveFiles implements UserFiles {
  @Override
  public Path workingDirectory() {
    return Path.of("").toAbsolutePath().normalize();
  }

  @Override
  public Kind kind(Path path) {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? Kind.FILE
          : attributes.isDirectory() ? Kind.FOLDER : Kind.OTHER;
    } catch (IOException | SecurityException _) {
      return Kind.ABSENT;
    }
  }

  @Override
  public InputStream open(Path file) throws IOException {
    return Files.newInputStream(file);
  }

  @Override
  public InputStream standardInput() {
    return System.in;
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    var entries = new ArrayList<Path>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
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
    Path start = folder.toRealPath();
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
    Files.createDirectories(folder);
  }

  @Override
  public void append(Path file, String text) throws IOException {
    Files.writeString(
        file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public PendingFile replace(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    if (kind(target) == Kind.OTHER) {
      return new Replacement(target, target);
    }
    return new Replacement(target, Files.createTempFile(target.getParent(), ".r1pick-", ".part"));
  }

  /// A new file beside the one that is meant; a pipe or a device itself.
  private static final class Replacement implements PendingFile {
    private final Path target;
    private final Path part;
    private final Writer writer;

    Replacement(Path target, Path part) throws IOException {
      this.target = target;
      this.part = part;
      this.writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8);
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
      if (Files.isDirectory(target)) {
        throw new FileSystemException(target.toString(), null, "it is a folder");
      }
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
          Files.deleteIfExists(part);
        }
      }
    }
  }
}
