package dev.r1pick.cli.fleet;

import dev.r1pick.policy.FleetEntry;
import dev.r1pick.policy.FleetSummary;
import dev.r1pick.report.fleet.FleetWriter;
import java.util.function.Consumer;

/// Where the lines of many machines go, in one format.
///
/// @param writer of the format
/// @param target takes the text, piece by piece
/// @param remarks takes the summary where the format has no place for it
/// @param ending what to do with the target at the end: keep it, or drop it
public record FleetOutput(
    FleetWriter writer, Consumer<String> target, Consumer<FleetSummary> remarks, Ending ending) {

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
    target.accept(writer.begin());
  }

  /// The line of a machine; several threads may ask.
  String line(FleetEntry entry) {
    return writer.line(entry);
  }

  void write(String text) {
    target.accept(text);
  }

  void end(FleetSummary summary) {
    target.accept(writer.end(summary));
    if (!writer.hasSummary()) {
      remarks.accept(summary);
    }
    ending.keep();
  }

  void close() {
    ending.close();
  }
}
