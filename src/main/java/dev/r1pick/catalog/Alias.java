package dev.r1pick.catalog;

import java.util.Optional;

/// A short tag that stands for another one.
///
/// @param name the short tag, for example `8b`
/// @param target the tag it stands for: an explicit one, or (`latest`) another short one
/// @param formerTarget what it stood for before
/// @param evidence how sure the pair is
public record Alias(String name, String target, Optional<String> formerTarget, Evidence evidence) {}
