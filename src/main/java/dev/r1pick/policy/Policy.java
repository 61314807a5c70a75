package dev.r1pick.policy;

import dev.r1pick.catalog.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

  /// Whether weights or base of a variant are under a licence that this policy forbids.
  boolean forbids(Variant variant) {
    for (String licence : forbidden()) {
      if (isUnder(variant, licence)) {
        return true;
      }
    }
    return false;
  }

  private List<String> forbidden() {
    var licences = new ArrayList<String>();
    for (PolicyRule rule : rules) {
      if (rule.severity() == PolicyRule.Severity.FORBID
          && rule.requirement() instanceof Requirement.Licence(var licence)) {
        licences.add(licence);
      }
    }
    return licences;
  }

  /// Whether the name of the licence of weights or base begins with that word, letters of either
  /// case: `llama` for every Llama Community License.
  static boolean isUnder(Variant variant, String licence) {
    String word = licence.toLowerCase(Locale.ROOT);
    return variant.weightsLicense().toLowerCase(Locale.ROOT).startsWith(word)
        || variant.baseLicense().toLowerCase(Locale.ROOT).startsWith(word);
  }
}
