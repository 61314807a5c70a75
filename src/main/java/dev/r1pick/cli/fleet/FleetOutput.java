package dev.r1pick.cli.fleet;

import dev.r1pick.cli.option.CheckFormat;
import dev.r1pick.policy.FleetEntry;
import dev.r1pick.policy.FleetSummary;
import dev.r1pick.report.ci.FleetReport;
import dev.r1pick.report.ci.JunitReport;
import java.util.function.Consumer;

/// Where the lines of many machines go, in one format.
///
/// @param format one of those that say a machine on a line
/// @param report that words them
/// @param target takes the text, piece by piece
/// @param remarks takes the summary where the format has no place for it
/// @param ending what to do with the target at the end: keep it, or drop it
public record FleetOutput(
    CheckFormat format,
    FleetReport report,
    Consumer<String> target,
    Consumer<String> remarks,
    Ending ending) {

  /// What becomes of a target.
  public interface Ending {
    /// A target that needs nothing.
    Ending NONE =
        new Ending() {
          @Override
          public void keep() {}

          @Override
          public void close() {}
        };

    /// All is written.
    void keep();

    /// Whatever happened, there is no more.
    void close();
  }

  void begin() {
    switch (format) {
      case CSV -> target.accept(FleetReport.CSV_HEAD);
      case MARKDOWN -> target.accept(report.markdownHead());
      case JUNIT -> target.accept(JunitReport.BEGIN);
      case TEXT, JSON, SARIF, GITHUB -> {}
    }
  }

  /// The line of a machine; several threads may ask.
  String line(FleetEntry entry) {
    return switch (format) {
      case TEXT -> report.text(entry);
      case JSON -> report.json(entry);
      case CSV -> report.csv(entry);
      case MARKDOWN -> report.markdown(entry);
      case JUNIT -> report.junit(entry);
      case SARIF, GITHUB -> throw new IllegalArgumentException(format.word());
    };
  }

  void write(String text) {
    target.accept(text);
  }

  void end(FleetSummary summary) {
    switch (format) {
      case TEXT -> target.accept(report.summary(summary));
      case JSON -> target.accept(report.summaryAsJson(summary));
      case MARKDOWN -> target.accept("\n" + report.markdownSummary(summary));
      case JUNIT -> {
        target.accept(JunitReport.END);
        remarks.accept(report.summary(summary));
      }
      case CSV -> remarks.accept(report.summary(summary));
      case SARIF, GITHUB -> {}
    }
    ending.keep();
  }

  void close() {
    ending.close();
  }
}
