package dev.r1pick.catalog;

/// Where a figure was read.
///
/// @param reference an address, or in words where there is none
/// @param title what it is
/// @param date when it was published or read, as precisely as known
/// @param kind for example `official-doc`, `api-capture`, `paper`, `derivation`
public record Source(String reference, String title, String date, String kind) {}
