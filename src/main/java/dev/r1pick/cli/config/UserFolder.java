package dev.r1pick.cli.config;

import dev.r1pick.host.LocalHost;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Where the platform keeps the files that a program has for one user (XDG Base Directory
/// Specification, Apple's File System Programming Guide, Windows' known folders RoamingAppData and
/// LocalAppData).
public final class UserFolder {
  private static final String NAME = "r1pick";

  private UserFolder() {}

  /// For what a user sets; empty where no variable names a folder.
  static Optional<Path> config(LocalHost host) {
    return switch (host.family()) {
      case WINDOWS -> folder(host, "APPDATA", NAME);
      case MACOS -> folder(host, "HOME", "Library/Application Support/" + NAME);
      default -> xdg(host, "XDG_CONFIG_HOME", ".config/" + NAME);
    };
  }

  /// For what can be found out again; empty where no variable names a folder.
  public static Optional<Path> cache(LocalHost host) {
    return switch (host.family()) {
      case WINDOWS -> folder(host, "LOCALAPPDATA", NAME);
      case MACOS -> folder(host, "HOME", "Library/Caches/" + NAME);
      default -> xdg(host, "XDG_CACHE_HOME", ".cache/" + NAME);
    };
  }

  private static Optional<Path> xdg(LocalHost host, String variable, String belowHome) {
    Optional<Path> folder = folder(host, variable, NAME);
    return folder.isPresent() ? folder : folder(host, "HOME", belowHome);
  }

  /// The first specification has a path that is not absolute ignored.
  private static Optional<Path> folder(LocalHost host, String variable, String below) {
    Optional<String> value = host.environment(variable);
    if (value.isEmpty() || value.get().isBlank()) {
      return Optional.empty();
    }
    try {
      Path folder = Path.of(value.get());
      return folder.isAbsolute() ? Optional.of(folder.resolve(below)) : Optional.empty();
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }
}
