package dev.r1pick.catalog;

import java.util.OptionalInt;

/// How long a variant's answers were, thinking included.
///
/// @param variantId whose answers
/// @param task what was asked
/// @param meanTokens mean over the answers
/// @param medianTokens half are shorter
/// @param p90Tokens nine in ten are shorter
/// @param conditions how it was run, as far as known
/// @param evidence how sure the figures are
public record AnswerLength(
    String variantId,
    String task,
    OptionalInt meanTokens,
    OptionalInt medianTokens,
    OptionalInt p90Tokens,
    String conditions,
    Evidence evidence) {}
