package dev.r1pick.cli.option;

import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.host.UserFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// A file that an option names, and what is said where it cannot be read: the same whatever it
/// should hold.
///
/// @param option that names it, or what stands in for the option
/// @param name as it was typed
public record NamedFile(String option, String name) {

  /// The path.
  ///
  /// @throws CliFailure if no file can have such a name
  public Path path() {
    try {
      return Path.of(name);
    } catch (InvalidPathException _) {
      throw new CliFailure(new CliError.FileAbsent(option, name));
    }
  }

  /// Why it cannot be read.
  public CliFailure unreadable(UserFiles files) {
    return new CliFailure(
        switch (files.kind(path())) {
          case ABSENT -> new CliError.FileAbsent(option, name);
          case FOLDER -> new CliError.FileIsFolder(option, name);
          case FILE, OTHER -> new CliError.FileUnreadable(option, name);
        });
  }

  /// Refuses a folder, which some systems open like a file.
  ///
  /// @throws CliFailure if it is one
  public void refuseFolder(UserFiles files) {
    if (files.kind(path()) == UserFiles.Kind.FOLDER) {
      throw unreadable(files);
    }
  }
}
