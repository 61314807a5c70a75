package dev.r1pick.cli.command;

import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.ReportFile;
import dev.r1pick.cli.option.Session;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// The summary page of a step of a GitHub workflow.
final class StepSummary {
  private static final String VARIABLE = "GITHUB_STEP_SUMMARY";

  private StepSummary() {}

  /// Adds to it where there is one, which is where the variable names a file.
  ///
  /// @throws CliFailure if that file cannot be written
  static void append(Session session, String markdown) {
    Optional<String> file = session.host().environment(VARIABLE).filter(v -> !v.isBlank());
    if (file.isPresent()) {
      try {
        session.files().append(Path.of(file.get()), markdown + "\n");
      } catch (InvalidPathException _) {
        throw new CliFailure(ExitCode.DISK, "cli.error.report-no-folder", file.get());
      } catch (IOException e) {
        throw ReportFile.failure(file.get(), e);
      }
    }
  }
}
