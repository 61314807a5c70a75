package dev.r1pick.cli.command;

import dev.r1pick.cli.config.UserFolder;
import dev.r1pick.host.LocalHost;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// How fast the last pull was, kept in the user's cache folder: what the next one is expected to
/// take. It is a convenience, so that a file that cannot be read or written is none.
final class PullRate {
  private static final String NAME = "pull-rate.json";
  private static final String KEY = "bytes_per_second";
  private static final int LARGEST = 1 << 10;

  private final LocalHost host;

  PullRate(LocalHost host) {
    this.host = host;
  }

  /// Bytes per second.
  OptionalLong last() {
    Optional<Path> file = file();
    if (file.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return JsonReader.read(NAME, host.files().text(file.get(), LARGEST)).wholeAt(KEY);
    } catch (IOException | InvalidJson _) {
      return OptionalLong.empty();
    }
  }

  void keep(OptionalLong bytesPerSecond) {
    Optional<Path> file = file();
    if (file.isEmpty() || bytesPerSecond.orElse(0) <= 0) {
      return;
    }
    try {
      host.files().createFolders(file.get().resolveSibling(""));
      host.files()
          .write(
              file.get(),
              JsonWriter.pretty(JsonValue.object().put(KEY, bytesPerSecond.getAsLong()).build()));
    } catch (IOException | SecurityException _) {
      // the next pull says no time beforehand
    }
  }

  private Optional<Path> file() {
    return UserFolder.cache(host).map(folder -> folder.resolve(NAME));
  }
}
