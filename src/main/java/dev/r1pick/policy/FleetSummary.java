package dev.r1pick.policy;

import dev.r1pick.policy.PolicyAnswer.FailOn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How many machines do what a policy asks, what is missing most, and which tags they run. Counts
/// only: its size does not grow with the number of machines.
public final class FleetSummary {
  private final FailOn failOn;
  private final Map<String, long[]> missing = new HashMap<>();
  private final Map<String, PolicyRule> rules = new HashMap<>();
  private final Map<String, long[]> tags = new HashMap<>();
  private long met;
  private long notMet;
  private long unknown;
  private long unreadable;

  /// Of no machine.
  ///
  /// @param failOn which rules count
  public FleetSummary(FailOn failOn) {
    this.failOn = failOn;
  }

  /// A number of machines and what it is about.
  public record Count<T>(T what, long machines) {}

  /// Counts one more machine.
  public void add(FleetEntry entry) {
    switch (entry) {
      case FleetEntry.Unreadable _ -> unreadable++;
      case FleetEntry.Answered(_, _, var answer) -> add(answer);
    }
  }

  private void add(PolicyAnswer answer) {
    switch (answer.outcome(failOn)) {
      case MET, WARNED -> met++;
      case NOT_MET -> notMet++;
      case UNKNOWN -> unknown++;
    }
    for (Finding finding : answer.findings()) {
      if (finding.outcome() != Outcome.MET) {
        String path = finding.rule().path();
        rules.putIfAbsent(path, finding.rule());
        missing.computeIfAbsent(path, _ -> new long[1])[0]++;
      }
    }
    tag(answer).ifPresent(tag -> tags.computeIfAbsent(tag, _ -> new long[1])[0]++);
  }

  /// The tag that a machine runs: that of the first rule about a use that it meets, else that of
  /// the first tag asked for.
  public static Optional<String> tag(PolicyAnswer answer) {
    return load(answer).map(load -> load.tag().fullName());
  }

  /// The same with all that is known of it.
  public static Optional<Actual.Load> load(PolicyAnswer answer) {
    Optional<Actual.Load> asked = Optional.empty();
    for (Finding finding : answer.findings()) {
      if (finding.outcome() == Outcome.MET && finding.reached() instanceof Actual.Load load) {
        if (finding.rule().requirement() instanceof Requirement.UseCase) {
          return Optional.of(load);
        }
        asked = asked.or(() -> Optional.of(load));
      }
    }
    return asked;
  }

  /// All machines, unreadable ones too.
  public long machines() {
    return met + notMet + unknown + unreadable;
  }

  public long met() {
    return met;
  }

  public long notMet() {
    return notMet;
  }

  public long unknown() {
    return unknown;
  }

  public long unreadable() {
    return unreadable;
  }

  /// Rules that do not hold or are not known, the most frequent first.
  public List<Count<PolicyRule>> missing() {
    var found = new ArrayList<Count<PolicyRule>>();
    for (Count<String> count : sorted(missing)) {
      Optional.ofNullable(rules.get(count.what()))
          .ifPresent(rule -> found.add(new Count<>(rule, count.machines())));
    }
    return found;
  }

  /// Tags, the most frequent first.
  public List<Count<String>> tags() {
    return sorted(tags);
  }

  private static List<Count<String>> sorted(Map<String, long[]> counts) {
    var sorted = new ArrayList<Count<String>>();
    counts.forEach((what, count) -> sorted.add(new Count<>(what, count[0])));
    sorted.sort(
        (a, b) ->
            a.machines() != b.machines()
                ? Long.compare(b.machines(), a.machines())
                : a.what().compareTo(b.what()));
    return sorted;
  }
}
