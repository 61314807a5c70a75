package dev.r1pick.catalog;

/// How the authors advise to sample from a variant.
///
/// @param temperature the best value
/// @param temperatureLow lower end of the advised range
/// @param temperatureHigh upper end of the advised range
/// @param topP nucleus sampling
/// @param systemPrompt whether a system prompt is fine; otherwise put everything in the user's turn
/// @param forceThinking whether the answer should be started with the think tag, because the
///   variant sometimes leaves thinking out
/// @param evaluatedAnswerTokens the longest answer, thinking included, in the published scores
/// @param evidence how sure the advice is as a whole
public record Sampling(
    double temperature,
    double temperatureLow,
    double temperatureHigh,
    double topP,
    boolean systemPrompt,
    boolean forceThinking,
    int evaluatedAnswerTokens,
    Evidence evidence) {}
