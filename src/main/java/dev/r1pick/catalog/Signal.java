package dev.r1pick.catalog;

/// One benchmark that speaks for a use case.
///
/// @param benchmark id of a [BenchmarkTable]
/// @param weight among the signals of the use case, above 0
public record Signal(String benchmark, double weight) {}
