package dev.r1pick.report.words;

import dev.r1pick.policy.Finding;
import dev.r1pick.policy.FleetSummary;
import dev.r1pick.policy.Outcome;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.policy.PolicyRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a machine of many is told in one line, and what all come to; every format says the same.
public final class FleetWording {
  private static final int MOST_MISSING = 10;

  private final Messages messages;
  private final PolicyWording words;
  private final FailOn failOn;

  /// Words of one language.
  ///
  /// @param failOn which rules count
  public FleetWording(Messages messages, FailOn failOn) {
    this.messages = messages;
    this.words = new PolicyWording(messages);
    this.failOn = failOn;
  }

  /// What the rules that count come to.
  public Outcome outcome(PolicyAnswer answer) {
    return answer.outcome(failOn);
  }

  /// The same in words.
  public String outcomeInWords(PolicyAnswer answer) {
    return words.outcome(outcome(answer));
  }

  /// What it runs, or the first thing that is missing and how many more are.
  public String said(PolicyAnswer answer) {
    Outcome outcome = answer.outcome(failOn);
    Optional<Finding> first = Optional.empty();
    int others = 0;
    for (Finding finding : answer.findings()) {
      boolean counts =
          outcome == Outcome.NOT_MET
              ? finding.outcome() == Outcome.NOT_MET || finding.outcome() == Outcome.WARNED
              : finding.outcome() == outcome;
      if (outcome != Outcome.MET && counts) {
        others += first.isPresent() ? 1 : 0;
        first = first.or(() -> Optional.of(finding));
      }
    }
    if (first.isPresent()) {
      String text =
          messages.text("policy.line", words.asked(first.get().rule()), words.said(first.get()));
      return others == 0 ? text : messages.text("policy.fleet.and-more", text, others);
    }
    return FleetSummary.load(answer).map(words::load).orElseGet(() -> words.met(answer));
  }

  /// What they come to, a few lines; the first is the sum.
  public List<String> summary(FleetSummary summary) {
    var lines = new ArrayList<String>();
    var parts = new ArrayList<String>();
    parts.add(messages.counted("policy.fleet.sum", summary.machines(), summary.met()));
    addCount(parts, summary.notMet(), "policy.fleet.not-met-machines");
    addCount(parts, summary.unknown(), "policy.fleet.unknown-machines");
    addCount(parts, summary.unreadable(), "policy.fleet.unreadable-machines");
    lines.add(messages.list(parts));
    List<FleetSummary.Count<PolicyRule>> missing = summary.missing();
    for (var count : missing.subList(0, Math.min(MOST_MISSING, missing.size()))) {
      lines.add(
          messages.counted("policy.fleet.missing", count.machines(), words.asked(count.what())));
    }
    for (var count : summary.tags()) {
      lines.add(messages.counted("policy.fleet.tag", count.machines(), count.what()));
    }
    return lines;
  }

  private void addCount(List<String> parts, long count, String key) {
    if (count > 0) {
      parts.add(messages.counted(key, count));
    }
  }
}
