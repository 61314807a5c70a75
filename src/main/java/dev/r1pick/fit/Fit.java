package dev.r1pick.fit;

import dev.r1pick.units.Bytes;

/// Whether a tag fits a machine, and how.
public sealed interface Fit {

  /// What Ollama would do; where the tag does not fit, what it would try.
  LoadPlan plan();

  /// Everything is where this machine computes fastest: on its GPUs, or in RAM where it has none
  /// that is used.
  record Whole(LoadPlan plan) implements Fit {}

  /// It runs, with layers or experts left in system RAM.
  ///
  /// @param plan what Ollama would do
  /// @param shortfall GPU memory that is missing to hold it whole
  record Partly(LoadPlan plan, Bytes shortfall) implements Fit {}

  /// It cannot be loaded without swapping, or the engine refuses its settings: then
  /// [LoadAssumptions#failure] says why.
  ///
  /// @param plan what Ollama would try
  /// @param shortfall memory that is missing; zero where memory is not the reason
  /// @param where which memory
  record DoesNotFit(LoadPlan plan, Bytes shortfall, Where where) implements Fit {}

  /// Which memory is short.
  enum Where {
    GPU,
    RAM
  }
}
