package dev.r1pick.cli.fleet;

import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.option.NamedFile;
import dev.r1pick.hardware.record.RecordedHost;
import dev.r1pick.host.UserFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

  private final UserFiles files;
  private final Iterator<Path> entries;
  private long number;
  private Optional<DocumentLines> lines;

  private FleetInput(UserFiles files, Iterator<Path> entries, Optional<DocumentLines> lines) {
    this.files = files;
    this.entries = entries;
    this.lines = lines;
  }

  private static FleetInput of(UserFiles files, InputStream stream) {
    return new FleetInput(
        files, List.<Path>of().iterator(), Optional.of(new DocumentLines(stream)));
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
  static FleetInput open(UserFiles files, String place) {
    if (place.equals("-")) {
      return of(files, files.standardInput());
    }
    var named = new NamedFile("--machines", place);
    try {
      Path path = named.path();
      if (files.kind(path) != UserFiles.Kind.FOLDER) {
        return of(files, files.open(path));
      }
      if (RecordedHost.open(files, path) instanceof RecordedHost.Opened) {
        throw new CliFailure(new CliError.MachinesIsOne(place));
      }
      return new FleetInput(files, visible(files.list(path)).iterator(), Optional.empty());
    } catch (IOException _) {
      throw new CliFailure(
          files.kind(named.path()) == UserFiles.Kind.ABSENT
              ? new CliError.FileAbsent(named.option(), place)
              : new CliError.FileUnreadable(named.option(), place));
    }
  }

  /// In the order of their names, so that the same folder gives the same answer.
  private static List<Path> visible(List<Path> entries) {
    var visible = new ArrayList<Path>();
    for (Path entry : entries) {
      if (!String.valueOf(entry.getFileName()).startsWith(".")) {
        visible.add(entry);
      }
    }
    return visible;
  }

  /// The next machine; empty at the end.
  Optional<Item> next() {
    if (lines.isPresent()) {
      return lines.get().next();
    }
    if (!entries.hasNext()) {
      return Optional.empty();
    }
    number++;
    Path file = entries.next();
    String name = String.valueOf(file.getFileName());
    UserFiles.Kind kind = files.kind(file);
    if (kind == UserFiles.Kind.FOLDER) {
      return Optional.of(new Item.Recording(name, number, file));
    }
    if (kind == UserFiles.Kind.OTHER) {
      // to open a pipe would be to wait for whoever writes into it
      return Optional.of(new Item.Broken(name, number, "policy.fleet.no-file"));
    }
    String plain = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    try (InputStream stream = files.open(file)) {
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
