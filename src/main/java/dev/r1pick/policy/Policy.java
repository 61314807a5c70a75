package dev.r1pick.policy;

import dev.r1pick.catalog.License;
import dev.r1pick.catalog.Variant;
import java.util.List;

/// What a machine must do, as one file says it (docs/policy.md).
///
/// @param file the name of the file as the user knows it
/// @param rules at least one, in the order of the file: what is required, forbidden, warned of
public record Policy(String file, List<PolicyRule> rules) {
  /// Checks that it says something.
  ///
  /// @throws IllegalArgumentException if there is no rule
  public Policy {
    rules = List.copyOf(rules);
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("no rules: " + file);
    }
  }

  /// What stands in for the name of a file where the command line asks.
  static final String NO_FILE = "r1pick";

  /// Whether it is what a command line asks, and in no file.
  public boolean isOwn() {
    return file.equals(NO_FILE);
  }

  /// Whether a variant is bound by a license that this policy forbids.
  boolean forbids(Variant variant) {
    for (PolicyRule rule : rules) {
      if (rule.severity() == PolicyRule.Severity.FORBID
          && rule.requirement() instanceof Requirement.UnderLicense(_, var meant)
          && isUnder(variant, meant)) {
        return true;
      }
    }
    return false;
  }

  /// Whether one of the licenses binds a variant: its own, or that of the model it was made from.
  static boolean isUnder(Variant variant, List<License> licenses) {
    List<String> binding = variant.bindingLicenses();
    for (License license : licenses) {
      if (binding.contains(license.name())) {
        return true;
      }
    }
    return false;
  }
}
