package dev.r1pick.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a look at an Ollama came to.
///
/// @param findings by topic, in each what is wrong first
/// @param hidden what this user may not see and the system's administrator may, as message keys
///   below `doctor.hidden.`
public record Diagnosis(List<Finding> findings, List<String> hidden) {
  public Diagnosis {
    var sorted = new ArrayList<>(findings);
    sorted.sort(Comparator.comparing(finding -> finding.cause().topic()));
    findings = List.copyOf(sorted);
    hidden = List.copyOf(hidden);
  }

  /// Whether all is well.
  public enum Outcome {
    WELL,
    WRONG,
    /// Nothing wrong was seen, and something that matters could not be.
    UNKNOWN,
    NO_OLLAMA
  }

  /// What it comes to.
  public Outcome outcome() {
    boolean unknown = false;
    boolean wrong = false;
    for (Finding finding : findings) {
      if (finding.cause() == Cause.NO_OLLAMA) {
        return Outcome.NO_OLLAMA;
      }
      wrong |= finding.mark() == Mark.BAD;
      unknown |= finding.mark() == Mark.UNKNOWN;
    }
    return wrong ? Outcome.WRONG : unknown ? Outcome.UNKNOWN : Outcome.WELL;
  }

  /// How many have that mark.
  public int count(Mark mark) {
    int count = 0;
    for (Finding finding : findings) {
      count += finding.mark() == mark ? 1 : 0;
    }
    return count;
  }
}
