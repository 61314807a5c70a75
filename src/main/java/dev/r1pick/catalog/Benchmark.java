package dev.r1pick.catalog;

/// One published score of a variant.
///
/// @param id benchmark and harness; scores compare only inside one id
/// @param value the score in the benchmark's own unit
/// @param certainty how sure the figure is
/// @param source id of the source
public record Benchmark(String id, double value, Certainty certainty, String source) {}
