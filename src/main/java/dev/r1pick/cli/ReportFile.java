package dev.r1pick.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A file that gets the answer in another format: `--report KIND=FILE`.
///
/// @param format of the file
/// @param name as it was typed
/// @param path the file
record ReportFile(CheckFormat format, String name, Path path) {

  /// All that were asked for.
  ///
  /// @throws CliFailure if one is no pair of a format and a file
  static List<ReportFile> read(Arguments arguments) {
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
  void write(String text) {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        Files.writeString(path, text, StandardCharsets.UTF_8); // a pipe or a device
      } else {
        replace(text);
      }
    } catch (IOException e) {
      throw failure(name, e);
    }
  }

  private void replace(String text) throws IOException {
    Path whole = path.toAbsolutePath();
    Path folder = whole.getParent();
    Path part = Files.createTempFile(folder == null ? whole : folder, ".r1pick-", ".part");
    try {
      Files.writeString(part, text, StandardCharsets.UTF_8);
      try {
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException _) {
        Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// Adds to a file that others write too.
  ///
  /// @throws CliFailure if it cannot be written
  static void append(Path file, String text) {
    try {
      Files.writeString(
          file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw failure(file.toString(), e);
    }
  }

  private static CliFailure failure(String name, IOException e) {
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
