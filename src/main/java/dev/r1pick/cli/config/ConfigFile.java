package dev.r1pick.cli.config;

import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.Names;
import dev.r1pick.host.LocalHost;
import dev.r1pick.host.UserFiles;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The user's configuration file: lines of `option = value`, the option without its dashes.
///
/// ```
/// # what I ask for most
/// use-case = coding
/// max-download = 20GB
/// ```
///
/// A line that begins with `#` is a comment. A value is taken as it stands, so a Windows path keeps
/// its backslashes; double quotes around it are left off. Everything else is an error with its
/// line.
///
/// @param place where it is or would be
/// @param entries what it sets; none where there is no file
public record ConfigFile(Place place, List<Entry> entries) {
  /// Names another file; set to nothing, it says that none is read.
  static final String VARIABLE = "R1PICK_CONFIG";

  private static final String NAME = "config";

  /// Far larger than any configuration.
  private static final int LARGEST = 1 << 20;

  public ConfigFile {
    entries = List.copyOf(entries);
  }

  /// Where a file is looked for.
  public sealed interface Place {
    /// [#VARIABLE] says so.
    record Named(String path) implements Place {}

    /// Where the platform keeps such files; it need not be there.
    record Usual(String path, boolean present) implements Place {}

    /// The user wants none, or no variable names a folder for it.
    record Nowhere() implements Place {}
  }

  /// One line.
  ///
  /// @param number of the line, from 1
  record Entry(String key, String value, int number) {}

  /// Looks for the file and reads it.
  ///
  /// @param keys what may be set
  /// @throws CliFailure if it cannot be read or understood, or the one that is named is absent
  static ConfigFile of(LocalHost host, List<String> keys) {
    Optional<String> named = host.environment(VARIABLE);
    if (named.isPresent()) {
      String path = named.get().strip();
      return path.isEmpty()
          ? new ConfigFile(new Place.Nowhere(), List.of())
          : new ConfigFile(new Place.Named(path), read(host.files(), path, keys));
    }
    Optional<Path> folder = UserFolder.config(host);
    if (folder.isEmpty()) {
      return new ConfigFile(new Place.Nowhere(), List.of());
    }
    Path file = folder.get().resolve(NAME);
    String path = file.toString();
    return host.files().kind(file) != UserFiles.Kind.ABSENT
        ? new ConfigFile(new Place.Usual(path, true), read(host.files(), path, keys))
        : new ConfigFile(new Place.Usual(path, false), List.of());
  }

  /// The line that sets that key.
  Optional<Entry> entry(String key) {
    for (Entry entry : entries) {
      if (entry.key().equals(key)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /// The path of the file; empty where there is none to look for.
  Optional<String> path() {
    return switch (place) {
      case Place.Named(var path) -> Optional.of(path);
      case Place.Usual(var path, _) -> Optional.of(path);
      case Place.Nowhere _ -> Optional.empty();
    };
  }

  private static List<Entry> read(UserFiles files, String path, List<String> keys) {
    String text = text(files, path);
    var entries = new ArrayList<Entry>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String words = line.strip();
      if (!words.isEmpty() && !words.startsWith("#")) {
        entries.add(entry(path + ":" + number, number, words, entries, keys));
      }
    }
    return entries;
  }

  private static String text(UserFiles files, String path) {
    try {
      Path file = Path.of(path);
      if (files.kind(file) != UserFiles.Kind.ABSENT) {
        return files.text(file, LARGEST);
      }
    } catch (IOException _) {
      throw CliFailure.usage("cli.error.config-unreadable", path);
    } catch (InvalidPathException _) {
      // said below: there is no such file
    }
    throw CliFailure.usage("cli.error.config-absent", path);
  }

  private static Entry entry(
      String where, int number, String words, List<Entry> before, List<String> keys) {
    int equals = words.indexOf('=');
    if (equals < 0) {
      throw CliFailure.usage("cli.error.config-line", where, words);
    }
    String key = words.substring(0, equals).strip();
    if (!keys.contains(key)) {
      List<String> near = Names.nearest(key, keys);
      throw near.isEmpty()
          ? CliFailure.usage("cli.error.config-key", where, key, String.join(", ", keys))
          : CliFailure.usage("cli.error.config-key-near", where, key, String.join(", ", near));
    }
    for (Entry entry : before) {
      if (entry.key().equals(key)) {
        throw CliFailure.usage("cli.error.config-twice", where, key, entry.number());
      }
    }
    String value = unquoted(words.substring(equals + 1).strip());
    if (value.isBlank()) {
      throw CliFailure.usage("cli.error.config-value", where, key);
    }
    return new Entry(key, value, number);
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
