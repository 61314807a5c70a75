package dev.r1pick.policy;

import java.util.List;
import java.util.Optional;

/// What became of one rule on one machine.
///
/// @param rule the rule
/// @param outcome what became of it
/// @param reached what the machine has or does there
/// @param reason why it does not hold, or is not known; empty where it holds
/// @param remedies what would make it hold, best first
public record Finding(
    PolicyRule rule,
    Outcome outcome,
    Actual reached,
    Optional<PolicyReason> reason,
    List<PolicyRemedy> remedies) {
  public Finding {
    remedies = List.copyOf(remedies);
  }

  Finding withWaysOut(List<PolicyRemedy> ways) {
    return new Finding(rule, outcome, reached, reason, ways);
  }

  static Finding met(PolicyRule rule, Actual reached) {
    return new Finding(rule, Outcome.MET, reached, Optional.empty(), List.of());
  }

  static Finding unknown(
      PolicyRule rule, Actual reached, PolicyReason reason, List<PolicyRemedy> remedies) {
    return new Finding(rule, Outcome.UNKNOWN, reached, Optional.of(reason), remedies);
  }

  /// Not met, or warned of, as its severity says.
  static Finding missed(
      PolicyRule rule, Actual reached, PolicyReason reason, List<PolicyRemedy> remedies) {
    Outcome outcome =
        rule.severity() == PolicyRule.Severity.WARN ? Outcome.WARNED : Outcome.NOT_MET;
    return new Finding(rule, outcome, reached, Optional.of(reason), remedies);
  }
}
