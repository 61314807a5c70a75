package dev.r1pick.install;

import dev.r1pick.units.ContextLength;

/// A model made of a tag with a context of its own, so that no server has to be set up for it.
///
/// @param name without `:latest`
/// @param from the tag, `deepseek-r1:14b`
/// @param context what it opens
public record VariantPlan(String name, String from, ContextLength context) {}
