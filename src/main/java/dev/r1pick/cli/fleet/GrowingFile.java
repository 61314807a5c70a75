package dev.r1pick.cli.fleet;

import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.option.ReportFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A report that is written piece by piece and takes its name only when it is whole.
public final class GrowingFile implements FleetOutput.Ending {
  private final ReportFile report;
  private final Path part;
  private final Writer writer;
  private boolean open = true;

  private GrowingFile(ReportFile report, Path part, Writer writer) {
    this.report = report;
    this.part = part;
    this.writer = writer;
  }

  /// Begins it.
  ///
  /// @throws CliFailure if it cannot be written
  public static GrowingFile begin(ReportFile report) {
    try {
      Path part = report.part();
      return new GrowingFile(report, part, Files.newBufferedWriter(part, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw ReportFile.failure(report.name(), e);
    }
  }

  /// Adds to it.
  ///
  /// @throws CliFailure if it cannot be written
  public void write(String text) {
    try {
      writer.write(text);
    } catch (IOException e) {
      throw ReportFile.failure(report.name(), e);
    }
  }

  @Override
  public void keep() {
    try {
      open = false;
      writer.close();
      report.rename(part);
    } catch (IOException e) {
      throw ReportFile.failure(report.name(), e);
    }
  }

  @Override
  public void close() {
    try {
      if (open) {
        open = false;
        writer.close();
      }
      report.drop(part);
    } catch (IOException e) {
      throw ReportFile.failure(report.name(), e);
    }
  }
}
