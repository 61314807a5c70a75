package dev.r1pick.catalog;

import java.util.Optional;

/// A short tag that stands for another one.
///
/// @param name the short tag, for example `8b`
/// @param target the tag it stands for: an explicit one, or (`latest`) another short one
/// @param since since when, as an ISO date as far as known (`2025` or `2025-05-29`)
/// @param formerTarget what it stood for before
/// @param evidence how sure the pair is
public record Alias(
    String name,
    String target,
    Optional<String> since,
    Optional<String> formerTarget,
    Evidence evidence) {}
