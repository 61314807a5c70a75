package dev.r1pick.catalog;

/// What stands behind a fact.
///
/// @param certainty how sure it is
/// @param source id of its source in [Catalog#sources()]
public record Evidence(Certainty certainty, String source) {}
