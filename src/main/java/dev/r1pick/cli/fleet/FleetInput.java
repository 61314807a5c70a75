package dev.r1pick.cli.fleet;

import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.hardware.record.RecordedHost;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The machines of `--machines`, one after the other: a folder of documents and recordings, a file
/// with a document a line, or the same on standard input (`-`). No more than one is in memory here.
final class FleetInput implements Closeable {
  /// Larger than any document that `hardware --format json` writes.
  static final int LARGEST_DOCUMENT = 4 << 20;

  private final Iterator<Path> files;
  private long number;
  private Optional<DocumentLines> lines;

  private FleetInput(Iterator<Path> files, Optional<DocumentLines> lines) {
    this.files = files;
    this.lines = lines;
  }

  /// One machine, not read yet.
  sealed interface Item {
    /// What it is called, unless its document says.
    String name();

    /// Its place in the input, 1 or more.
    long number();

    /// The text of a document.
    record Document(String name, long number, String text) implements Item {}

    /// A recorded machine.
    record Recording(String name, long number, Path folder) implements Item {}

    /// Something that is no machine, with the key of the sentence that says why.
    record Broken(String name, long number, String key) implements Item {}
  }

  /// Opens it.
  ///
  /// @param place a folder, a file, or `-`
  /// @throws CliFailure if there is no such place
  static FleetInput open(String place) {
    if (place.equals("-")) {
      return new FleetInput(List.<Path>of().iterator(), Optional.of(new DocumentLines(System.in)));
    }
    try {
      Path path = Path.of(place);
      if (!Files.isDirectory(path)) {
        InputStream stream = Files.newInputStream(path);
        return new FleetInput(List.<Path>of().iterator(), Optional.of(new DocumentLines(stream)));
      }
      if (isRecording(path)) {
        throw CliFailure.usage("cli.error.machines-is-one", place);
      }
      return new FleetInput(files(path).iterator(), Optional.empty());
    } catch (IOException | InvalidPathException _) {
      throw CliFailure.usage("cli.error.unreadable", place);
    }
  }

  /// In the order of their names, so that the same folder gives the same answer.
  private static List<Path> files(Path folder) throws IOException {
    var files = new ArrayList<Path>();
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (!String.valueOf(entry.getFileName()).startsWith(".")) {
          files.add(entry);
        }
      }
    }
    files.sort(null);
    return files;
  }

  private static boolean isRecording(Path folder) {
    return RecordedHost.open(folder) instanceof RecordedHost.Opened;
  }

  /// The next machine; empty at the end.
  Optional<Item> next() {
    if (lines.isPresent()) {
      return lines.get().next();
    }
    if (!files.hasNext()) {
      return Optional.empty();
    }
    number++;
    Path file = files.next();
    String name = String.valueOf(file.getFileName());
    if (Files.isDirectory(file)) {
      return Optional.of(new Item.Recording(name, number, file));
    }
    String plain = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(LARGEST_DOCUMENT + 1);
      return Optional.of(
          bytes.length > LARGEST_DOCUMENT
              ? new Item.Broken(plain, number, "policy.fleet.too-large")
              : new Item.Document(plain, number, new String(bytes, StandardCharsets.UTF_8)));
    } catch (IOException _) {
      return Optional.of(new Item.Broken(plain, number, "policy.fleet.unreadable"));
    }
  }

  /// Whether the next one is there without waiting, as far as that can be told.
  boolean isReady() {
    return lines.isEmpty() || lines.get().isReady();
  }

  @Override
  public void close() {
    try {
      if (lines.isPresent()) {
        lines.get().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
