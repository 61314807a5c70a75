package dev.r1pick.report;

import java.util.List;
import java.util.Optional;

/// Which defaults hold, and where each comes from.
///
/// @param file the configuration file; empty where none is looked for
/// @param settings in the order in which they are shown
/// @param strays variables that look like settings and mean nothing
public record Settings(Optional<File> file, List<Setting> settings, List<UnknownSetting> strays) {
  /// Takes copies.
  public Settings {
    settings = List.copyOf(settings);
    strays = List.copyOf(strays);
  }

  /// The configuration file.
  ///
  /// @param path where it is or would be
  /// @param present whether it is there
  /// @param named whether a variable names it
  public record File(String path, boolean present, boolean named) {}

  /// One setting.
  ///
  /// @param key in the configuration file; the option has dashes before it
  /// @param variable of the environment
  /// @param value that holds; empty where r1pick chooses by the question
  /// @param origin of the value
  /// @param place the option, the variable or the file with its line; empty for a value of r1pick
  /// @param line of the file, from 1; empty for other origins
  public record Setting(
      String key,
      String variable,
      Optional<String> value,
      Origin origin,
      Optional<String> place,
      Optional<Integer> line) {}

  /// Where a value comes from.
  public enum Origin {
    FLAG,
    ENVIRONMENT,
    FILE,
    DEFAULT
  }

  /// A variable that means nothing.
  ///
  /// @param near known ones that may have been meant, nearest first
  public record UnknownSetting(String variable, List<String> near) {
    /// Takes a copy.
    public UnknownSetting {
      near = List.copyOf(near);
    }
  }
}
