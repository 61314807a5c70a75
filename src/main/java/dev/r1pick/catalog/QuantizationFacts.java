package dev.r1pick.catalog;

import java.util.List;

/// What was measured about a quantization.
///
/// @param quantization which one
/// @param losses measured losses, not all on R1
public record QuantizationFacts(Quantization quantization, List<Loss> losses) {

  public QuantizationFacts {
    losses = List.copyOf(losses);
  }

  /// One measured loss against the unquantized model.
  ///
  /// @param measure what got worse
  /// @param on a variant's id, or the name of another model
  /// @param percent by how much, relative; 0 is no loss
  /// @param evidence how sure the figure is
  public record Loss(Measure measure, String on, double percent, Evidence evidence) {}

  /// What a loss was measured in.
  public enum Measure {
    /// Relative drop of the mean accuracy over several benchmarks.
    ACCURACY_DROP,
    /// Relative increase of perplexity: finer, but a weak guide to answers.
    PERPLEXITY_INCREASE
  }
}
