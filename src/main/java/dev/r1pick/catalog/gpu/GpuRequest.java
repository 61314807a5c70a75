package dev.r1pick.catalog.gpu;

/// A number of GPUs of one kind, as a person names them.
///
/// @param number of them, 1 or more
/// @param gpu what the name means
public record GpuRequest(int number, GpuLookup gpu) {}
