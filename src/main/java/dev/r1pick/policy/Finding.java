package dev.r1pick.policy;

import dev.r1pick.advice.Verdict.Reason;
import java.util.List;
import java.util.Optional;

/// What became of one rule on one machine.
///
/// @param rule the rule
/// @param outcome what became of it
/// @param reached what the machine has or does there
/// @param reason why it does not hold, or is not known, as `policy.reason.` or `advice.reason.` and
///   the id; empty where it holds
/// @param waysOut what would make it hold, best first
public record Finding(
    PolicyRule rule,
    Outcome outcome,
    Actual reached,
    Optional<Reason> reason,
    List<PolicyRemedy> waysOut) {
  public Finding {
    waysOut = List.copyOf(waysOut);
  }

  static Finding met(PolicyRule rule, Actual reached) {
    return new Finding(rule, Outcome.MET, reached, Optional.empty(), List.of());
  }

  static Finding unknown(
      PolicyRule rule, Actual reached, Reason reason, List<PolicyRemedy> waysOut) {
    return new Finding(rule, Outcome.UNKNOWN, reached, Optional.of(reason), waysOut);
  }

  /// Not met, or warned of, as its severity says.
  static Finding missed(
      PolicyRule rule, Actual reached, Reason reason, List<PolicyRemedy> waysOut) {
    Outcome outcome =
        rule.severity() == PolicyRule.Severity.WARN ? Outcome.WARNED : Outcome.NOT_MET;
    return new Finding(rule, outcome, reached, Optional.of(reason), waysOut);
  }
}
