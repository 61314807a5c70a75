package dev.r1pick.report.fleet;

import dev.r1pick.policy.Finding;
import dev.r1pick.policy.FleetEntry;
import dev.r1pick.policy.FleetSummary;
import dev.r1pick.policy.Outcome;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.FleetWording;
import dev.r1pick.report.words.Messages;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.text.Escaping;

/// Many machines as CSV.
public final class FleetCsv implements FleetWriter {
  private final FleetWording words;

  /// A writer whose sentences are in one language.
  ///
  /// @param failOn which rules count
  public FleetCsv(Messages messages, FailOn failOn) {
    this.words = new FleetWording(messages, failOn);
  }

  @Override
  public boolean hasSummary() {
    return false;
  }

  @Override
  public String begin() {
    return "machine,number,outcome,tag,context_tokens,tokens_per_second,missing,message\n";
  }

  @Override
  public String line(FleetEntry entry) {
    var line = new StringBuilder(128);
    line.append(Escaping.csv(entry.name())).append(',').append(entry.number()).append(',');
    switch (entry) {
      case FleetEntry.Unreadable(_, _, var problem) ->
          line.append("unreadable,,,,,").append(Escaping.csv(problem));
      case FleetEntry.Answered(_, _, var answer) -> {
        line.append(words.outcome(answer).code()).append(',');
        FleetSummary.load(answer)
            .ifPresentOrElse(
                load ->
                    line.append(Escaping.csv(load.tag().fullName()))
                        .append(',')
                        .append(load.fit().plan().settings().contextLength().tokens())
                        .append(',')
                        .append(rate(load.speed())),
                () -> line.append(",,"));
        line.append(',').append(paths(answer)).append(',').append(Escaping.csv(words.said(answer)));
      }
    }
    return line.append("\n").toString();
  }

  private static String rate(SpeedEstimate speed) {
    return speed instanceof SpeedEstimate.Known known
        ? Amounts.decimal(known.generation().expected().tokensPerSecond(), 1)
        : "";
  }

  private static String paths(PolicyAnswer answer) {
    var paths = new StringBuilder();
    for (Finding finding : answer.findings()) {
      if (finding.outcome() != Outcome.MET) {
        paths.append(paths.isEmpty() ? "" : " ").append(finding.rule().path());
      }
    }
    return paths.toString();
  }
}
