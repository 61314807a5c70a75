package dev.r1pick.advice;

import dev.r1pick.advice.Verdict.Prefer;
import dev.r1pick.advice.Verdict.Reject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A candidate with what every rule said of it, in the order of the book.
///
/// @param candidate the candidate
/// @param verdicts by rule
public record Evaluation(Candidate candidate, List<Map.Entry<Rule, Verdict>> verdicts) {
  public Evaluation {
    verdicts = List.copyOf(verdicts);
  }

  /// The first rule that puts it out, with its verdict; empty where none does.
  ///
  /// @param dropped how many of the soft rules do not count, the last of the book first
  public Optional<Map.Entry<Rule, Reject>> rejection(int dropped) {
    int soft = Rule.SOFT_RULES;
    for (Map.Entry<Rule, Verdict> entry : verdicts) {
      boolean counts = true;
      if (entry.getKey().kind() == Rule.Kind.SOFT) {
        counts = soft > dropped;
        soft--;
      }
      if (counts && entry.getValue() instanceof Reject reject) {
        return Optional.of(Map.entry(entry.getKey(), reject));
      }
    }
    return Optional.empty();
  }

  /// How many soft rules must be dropped for it to stay; more than there are where a hard rule puts
  /// it out.
  int dropsNeeded() {
    int needed = 0;
    int soft = Rule.SOFT_RULES;
    for (Map.Entry<Rule, Verdict> entry : verdicts) {
      Rule.Kind kind = entry.getKey().kind();
      if (entry.getValue() instanceof Reject) {
        if (kind != Rule.Kind.SOFT) {
          return Rule.SOFT_RULES + 1;
        }
        needed = Math.max(needed, soft);
      }
      soft -= kind == Rule.Kind.SOFT ? 1 : 0;
    }
    return needed;
  }

  /// Whether a rule would put it out, dropped or not.
  boolean breaks(Rule rule) {
    return verdicts.get(Rule.BOOK.indexOf(rule)).getValue() instanceof Reject;
  }

  /// The sum of all preferences.
  public double points() {
    double points = 0;
    for (Map.Entry<Rule, Verdict> entry : verdicts) {
      if (entry.getValue() instanceof Prefer prefer) {
        points += prefer.points();
      }
    }
    return points;
  }
}
