package dev.r1pick.ollama.server;

import java.time.Duration;
import java.util.Optional;

/// What `/api/generate` says when it has ended.
///
/// @param text what was generated
/// @param reason why it ended: `stop`, `length`, `load`, `unload`
/// @param promptTokens read, those of the cache included
/// @param prompt time for those that were not in the cache
/// @param tokens generated, those of thinking included
/// @param generation time for them
/// @param load time until the model was in memory
/// @param total time of all
public record Generation(
    String text,
    Optional<String> reason,
    long promptTokens,
    Duration prompt,
    long tokens,
    Duration generation,
    Duration load,
    Duration total) {}
