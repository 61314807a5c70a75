package dev.r1pick.report.fleet;

import dev.r1pick.policy.FleetEntry;
import dev.r1pick.policy.FleetSummary;
import dev.r1pick.report.ci.PolicyJunit;
import dev.r1pick.report.words.Messages;

/// Many machines as JUnit XML, a suite each.
public final class FleetJunit implements FleetWriter {
  private final Messages messages;

  /// A writer whose sentences are in one language.
  public FleetJunit(Messages messages) {
    this.messages = messages;
  }

  @Override
  public String begin() {
    return PolicyJunit.BEGIN;
  }

  @Override
  public String line(FleetEntry entry) {
    return switch (entry) {
      case FleetEntry.Unreadable(var name, _, var problem) -> PolicyJunit.broken(name, problem);
      case FleetEntry.Answered(var name, _, var answer) ->
          new PolicyJunit(messages).suite(name, answer);
    };
  }

  @Override
  public String end(FleetSummary summary) {
    return PolicyJunit.END;
  }

  @Override
  public boolean hasSummary() {
    return false;
  }
}
