package dev.r1pick.policy;

import dev.r1pick.json.Place;
import java.util.Locale;
import java.util.Optional;

/// One rule of a policy.
///
/// @param severity what follows where it does not hold
/// @param index its number within `require`, `forbid` or `warn`, 0 or more
/// @param place where it stands in the file
/// @param requirement what it asks for
/// @param why the reason its author gave
public record PolicyRule(
    Severity severity, int index, Place place, Requirement requirement, Optional<String> why) {

  /// `require[0]`, as the file says it.
  public String path() {
    return severity.key() + "[" + index + "]";
  }

  /// What follows where a rule does not hold.
  public enum Severity {
    /// The machine does not meet the policy.
    REQUIRE,
    /// The same, of something that must not be.
    FORBID,
    /// It is said, and no more.
    WARN;

    /// The key in the file.
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
