package dev.r1pick.cli.fleet;

import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.option.ReportFile;
import dev.r1pick.host.PendingFile;
import dev.r1pick.host.UserFiles;
import java.io.IOException;

/// A report that is written piece by piece.
public final class GrowingFile implements FleetOutput.Ending {
  private final ReportFile<?> report;
  private final PendingFile file;

  private GrowingFile(ReportFile<?> report, PendingFile file) {
    this.report = report;
    this.file = file;
  }

  /// Begins it.
  ///
  /// @throws CliFailure if it cannot be written
  public static GrowingFile begin(UserFiles files, ReportFile<?> report) {
    try {
      return new GrowingFile(report, files.replace(report.path()));
    } catch (IOException e) {
      throw ReportFile.failure(report.name(), e);
    }
  }

  /// Adds to it.
  ///
  /// @throws CliFailure if it cannot be written
  public void write(String text) {
    try {
      file.write(text);
    } catch (IOException e) {
      throw ReportFile.failure(report.name(), e);
    }
  }

  @Override
  public void keep() {
    try {
      file.keep();
    } catch (IOException e) {
      throw ReportFile.failure(report.name(), e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw ReportFile.failure(report.name(), e);
    }
  }
}
