package dev.r1pick.cli.option;

import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.host.UserFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A file that gets the answer in another format: `--report KIND=FILE`.
///
/// @param format of the file
/// @param name as it was typed
/// @param path the file
public record ReportFile(CheckFormat format, String name, Path path) {

  /// All that were asked for.
  ///
  /// @throws CliFailure if one is no pair of a format and a file
  public static List<ReportFile> read(Arguments arguments) {
    Map<String, CheckFormat> words = CheckFormat.words();
    var files = new ArrayList<ReportFile>();
    for (String pair : arguments.all("--report")) {
      int equals = pair.indexOf('=');
      CheckFormat format =
          equals < 1 ? null : words.get(pair.substring(0, equals).toLowerCase(Locale.ROOT));
      if (format == null || equals == pair.length() - 1) {
        throw CliFailure.usage("cli.error.report-form", pair, String.join(", ", words.keySet()));
      }
      String name = pair.substring(equals + 1);
      try {
        files.add(new ReportFile(format, name, Path.of(name)));
      } catch (InvalidPathException _) {
        throw CliFailure.usage("cli.error.report-form", pair, String.join(", ", words.keySet()));
      }
    }
    return files;
  }

  /// Writes the whole file or leaves what was there.
  ///
  /// @throws CliFailure if it cannot be written
  public void write(UserFiles files, String text) {
    try {
      files.write(path, text);
    } catch (IOException e) {
      throw failure(name, e);
    }
  }

  /// What to say of a file that could not be written.
  public static CliFailure failure(String name, IOException e) {
    return switch (e) {
      case NoSuchFileException _ ->
          new CliFailure(ExitCode.DISK, "cli.error.report-no-folder", name);
      case AccessDeniedException _ ->
          new CliFailure(ExitCode.DISK, "cli.error.report-denied", name);
      case FileSystemException system when system.getReason() != null ->
          new CliFailure(
              ExitCode.DISK, "cli.error.report", name, String.valueOf(system.getReason()));
      default ->
          new CliFailure(ExitCode.DISK, "cli.error.report", name, String.valueOf(e.getMessage()));
    };
  }
}
