package dev.r1pick.report.fleet;

import dev.r1pick.policy.FleetEntry;
import dev.r1pick.policy.FleetSummary;

/// Many machines in one format, a line each. Several threads may use one.
public interface FleetWriter {
  /// What stands before the lines.
  default String begin() {
    return "";
  }

  /// The line of a machine.
  String line(FleetEntry entry);

  /// What stands behind the lines.
  default String end(FleetSummary summary) {
    return "";
  }

  /// Whether the summary is part of what stands behind the lines.
  default boolean hasSummary() {
    return true;
  }
}
