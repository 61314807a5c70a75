package dev.r1pick.cli.option;

import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
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
  public void write(String text) {
    try {
      Path part = part();
      try {
        Files.writeString(part, text, StandardCharsets.UTF_8);
        rename(part);
      } finally {
        drop(part);
      }
    } catch (IOException e) {
      throw failure(name, e);
    }
  }

  /// A new file beside the one that is meant; a pipe or a device itself.
  public Path part() throws IOException {
    if (isDirect()) {
      return path;
    }
    Path folder = path.toAbsolutePath().getParent();
    return Files.createTempFile(folder == null ? path : folder, ".r1pick-", ".part");
  }

  private boolean isDirect() {
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  /// Gives the whole part its name, in one step where the file system can.
  public void rename(Path part) throws IOException {
    if (part.equals(path)) {
      return;
    }
    if (Files.isDirectory(path)) {
      throw new FileSystemException(name, null, "it is a folder");
    }
    try {
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// Removes a part that did not get its name.
  public void drop(Path part) throws IOException {
    if (!part.equals(path)) {
      Files.deleteIfExists(part);
    }
  }

  /// Adds to a file that others write too.
  ///
  /// @throws CliFailure if it cannot be written
  public static void append(Path file, String text) {
    try {
      Files.writeString(
          file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw failure(file.toString(), e);
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
