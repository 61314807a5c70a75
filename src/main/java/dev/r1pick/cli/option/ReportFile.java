package dev.r1pick.cli.option;

import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.host.UserFiles;
import dev.r1pick.host.UserFiles.Kind;
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
import java.util.Optional;

/// A file that gets the answer in another format: `--report KIND=FILE`.
///
/// @param <F> the formats of a command
/// @param format of the file
/// @param name as it was typed
/// @param path the file
public record ReportFile<F>(F format, String name, Path path) {

  /// All that were asked for.
  ///
  /// @param words the formats of the command, by word, in the order in which an error names them
  /// @throws CliFailure if one is no pair of a format and a file
  public static <F> List<ReportFile<F>> read(Session session, Map<String, F> words) {
    var files = new ArrayList<ReportFile<F>>();
    for (String pair : session.arguments().all("--report")) {
      int equals = pair.indexOf('=');
      Optional<F> format =
          equals < 1
              ? Optional.empty()
              : Optional.ofNullable(words.get(pair.substring(0, equals).toLowerCase(Locale.ROOT)));
      if (format.isEmpty() || equals == pair.length() - 1) {
        throw new CliFailure(new CliError.ReportForm(pair, List.copyOf(words.keySet())));
      }
      String name = pair.substring(equals + 1);
      try {
        files.add(new ReportFile<>(format.get(), name, Path.of(name)));
      } catch (InvalidPathException _) {
        throw new CliFailure(new CliError.ReportForm(pair, List.copyOf(words.keySet())));
      }
    }
    refuseOneForTwo(session.files(), files);
    return files;
  }

  /// The second would take the place of the first. A pipe or a device takes both.
  private static <F> void refuseOneForTwo(UserFiles files, List<ReportFile<F>> reports) {
    for (int i = 1; i < reports.size(); i++) {
      Path path = reports.get(i).path();
      for (int j = 0; j < i; j++) {
        if (isSame(files, path, reports.get(j).path()) && files.kind(path) != Kind.OTHER) {
          throw new CliFailure(new CliError.ReportsInOne(reports.get(i).name()));
        }
      }
    }
  }

  private static boolean isSame(UserFiles files, Path one, Path other) {
    return one.isAbsolute() == other.isAbsolute()
        ? one.normalize().equals(other.normalize())
        : files
            .workingDirectory()
            .resolve(one)
            .normalize()
            .equals(files.workingDirectory().resolve(other).normalize());
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
      case NoSuchFileException _ -> new CliFailure(new CliError.ReportNoFolder(name));
      case AccessDeniedException _ -> new CliFailure(new CliError.ReportDenied(name));
      case FileSystemException system when system.getReason() != null ->
          new CliFailure(new CliError.Report(name, String.valueOf(system.getReason())));
      default -> new CliFailure(new CliError.Report(name, String.valueOf(e.getMessage())));
    };
  }
}
