package dev.r1pick.advice.quality;

import dev.r1pick.catalog.Strength;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// How good a tag is for a use case, on a scale where the strongest R1 is 100.
///
/// @param score the expected value, 0 to 100
/// @param low what it may be at worst; wider where evidence is thin
/// @param high what it may be at best
/// @param terms what the score is made of, quantization not yet taken off
/// @param lossPercent what the quantization takes off
/// @param strength how much the evidence bears for this tag
public record Quality(
    double score,
    double low,
    double high,
    List<Term> terms,
    double lossPercent,
    Strength strength) {

  public Quality {
    terms = List.copyOf(terms);
  }

  /// The score of the variant itself, before what its quantization takes off.
  public double beforeLoss() {
    return score / (1 - lossPercent / 100);
  }

  /// One benchmark's part.
  ///
  /// @param benchmark id of the table
  /// @param title what the table is called
  /// @param basis whose score it is
  /// @param raw the score in the table's own unit; empty for an estimate
  /// @param from the model that stood in, or the variant that an estimate was taken from; empty for
  ///   the variant's own score
  /// @param scaled on the common scale, 0 to 100
  /// @param weight among the terms
  public record Term(
      String benchmark,
      String title,
      Basis basis,
      OptionalDouble raw,
      Optional<String> from,
      double scaled,
      double weight) {

    /// Whether the score is not the variant's own.
    public boolean standIn() {
      return basis != Basis.MEASURED;
    }
  }

  /// Where a term's score comes from.
  public enum Basis {
    /// The variant itself was measured.
    MEASURED,
    /// Another model of the same size and kin was.
    STAND_IN,
    /// No such score: the variant of nearest capability, by broad benchmarks.
    ESTIMATED
  }
}
