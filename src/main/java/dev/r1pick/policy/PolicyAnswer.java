package dev.r1pick.policy;

import dev.r1pick.hardware.Machine;
import dev.r1pick.policy.PolicyRule.Severity;
import java.util.List;

/// What became of a policy on one machine.
///
/// @param policy the policy
/// @param machine the machine
/// @param findings one for each rule, in the order of the policy
public record PolicyAnswer(Policy policy, Machine machine, List<Finding> findings)
    implements CheckResult {
  public PolicyAnswer {
    findings = List.copyOf(findings);
  }

  @Override
  public PolicyAnswer answer() {
    return this;
  }

  /// How many rules came out so.
  public int count(Outcome outcome) {
    int count = 0;
    for (Finding finding : findings) {
      count += finding.outcome() == outcome ? 1 : 0;
    }
    return count;
  }

  /// What the whole comes to: not met before unknown, unknown before met.
  ///
  /// @param failOn which rules count
  public Outcome outcome(FailOn failOn) {
    Outcome worst = Outcome.MET;
    for (Finding finding : findings) {
      if (failOn.counts(finding.rule().severity())) {
        switch (finding.outcome()) {
          case NOT_MET, WARNED -> {
            return Outcome.NOT_MET;
          }
          case UNKNOWN -> worst = Outcome.UNKNOWN;
          case MET -> {}
        }
      }
    }
    return worst;
  }

  /// Which rules a run fails on.
  public enum FailOn {
    /// Those of `require` and `forbid`.
    ERROR,
    /// Those of `warn` too.
    WARN,
    /// None: the run only reports.
    NEVER;

    boolean counts(Severity severity) {
      return switch (this) {
        case ERROR -> severity != Severity.WARN;
        case WARN -> true;
        case NEVER -> false;
      };
    }
  }
}
